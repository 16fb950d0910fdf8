using System.Security.Cryptography.X509Certificates;
using Microsoft.EntityFrameworkCore;
using Palermo.Data;
using Palermo.Data.Exchange;
using Palermo.Exchange.Evidence.Packing;
using Palermo.Exchange.Nodes;
using Palermo.Kernel;
using Palermo.Kernel.Access;

namespace Palermo.Exchange.Evidence.Record;

/// <summary>What the message “complete and verified” says of a package.</summary>
/// <param name="Package">The package.</param>
/// <param name="Request">The request.</param>
/// <param name="ManifestSha256">SHA-256 of the manifest's bytes, lower-case hexadecimal: it binds every byte.</param>
/// <param name="Files">Number, content's SHA-256 and Merkle root of each file.</param>
/// <param name="CustodyHash">Hash of the last line of the receiver's custody record.</param>
/// <param name="At">When it was verified, UTC.</param>
internal sealed record VerifiedEvidence(Guid Package, Guid Request, string ManifestSha256, IReadOnlyList<(int Number, string Sha256, string Root)> Files, string CustodyHash, DateTimeOffset At)
{
    /// <summary>Packages that have arrived and are to be verified.</summary>
    internal static IReadOnlyList<Guid> Due(ExchangeModule module)
    {
        using var context = module.Database.Connect();
        return [.. context.Set<EvidencePackage>().Where(p => !p.Outgoing && p.State == PackageStates.Arrived).OrderBy(p => p.ChangedAt).Select(p => p.Id)];
    }

    /// <summary>Decrypts a package that has arrived, compares every content with its hash, and records the outcome.</summary>
    /// <returns>What to tell the sender; null when it was refused, which the package's <see cref="EvidencePackage.Problem"/> explains and the sender is told.</returns>
    internal static async Task<VerifiedEvidence?> Verify(ExchangeModule module, Guid id, IReadOnlyList<X509Certificate2> ours, CancellationToken cancel)
    {
        EvidencePackage known;
        using (var context = module.Database.Connect()) known = Known.Package(context, id) ?? throw new RefusedException("package.unknown") { NotFound = true };
        var manifest = module.Manifests.Of(known);
        Message? problem = null;
        try
        {
            await VerifyEvidence.Run(module.Evidence.FolderOf(id), [], manifest.Ours(ours), null, cancel);
        }
        catch (RefusedException e)
        {
            problem = e.Text;
        }

        return Change.Make(module.Database, Actor.Node, module.Clock, change =>
        {
            var package = change.Context.Set<EvidencePackage>().First(p => p.Id == id);
            if (package.State == PackageStates.Arrived)
            {
                (package.State, package.ChangedAt) = (problem is null ? PackageStates.Verified : PackageStates.Refused, change.Now);
                if (problem is null)
                {
                    foreach (var file in manifest.Files) WriteCustody.Add(module, change, package, manifest, "verified", file.Number, file.Sha256);
                }
                else
                {
                    package.Problem = KeptMessage.Of(problem);
                    WriteCustody.Add(module, change, package, manifest, "refused", 0, package.ManifestSha256);
                    Delivery.EvidenceMessages.Refused(module, change, package);
                }

                change.Context.SaveChanges();
            }

            return package.State == PackageStates.Verified ? Of(change.Context, package, manifest) : null;
        });
    }

    /// <summary>What to tell the sender of a package that was verified.</summary>
    internal static VerifiedEvidence Of(PalermoContext context, EvidencePackage package, Manifest manifest)
    {
        var last = context.Set<CustodyEntry>().AsNoTracking().Where(c => c.Package == package.Id && c.Act == "verified").OrderByDescending(c => c.Number).First();
        return new(package.Id, package.Request, package.ManifestSha256, [.. manifest.Files.Select(f => (f.Number, f.Sha256, f.Root))], last.Hash, new DateTimeOffset(last.At, TimeSpan.Zero));
    }

    /// <summary>Records that the receiver says so of a package of ours; saying it again changes nothing.</summary>
    /// <param name="module">The module.</param>
    /// <param name="change">The change in which the message is recorded.</param>
    /// <param name="fromParty">The party whose message it is.</param>
    /// <exception cref="RefusedException">It is not a package for this party, or not what we packed.</exception>
    internal void Confirmed(ExchangeModule module, Change change, string fromParty)
    {
        var package = change.Context.Set<EvidencePackage>().FirstOrDefault(p => p.Id == Package);
        if (package is not { Outgoing: true } || package.Party != fromParty) throw new RefusedException("package.unknown") { NotFound = true };
        var manifest = module.Manifests.Of(package);
        if (package.ManifestSha256 != ManifestSha256 || !manifest.Files.Select(f => (f.Number, f.Sha256, f.Root)).SequenceEqual(Files)) throw new RefusedException("package.confirm.other", ("id", Package.ToString()));
        if (package.State == PackageStates.Verified) return;
        (package.State, package.Arrived, package.ChangedAt) = (PackageStates.Verified, package.Length, change.Now);
        WriteCustody.Add(module, change, package, manifest, "verified", 0, ManifestSha256);
    }
}
