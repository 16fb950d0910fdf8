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
    private static readonly string[] Extradition = ["extradition"];

    /// <summary>All grounds.</summary>
    internal static IReadOnlyList<RefusalGround> All { get; } =
    [
        new("form", [], true, new("untoc", "18(21)(a)")),
        new("sovereignty", [], true, new("untoc", "18(21)(b)")),
        new("own-law", [], true, new("untoc", "18(21)(c)")),
        new("legal-system", [], true, new("untoc", "18(21)(d)")),
        new("dual-criminality", [], true, new("untoc", "18(9)")),
        new("treaty-or-law", Extradition, true, new("untoc", "16(7)")),
        new("own-national", Extradition, true, new("untoc", "16(10)")),
        new("discrimination", [], true, new("untoc", "16(14)")),
        new("no-basis", [], true, new("untoc", "18(1)")),
        new("de-minimis", [], true, new("untoc", "18(21)(c)")),
        new("not-executable", [], true, new("untoc", "18(17)")),
        new("bank-secrecy", [], false, new("untoc", "18(8)")),
        new("fiscal-mla", [], false, new("untoc", "18(22)")),
        new("fiscal-extradition", Extradition, false, new("untoc", "16(15)")),
    ];

    /// <summary>The grounds open to a kind of cooperation.</summary>
    internal static IReadOnlyList<RefusalGround> For(string kind) =>
        [.. All.Where(g => (g.Kinds.Count == 0 || g.Kinds.Contains(kind, StringComparer.Ordinal)) && !(g.Code == "fiscal-mla" && kind == "extradition"))];

    /// <summary>Whether grounds carry a refusal; null when they do, otherwise which may never do so alone, and why.</summary>
    [Rule("RQ-11", "Whether grounds carry a refusal", "UNTOC arts. 16(7), (10), (14), (15), 18(8), (9), (21), (22)")]
    internal static GroundsRefused? Check(IReadOnlyCollection<RefusalGround> grounds) =>
        grounds.Any(g => g.Enough) ? null : new GroundsRefused([.. grounds], grounds.FirstOrDefault()?.Source ?? new("untoc", "18(23)"));

    /// <summary>The ground of a code; null when there is none.</summary>
    internal static RefusalGround? Find(string? code) => All.FirstOrDefault(g => g.Code == code);
}
