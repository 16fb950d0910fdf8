using System.Security.Cryptography;
using Palermo.Kernel;

namespace Palermo.Requests.Files;

/// <summary>What was written of a file that came in.</summary>
/// <param name="Id">Identifier of the attachment.</param>
/// <param name="Size">Its bytes.</param>
/// <param name="Sha256">SHA-256 of its bytes, lower-case hexadecimal.</param>
/// <param name="Type">Media type found in its bytes.</param>
/// <param name="WrappedKey">Its key, wrapped with the node's.</param>
/// <param name="Scan">What the scanner said.</param>
internal sealed record WrittenFile(Guid Id, long Size, string Sha256, string Type, byte[] WrappedKey, ScanAnswer Scan);

/// <summary>
/// The encrypted files below <c>files/</c>. One comes in under a temporary name, is moved to its place, and counts once its row is
/// written; a mark tells what is between the two, so that whatever a crash leaves behind is found and cleared away.
/// </summary>
internal sealed class FileStore(FileSettings settings)
{
    private const string Part = ".part", Mark = ".placed";

    /// <summary>How long nothing must have been written to what is cleared away: another process may be storing right now.</summary>
    internal static readonly TimeSpan Age = TimeSpan.FromHours(6);

    private string Incoming => Path.Combine(settings.Files, "incoming");

    /// <summary>Takes a file in, encrypted and under a temporary name. Holds a few chunks in memory, whatever the file's size.</summary>
    /// <exception cref="RefusedException">It is too large, infected or not scanned though it must be, or the disk is full; nothing is left of it.</exception>
    internal async Task<WrittenFile> Write(Guid id, Stream source, CancellationToken cancel)
    {
        byte[] nodeKey = [], fileKey = RandomNumberGenerator.GetBytes(SealedFormat.Key);
        try
        {
            nodeKey = NodeKey.ReadOrMake(settings);
            Disk.MakeFolder(settings.Files);
            Disk.MakeFolder(Incoming);
            using var aes = new AesGcm(fileKey, SealedFormat.Tag);
            await using var scan = await ClamScan.Begin(settings.Scanner, cancel);
            await using var sink = Disk.Create(PartOf(id));
            var (size, hash, type) = await new SealingWriter(aes, sink, scan, settings.Largest).Write(source, cancel);
            var answer = await scan.Finish(cancel);
            if (answer.Scan == ScanAnswer.Infected) throw new InfectedFileException(answer.Name, hash, size);
            if (answer.Scan != ScanAnswer.Clean && settings.ScanRequired) throw new RefusedException("files.must-scan");
            return new WrittenFile(id, size, hash, type, SealedFormat.Wrap(nodeKey, id, fileKey), answer);
        }
        catch (Exception e)
        {
            Drop(id);
            // What fails on the line by which the file comes in was refused already; this is our own disk.
            if (e is UnauthorizedAccessException or (IOException and not Microsoft.AspNetCore.Http.BadHttpRequestException)) throw new RefusedException(IsFull(e) ? "files.disk-full" : "files.disk") { Conflict = true };
            throw;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(fileKey);
            CryptographicOperations.ZeroMemory(nodeKey);
        }
    }

    /// <summary>Moves a file to its place, with a mark that its row is still to come.</summary>
    internal void Place(Guid id)
    {
        var place = PlaceOf(id);
        Disk.MakeFolder(Path.GetDirectoryName(place)!);
        Disk.Create(MarkOf(id)).Dispose();
        Disk.FlushFolder(Incoming);
        File.Move(PartOf(id), place, overwrite: false);
        Disk.FlushFolder(Path.GetDirectoryName(place)!);
    }

    /// <summary>The file's row is written.</summary>
    internal void Keep(Guid id) => File.Delete(MarkOf(id));

    /// <summary>Takes away whatever there is of a file without a row.</summary>
    internal void Drop(Guid id)
    {
        if (!Directory.Exists(Incoming)) return;
        File.Delete(PartOf(id));
        if (File.Exists(MarkOf(id)) && File.Exists(PlaceOf(id))) File.Delete(PlaceOf(id));
        File.Delete(MarkOf(id));
    }

    /// <summary>Clears away what a crash left: files half come in, and files in their place without a row.</summary>
    /// <param name="known">Whether an attachment has a row.</param>
    /// <param name="now">The time.</param>
    /// <returns>How many were cleared away.</returns>
    internal int Sweep(Func<Guid, bool> known, DateTimeOffset now)
    {
        if (!Directory.Exists(Incoming)) return 0;
        var cleared = 0;
        foreach (var file in Directory.EnumerateFiles(Incoming))
        {
            if (!Guid.TryParseExact(Path.GetFileNameWithoutExtension(file), "N", out var id) || now.UtcDateTime - File.GetLastWriteTimeUtc(file) < Age) continue;
            if (Path.GetExtension(file) == Mark && known(id)) Keep(id);
            else
            {
                Drop(id);
                cleared++;
            }
        }

        return cleared;
    }

    /// <summary>Opens a stored file for reading.</summary>
    /// <param name="id">The attachment.</param>
    /// <param name="size">Its size by the record, in bytes.</param>
    /// <param name="sha256">Its hash by the record.</param>
    /// <param name="wrappedKey">Its wrapped key.</param>
    /// <exception cref="BrokenFileException">It is missing, cut, or of another key.</exception>
    /// <exception cref="RefusedException">The node's key is missing.</exception>
    internal SealedReader Open(Guid id, long size, string sha256, byte[] wrappedKey)
    {
        var key = SealedFormat.Unwrap(NodeKey.Read(settings), id, wrappedKey);
        if (!File.Exists(PlaceOf(id))) throw new BrokenFileException("the file is missing");
        return SealedReader.Open(new FileStream(PlaceOf(id), new FileStreamOptions { Options = FileOptions.Asynchronous | FileOptions.SequentialScan, BufferSize = 0 }), key, size, sha256);
    }

    /// <summary>Where a stored file is.</summary>
    internal string PlaceOf(Guid id) => Path.Combine(settings.Files, $"{id:N}"[..2], $"{id:N}"[2..]);

    private string PartOf(Guid id) => Path.Combine(Incoming, $"{id:N}{Part}");

    private string MarkOf(Guid id) => Path.Combine(Incoming, $"{id:N}{Mark}");

    /// <summary>ENOSPC and EDQUOT, or Windows' ERROR_DISK_FULL.</summary>
    private static bool IsFull(Exception e) => e.HResult is 28 or 122 or unchecked((int)0x80070070);
}
