using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Xml;
using Palermo.Exchange.As4.Xml;

namespace Palermo.Exchange.As4.Crypto;

/// <summary>The key of the parts, wrapped with a key agreed by ECDH-ES on secp256r1 and derived with ConcatKDF (NIST SP 800-56A, 5.8.1; XML Encryption 1.1, 5.4.1 and 5.6.4).</summary>
internal static class KeyAgreement
{
    private const int WrappingKey = 16, LargestInfo = 256;

    private static readonly string[] Fields = ["AlgorithmID", "PartyUInfo", "PartyVInfo", "SuppPubInfo", "SuppPrivInfo"];

    /// <summary>What is derived from says nothing of the parties: the ephemeral key is bound by the wrapped key, everything else by the signature.</summary>
    private const string AlgorithmId = "0000";

    /// <summary>Wraps a key for a receiver.</summary>
    internal static (string Method, byte[] Wrapped) Make(byte[] key, X509Certificate2 them)
    {
        using var ours = Secp256r1.NewKey();
        var wrapping = SeenCertificate.Read(them.RawDataMemory.Span).Agreement.Use(theirs =>
            Derive(ours, theirs ?? throw new ArgumentException("The receiver's certificate is not for key agreement on secp256r1.", nameof(them)), Info(AlgorithmId)));
        var method = $"""
            <xenc:EncryptionMethod Algorithm="{Known.KeyWrap128}"></xenc:EncryptionMethod><ds:KeyInfo xmlns:ds="{Ns.Ds}"><xenc:AgreementMethod Algorithm="{Known.EcdhEs}"><xenc11:KeyDerivationMethod xmlns:xenc11="{Ns.Xenc11}" Algorithm="{Known.ConcatKdf}"><xenc11:ConcatKDFParams AlgorithmID="{AlgorithmId}" PartyUInfo="" PartyVInfo=""><ds:DigestMethod Algorithm="{Known.Sha256}"></ds:DigestMethod></xenc11:ConcatKDFParams></xenc11:KeyDerivationMethod>
            """ + $"""
            <xenc:OriginatorKeyInfo><ds:KeyValue><dsig11:ECKeyValue xmlns:dsig11="{Ns.Ds11}"><dsig11:NamedCurve URI="{Known.Secp256r1}"></dsig11:NamedCurve><dsig11:PublicKey>{Convert.ToBase64String(Secp256r1.PointOf(ours))}</dsig11:PublicKey></dsig11:ECKeyValue></ds:KeyValue></xenc:OriginatorKeyInfo><xenc:RecipientKeyInfo><ds:X509Data><ds:X509Certificate>{Convert.ToBase64String(them.RawDataMemory.Span)}</ds:X509Certificate></ds:X509Data></xenc:RecipientKeyInfo></xenc:AgreementMethod></ds:KeyInfo>
            """;
        try
        {
            return (method, KeyWrap.Wrap(wrapping, key));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(wrapping);
        }
    }

    /// <summary>Unwraps the key of a message that came.</summary>
    /// <exception cref="As4Exception">It was agreed in another way, or not with us.</exception>
    /// <exception cref="CryptographicException">It does not unwrap.</exception>
    internal static byte[] Open(XmlElement agreement, XmlElement security, IReadOnlyList<X509Certificate2> us, byte[] wrapped)
    {
        agreement.Only((Ns.Xenc11, "KeyDerivationMethod"), (Ns.Xenc, "OriginatorKeyInfo"), (Ns.Xenc, "RecipientKeyInfo"));
        var derivation = agreement.One(Ns.Xenc11, "KeyDerivationMethod");
        var parameters = derivation.One(Ns.Xenc11, "ConcatKDFParams");
        if (agreement.Algorithm() != Known.EcdhEs || derivation.Algorithm() != Known.ConcatKdf || parameters.One(Ns.Ds, "DigestMethod").Algorithm() != Known.Sha256)
            throw Refuse.Policy("Keys are agreed with ECDH-ES and derived with ConcatKDF and SHA-256.");
        string[] info = [.. Fields.Select(parameters.GetAttribute)];
        var value = agreement.One(Ns.Xenc, "OriginatorKeyInfo").One(Ns.Ds, "KeyValue").One(Ns.Ds11, "ECKeyValue");
        var point = value.One(Ns.Ds11, "PublicKey").Bytes(Secp256r1.PointSize);
        if (value.One(Ns.Ds11, "NamedCurve").GetAttribute("URI") != Known.Secp256r1 || !Secp256r1.IsUncompressed(point)) throw Refuse.Policy("Keys are agreed on secp256r1, with an uncompressed point.");
        using var ours = Secp256r1.Private(KeyOwner.Find(agreement.One(Ns.Xenc, "RecipientKeyInfo"), security, us)) ?? throw Refuse.Decryption("The key was agreed with a certificate that is not for elliptic curves.");
        using var theirs = Secp256r1.Public(point);
        var wrapping = Derive(ours, theirs, Info(info));
        try
        {
            return KeyWrap.Unwrap(wrapping, wrapped);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(wrapping);
        }
    }

    /// <summary>One round of the derivation: SHA-256 of the counter 1, the shared secret and the other information.</summary>
    private static byte[] Derive(SafeHandle ours, Secp256r1.Key theirs, byte[] info)
    {
        Span<byte> secret = stackalloc byte[Secp256r1.SecretSize], derived = stackalloc byte[SHA256.HashSizeInBytes];
        try
        {
            Secp256r1.Agree(ours, theirs, secret);
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            hash.AppendData([0, 0, 0, 1]);
            hash.AppendData(secret);
            hash.AppendData(info);
            hash.GetHashAndReset(derived);
            return derived[..WrappingKey].ToArray();
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
            CryptographicOperations.ZeroMemory(derived);
        }
    }

    /// <summary>The attributes of the parameters in order: hexadecimal, the first byte says how many bits of the last are padding; only whole bytes are taken.</summary>
    private static byte[] Info(params string[] attributes)
    {
        var all = new List<byte>();
        foreach (var text in attributes)
        {
            if (text.Length == 0) continue;
            if (text.Length > LargestInfo || text.Length % 2 != 0 || !text.All(char.IsAsciiHexDigit) || !text.StartsWith("00", StringComparison.Ordinal))
                throw Refuse.Policy("Parameters of ConcatKDF are whole bytes in hexadecimal, after a byte 00.");
            all.AddRange(Convert.FromHexString(text)[1..]);
        }

        return [.. all];
    }
}
