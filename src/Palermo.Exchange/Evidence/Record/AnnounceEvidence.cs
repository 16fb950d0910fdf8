using Palermo.Data;
using Palermo.Data.Cases;
using Palermo.Data.Exchange;
using Palermo.Exchange.Evidence.Packing;
using Palermo.Exchange.Nodes;
using Palermo.Kernel;

namespace Palermo.Exchange.Evidence.Record;

/// <summary>Records a package that another node announced with a message; from then on its files are taken in.</summary>
internal static class AnnounceEvidence
{
    /// <summary>Records an announced package.</summary>
    /// <param name="module">The module.</param>
    /// <param name="change">The change in which the message is recorded.</param>
    /// <param name="requestId">The request the message belongs to.</param>
    /// <param name="manifest">The manifest's exact bytes.</param>
    /// <param name="signature">Its signature.</param>
    /// <param name="stamp">The time stamp over the signature; null for none.</param>
    /// <param name="fromParty">The party whose message it is.</param>
    /// <returns>Identifier of the package.</returns>
    /// <exception cref="RefusedException">The manifest is not one of this party for us and this request, or its signature does not hold.</exception>
    internal static Guid Incoming(ExchangeModule module, Change change, Guid requestId, byte[] manifest, byte[] signature, byte[]? stamp, string fromParty)
    {
        var signed = SignedManifest.Of(manifest, signature, stamp);
        var said = signed.Manifest;
        if (said.From.Party != fromParty || said.To.Party != module.Trust.Party || said.Request != requestId) throw new RefusedException("package.announce.other", ("id", said.Id.ToString()));
        if (module.Trust.Check(signed.Signer, fromParty) is { } refusal) throw new RefusedException(refusal.Text);
        if (module.Trust.Own.All(own => Fingerprint.Of(own) != said.To.Certificate)) throw new RefusedException("package.not-ours");
        return Record(module, change, requestId, signed, stamp, fromParty);
    }

    /// <summary>Records a package whose manifest was found to be the party's.</summary>
    /// <inheritdoc cref="Incoming"/>
    internal static Guid Record(ExchangeModule module, Change change, Guid requestId, SignedManifest signed, byte[]? stamp, string fromParty)
    {
        var said = signed.Manifest;
        if (Known.Package(change.Context, said.Id) is { } known)
            return known.ManifestSha256 == signed.Sha256 && !known.Outgoing ? known.Id : throw new RefusedException("package.announce.taken", ("id", said.Id.ToString())) { Conflict = true };
        var request = change.Context.Set<Request>().FirstOrDefault(r => r.Id == requestId) ?? throw new RefusedException("package.announce.other", ("id", said.Id.ToString()));
        var package = NewPackage(change, request, signed, stamp, fromParty, outgoing: false);
        change.Audit("evidence.announced", request.Case.ToString(), $"{request.Id}/{said.Id}", "", FormattableString.Invariant($"from {fromParty} files {said.Files.Count} bytes {said.Size} manifest sha256:{signed.Sha256}"));
        return package.Id;
    }

    internal static EvidencePackage NewPackage(Change change, Request request, SignedManifest signed, byte[]? stamp, string party, bool outgoing)
    {
        var package = new EvidencePackage
        {
            Id = signed.Manifest.Id, Request = request.Id, Case = request.Case, Outgoing = outgoing, Party = party, Manifest = signed.Bytes, Signature = signed.Signature, Stamp = stamp, ManifestSha256 = signed.Sha256,
            Files = signed.Manifest.Files.Count, Length = signed.Manifest.SealedLength, State = PackageStates.Announced, At = change.Now, ChangedAt = change.Now,
        };
        change.Context.Add(package);
        return package;
    }
}
