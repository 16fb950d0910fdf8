using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Palermo.Exchange.As4;
using Palermo.Exchange.As4.Crypto;

namespace Palermo.Bench.Messages;

/// <summary>
/// A message of 2 kB, signed, encrypted, read, verified and receipted, beside the primitives that it cannot do without, on one core and in
/// turns, in processor time of the whole process, which other work on the machine changes least: hash, wrap, encrypt, sign; hash, verify, unwrap, decrypt; and hash, sign, hash, verify for the receipt. On secp256r1 they are counted
/// twice: with keys agreed as we do, and with what the framework offers for that, which takes several times as long.
/// </summary>
internal static class RoundTrips
{
    private const int Rounds = 9, InARound = 150;

    /// <summary>Bytes of header and body, which both sides hash, for the message and for its receipt.</summary>
    private static readonly byte[] Header = new byte[1600], Body = new byte[200];

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(6);

    /// <summary>Measures both kinds of keys.</summary>
    internal static async Task Run(TextWriter output)
    {
        await Measure(As4Profile.Rsa, "RSA 3072", Rsa, output);
        await Measure(As4Profile.EllipticCurve, "secp256r1", (a, b, content) => Ec(a, b, content, Agree), output);
        await Measure(As4Profile.EllipticCurve, "secp256r1, framework's agreement", (a, b, content) => Ec(a, b, content, AgreeByFramework), output);
    }

    private static async Task Measure(As4Profile profile, string name, Action<X509Certificate2, X509Certificate2, byte[]> asymmetric, TextWriter output)
    {
        using var a = Certificate("a", profile);
        using var b = Certificate("b", profile);
        var spool = Directory.CreateTempSubdirectory("palermo-bench-").FullName;
        var content = new byte[2048];
        new Random(1).NextBytes(content);
        // As in a node that has been running for a while: the runtime compiles again what runs often.
        for (var began = Environment.CpuUsage.TotalTime; Environment.CpuUsage.TotalTime - began < WarmUp;)
        {
            await Messages(a, b, profile, content, spool, InARound);
            Primitives(() => asymmetric(a, b, content), content, InARound);
        }

        var (ours, raw) = (new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            ours.Add(InARound / await Messages(a, b, profile, content, spool, InARound));
            raw.Add(InARound / Primitives(() => asymmetric(a, b, content), content, InARound));
        }

        Directory.Delete(spool, recursive: true);
        var shares = ours.Zip(raw, (x, y) => 100 * x / y).ToList();
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{name,-34} {Median(ours),5:0} messages a second of processor time, the primitives {Median(raw),5:0}: median of rounds {Median(shares):0} % ({shares.Min():0}–{shares.Max():0} %)"));
    }

    private static async Task<double> Messages(X509Certificate2 a, X509Certificate2 b, As4Profile profile, byte[] content, string spool, int times)
    {
        var began = Environment.CpuUsage.TotalTime;
        for (var i = 0; i < times; i++)
        {
            var header = new As4Header($"{Guid.NewGuid()}@a", DateTimeOffset.UnixEpoch, "palermo:a", "palermo:b", "case", "request");
            var packed = await PackMessage.Of(header, [new OutgoingPart("payload@palermo", "application/json", () => new MemoryStream(content))], a, b, profile, CancellationToken.None);
            using var opened = await OpenMessage.Read(await Bytes(packed), packed.ContentType, [b], (_, _, _) => { }, spool, new As4Limits(), CancellationToken.None);
            using (var part = opened.Parts[0].Open()) part.CopyTo(Stream.Null);
            var receipt = PackSignal.Receipt(opened, b, DateTimeOffset.UnixEpoch);
            using var answer = await OpenMessage.Read(await Bytes(receipt), receipt.ContentType, [a], (_, _, _) => { }, spool, new As4Limits(), CancellationToken.None);
            if (!OpenMessage.Acknowledges(answer, header.MessageId, packed.Digests)) throw new InvalidOperationException("The receipt does not fit.");
        }

        return (Environment.CpuUsage.TotalTime - began).TotalSeconds;
    }

    private static async Task<MemoryStream> Bytes(PackedMessage message)
    {
        var bytes = new MemoryStream();
        await message.WriteTo(bytes, CancellationToken.None);
        bytes.Position = 0;
        return bytes;
    }

    private static double Primitives(Action asymmetric, byte[] content, int times)
    {
        var key = RandomNumberGenerator.GetBytes(16);
        var (nonce, tag, cipher, plain) = (new byte[12], new byte[16], new byte[content.Length], new byte[content.Length]);
        var began = Environment.CpuUsage.TotalTime;
        for (var i = 0; i < times; i++)
        {
            RandomNumberGenerator.Fill(nonce);
            using var gcm = new AesGcm(key, 16);
            gcm.Encrypt(nonce, content, cipher, tag);
            gcm.Decrypt(nonce, cipher, tag, plain);
            SHA256.HashData(content);
            SHA256.HashData(plain);
            for (var hashed = 0; hashed < 4; hashed++)
            {
                SHA256.HashData(Header);
                SHA256.HashData(Body);
            }

            asymmetric();
        }

        return (Environment.CpuUsage.TotalTime - began).TotalSeconds;
    }

    private static void Rsa(X509Certificate2 a, X509Certificate2 b, byte[] content)
    {
        using var ours = a.GetRSAPrivateKey()!;
        using var theirs = b.GetRSAPrivateKey()!;
        theirs.Decrypt(theirs.Encrypt(RandomNumberGenerator.GetBytes(16), RSAEncryptionPadding.OaepSHA256), RSAEncryptionPadding.OaepSHA256);
        foreach (var signer in new[] { ours, theirs }) signer.VerifyData(content, signer.SignData(content, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    private static void Ec(X509Certificate2 a, X509Certificate2 b, byte[] content, Func<X509Certificate2, (byte[] Ours, byte[] Theirs)> agree)
    {
        using var ours = a.GetECDsaPrivateKey()!;
        using var theirs = b.GetECDsaPrivateKey()!;
        var (sent, received) = agree(b);
        KeyWrap.Unwrap(SHA256.HashData(received)[..16], KeyWrap.Wrap(SHA256.HashData(sent)[..16], RandomNumberGenerator.GetBytes(16)));
        foreach (var signer in new[] { ours, theirs }) signer.VerifyData(content, signer.SignData(content, HashAlgorithmName.SHA256), HashAlgorithmName.SHA256);
    }

    /// <summary>A new key, agreed with the receiver's; the receiver's, agreed with the point that was sent.</summary>
    private static (byte[] Ours, byte[] Theirs) Agree(X509Certificate2 receiver)
    {
        using var ephemeral = Secp256r1.NewKey();
        using var point = Secp256r1.Public(Secp256r1.PointOf(ephemeral));
        using var own = Secp256r1.Private(receiver)!;
        var (sent, received) = (new byte[Secp256r1.SecretSize], new byte[Secp256r1.SecretSize]);
        SeenCertificate.Read(receiver.RawDataMemory.Span).Agreement.Use(theirs =>
        {
            Secp256r1.Agree(ephemeral, theirs!, sent);
            return true;
        });
        Secp256r1.Agree(own, point, received);
        return (sent, received);
    }

    private static (byte[] Ours, byte[] Theirs) AgreeByFramework(X509Certificate2 receiver)
    {
        using var own = receiver.GetECDiffieHellmanPrivateKey()!;
        using var ephemeral = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        using var point = ECDiffieHellman.Create(ephemeral.ExportParameters(includePrivateParameters: false));
        return (ephemeral.DeriveRawSecretAgreement(own.PublicKey), own.DeriveRawSecretAgreement(point.PublicKey));
    }

    private static X509Certificate2 Certificate(string name, As4Profile profile)
    {
        using AsymmetricAlgorithm key = profile == As4Profile.Rsa ? RSA.Create(3072) : ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = key is RSA rsa ? new CertificateRequest("CN=" + name, rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1) : new CertificateRequest("CN=" + name, (ECDsa)key, HashAlgorithmName.SHA256);
        return request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
