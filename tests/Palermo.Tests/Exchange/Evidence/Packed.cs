using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Palermo.Exchange.Evidence.Packing;
using Palermo.Tests.Support;
using Xunit;

namespace Palermo.Tests.Exchange.Evidence;

/// <summary>Certificates, contents and packages of tests.</summary>
internal static class Packed
{
    internal static readonly X509Certificate2 Sender = Rsa("Sender"), Receiver = Rsa("Receiver"), Other = Rsa("Other"), EllipticSender = Elliptic("Elliptic sender"), EllipticReceiver = Elliptic("Elliptic receiver");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    internal static byte[] Content(int size)
    {
        var bytes = new byte[size];
        new Random(size).NextBytes(bytes);
        return bytes;
    }

    internal static EvidenceSource Source(string name, byte[] content) => new(name, PackEvidence.TypeOf(name), [], _ => Task.FromResult<Stream>(new MemoryStream(content)));

    internal static PackOrder Order(X509Certificate2? us = null, X509Certificate2? them = null) =>
        new(Guid.NewGuid(), null, ("palermo:bra:test", "Sender"), ("palermo:ita:test", "Receiver"), "A. Souza", us ?? Sender, them ?? Receiver);

    /// <summary>A package of these contents, in a new folder below one of the test's.</summary>
    internal static async Task<(PackageFolder Folder, SignedManifest Signed)> Pack(TestFolder folder, PackOrder? order = null, params byte[][] contents)
    {
        var package = new PackageFolder(folder.File(Guid.NewGuid().ToString("N")));
        var signed = await PackEvidence.Run(order ?? Order(), [.. contents.Select((c, i) => Source($"file{i + 1}.bin", c))], package.Path, new TestClock(), null, Cancel);
        return (package, signed);
    }

    /// <summary>The package with another manifest, signed anew by the sender: a peer that lies.</summary>
    internal static async Task Resign(PackageFolder folder, Manifest manifest, X509Certificate2? us = null)
    {
        var bytes = WriteManifest.ToJson(manifest);
        await File.WriteAllBytesAsync(folder.ManifestFile, bytes, Cancel);
        await File.WriteAllBytesAsync(folder.SignatureFile, SignManifest.Sign(bytes, us ?? Sender, new TestClock().GetUtcNow()), Cancel);
    }

    private static X509Certificate2 Rsa(string name)
    {
        using var key = RSA.Create(2048);
        return SelfSigned(new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    private static X509Certificate2 Elliptic(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return SelfSigned(new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256));
    }

    private static X509Certificate2 SelfSigned(CertificateRequest request)
    {
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyEncipherment, critical: true));
        return request.CreateSelfSigned(new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2045, 1, 1, 0, 0, 0, TimeSpan.Zero));
    }
}
