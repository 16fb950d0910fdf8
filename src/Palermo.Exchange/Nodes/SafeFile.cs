using Palermo.Kernel;
using Palermo.Requests.Files;

namespace Palermo.Exchange.Nodes;

/// <summary>Small files of the node's own user only. Whoever looks after a power cut finds the old one or the new one, whole.</summary>
internal static class SafeFile
{
    /// <summary>Writes a file in place of what was there.</summary>
    /// <exception cref="IOException">It cannot be written; what was there stays.</exception>
    internal static void Write(string path, ReadOnlySpan<byte> content)
    {
        var folder = Path.GetDirectoryName(path)!;
        Disk.MakeFolder(folder);
        // A name of its own for each writer, and closed before it is renamed: the lock of an open file goes with it and would turn readers away.
        var temporary = $"{path}.{Guid.NewGuid():N}.new";
        try
        {
            using (var stream = Disk.Create(temporary))
            {
                stream.Write(content);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }

        Disk.FlushFolder(folder);
    }

    /// <summary>Reads a file; null when there is none.</summary>
    /// <exception cref="RefusedException">It is longer than it can be.</exception>
    internal static byte[]? Read(string path, long largest)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);
            if (stream.Length > largest) throw new RefusedException("nodes.file.too-large", ("file", Path.GetFileName(path)), ("n", (int)(largest >> 10)));
            var content = new byte[stream.Length];
            stream.ReadExactly(content);
            return content;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Reads a file that a command names.</summary>
    /// <exception cref="RefusedException">There is none, or it is longer than it can be.</exception>
    internal static byte[] ReadGiven(string path, long largest) =>
        Read(path, largest) ?? throw new RefusedException("nodes.file.missing", ("file", RefusedException.Shorten(path)));

    /// <summary>When a file was written and how long it is; tells that another process wrote it anew.</summary>
    internal static (DateTime At, long Length) Stamp(string path)
    {
        var info = new FileInfo(path);
        return info.Exists ? (info.LastWriteTimeUtc, info.Length) : default;
    }
}
