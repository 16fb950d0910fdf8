using Palermo.Data;
using Palermo.Data.Exchange;
using Palermo.Exchange.Evidence.Packing;
using Palermo.Kernel.Access;

namespace Palermo.Exchange.Evidence.Record;

/// <summary>Notes how much of a package has arrived, and that all of it has.</summary>
internal static class ArrivedEvidence
{
    /// <summary>Notes how much is durably here. Not audited: it changes all the time.</summary>
    internal static void Note(ExchangeModule module, Manifest manifest)
    {
        var arrived = module.Evidence.Arrived(manifest);
        Change.Make(module.Database, Actor.Node, module.Clock, change =>
        {
            if (change.Context.Set<EvidencePackage>().FirstOrDefault(p => p.Id == manifest.Id) is not { State: PackageStates.Announced or PackageStates.Arriving } package) return;
            (package.Arrived, package.ChangedAt) = (arrived, change.Now);
            if (package.State == PackageStates.Announced) package.State = PackageStates.Arriving;
        });
    }

    /// <summary>Notes that every sealed file is here and is what the manifest says; asking again changes nothing.</summary>
    internal static void Whole(ExchangeModule module, Guid id)
    {
        EvidencePackage known;
        using (var context = module.Database.Connect()) known = Known.Package(context, id)!;
        if (known.State is not (PackageStates.Announced or PackageStates.Arriving)) return;
        var manifest = module.Manifests.Of(known);
        module.Evidence.FolderOf(id).WriteHead(known.Manifest, known.Signature, known.Stamp);
        Change.Make(module.Database, Actor.Node, module.Clock, change =>
        {
            var package = change.Context.Set<EvidencePackage>().First(p => p.Id == id);
            if (package.State is not (PackageStates.Announced or PackageStates.Arriving)) return;
            (package.State, package.Arrived, package.ChangedAt) = (PackageStates.Arrived, package.Length, change.Now);
            WriteCustody.Add(module, change, package, manifest, "arrived", 0, package.ManifestSha256);
        });
        module.Evidence.Forget(id);
    }
}
