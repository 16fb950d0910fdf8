using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using Palermo.Exchange.Evidence.Storage;
using Palermo.Exchange.Nodes;
using Palermo.Kernel;

namespace Palermo.Exchange.Evidence.Packing;

/// <summary>The folder of a package: manifest, signature, time stamp, and for each file the sealed file and the hashes of its chunks.</summary>
/// <param name="path">The folder.</param>
/// <param name="remote">Where sealed files may have been moved to; null for nowhere.</param>
internal sealed class PackageFolder(string path, S3Store? remote = null)
{
    internal string Path { get; } = path;

    internal string ManifestFile => At("manifest.json");

    internal string SignatureFile => At("manifest.sig");

    internal string StampFile => At("manifest.tst");

    internal string Sealed(int number) => At(number.ToString(CultureInfo.InvariantCulture) + ".sealed");

    internal string Leaves(int number) => At(number.ToString(CultureInfo.InvariantCulture) + ".leaves");

    /// <summary>Stands in the folder for a sealed file that was moved to the other store.</summary>
    internal string RemoteMark(int number) => At(number.ToString(CultureInfo.InvariantCulture) + ".remote");

    /// <summary>Name of a sealed file in the other store.</summary>
    internal static string RemoteName(Guid package, int number) => $"evidence/{package.ToString("N", CultureInfo.InvariantCulture)}/{number.ToString(CultureInfo.InvariantCulture)}.sealed";

    /// <summary>Whether all of a sealed file is here or in the other store.</summary>
    internal bool Has(int number) => File.Exists(Sealed(number)) || File.Exists(RemoteMark(number));

    internal string At(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Reads manifest and signature; nothing is said yet about the files or about who the signer is.</summary>
    /// <exception cref="RefusedException">They are missing, cannot be read, or do not belong together.</exception>
    internal SignedManifest Read()
    {
        var bytes = Bytes(ManifestFile, ReadManifest.Longest);
        return SignedManifest.Of(bytes, Bytes(SignatureFile, SignManifest.Longest), File.Exists(StampFile) ? Bytes(StampFile, TimeStamp.Longest) : null);
    }

    /// <summary>Writes signature, stamp and manifest, each whole or not at all; the manifest last, so that what has none is no package.</summary>
    /// <exception cref="IOException">They cannot be written.</exception>
    internal void WriteHead(byte[] manifest, byte[] signature, byte[]? stamp)
    {
        if (stamp is not null) SafeFile.Write(StampFile, stamp);
        SafeFile.Write(SignatureFile, signature);
        SafeFile.Write(ManifestFile, manifest);
    }

    /// <summary>Opens the sealed file; its length is compared first.</summary>
    /// <exception cref="RefusedException">It is missing or not as long as the manifest says.</exception>
    internal FileStream OpenSealed(EvidenceItem file)
    {
        if (!File.Exists(Sealed(file.Number))) throw new RefusedException("package.missing", ("name", System.IO.Path.GetFileName(Sealed(file.Number))));
        var stream = ForReading(Sealed(file.Number));
        if (stream.Length == file.SealedLength) return stream;
        var length = stream.Length;
        stream.Dispose();
        throw length > file.SealedLength ? Packing.OpenSealed.Wrong(file, file.Chunks - 1, "package.lengthened") : Packing.OpenSealed.Wrong(file, Math.Min(EvidenceFormat.ChunkAt(length), file.Chunks - 1), "package.cut");
    }

    /// <summary>Opens the sealed file from a byte on, wherever it is.</summary>
    /// <inheritdoc cref="OpenSealed(EvidenceItem)"/>
    internal async Task<Stream> OpenSealed(EvidenceItem file, Guid package, long offset, CancellationToken cancel)
    {
        if (remote is not null && !File.Exists(Sealed(file.Number)) && File.Exists(RemoteMark(file.Number))) return await remote.Open(RemoteName(package, file.Number), offset, cancel);
        var stream = OpenSealed(file);
        stream.Position = offset;
        return stream;
    }

    /// <summary>Opens the hashes of a file's chunks, once they were found to lead to the manifest's root; null when the package has none.</summary>
    /// <exception cref="RefusedException">They do not.</exception>
    internal async Task<FileStream?> OpenLeaves(EvidenceItem file, CancellationToken cancel)
    {
        if (!File.Exists(Leaves(file.Number))) return null;
        var stream = ForReading(Leaves(file.Number), 32 << 10);
        try
        {
            await Packing.OpenSealed.CheckLeaves(stream, file, cancel);
            return stream;
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    /// <summary>Reads a file of the package to its end: compared with the manifest, and with a key decrypted.</summary>
    /// <inheritdoc cref="Packing.OpenSealed.Run"/>
    internal async Task ReadFile(EvidenceItem file, Guid package, byte[]? key, Stream? target, Action<long>? progress, CancellationToken cancel)
    {
        await using var sealedFile = await OpenSealed(file, package, 0, cancel);
        await using var leaves = await OpenLeaves(file, cancel);
        await Packing.OpenSealed.Run(sealedFile, leaves, file, package, key, target, progress, cancel);
    }

    internal static FileStream ForReading(string path, int buffer = 0) =>
        new(path, new FileStreamOptions { Options = FileOptions.SequentialScan, BufferSize = buffer, Share = FileShare.ReadWrite | FileShare.Delete });

    /// <summary>A new file that only the node's user may open.</summary>
    internal static FileStream Create(string path, int buffer = 0)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = buffer };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new LargeFile(path, options);
    }

    private static byte[] Bytes(string path, int most)
    {
        var file = new FileInfo(path);
        if (!file.Exists) throw new RefusedException("package.missing", ("name", file.Name));
        if (file.Length > most) throw new RefusedException("package.manifest.too-long", ("n", most >> 20));
        return File.ReadAllBytes(path);
    }
}

/// <summary>A manifest whose signature holds.</summary>
/// <param name="Manifest">What it says.</param>
/// <param name="Bytes">Its exact bytes.</param>
/// <param name="Signature">The signature.</param>
/// <param name="Signer">Who signed.</param>
/// <param name="Stamp">The time stamp over the signature; null for none.</param>
internal sealed record SignedManifest(Manifest Manifest, byte[] Bytes, byte[] Signature, X509Certificate2 Signer, TimeStamp.Stamped? Stamp)
{
    /// <summary>SHA-256 of the manifest's bytes, lower-case hexadecimal.</summary>
    internal string Sha256 => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Bytes));

    /// <summary>Reads a manifest and checks its signature, its custody record and its time stamp.</summary>
    /// <exception cref="RefusedException">One of them does not hold.</exception>
    internal static SignedManifest Of(byte[] manifest, byte[] signature, byte[]? stamp)
    {
        var read = ReadManifest.From(manifest);
        var signer = SignManifest.SignerOf(manifest, signature, read.From.Certificate);
        if (CustodyLine.FirstBroken(read.Custody) is { } broken) throw new RefusedException("package.custody", ("line", broken.ToString(CultureInfo.InvariantCulture)));
        return new(read, manifest, signature, signer, stamp is null ? null : TimeStamp.Read(stamp, signature));
    }
}
