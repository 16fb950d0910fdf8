using Palermo.Kernel;

namespace Palermo.Requests.Life;

/// <summary>A ground on which a request is refused.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Kinds">Kinds of cooperation it is for; empty for all.</param>
/// <param name="Enough">Whether the Convention lets it carry a refusal; false for what may never be a ground by itself.</param>
/// <param name="Source">Where it stands.</param>
internal sealed record RefusalGround(string Code, IReadOnlyList<string> Kinds, bool Enough, Citation Source);

/// <summary>What a finding about chosen grounds says.</summary>
/// <param name="Grounds">Grounds that cannot carry the refusal.</param>
/// <param name="Source">The rule against them.</param>
internal sealed record GroundsRefused(IReadOnlyList<RefusalGround> Grounds, Citation Source);

/// <summary>Grounds of refusal, and whether those chosen carry a refusal.</summary>
internal static class RefusalGrounds
{
    private static readonly string[] Extradition = ["extradition"], Confiscation = ["confiscation"], AssistanceOnly = ["mla", "videoconference", "witness-transfer"],
        Others = ["asset-return", "joint-investigation", "special-techniques", "transfer-of-proceedings", "sentenced-persons", "witness-protection", "victim-assistance", "return-of-persons", "boarding", "firearms-tracing", "law-enforcement-information"];

    /// <summary>All grounds. A code may stand more than once, with the source of another kind.</summary>
    internal static IReadOnlyList<RefusalGround> All { get; } =
    [
        new("form", Transitions.Assistance, true, new("untoc", "18(21)(a)")),
        new("sovereignty", Transitions.Assistance, true, new("untoc", "18(21)(b)")),
        new("own-law", Transitions.Assistance, true, new("untoc", "18(21)(c)")),
        new("legal-system", Transitions.Assistance, true, new("untoc", "18(21)(d)")),
        new("dual-criminality", Transitions.Assistance, true, new("untoc", "18(9)")),
        new("dual-criminality", Extradition, true, new("untoc", "16(1)")),
        new("not-covered", Confiscation, true, new("untoc", "13(7)")),
        new("de-minimis", AssistanceOnly, true, new("uncac", "46(9)(b)")),
        new("de-minimis", Confiscation, true, new("uncac", "55(7)")),
        new("own-national", Extradition, true, new("untoc", "16(10)")),
        new("discrimination", Extradition, true, new("untoc", "16(14)")),
        new("political-offence", Extradition, true, new("untoc", "16(7)")),
        new("ne-bis-in-idem", Extradition, true, new("untoc", "16(7)")),
        new("limitation", Extradition, true, new("untoc", "16(7)")),
        new("death-penalty", Extradition, true, new("untoc", "16(7)")),
        new("ill-treatment", Extradition, true, new("untoc", "16(7)")),
        new("treaty-or-law", Extradition, true, new("untoc", "16(7)")),
        new("treaty-or-law", Others, true, default),
        new("sovereignty", Others, true, default),
        new("no-basis", [], true, default),
        new("not-executable", Transitions.Assistance, false, new("untoc", "18(17)")),
        new("bank-secrecy", Transitions.Assistance, false, new("untoc", "18(8)")),
        new("fiscal-mla", Transitions.Assistance, false, new("untoc", "18(22)")),
        new("fiscal-extradition", Extradition, false, new("untoc", "16(15)")),
        new(NoneGiven, [], false, new("untoc", "18(23)")),
    ];

    /// <summary>What is written down of a state that refused and gave no ground.</summary>
    private const string NoneGiven = "none-given";

    /// <summary>The grounds open to a kind of cooperation.</summary>
    /// <param name="kind">Code of the kind.</param>
    /// <param name="theirs">Whether the other state refuses; it may have given no ground, or one the Convention does not allow, and that is what is to be written down.</param>
    internal static IReadOnlyList<RefusalGround> For(string kind, bool theirs) =>
        [.. All.Where(g => (g.Kinds.Count == 0 || g.Kinds.Contains(kind, StringComparer.Ordinal)) && (theirs || g.Code != NoneGiven))];

    /// <summary>Whether grounds carry a refusal; null when they do, otherwise which may never do so alone, and why.</summary>
    [Rule("RQ-11", "Whether grounds carry a refusal", "UNTOC arts. 13(7), 16(1), (7), (10), (14), (15), 18(8), (9), (17), (21), (22); UNCAC arts. 46(9)(b), 55(7)")]
    internal static GroundsRefused? Check(IReadOnlyCollection<RefusalGround> grounds) =>
        grounds.Any(g => g.Enough) ? null : new GroundsRefused([.. grounds], grounds.FirstOrDefault()?.Source ?? new("untoc", "18(23)"));

    /// <summary>The ground of a code; null when there is none.</summary>
    internal static RefusalGround? Find(string? code) => All.FirstOrDefault(g => g.Code == code);
}
