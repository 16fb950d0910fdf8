using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Palermo.Exchange.Evidence.Line;
using Palermo.Exchange.Evidence.Packing;
using Palermo.Kernel;

namespace Palermo.Fuzz;

/// <summary>The readers of packages of evidence: manifest, signature, time stamp, sealed file, and the hashes and bytes that arrive of one.</summary>
internal static class EvidenceTargets
{
    private static readonly X509Certificate2 Us = Certificate();
    private static readonly string Folder = Directory.CreateTempSubdirectory("palermo-fuzz-").FullName;

    internal static IEnumerable<Target> All()
    {
        var folder = new PackageFolder(Path.Combine(Folder, "package"));
        var order = new PackOrder(Guid.NewGuid(), Guid.NewGuid(), ("a", "A"), ("b", "B"), "Ana", Us, Us);
        EvidenceSource[] sources = [.. new[] { 0, 1000, EvidenceFormat.Chunk + 5 }.Select((size, i) => new EvidenceSource($"file {i}", "text/plain", [], _ => Task.FromResult<Stream>(new MemoryStream(new byte[size]))))];
        var signed = PackEvidence.Run(order, sources, folder.Path, TimeProvider.System, null, CancellationToken.None).GetAwaiter().GetResult();
        var file = signed.Manifest.Files[1];
        var key = KeyWrap.Unwrap(Us, file.Key);
        byte[][] words = ["\""u8.ToArray(), "{}"u8.ToArray(), "[]"u8.ToArray(), "-1"u8.ToArray(), "1e400"u8.ToArray(), "9223372036854775808"u8.ToArray(), "\\ud800"u8.ToArray(), "../"u8.ToArray(), "ECDH-ES+A256KW"u8.ToArray(), [0xFF], [0x30, 0x80], [0x30, 0x84, 0x7F, 0xFF, 0xFF, 0xFF]];
        yield return new("manifest", [signed.Bytes], words, bytes => Taken(() => ReadManifest.From(bytes)));
        yield return new("signature", [signed.Signature], words, bytes => Taken(() => SignManifest.SignerOf(signed.Bytes, bytes, signed.Manifest.From.Certificate)));
        yield return new("stamp", [signed.Signature], words, bytes => Taken(() => TimeStamp.Read(bytes, signed.Bytes)));
        yield return new("sealed", [File.ReadAllBytes(folder.Sealed(2))], words, bytes => Taken(() => OpenSealed.Run(new MemoryStream(bytes), null, file, order.Id, key, Stream.Null, null, CancellationToken.None).GetAwaiter().GetResult()));
        yield return new("arriving", [File.ReadAllBytes(folder.Sealed(2))], words, bytes => Taken(() => Arrive(file, File.ReadAllBytes(folder.Leaves(2)), bytes)));
    }

    /// <summary>What counts as arrived is what was packed, whatever was sent.</summary>
    private static void Arrive(EvidenceItem file, byte[] leaves, byte[] bytes)
    {
        var target = new PackageFolder(Path.Combine(Folder, "arriving"));
        if (Directory.Exists(target.Path)) Directory.Delete(target.Path, recursive: true);
        using var incoming = new IncomingFile(target, file);
        incoming.TakeLeaves(new MemoryStream(leaves), CancellationToken.None).GetAwaiter().GetResult();
        var there = incoming.Append(0, new MemoryStream(bytes), null, null, CancellationToken.None).GetAwaiter().GetResult();
        if (there == file.SealedLength != File.Exists(target.Sealed(file.Number))) throw new InvalidOperationException("It counts as arrived and is not there, or the other way round.");
        if (there < file.SealedLength) throw new RefusedException("package.line.broken");
    }

    private static bool Taken(Action read)
    {
        try
        {
            read();
            return true;
        }
        catch (Exception e) when (e is RefusedException or LineException)
        {
            return false;
        }
    }

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new CertificateRequest("CN=fuzz", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
    }
}
