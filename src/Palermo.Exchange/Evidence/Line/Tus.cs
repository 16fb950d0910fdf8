using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Palermo.Kernel;

namespace Palermo.Exchange.Evidence.Line;

/// <summary>Headers of tus 1.0 (core, creation, checksum).</summary>
internal static class Tus
{
    internal const string Version = "1.0.0", Resumable = "Tus-Resumable", Offset = "Upload-Offset", Length = "Upload-Length", Metadata = "Upload-Metadata", Checksum = "Upload-Checksum", Body = "application/offset+octet-stream";
    private const int LongestMetadata = 1024, HashLength = 32;

    /// <summary>Says in an answer what is spoken here.</summary>
    internal static void Introduce(HttpResponse response, bool options)
    {
        response.Headers[Resumable] = Version;
        response.Headers.CacheControl = "no-store";
        if (!options) return;
        response.Headers["Tus-Version"] = Version;
        response.Headers["Tus-Extension"] = "creation,checksum";
        response.Headers["Tus-Checksum-Algorithm"] = "sha256";
    }

    /// <exception cref="LineException">The caller speaks another version.</exception>
    internal static void MustSpeak(HttpRequest request)
    {
        if (request.Headers[Resumable] != Version) throw new LineException(StatusCodes.Status412PreconditionFailed, "package.line.version");
    }

    /// <summary>A number in a header.</summary>
    /// <exception cref="LineException">It is missing or not a number.</exception>
    internal static long Number(HttpRequest request, string header) =>
        long.TryParse(request.Headers[header], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw Wrong(header);

    /// <summary>The package and the number of its file, as the creation extension's metadata name them.</summary>
    /// <exception cref="LineException">They do not.</exception>
    internal static (Guid Package, int File) WhichFile(HttpRequest request)
    {
        var given = request.Headers[Metadata].ToString();
        if (given.Length > LongestMetadata) throw Wrong(Metadata);
        var pairs = given.Split(',', StringSplitOptions.TrimEntries).Select(p => p.Split(' ')).Where(p => p.Length == 2).ToLookup(p => p[0], p => p[1], StringComparer.Ordinal);
        return Guid.TryParseExact(Value("package"), "D", out var package) && int.TryParse(Value("file"), NumberStyles.None, CultureInfo.InvariantCulture, out var file) ? (package, file) : throw Wrong(Metadata);

        string Value(string name)
        {
            var bytes = new byte[64];
            return Convert.TryFromBase64String(pairs[name].FirstOrDefault() ?? "", bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : "";
        }
    }

    /// <summary>SHA-256 the sender says of the body; null when it says none.</summary>
    /// <exception cref="LineException">It cannot be read, or is of another algorithm.</exception>
    internal static byte[]? ChecksumOf(HttpRequest request)
    {
        if (request.Headers[Checksum].ToString() is not { Length: > 0 } given) return null;
        var bytes = new byte[HashLength];
        return given.Split(' ') is ["sha256", var text] && Convert.TryFromBase64String(text, bytes, out var length) && length == HashLength ? bytes : throw Wrong(Checksum);
    }

    internal static LineException Wrong(string header) => new(StatusCodes.Status400BadRequest, new Message("package.line.header", ("header", header)));
}
