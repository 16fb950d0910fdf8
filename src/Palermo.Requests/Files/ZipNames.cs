using System.Buffers.Binary;
using System.Text;

namespace Palermo.Requests.Files;

/// <summary>
/// What a zip archive is by the names of its entries: documents of office programs are such archives. Only names are read, from the first
/// and the last bytes of the file and at most a few thousand of them; nothing is ever unpacked, so an archive cannot grow.
/// </summary>
internal static class ZipNames
{
    private const int MostNames = 4096, LocalHeader = 30, DirectoryHeader = 46, EndOfDirectory = 22;

    /// <summary>Code of the type.</summary>
    /// <param name="head">The first bytes.</param>
    /// <param name="tail">The last bytes.</param>
    internal static string TypeOf(ReadOnlySpan<byte> head, ReadOnlySpan<byte> tail)
    {
        if (OpenDocument(head) is { } open) return open;
        var names = new HashSet<string>(StringComparer.Ordinal);
        AddLocal(head, names);
        AddDirectory(tail, names);
        if (names.Contains("[Content_Types].xml"))
        {
            if (names.Any(n => n.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase))) return "macros";
            if (names.Any(n => n.StartsWith("word/", StringComparison.Ordinal))) return "word";
            if (names.Any(n => n.StartsWith("xl/", StringComparison.Ordinal))) return "excel";
            if (names.Any(n => n.StartsWith("ppt/", StringComparison.Ordinal))) return "powerpoint";
        }

        return names.Contains("META-INF/MANIFEST.MF") ? "jar" : "zip";
    }

    /// <summary>OpenDocument begins with an entry <c>mimetype</c> that is not compressed (ISO/IEC 26300-2, 3.3).</summary>
    private static string? OpenDocument(ReadOnlySpan<byte> head)
    {
        var entry = "mimetypeapplication/vnd.oasis.opendocument."u8;
        if (head.Length < LocalHeader + entry.Length || !head[LocalHeader..].StartsWith(entry)) return null;
        var kind = head[(LocalHeader + entry.Length)..];
        return kind.StartsWith("text"u8) ? "odt" : kind.StartsWith("spreadsheet"u8) ? "ods" : kind.StartsWith("presentation"u8) ? "odp" : null;
    }

    /// <summary>Names of the entries that follow one another in the first bytes, as far as their lengths are given.</summary>
    private static void AddLocal(ReadOnlySpan<byte> head, HashSet<string> names)
    {
        while (names.Count < MostNames && head.Length >= LocalHeader && head.StartsWith("PK\u0003\u0004"u8))
        {
            var packed = BinaryPrimitives.ReadUInt32LittleEndian(head[18..]);
            int name = BinaryPrimitives.ReadUInt16LittleEndian(head[26..]), extra = BinaryPrimitives.ReadUInt16LittleEndian(head[28..]);
            if (head.Length < LocalHeader + name) return;
            names.Add(Encoding.UTF8.GetString(head.Slice(LocalHeader, name)));
            var next = (long)LocalHeader + name + extra + packed;
            if (next >= head.Length) return;
            head = head[(int)next..];
        }
    }

    /// <summary>Names of the directory at the end, as far as it lies in the last bytes.</summary>
    private static void AddDirectory(ReadOnlySpan<byte> tail, HashSet<string> names)
    {
        var end = tail.LastIndexOf("PK\u0005\u0006"u8);
        if (end < 0 || tail.Length - end < EndOfDirectory) return;
        var length = BinaryPrimitives.ReadUInt32LittleEndian(tail[(end + 12)..]);
        var directory = length <= end ? tail.Slice(end - (int)length, (int)length) : tail[..end];
        if (!directory.StartsWith("PK\u0001\u0002"u8)) directory = directory[Math.Max(0, directory.IndexOf("PK\u0001\u0002"u8))..];
        while (names.Count < MostNames && directory.Length >= DirectoryHeader && directory.StartsWith("PK\u0001\u0002"u8))
        {
            int name = BinaryPrimitives.ReadUInt16LittleEndian(directory[28..]), extra = BinaryPrimitives.ReadUInt16LittleEndian(directory[30..]), comment = BinaryPrimitives.ReadUInt16LittleEndian(directory[32..]);
            if (directory.Length < DirectoryHeader + name) return;
            names.Add(Encoding.UTF8.GetString(directory.Slice(DirectoryHeader, name)));
            directory = directory[Math.Min(directory.Length, DirectoryHeader + name + extra + comment)..];
        }
    }
}
