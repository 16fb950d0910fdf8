using System.Buffers.Binary;

namespace Palermo.Requests.Files;

/// <summary>A type of file.</summary>
/// <param name="Code">Key of its name in the texts, after <c>files.type.</c>.</param>
/// <param name="Media">Media type.</param>
/// <param name="Extensions">Endings of names that announce it.</param>
/// <param name="Runs">Whether opening it may run a program.</param>
internal sealed record FileType(string Code, string Media, string[] Extensions, bool Runs = false);

/// <summary>Finds out what a file is by its bytes, not by its name. Nothing is unpacked.</summary>
internal static class FileTypes
{
    /// <summary>A file of no type known here.</summary>
    internal static readonly FileType Unknown = new("unknown", "application/octet-stream", []);

    private static readonly FileType Empty = new("empty", "application/x-empty", []);

    /// <summary>All types, the more particular one of several that share an ending first.</summary>
    internal static IReadOnlyList<FileType> All { get; } =
    [
        Empty,
        new("pdf", "application/pdf", ["pdf"]),
        new("word", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ["docx", "dotx"]),
        new("excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ["xlsx", "xltx", "xlsb"]),
        new("powerpoint", "application/vnd.openxmlformats-officedocument.presentationml.presentation", ["pptx", "ppsx", "potx"]),
        new("macros", "application/vnd.ms-office.macroenabled", ["docm", "dotm", "xlsm", "xltm", "pptm", "ppsm"], Runs: true),
        new("odt", "application/vnd.oasis.opendocument.text", ["odt", "ott"]),
        new("ods", "application/vnd.oasis.opendocument.spreadsheet", ["ods", "ots"]),
        new("odp", "application/vnd.oasis.opendocument.presentation", ["odp", "otp"]),
        new("ole", "application/x-ole-storage", ["doc", "xls", "ppt", "msg", "dot"]),
        new("rtf", "application/rtf", ["rtf", "doc"]),
        new("png", "image/png", ["png"]),
        new("jpeg", "image/jpeg", ["jpg", "jpeg", "jpe", "jfif"]),
        new("tiff", "image/tiff", ["tif", "tiff"]),
        new("gif", "image/gif", ["gif"]),
        new("webp", "image/webp", ["webp"]),
        new("bmp", "image/bmp", ["bmp"]),
        new("heic", "image/heic", ["heic", "heif"]),
        new("mp4", "video/mp4", ["mp4", "m4v", "m4a", "mov", "3gp"]),
        new("webm", "video/x-matroska", ["mkv", "webm"]),
        new("avi", "video/x-msvideo", ["avi"]),
        new("wav", "audio/wav", ["wav"]),
        new("mp3", "audio/mpeg", ["mp3"]),
        new("ogg", "application/ogg", ["ogg", "oga", "ogv", "opus"]),
        new("jar", "application/java-archive", ["jar", "apk"], Runs: true),
        new("zip", "application/zip", ["zip"]),
        new("gzip", "application/gzip", ["gz", "tgz"]),
        new("7z", "application/x-7z-compressed", ["7z"]),
        new("rar", "application/vnd.rar", ["rar"]),
        new("bzip2", "application/x-bzip2", ["bz2"]),
        new("xz", "application/x-xz", ["xz"]),
        new("tar", "application/x-tar", ["tar"]),
        new("sqlite", "application/vnd.sqlite3", ["sqlite", "db"]),
        new("disk-image", "application/x-ewf", ["e01"]),
        new("windows-program", "application/vnd.microsoft.portable-executable", ["exe", "dll", "scr", "com", "sys", "cpl"], Runs: true),
        new("windows-shortcut", "application/x-ms-shortcut", ["lnk"], Runs: true),
        new("unix-program", "application/x-executable", ["so", "o", "bin", "elf"], Runs: true),
        new("mac-program", "application/x-mach-binary", ["dylib"], Runs: true),
        new("script", "text/x-script", ["sh", "py", "pl", "rb"], Runs: true),
        new("eml", "message/rfc822", ["eml"]),
        new("html", "text/html", ["html", "htm", "xhtml"]),
        new("svg", "image/svg+xml", ["svg"]),
        new("xml", "text/xml", ["xml", "xsd", "xsl", "kml", "gpx"]),
        new("text", "text/plain", ["txt", "csv", "tsv", "log", "md", "json", "ini", "asc", "pem", "ics", "vcf", "sql"]),
        Unknown,
    ];

    /// <summary>Endings of names that some systems run whatever the content is.</summary>
    private static readonly HashSet<string> RunByName = new(StringComparer.Ordinal) { "bat", "cmd", "ps1", "vbs", "vbe", "js", "jse", "wsf", "hta", "msi", "reg", "url", "desktop", "command" };

    /// <summary>The beginnings by which types are known: offset, bytes, code. The first that fits counts.</summary>
    private static readonly (int At, byte[] Bytes, string Code)[] Magic =
    [
        (0, "%PDF-"u8.ToArray(), "pdf"), (0, [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], "png"), (0, [0xFF, 0xD8, 0xFF], "jpeg"), (0, "GIF87a"u8.ToArray(), "gif"), (0, "GIF89a"u8.ToArray(), "gif"),
        (0, [0x49, 0x49, 0x2A, 0x00], "tiff"), (0, [0x4D, 0x4D, 0x00, 0x2A], "tiff"), (8, "WEBP"u8.ToArray(), "webp"), (8, "WAVE"u8.ToArray(), "wav"), (8, "AVI "u8.ToArray(), "avi"),
        (4, "ftypheic"u8.ToArray(), "heic"), (4, "ftypmif1"u8.ToArray(), "heic"), (4, "ftyp"u8.ToArray(), "mp4"), (0, [0x1A, 0x45, 0xDF, 0xA3], "webm"), (0, "OggS"u8.ToArray(), "ogg"), (0, "ID3"u8.ToArray(), "mp3"),
        (0, [0x1F, 0x8B], "gzip"), (0, [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], "7z"), (0, "Rar!\u001a\u0007"u8.ToArray(), "rar"), (0, "BZh"u8.ToArray(), "bzip2"), (0, [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], "xz"),
        (257, "ustar"u8.ToArray(), "tar"), (0, "SQLite format 3\0"u8.ToArray(), "sqlite"), (0, [0x45, 0x56, 0x46, 0x09, 0x0D, 0x0A, 0xFF, 0x00], "disk-image"),
        (0, [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], "ole"), (0, "{\\rtf"u8.ToArray(), "rtf"), (0, [0x7F, 0x45, 0x4C, 0x46], "unix-program"), (0, [0x4C, 0x00, 0x00, 0x00, 0x01, 0x14, 0x02, 0x00], "windows-shortcut"),
        (0, [0xCF, 0xFA, 0xED, 0xFE], "mac-program"), (0, [0xCE, 0xFA, 0xED, 0xFE], "mac-program"), (0, [0xCA, 0xFE, 0xBA, 0xBE], "mac-program"), (0, "#!"u8.ToArray(), "script"),
    ];

    /// <summary>The media type of a file.</summary>
    /// <param name="head">Its first bytes, at most one chunk.</param>
    /// <param name="tail">Its last bytes.</param>
    /// <param name="size">Its size, in bytes.</param>
    internal static string Find(ReadOnlySpan<byte> head, ReadOnlySpan<byte> tail, long size)
    {
        var code = CodeOf(head, tail, size);
        return All.First(t => t.Code == code).Media;
    }

    /// <summary>The type of a media type on record.</summary>
    internal static FileType Of(string media) => All.FirstOrDefault(t => t.Media == media) ?? Unknown;

    /// <summary>The type that a file's name announces; null when its ending announces none.</summary>
    internal static FileType? Announced(string fileName) => Ending(fileName) is { Length: > 0 } ending ? All.FirstOrDefault(t => t.Extensions.Contains(ending)) : null;

    /// <summary>Whether a file's name announces something else than it is.</summary>
    internal static bool Disagree(string fileName, FileType found)
    {
        if (found == Empty || found.Extensions.Contains(Ending(fileName))) return false;
        return Announced(fileName) is not null || found.Runs;
    }

    /// <summary>Whether opening a file may run a program, by what it is or by how it is named.</summary>
    internal static bool MayRun(string fileName, FileType found) => found.Runs || RunByName.Contains(Ending(fileName)) || Announced(fileName) is { Runs: true };

    private static string CodeOf(ReadOnlySpan<byte> head, ReadOnlySpan<byte> tail, long size)
    {
        if (size == 0) return Empty.Code;
        if (head.StartsWith("PK\u0003\u0004"u8) || head.StartsWith("PK\u0005\u0006"u8)) return ZipNames.TypeOf(head, tail);
        foreach (var (at, bytes, code) in Magic)
            if (head.Length >= at + bytes.Length && head[at..].StartsWith(bytes)) return code;
        // Two letters prove little: a program for Windows says where its header is, a bitmap how long it is.
        if (head.StartsWith("MZ"u8) && head.Length >= 64) return "windows-program";
        if (head.StartsWith("BM"u8) && head.Length >= 26 && BinaryPrimitives.ReadUInt32LittleEndian(head[2..]) == size) return "bmp";
        if (head.Length >= 2 && head[0] == 0xFF && head[1] is 0xFB or 0xF3 or 0xF2) return "mp3";
        return TextTypes.TypeOf(head, size > head.Length) ?? Unknown.Code;
    }

    private static string Ending(string fileName) => Path.GetExtension(fileName).TrimStart('.').ToLowerInvariant();
}
