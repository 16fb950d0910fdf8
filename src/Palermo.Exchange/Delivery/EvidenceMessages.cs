using Palermo.Data;
using Palermo.Data.Cases;
using Palermo.Data.Exchange;
using Palermo.Exchange.Evidence.Packing;
using Palermo.Exchange.Evidence.Record;
using Palermo.Kernel;
using Palermo.Kernel.Access;
using Palermo.Requests.Exchange;

namespace Palermo.Exchange.Delivery;

/// <summary>What two nodes say about evidence: that it comes, with the signed manifest, whose receipt binds every byte; and that it is complete and verified, or refused.</summary>
internal static class EvidenceMessages
{
    /// <summary>In Base64 it has to fit into one text of the payload, in bytes.</summary>
    private const int LargestManifest = 700 << 10;

    /// <summary>Announces a package, in the change that records it.</summary>
    /// <exception cref="RefusedException">There are too many files for one package.</exception>
    internal static void Announce(Change change, Viewer viewer, Request request, SignedManifest signed, byte[]? stamp)
    {
        if (signed.Bytes.Length > LargestManifest) throw new RefusedException("exchange.manifest-too-large") { Field = "files" };
        TellThem.Write(change, request, new MessagePayload
        {
            Act = WhatIsSaid.Evidence, On = DateOnly.FromDateTime(change.Now), By = viewer.Name,
            Manifest = Convert.ToBase64String(signed.Bytes), ManifestSignature = Convert.ToBase64String(signed.Signature), ManifestStamp = stamp is null ? null : Convert.ToBase64String(stamp),
        }, signed.Manifest.Id);
    }

    /// <summary>Tells the sender that a package is complete and verified; says it once.</summary>
    internal static void Verified(ExchangeModule module, VerifiedEvidence verified) =>
        Change.Make(module.Database, Actor.Node, module.Clock, change =>
        {
            var request = change.Context.Set<Request>().First(r => r.Id == verified.Request);
            // Rows of earlier versions name no package; what they say does.
            var mark = verified.Package.ToString();
            if (request.Node.Length == 0 || change.Context.Set<OutgoingMessage>().Any(m => m.Act == WhatIsSaid.EvidenceVerified && (m.Package == verified.Package || (m.Package == null && m.Request == verified.Request && m.Payload.Contains(mark))))) return;
            TellThem.Write(change, request, new MessagePayload
            {
                Act = WhatIsSaid.EvidenceVerified, On = DateOnly.FromDateTime(change.Now),
                Verified = new(verified.Package, verified.ManifestSha256, [.. verified.Files.Select(f => new VerifiedFile(f.Number, f.Sha256, f.Root))], verified.CustodyHash, verified.At.UtcDateTime),
            }, verified.Package);
        });

    /// <summary>Tells the sender, in the change that records it, that a package was refused.</summary>
    internal static void Refused(ExchangeModule module, Change change, EvidencePackage package)
    {
        var request = change.Context.Set<Request>().First(r => r.Id == package.Request);
        if (request.Node.Length == 0) return;
        TellThem.Write(change, request, new MessagePayload
        {
            Act = WhatIsSaid.EvidenceRefused, On = DateOnly.FromDateTime(change.Now),
            Refused = new(package.Id, package.ManifestSha256, module.Texts.SayKept(Language.English, package.Problem)),
        }, package.Id);
    }

    /// <summary>Takes in what the other side says.</summary>
    /// <returns>Why it is not accepted; null when it is.</returns>
    internal static Message? Take(ExchangeModule module, Change change, SendingNode from, Request request, MessagePayload payload)
    {
        try
        {
            if (payload.Act == WhatIsSaid.Evidence)
            {
                if (Bytes(payload.Manifest) is not { } manifest || Bytes(payload.ManifestSignature) is not { } signature) return new Message("exchange.no-manifest");
                AnnounceEvidence.Incoming(module, change, request.Id, manifest, signature, payload.ManifestStamp is null ? null : Bytes(payload.ManifestStamp), from.Party);
                return null;
            }

            if (payload.Act == WhatIsSaid.EvidenceRefused)
            {
                if (payload.Refused is not { } refused) return new Message("exchange.no-manifest");
                RefusedEvidence.Record(module, change, refused, from.Party);
                return null;
            }

            if (payload.Verified is not { Files: not null } said) return new Message("exchange.no-manifest");
            new VerifiedEvidence(said.Package, request.Id, said.ManifestSha256, [.. said.Files.Select(f => (f.Number, f.Sha256, f.Root))], said.CustodyHash, new DateTimeOffset(DateTime.SpecifyKind(said.At, DateTimeKind.Utc)))
                .Confirmed(module, change, from.Party);
            return null;
        }
        catch (RefusedException e)
        {
            return e.Text;
        }
    }

    private static byte[]? Bytes(string? base64)
    {
        var bytes = new byte[((base64 ?? "").Length * 3 / 4) + 3];
        return base64 is { Length: > 0 } && Convert.TryFromBase64String(base64, bytes, out var length) ? bytes[..length] : null;
    }
}
