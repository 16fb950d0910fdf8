using Palermo.Data.Cases;
using Palermo.Kernel;

namespace Palermo.Requests.Costs;

/// <summary>A cost that needs an agreement it does not have.</summary>
/// <param name="Key">Key of the sentence.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="Incurred">What was incurred, in units of the currency.</param>
/// <param name="Agreed">What was agreed.</param>
/// <param name="Source">Where it stands.</param>
internal sealed record CostFinding(string Key, string Currency, decimal Incurred, decimal Agreed, Citation Source);

/// <summary>A sum of costs of one currency.</summary>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="BorneBy">Who bears them.</param>
/// <param name="Agreed">Sum of what was agreed.</param>
/// <param name="Incurred">Sum of what was incurred.</param>
internal sealed record CostSum(string Currency, string BorneBy, decimal Agreed, decimal Incurred);

/// <summary>Whether costs were agreed as far as they must be.</summary>
internal static class CostsAgreed
{
    internal const string Agreed = "agreed", Incurred = "incurred", Requesting = "requesting", Requested = "requested";

    /// <summary>Costs that were incurred without the agreement they need.</summary>
    /// <remarks>UNTOC art. 18(28): the requested state bears ordinary costs unless agreed otherwise; where substantial or extraordinary expenses are or will be required, the states first consult on terms and on how they are borne.</remarks>
    [Rule("RQ-23", "Whether costs were agreed as far as they must be", "UNTOC art. 18(28)")]
    internal static IReadOnlyList<CostFinding> Missing(IReadOnlyCollection<Cost> costs)
    {
        var source = new Citation("untoc", "18(28)");
        var extraordinary = costs.Where(c => c.Extraordinary).GroupBy(c => c.Currency, StringComparer.Ordinal)
            .Select(g => new CostFinding("costs.warn.extraordinary", g.Key, Sum(g, Incurred), Sum(g, Agreed), source));
        var shifted = costs.Where(c => c is { Extraordinary: false, BorneBy: Requesting }).GroupBy(c => c.Currency, StringComparer.Ordinal)
            .Select(g => new CostFinding("costs.warn.ordinary", g.Key, Sum(g, Incurred), Sum(g, Agreed), source));
        return [.. extraordinary.Concat(shifted).Where(f => f.Incurred > f.Agreed).OrderBy(f => f.Currency, StringComparer.Ordinal)];
    }

    /// <summary>Sums for each currency and bearer; amounts of different currencies are never added.</summary>
    internal static IReadOnlyList<CostSum> Sums(IEnumerable<Cost> costs) =>
        [.. costs.GroupBy(c => (c.Currency, c.BorneBy)).Select(g => new CostSum(g.Key.Currency, g.Key.BorneBy, Sum(g, Agreed), Sum(g, Incurred))).OrderBy(s => s.Currency, StringComparer.Ordinal).ThenBy(s => s.BorneBy, StringComparer.Ordinal)];

    private static decimal Sum(IEnumerable<Cost> costs, string stage) => costs.Where(c => c.Stage == stage).Sum(c => c.Amount);
}
