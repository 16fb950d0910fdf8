using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Palermo.Data;
using Palermo.Data.Exchange;
using Palermo.Exchange.Evidence.Packing;

namespace Palermo.Exchange.Evidence.Record;

/// <summary>Codes of what became of a package.</summary>
internal static class PackageStates
{
    internal const string Announced = "announced", Arriving = "arriving", Arrived = "arrived", Verified = "verified", Refused = "refused";
}

/// <summary>Packages on record.</summary>
internal static class Known
{
    /// <summary>A package; null when there is none.</summary>
    internal static EvidencePackage? Package(PalermoContext context, Guid id) => context.Set<EvidencePackage>().AsNoTracking().FirstOrDefault(p => p.Id == id);

    /// <summary>The custody record: the manifest's lines, and those written here.</summary>
    internal static IReadOnlyList<CustodyLine> Custody(PalermoContext context, Manifest manifest) =>
        [.. manifest.Custody, .. context.Set<CustodyEntry>().AsNoTracking().Where(c => c.Package == manifest.Id).OrderBy(c => c.Number).AsEnumerable()
            .Select(c => new CustodyLine(c.Number, new DateTimeOffset(c.At, TimeSpan.Zero), c.By, c.Organization, c.Act, c.Item, c.Tool, c.Sha256, c.Hash))];
}

/// <summary>Manifests of packages on record, read once for as long as they are worked with.</summary>
internal sealed class KnownManifests
{
    private const int Most = 64;
    private readonly ConcurrentDictionary<string, Manifest> _read = new(StringComparer.Ordinal);

    /// <summary>What a package's manifest says; its signature was checked when it was recorded.</summary>
    internal Manifest Of(EvidencePackage package)
    {
        if (_read.Count > Most) _read.Clear();
        return _read.GetOrAdd(package.ManifestSha256, _ => ReadManifest.From(package.Manifest));
    }
}
