using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Xml;
using Palermo.Exchange.As4.Crypto;
using Palermo.Exchange.As4.Xml;

namespace Palermo.Exchange.As4;

/// <summary>Checks the signature of an envelope: who signed, and that header and body are what was signed. Parts are left to be checked as they come.</summary>
/// <remarks>
/// A reference is never looked up: it must name the very element that is then read, at its place in the envelope, so that moving signed
/// elements elsewhere (signature wrapping) leads nowhere. Algorithms are a fixed list.
/// </remarks>
internal static class VerifySignature
{
    internal const int SmallestRsa = 2048, LargestRsa = 8192;

    private const int LargestToken = 16 << 10, LargestSignature = 1024, DigestSize = 32, MostReferences = 64, LongestPrefixes = 256, MostPrefixes = 16;

    /// <summary>Checks the signature.</summary>
    /// <param name="security">The security header.</param>
    /// <param name="messaging">The ebMS header.</param>
    /// <param name="body">The SOAP body.</param>
    /// <param name="smallestRsa">Bits of the smallest RSA key taken; only examples of others have less than 2048.</param>
    /// <returns>The signer and everything signed.</returns>
    /// <exception cref="As4Exception">The signature does not hold or does not cover header and body.</exception>
    internal static (X509Certificate2 Signer, IReadOnlyList<SignedDigest> Signed) Of(XmlElement security, XmlElement messaging, XmlElement body, int smallestRsa = SmallestRsa)
    {
        security.Only((Ns.Wsse, "BinarySecurityToken"), (Ns.Ds, "Signature"), (Ns.Xenc, "EncryptedKey"), (Ns.Xenc, "EncryptedData"));
        var signature = security.Maybe(Ns.Ds, "Signature") ?? throw Refuse.Policy("The message is not signed.");
        signature.Only((Ns.Ds, "SignedInfo"), (Ns.Ds, "SignatureValue"), (Ns.Ds, "KeyInfo"));
        var signedInfo = signature.One(Ns.Ds, "SignedInfo");
        signedInfo.Only((Ns.Ds, "CanonicalizationMethod"), (Ns.Ds, "SignatureMethod"), (Ns.Ds, "Reference"));
        var prefixes = Prefixes(signedInfo.One(Ns.Ds, "CanonicalizationMethod"));
        var method = signedInfo.One(Ns.Ds, "SignatureMethod");
        if (method.Children().Any()) throw Refuse.Policy("Parameters of the signature's algorithm are not taken.");
        var signed = References(signedInfo);
        var reference = signature.One(Ns.Ds, "KeyInfo").One(Ns.Wsse, "SecurityTokenReference").One(Ns.Wsse, "Reference");
        var signer = Certificate(Token(security, reference));
        try
        {
            if (!Holds(signer, method.Algorithm(), Canonical.Bytes(signedInfo, prefixes), signature.One(Ns.Ds, "SignatureValue").Bytes(LargestSignature), smallestRsa))
                throw Refuse.Signature("The signature does not verify.");
            Check(messaging, signed, "header");
            Check(body, signed, "body");
            return (signer.Certificate, signed);
        }
        catch (Exception e) when (e is CryptographicException or XmlException or ArgumentException)
        {
            throw Refuse.Signature("The signature does not verify.", e);
        }
    }

    /// <summary>The token that a reference names.</summary>
    internal static XmlElement Token(XmlElement security, XmlElement reference)
    {
        var uri = reference.GetAttribute("URI");
        var token = security.Children().FirstOrDefault(c => c.Is(Ns.Wsse, "BinarySecurityToken") && uri.Length > 1 && uri == "#" + c.GetAttribute("Id", Ns.Wsu))
                    ?? throw Refuse.Signature("The certificate is not with the message.");
        var encoding = token.GetAttribute("EncodingType");
        return token.GetAttribute("ValueType") == Known.X509v3 && encoding is "" or Known.Base64 ? token : throw Refuse.Policy("Certificates come as X509v3 tokens in Base64.");
    }

    private static void Check(XmlElement element, IReadOnlyList<SignedDigest> signed, string name)
    {
        var id = element.GetAttribute("Id", Ns.Wsu);
        var reference = id.Length == 0 ? null : signed.SingleOrDefault(s => s.Uri == "#" + id);
        if (reference is null) throw Refuse.Policy($"The {name} is not signed.");
        if (!CryptographicOperations.FixedTimeEquals(Canonical.Digest(element, reference.Prefixes), Convert.FromBase64String(reference.Digest))) throw Refuse.Signature($"The {name} is not what was signed.");
    }

    private static List<SignedDigest> References(XmlElement signedInfo)
    {
        var all = new List<SignedDigest>();
        foreach (var reference in signedInfo.Children().Where(c => c.LocalName == "Reference"))
        {
            if (all.Count == MostReferences) throw Refuse.Policy("The signature has too many references.");
            reference.Only((Ns.Ds, "Transforms"), (Ns.Ds, "DigestMethod"), (Ns.Ds, "DigestValue"));
            var uri = reference.GetAttribute("URI");
            if (all.Any(r => r.Uri == uri)) throw Refuse.Policy("The signature names something twice.");
            var transforms = reference.One(Ns.Ds, "Transforms");
            transforms.Only((Ns.Ds, "Transform"));
            var transform = transforms.One(Ns.Ds, "Transform");
            if (reference.One(Ns.Ds, "DigestMethod").Algorithm() != Known.Sha256) throw Refuse.Policy("Digests are made with SHA-256.");
            var digest = reference.One(Ns.Ds, "DigestValue").Bytes(DigestSize);
            if (digest.Length != DigestSize) throw Refuse.Signature("A digest has the wrong length.");
            var isPart = uri.StartsWith("cid:", StringComparison.Ordinal);
            if (isPart ? transform.Algorithm() != Known.AttachmentSigned || transform.Children().Any() : !uri.StartsWith('#')) throw Refuse.Policy("Signed are elements of the envelope and the content of attachments.");
            all.Add(new SignedDigest(uri, Known.Sha256, Convert.ToBase64String(digest)) { Prefixes = isPart ? "" : Prefixes(transform) });
        }

        return all;
    }

    /// <summary>The prefixes that exclusive canonicalization treats inclusively.</summary>
    private static string Prefixes(XmlElement method)
    {
        if (method.Algorithm() != Known.ExcC14n) throw Refuse.Policy("Canonical form is exclusive canonical XML without comments.");
        method.Only((Known.ExcC14n, "InclusiveNamespaces"));
        var prefixes = method.Maybe(Known.ExcC14n, "InclusiveNamespaces")?.GetAttribute("PrefixList") ?? "";
        return prefixes.Length <= LongestPrefixes && prefixes.AsSpan().Count(' ') < MostPrefixes ? prefixes : throw Refuse.Header("The list of prefixes is too long.");
    }

    private static SeenCertificate Certificate(XmlElement token)
    {
        try
        {
            return SeenCertificate.Read(token.Bytes(LargestToken));
        }
        catch (CryptographicException e)
        {
            throw Refuse.Signature("The certificate cannot be read.", e);
        }
    }

    private static bool Holds(SeenCertificate signer, string algorithm, byte[] bytes, byte[] signature, int smallestRsa)
    {
        switch (algorithm)
        {
            case Known.RsaSha256:
                return signer.Rsa.Use(rsa => rsa is not null && rsa.KeySize >= smallestRsa && rsa.KeySize <= LargestRsa
                    ? rsa.VerifyData(bytes, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
                    : throw Refuse.Policy($"The signer's key is not an RSA key of {SmallestRsa} to {LargestRsa} bits."));

            case Known.EcdsaSha256:
                return signer.Ecdsa.Use(ecdsa => ecdsa is not null
                    ? ecdsa.VerifyData(bytes, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation)
                    : throw Refuse.Policy("The signer's key is not on secp256r1."));

            default: throw Refuse.Policy("Messages are signed with RSA or ECDSA and SHA-256.");
        }
    }
}
