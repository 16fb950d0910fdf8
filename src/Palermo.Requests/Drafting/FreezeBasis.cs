using Palermo.Requests.Document;
using Palermo.Requests.Kinds;
using Palermo.Treaties.LegalBasis;

namespace Palermo.Requests.Drafting;

/// <summary>Keeps the finder's answer as it is on its day.</summary>
internal static class FreezeBasis
{
    /// <summary>The answer to a question with its reasons in English, relying on what carries the request primarily, or on the fallback when nothing does.</summary>
    internal static FrozenBasis Of(RequestsModule module, BasisQuery query, RequestKind? kind = null)
    {
        var registry = module.Treaties.Registry();
        var report = BasisReport.Of(module.Treaties.Reference, module.Texts, Kernel.Language.English, FindBasis.Answer(registry, query));
        IReadOnlyList<string> primary = [.. report.Available.Where(a => a.Role == "primary").Select(a => a.Instrument)];
        return new FrozenBasis(module.Today, registry.Head, report, primary.Count > 0 ? kind?.Order(primary) ?? primary : [.. report.Available.Take(1).Select(a => a.Instrument)]);
    }
}
