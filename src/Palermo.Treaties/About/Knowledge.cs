using System.Reflection;
using Palermo.Kernel;
using Palermo.Treaties.Registry;

namespace Palermo.Treaties.About;

/// <summary>How far the record of one instrument is complete.</summary>
/// <param name="Instrument">Identifier.</param>
/// <param name="AsAt">Up to this day, silence means no.</param>
/// <param name="Dated">False when some parties are known by name only.</param>
/// <param name="Named">Number of states known as parties by name only, without the date of their act.</param>
/// <param name="Source">Source identifiers joined by <c>;</c>.</param>
public sealed record KnowledgeLine(string Instrument, DateOnly AsAt, bool Dated, int Named, string Source);

/// <summary>A legal rule the program applies.</summary>
/// <param name="Rule">Number.</param>
/// <param name="Question">The question it answers, in English.</param>
/// <param name="Source">The provisions it rests on, in English.</param>
public sealed record RuleLine(string Rule, string Question, string Source);

/// <summary>The state of knowledge.</summary>
/// <param name="Instruments">How far each record is complete.</param>
/// <param name="Rules">The rules applied.</param>
/// <param name="Sources">Where facts are from.</param>
public sealed record KnowledgeReport(IReadOnlyList<KnowledgeLine> Instruments, IReadOnlyList<RuleLine> Rules, IReadOnlyList<Source> Sources);

/// <summary>What the node knows, how far, and from where.</summary>
public static class Knowledge
{
    /// <summary>The state of knowledge of a registry.</summary>
    public static KnowledgeReport Report(TreatyRegistry registry) => new(
        [.. registry.Instruments.Select(i => new KnowledgeLine(
            i.Id, registry.Edge(i).AsAt, registry.Edge(i).Dated,
            registry.States.All.Count(s => registry.Standing(i, s) is { Bonds.Length: 0 } standing && (standing.KnownUndated || standing.KnownPartyBy is not null)), i.Source))],
        Rules(),
        [.. registry.Reference.Sources.Values.OrderBy(s => s.Id, StringComparer.Ordinal)]);

    private static IReadOnlyList<RuleLine> Rules() =>
    [
        .. typeof(Knowledge).Assembly.GetTypes().SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static))
            .Select(m => m.GetCustomAttribute<RuleAttribute>()).OfType<RuleAttribute>()
            .Select(r => new RuleLine(r.Id, r.Question, r.Source)).OrderBy(r => r.Rule, StringComparer.Ordinal),
    ];
}
