using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Palermo.Exchange.As4;
using Palermo.Tests.Support;

namespace Palermo.Tests.Exchange.As4;

/// <summary>Two nodes with keys of both kinds, and messages between them.</summary>
internal sealed class As4Sample : IDisposable
{
    internal static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Lazy<X509Certificate2> RsaA = new(() => Rsa("palermo:bra:central-authority")), RsaB = new(() => Rsa("palermo:ita:central-authority"));
    private static readonly Lazy<X509Certificate2> EcA = new(() => Ec("palermo:bra:central-authority")), EcB = new(() => Ec("palermo:ita:central-authority"));
    private readonly TestFolder _folder = new();

    internal As4Profile Profile { get; init; }

    internal X509Certificate2 A => Profile == As4Profile.Rsa ? RsaA.Value : EcA.Value;

    internal X509Certificate2 B => Profile == As4Profile.Rsa ? RsaB.Value : EcB.Value;

    internal string Spool => _folder.Path;

    internal As4Limits Limits { get; init; } = new();

    /// <summary>Whom the receiver accepts; by default only A and B.</summary>
    internal Action<X509Certificate2, As4Kind, As4Header?>? Check { get; init; }

    internal static As4Header Header => new("11111111-2222-3333-4444-555555555555@bra", Now, "palermo:bra:central-authority", "palermo:ita:central-authority", "case-7@bra", "request")
    {
        Properties = [("sequence", "1"), ("note", "a < b & \"c\" > d\r\n\té 漢 \U0001F600")],
    };

    internal static OutgoingPart Part(string id, byte[] content, bool compress = true, string type = "application/json") => new(id, type, () => new MemoryStream(content)) { Compress = compress };

    internal static OutgoingPart Text(string id = "request@bra", string content = "{\"schema\":\"palermo-request/1\"}") => Part(id, Encoding.UTF8.GetBytes(content));

    internal async Task<(byte[] Bytes, string Type, PackedMessage Packed)> Pack(params OutgoingPart[] parts)
    {
        var packed = await PackMessage.Of(Header, parts, A, B, Profile, CancellationToken.None);
        return (await Bytes(packed), packed.ContentType, packed);
    }

    internal static async Task<byte[]> Bytes(PackedMessage packed)
    {
        var to = new MemoryStream();
        await packed.WriteTo(to, CancellationToken.None);
        return to.ToArray();
    }

    internal Task<OpenedMessage> Open(byte[] bytes, string type, params X509Certificate2[] us) => Open(new MemoryStream(bytes), type, us);

    internal Task<OpenedMessage> Open(Stream bytes, string type, params X509Certificate2[] us) =>
        OpenMessage.Read(bytes, type, us.Length == 0 ? [B] : us, Check ?? ((signer, _, _) =>
        {
            if (!signer.Equals(A) && !signer.Equals(B)) throw new As4Exception("EBMS:0101", "FailedAuthentication", "Unknown signer.");
        }), Spool, Limits, CancellationToken.None);

    internal static byte[] Content(OpenedPart part)
    {
        using var from = part.Open();
        var to = new MemoryStream();
        from.CopyTo(to);
        return to.ToArray();
    }

    /// <summary>Writes a node's folder for the command line and other programs.</summary>
    internal string NodeFolder(string name, X509Certificate2 certificate, string? passphrase = null)
    {
        var folder = Directory.CreateDirectory(_folder.File(name)).FullName;
        File.WriteAllText(Path.Combine(folder, "certificate.pem"), certificate.ExportCertificatePem());
        AsymmetricAlgorithm key = certificate.GetRSAPrivateKey() is { } rsa ? rsa : certificate.GetECDsaPrivateKey()!;
        File.WriteAllText(Path.Combine(folder, "key.pem"), passphrase is null ? key.ExportPkcs8PrivateKeyPem()
            : key.ExportEncryptedPkcs8PrivateKeyPem(passphrase, new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000)));
        return folder;
    }

    internal string File_(string name) => _folder.File(name);

    public void Dispose() => _folder.Dispose();

    internal static X509Certificate2 Rsa(string name, int bits = 2048)
    {
        using var key = RSA.Create(bits);
        return new CertificateRequest("CN=" + name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(Now.AddYears(-1), Now.AddYears(10));
    }

    internal static X509Certificate2 Ec(string name, ECCurve? curve = null)
    {
        using var key = ECDsa.Create(curve ?? ECCurve.NamedCurves.nistP256);
        return new CertificateRequest("CN=" + name, key, HashAlgorithmName.SHA256).CreateSelfSigned(Now.AddYears(-1), Now.AddYears(10));
    }
}
