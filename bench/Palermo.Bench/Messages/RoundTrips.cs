using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Palermo.Exchange.As4;

namespace Palermo.Bench.Messages;

/// <summary>
/// A message of 2 kB, signed, encrypted, read, verified and receipted, beside the primitives that it cannot do without, on one core and in
/// turns: sign, wrap, encrypt, hash; unwrap, decrypt, verify, hash; the receipt's signature and its verification.
/// </summary>
internal static class RoundTrips
{
    private const int Rounds = 9, InARound = 150;

    /// <summary>Measures both kinds of keys.</summary>
    internal static async Task Run(TextWriter output)
    {
        foreach (var profile in Enum.GetValues<As4Profile>())
        {
            using var a = Certificate("a", profile);
            using var b = Certificate("b", profile);
            var spool = Directory.CreateTempSubdirectory("palermo-bench-").FullName;
            var content = new byte[2048];
            new Random(1).NextBytes(content);
            await Messages(a, b, profile, content, spool, InARound * 2);
            Primitives(a, b, profile, content, InARound * 2);
            var (ours, raw) = (new List<double>(), new List<double>());
            for (var round = 0; round < Rounds; round++)
            {
                ours.Add(InARound / await Messages(a, b, profile, content, spool, InARound));
                raw.Add(InARound / Primitives(a, b, profile, content, InARound));
            }

            Directory.Delete(spool, recursive: true);
            var (o, r) = (Median(ours), Median(raw));
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{profile,-14} {o:0} messages/s, the primitives {r:0}/s: {100 * o / r:0} % (ratio of rounds {100 * ours.Zip(raw, (x, y) => x / y).Min():0}–{100 * ours.Zip(raw, (x, y) => x / y).Max():0} %)"));
        }
    }

    private static async Task<double> Messages(X509Certificate2 a, X509Certificate2 b, As4Profile profile, byte[] content, string spool, int times)
    {
        var began = Stopwatch.GetTimestamp();
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

        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static async Task<MemoryStream> Bytes(PackedMessage message)
    {
        var bytes = new MemoryStream();
        await message.WriteTo(bytes, CancellationToken.None);
        bytes.Position = 0;
        return bytes;
    }

    private static double Primitives(X509Certificate2 a, X509Certificate2 b, As4Profile profile, byte[] content, int times)
    {
        var key = RandomNumberGenerator.GetBytes(16);
        var (nonce, tag, cipher, plain) = (new byte[12], new byte[16], new byte[content.Length], new byte[content.Length]);
        var began = Stopwatch.GetTimestamp();
        for (var i = 0; i < times; i++)
        {
            RandomNumberGenerator.Fill(nonce);
            using var gcm = new AesGcm(key, 16);
            gcm.Encrypt(nonce, content, cipher, tag);
            gcm.Decrypt(nonce, cipher, tag, plain);
            SHA256.HashData(content);
            SHA256.HashData(plain);
            if (profile == As4Profile.Rsa) Rsa(a, b, key, content);
            else Ec(a, b, content);
        }

        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static void Rsa(X509Certificate2 a, X509Certificate2 b, byte[] key, byte[] content)
    {
        using var ours = a.GetRSAPrivateKey()!;
        using var theirs = b.GetRSAPrivateKey()!;
        theirs.Decrypt(theirs.Encrypt(key, RSAEncryptionPadding.OaepSHA256), RSAEncryptionPadding.OaepSHA256);
        foreach (var signer in new[] { ours, theirs }) signer.VerifyData(content, signer.SignData(content, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    private static void Ec(X509Certificate2 a, X509Certificate2 b, byte[] content)
    {
        using var ours = a.GetECDsaPrivateKey()!;
        using var theirs = b.GetECDsaPrivateKey()!;
        using var agreed = b.GetECDiffieHellmanPrivateKey()!;
        using var ephemeral = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        ephemeral.DeriveKeyFromHash(agreed.PublicKey, HashAlgorithmName.SHA256);
        agreed.DeriveKeyFromHash(ephemeral.PublicKey, HashAlgorithmName.SHA256);
        foreach (var signer in new[] { ours, theirs }) signer.VerifyData(content, signer.SignData(content, HashAlgorithmName.SHA256), HashAlgorithmName.SHA256);
    }

    private static X509Certificate2 Certificate(string name, As4Profile profile)
    {
        using AsymmetricAlgorithm key = profile == As4Profile.Rsa ? RSA.Create(3072) : ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = key is RSA rsa ? new CertificateRequest("CN=" + name, rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1) : new CertificateRequest("CN=" + name, (ECDsa)key, HashAlgorithmName.SHA256);
        return request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
