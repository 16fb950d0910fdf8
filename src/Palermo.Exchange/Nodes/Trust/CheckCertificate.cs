using System.Security.Cryptography.X509Certificates;
using Palermo.Exchange.Nodes.Registry;
using Palermo.Kernel;

namespace Palermo.Exchange.Nodes.Trust;

/// <summary>Whether a certificate is accepted, by the registry and by itself.</summary>
internal static class CheckCertificate
{
    /// <summary>Why a certificate is not accepted; null when it is.</summary>
    /// <param name="registry">The last good copy; null when there is none.</param>
    /// <param name="certificate">What signed, or what TLS showed.</param>
    /// <param name="party">Whose it must be; null for any node of the registry.</param>
    /// <param name="now">Now.</param>
    internal static CertificateRefusal? Of(RegistryEdition? registry, X509Certificate2 certificate, string? party, DateTimeOffset now)
    {
        var fingerprint = Fingerprint.Of(certificate);
        var shown = Fingerprint.Short(fingerprint);
        var owner = registry?.ByCertificate.GetValueOrDefault(fingerprint);
        if (registry?.Revoked.TryGetValue(fingerprint, out var revoked) == true)
            return new("revoked", new("nodes.certificate.revoked", ("party", owner?.Party ?? RefusedException.Shorten(revoked.Party)), ("fingerprint", shown)));
        if (owner is null)
            return new("unknown", new("nodes.certificate.unknown", ("name", RefusedException.Shorten(certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false))), ("fingerprint", shown)));
        if (party is not null && owner.Party != party)
            return new("other-party", new("nodes.certificate.other-party", ("owner", owner.Party), ("party", RefusedException.Shorten(party)), ("fingerprint", shown)));
        return CertificateFitness.Of(certificate, owner.Party, now);
    }
}
