using Palermo.Data;
using Palermo.Data.Exchange;
using Palermo.Exchange.Evidence.Record;
using Palermo.Kernel.Access;

namespace Palermo.Exchange.Delivery;

/// <summary>Notes that a package of ours is at the other node, which still has to verify it.</summary>
internal static class SentEvidence
{
    internal static void Note(ExchangeModule module, Guid id) =>
        Change.Make(module.Database, Actor.Node, module.Clock, change =>
        {
            var package = change.Context.Set<EvidencePackage>().First(p => p.Id == id);
            if (package.State is not (PackageStates.Announced or PackageStates.Arriving)) return;
            (package.State, package.Arrived, package.ChangedAt) = (PackageStates.Arrived, package.Length, change.Now);
            change.Audit("evidence.sent", package.Case.ToString(), $"{package.Request}/{package.Id}", "", $"to {package.Party} manifest sha256:{package.ManifestSha256}");
        });
}
