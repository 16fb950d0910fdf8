using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Xml;
using Palermo.Exchange.As4.Xml;

namespace Palermo.Exchange.As4.Crypto;

/// <summary>The key that encrypts a message's parts, on its way: <c>xenc:EncryptedKey</c>, with the parts it encrypts.</summary>
internal static class ContentKey
{
    private const string RecipientToken = "recipient", Id = "key";
    private const int LargestWrapped = 1024;

    /// <summary>A new key, and what the security header says of it and of the parts.</summary>
    /// <param name="them">The receiver's certificate.</param>
    /// <param name="profile">How the key is encrypted.</param>
    /// <param name="parts">Content-IDs of the parts.</param>
    internal static (byte[] Key, string Xml) Make(X509Certificate2 them, As4Profile profile, IReadOnlyList<string> parts)
    {
        var key = RandomNumberGenerator.GetBytes(GcmFlow.KeySize);
        var references = string.Concat(parts.Select((_, i) => $"""<xenc:DataReference URI="#data-{i + 1}"></xenc:DataReference>"""));
        var (method, wrapped) = profile == As4Profile.Rsa ? Transport(key, them) : KeyAgreement.Make(key, them);
        var token = profile == As4Profile.Rsa ? SignEnvelope.Token(RecipientToken, them) : "";
        var wrapper = $"""<xenc:EncryptedKey xmlns:xenc="{Ns.Xenc}" Id="{Id}">{method}<xenc:CipherData><xenc:CipherValue>{Convert.ToBase64String(wrapped)}</xenc:CipherValue></xenc:CipherData><xenc:ReferenceList>{references}</xenc:ReferenceList></xenc:EncryptedKey>""";
        var data = parts.Select((id, i) => $"""<xenc:EncryptedData xmlns:xenc="{Ns.Xenc}" Id="data-{i + 1}" MimeType="application/octet-stream" Type="{Known.AttachmentSealed}"><xenc:EncryptionMethod Algorithm="{Known.Aes128Gcm}"></xenc:EncryptionMethod><ds:KeyInfo xmlns:ds="{Ns.Ds}"><wsse:SecurityTokenReference xmlns:wsse="{Ns.Wsse}" xmlns:wsse11="{Ns.Wsse11}" wsse11:TokenType="{Known.EncryptedKeyToken}"><wsse:Reference URI="#{Id}"></wsse:Reference></wsse:SecurityTokenReference></ds:KeyInfo><xenc:CipherData><xenc:CipherReference URI="cid:{id}"><xenc:Transforms><ds:Transform xmlns:ds="{Ns.Ds}" Algorithm="{Known.AttachmentCiphertext}"></ds:Transform></xenc:Transforms></xenc:CipherReference></xenc:CipherData></xenc:EncryptedData>""");
        return (key, string.Concat([token, wrapper, .. data]));
    }

    private static (string Method, byte[] Wrapped) Transport(byte[] key, X509Certificate2 them)
    {
        return ($"""<xenc:EncryptionMethod Algorithm="{Known.RsaOaep}"><ds:DigestMethod xmlns:ds="{Ns.Ds}" Algorithm="{Known.Sha256}"></ds:DigestMethod><xenc11:MGF xmlns:xenc11="{Ns.Xenc11}" Algorithm="{Known.Mgf1Sha256}"></xenc11:MGF></xenc:EncryptionMethod><ds:KeyInfo xmlns:ds="{Ns.Ds}"><wsse:SecurityTokenReference xmlns:wsse="{Ns.Wsse}"><wsse:Reference URI="#{RecipientToken}" ValueType="{Known.X509v3}"></wsse:Reference></wsse:SecurityTokenReference></ds:KeyInfo>""",
            SeenCertificate.Read(them.RawDataMemory.Span).Rsa.Use(rsa => rsa?.Encrypt(key, RSAEncryptionPadding.OaepSHA256)) ?? throw new ArgumentException("The receiver's certificate is not for RSA.", nameof(them)));
    }

    /// <summary>The key of a message that came, and the Content-IDs of the parts that it encrypts; null when nothing is encrypted.</summary>
    /// <exception cref="As4Exception">It is not encrypted as the profile says, or not for us.</exception>
    internal static (byte[] Key, IReadOnlyList<string> Parts)? Read(XmlElement security, IReadOnlyList<X509Certificate2> us)
    {
        var data = security.Children().Where(c => c.Is(Ns.Xenc, "EncryptedData")).ToArray();
        var encrypted = security.Maybe(Ns.Xenc, "EncryptedKey");
        if (encrypted is null) return data.Length == 0 ? null : throw Refuse.Policy("Parts are encrypted without an encrypted key.");
        encrypted.Only((Ns.Xenc, "EncryptionMethod"), (Ns.Ds, "KeyInfo"), (Ns.Xenc, "CipherData"), (Ns.Xenc, "ReferenceList"));
        if (encrypted.Maybe(Ns.Xenc, "ReferenceList") is { } list)
        {
            var named = list.Children().Select(r => r.Is(Ns.Xenc, "DataReference") ? r.GetAttribute("URI") : "").ToArray();
            if (named.Length != data.Length || !named.ToHashSet(StringComparer.Ordinal).SetEquals(data.Select(d => "#" + d.GetAttribute("Id")))) throw Refuse.Policy("The encrypted key names other parts than those encrypted.");
        }

        var parts = data.Select(d => PartOf(d, encrypted.GetAttribute("Id"))).ToArray();
        return (Unwrap(security, encrypted, us), parts);
    }

    private static string PartOf(XmlElement data, string key)
    {
        data.Only((Ns.Xenc, "EncryptionMethod"), (Ns.Ds, "KeyInfo"), (Ns.Xenc, "CipherData"));
        if (data.GetAttribute("Type") != Known.AttachmentSealed) throw Refuse.Policy("Parts are encrypted as content only (Attachment-Content-Only).");
        var method = data.One(Ns.Xenc, "EncryptionMethod");
        if (method.Algorithm() != Known.Aes128Gcm || method.Children().Any()) throw Refuse.Policy("Parts are encrypted with AES-128-GCM.");
        if (data.Maybe(Ns.Ds, "KeyInfo")?.Maybe(Ns.Wsse, "SecurityTokenReference")?.Maybe(Ns.Wsse, "Reference") is { } reference && (key.Length == 0 || reference.GetAttribute("URI") != "#" + key))
            throw Refuse.Policy("A part is encrypted with another key than the message's.");
        var cipher = data.One(Ns.Xenc, "CipherData").One(Ns.Xenc, "CipherReference");
        var transform = cipher.One(Ns.Xenc, "Transforms");
        if (transform.Children().Count() != 1 || transform.One(Ns.Ds, "Transform").Algorithm() != Known.AttachmentCiphertext) throw Refuse.Policy("Ciphertext is referred to with the Attachment-Ciphertext-Transform alone.");
        return cipher.GetAttribute("URI");
    }

    private static byte[] Unwrap(XmlElement security, XmlElement encrypted, IReadOnlyList<X509Certificate2> us)
    {
        var wrapped = encrypted.One(Ns.Xenc, "CipherData").One(Ns.Xenc, "CipherValue").Bytes(LargestWrapped);
        var method = encrypted.One(Ns.Xenc, "EncryptionMethod");
        var info = encrypted.One(Ns.Ds, "KeyInfo");
        try
        {
            var key = method.Algorithm() switch
            {
                Known.RsaOaep => OpenTransport(method, KeyOwner.Find(info.One(Ns.Wsse, "SecurityTokenReference"), security, us), wrapped),
                Known.KeyWrap128 => KeyAgreement.Open(info.One(Ns.Xenc, "AgreementMethod"), security, us, wrapped),
                _ => throw Refuse.Policy("The key of the parts is encrypted with RSA-OAEP (SHA-256, MGF1 with SHA-256) or agreed with ECDH-ES on secp256r1."),
            };
            return key.Length == GcmFlow.KeySize ? key : throw Refuse.Decryption("The key of the parts cannot be decrypted.");
        }
        catch (CryptographicException e)
        {
            throw Refuse.Decryption("The key of the parts cannot be decrypted.", e);
        }
    }

    private static byte[] OpenTransport(XmlElement method, X509Certificate2 us, byte[] wrapped)
    {
        method.Only((Ns.Ds, "DigestMethod"), (Ns.Xenc11, "MGF"));
        if (method.One(Ns.Ds, "DigestMethod").Algorithm() != Known.Sha256 || method.One(Ns.Xenc11, "MGF").Algorithm() != Known.Mgf1Sha256)
            throw Refuse.Policy("RSA-OAEP is taken with SHA-256 and MGF1 with SHA-256.");
        using var rsa = us.GetRSAPrivateKey() ?? throw Refuse.Decryption("The key of the parts is encrypted for a certificate that is not for RSA.");
        return rsa.Decrypt(wrapped, RSAEncryptionPadding.OaepSHA256);
    }
}
