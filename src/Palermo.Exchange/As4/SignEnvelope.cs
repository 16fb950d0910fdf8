using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Palermo.Exchange.As4;

/// <summary>Puts an envelope together and signs it. Everything signed is written in canonical form, so that what is hashed is what stands there.</summary>
internal static class SignEnvelope
{
    internal const string MessagingId = "messaging", BodyId = "body";

    private const string SenderToken = "sender";
    private const string Body = $"""<S12:Body xmlns:S12="{Ns.Soap}" xmlns:wsu="{Ns.Wsu}" wsu:Id="{BodyId}"></S12:Body>""";
    private const string Canonical = $"""<ds:Transforms><ds:Transform Algorithm="{Known.ExcC14n}"></ds:Transform></ds:Transforms>""";
    private const string Attachment = $"""<ds:Transforms><ds:Transform Algorithm="{Known.AttachmentSigned}"></ds:Transform></ds:Transforms>""";

    /// <summary>Signs the header, the empty body and the parts.</summary>
    /// <param name="messaging">The ebMS header, in canonical form.</param>
    /// <param name="parts">Content-ID and SHA-256 of the parts, compressed and not yet encrypted.</param>
    /// <param name="encryption">Encrypted key and data for the security header; empty for none.</param>
    /// <param name="us">Our certificate with its key.</param>
    internal static (byte[] Envelope, IReadOnlyList<SignedDigest> Digests) Of(string messaging, IReadOnlyList<(string Id, byte[] Digest)> parts, string encryption, X509Certificate2 us)
    {
        SignedDigest[] digests =
        [
            new("#" + MessagingId, Known.Sha256, Hash(messaging)), new("#" + BodyId, Known.Sha256, Hash(Body)),
            .. parts.Select(p => new SignedDigest("cid:" + p.Id, Known.Sha256, Convert.ToBase64String(p.Digest))),
        ];
        var (algorithm, sign) = Signer(us);
        var signedInfo = $"""<ds:SignedInfo xmlns:ds="{Ns.Ds}"><ds:CanonicalizationMethod Algorithm="{Known.ExcC14n}"></ds:CanonicalizationMethod><ds:SignatureMethod Algorithm="{algorithm}"></ds:SignatureMethod>{string.Concat(digests.Select(d => Reference(d, "")))}</ds:SignedInfo>""";
        var value = Convert.ToBase64String(sign(Encoding.UTF8.GetBytes(signedInfo)));
        var envelope = $"""
            <S12:Envelope xmlns:S12="{Ns.Soap}"><S12:Header><wsse:Security xmlns:wsse="{Ns.Wsse}" S12:mustUnderstand="true">{encryption}{Token(SenderToken, us)}<ds:Signature xmlns:ds="{Ns.Ds}" Id="signature">{signedInfo}<ds:SignatureValue>{value}</ds:SignatureValue><ds:KeyInfo><wsse:SecurityTokenReference><wsse:Reference URI="#{SenderToken}" ValueType="{Known.X509v3}"></wsse:Reference></wsse:SecurityTokenReference></ds:KeyInfo></ds:Signature></wsse:Security>{messaging}</S12:Header>{Body}</S12:Envelope>
            """;
        return (Encoding.UTF8.GetBytes(envelope), digests);
    }

    /// <summary>A certificate as a token of the security header.</summary>
    internal static string Token(string id, X509Certificate2 certificate) =>
        $"""<wsse:BinarySecurityToken xmlns:wsu="{Ns.Wsu}" EncodingType="{Known.Base64}" ValueType="{Known.X509v3}" wsu:Id="{id}">{Convert.ToBase64String(certificate.RawDataMemory.Span)}</wsse:BinarySecurityToken>""";

    /// <summary>A reference as signatures and receipts write it.</summary>
    /// <param name="digest">What it refers to.</param>
    /// <param name="declaration">The namespace of the prefix <c>ds</c>, where it is not declared around it.</param>
    internal static string Reference(SignedDigest digest, string declaration) =>
        $"""<ds:Reference{declaration} URI="{Xml.Canonical.Attribute(digest.Uri)}">{Transforms(digest)}<ds:DigestMethod Algorithm="{Xml.Canonical.Attribute(digest.Algorithm)}"></ds:DigestMethod><ds:DigestValue>{Xml.Canonical.Text(digest.Digest)}</ds:DigestValue></ds:Reference>""";

    private static string Transforms(SignedDigest digest) =>
        digest.Uri.StartsWith("cid:", StringComparison.Ordinal) ? Attachment
        : digest.Prefixes.Length == 0 ? Canonical
        : $"""<ds:Transforms><ds:Transform Algorithm="{Known.ExcC14n}"><ec:InclusiveNamespaces xmlns:ec="{Known.ExcC14n}" PrefixList="{Xml.Canonical.Attribute(digest.Prefixes)}"></ec:InclusiveNamespaces></ds:Transform></ds:Transforms>""";

    private static string Hash(string text) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static (string Algorithm, Func<byte[], byte[]> Sign) Signer(X509Certificate2 us) => us.GetKeyAlgorithm() switch
    {
        RsaKey => (Known.RsaSha256, bytes =>
        {
            using var rsa = us.GetRSAPrivateKey() ?? throw NoKey(nameof(us));
            return rsa.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }),
        EcKey => (Known.EcdsaSha256, bytes =>
        {
            using var ecdsa = us.GetECDsaPrivateKey() ?? throw NoKey(nameof(us));
            return ecdsa.SignData(bytes, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }),
        _ => throw new ArgumentException("Messages are signed with RSA or on secp256r1.", nameof(us)),
    };

    /// <summary>Object identifier of RSA keys in certificates.</summary>
    internal const string RsaKey = "1.2.840.113549.1.1.1";

    /// <summary>Object identifier of elliptic curve keys in certificates.</summary>
    internal const string EcKey = "1.2.840.10045.2.1";

    private static ArgumentException NoKey(string parameter) => new("Our certificate has no key with it.", parameter);
}
