using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Palermo.Exchange.Nodes.Identity;
using Palermo.Kernel;

namespace Palermo.Exchange.Nodes.Trust;

/// <summary>Whether a certificate by itself is fit to sign with and to show in TLS, whoever has it.</summary>
internal static class CertificateFitness
{
    private const int ShortestRsa = 2048;

    /// <summary>Why a certificate is not fit on a day; null when it is.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <param name="party">Whose it is, for the sentence; empty when not known.</param>
    /// <param name="now">Now.</param>
    internal static CertificateRefusal? Of(X509Certificate2 certificate, string party, DateTimeOffset now)
    {
        var name = party.Length > 0 ? party : RefusedException.Shorten(certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false));
        var fingerprint = Fingerprint.Short(Fingerprint.Of(certificate));
        if (now > certificate.Until()) return new("expired", new("nodes.certificate.expired", ("party", name), ("fingerprint", fingerprint), ("until", certificate.Until().Day()), ("today", now.Day())));
        if (now < certificate.From()) return new("not-yet-valid", new("nodes.certificate.not-yet-valid", ("party", name), ("fingerprint", fingerprint), ("since", certificate.From().Day()), ("today", now.Day())));
        if (!MaySign(certificate)) return new("wrong-purpose", new("nodes.certificate.wrong-purpose", ("party", name), ("fingerprint", fingerprint)));
        using AsymmetricAlgorithm? key = (AsymmetricAlgorithm?)certificate.GetRSAPublicKey() ?? certificate.GetECDsaPublicKey();
        return WeakKey(key) is null ? null : new("weak-key", new("nodes.certificate.weak-key", ("party", name), ("fingerprint", fingerprint)));
    }

    /// <summary>Why a key is too weak or of another kind than both ends understand; null when it is good.</summary>
    internal static Message? WeakKey(AsymmetricAlgorithm? key) => key switch
    {
        RSA { KeySize: >= ShortestRsa } => null,
        ECDsa curve when OnCurve(curve) => null,
        _ => new Message("nodes.key.weak"),
    };

    private static bool OnCurve(ECDsa key)
    {
        if (key.KeySize != 256) return false;
        var curve = key.ExportParameters(includePrivateParameters: false).Curve;
        return curve.IsNamed && (curve.Oid.Value == NodeKeys.Secp256r1 || curve.Oid.FriendlyName is "nistP256" or "ECDSA_P256");
    }

    /// <summary>Whether the extensions allow signing, and the certificate is not an authority's own.</summary>
    private static bool MaySign(X509Certificate2 certificate)
    {
        foreach (var extension in certificate.Extensions)
        {
            if (extension is X509BasicConstraintsExtension { CertificateAuthority: true }) return false;
            if (extension is X509KeyUsageExtension usage && !usage.KeyUsages.HasFlag(X509KeyUsageFlags.DigitalSignature)) return false;
        }

        return true;
    }
}
