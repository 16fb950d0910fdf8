using Palermo.Data;
using Palermo.Data.Exchange;
using Palermo.Exchange.Evidence.Packing;
using Palermo.Kernel;

namespace Palermo.Exchange.Evidence.Record;

/// <summary>Adds a line to a package's custody record, chained to the one before, in the same change as what it tells.</summary>
internal static class WriteCustody
{
    /// <summary>Adds a line.</summary>
    /// <param name="module">The module.</param>
    /// <param name="change">The change.</param>
    /// <param name="package">The package.</param>
    /// <param name="manifest">Its manifest.</param>
    /// <param name="act">Code of what was done.</param>
    /// <param name="item">Number of the file; 0 for the whole package.</param>
    /// <param name="sha256">SHA-256 of the item; empty for none.</param>
    internal static void Add(ExchangeModule module, Change change, EvidencePackage package, Manifest manifest, string act, int item, string sha256)
    {
        // Lines added in this change are not in the database yet.
        var written = change.Context.Set<CustodyEntry>().Local.Where(c => c.Package == package.Id).OrderBy(c => c.Number).LastOrDefault()
            ?? change.Context.Set<CustodyEntry>().Where(c => c.Package == package.Id).OrderByDescending(c => c.Number).FirstOrDefault();
        var before = written is not null ? LineOf(written) : manifest.Custody.Count > 0 ? manifest.Custody[^1] : null;
        var us = package.Outgoing ? manifest.From.Name : manifest.To.Name;
        var line = CustodyLine.After(before, new DateTimeOffset(change.Now, TimeSpan.Zero), Plain.Text(change.Actor.Name), us, act, item, sha256);
        change.Context.Add(new CustodyEntry
        {
            Package = package.Id, Number = line.Number, At = line.At.UtcDateTime, By = line.By, Organization = line.Organization, Act = line.Act, Item = line.Item, Tool = line.Tool, Sha256 = line.Sha256, Hash = line.Hash,
        });
        change.Audit("evidence." + act, package.Case.ToString(), $"{package.Request}/{package.Id}", "", FormattableString.Invariant($"{(item == 0 ? "manifest" : $"file {item}")} sha256:{sha256} custody:{line.Number} {line.Hash}"));
    }

    private static CustodyLine LineOf(CustodyEntry entry) =>
        new(entry.Number, new DateTimeOffset(entry.At, TimeSpan.Zero), entry.By, entry.Organization, entry.Act, entry.Item, entry.Tool, entry.Sha256, entry.Hash);
}
