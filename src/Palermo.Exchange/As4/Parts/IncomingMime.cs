using System.Buffers;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Palermo.Exchange.As4.Parts;

/// <summary>A message's bytes as they come: an envelope alone, or <c>multipart/related</c> with the envelope first.</summary>
internal sealed class IncomingMime
{
    private const int Buffer = 16 << 10, LongestBoundary = 70, LongestType = 1024;
    private const string Soap = "application/soap+xml";

    private readonly Stream _body;
    private readonly MultipartReader? _parts;
    private readonly string? _start;
    private readonly As4Limits _limits;

    /// <summary>Begins to read.</summary>
    /// <exception cref="As4Exception">The type is not one of the two.</exception>
    internal IncomingMime(Stream body, string? contentType, As4Limits limits)
    {
        (_body, _limits) = (body, limits);
        if (contentType is null || contentType.Length > LongestType || !MediaTypeHeaderValue.TryParse(contentType, out var type)) throw Refuse.Mime("The message's type cannot be read.");
        if (type.MediaType.Equals(Soap, StringComparison.OrdinalIgnoreCase)) return;
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).ToString();
        if (!type.MediaType.Equals("multipart/related", StringComparison.OrdinalIgnoreCase) || boundary.Length is 0 or > LongestBoundary || boundary.Any(c => c is < ' ' or > '~'))
            throw Refuse.Mime($"A message is {Soap}, or multipart/related with a boundary.");
        if (Parameter(type, "type") is { } inner && !inner.StartsWith(Soap, StringComparison.OrdinalIgnoreCase)) throw Refuse.Mime($"The first part of a message is {Soap}.");
        _start = Parameter(type, "start");
        _parts = new MultipartReader(boundary, body, Buffer) { HeadersCountLimit = 16, HeadersLengthLimit = 8 << 10, BodyLengthLimit = null };
    }

    /// <summary>The envelope.</summary>
    internal async Task<byte[]> Envelope(CancellationToken cancel)
    {
        if (_parts is null) return await All(_body, cancel);
        var section = await Guard(() => _parts.ReadNextSectionAsync(cancel)) ?? throw Refuse.Mime("The message has no parts.");
        if (_start is not null && Header(section, "Content-ID") != _start) throw Refuse.Mime("The envelope is not the first part.");
        if (Header(section, HeaderNames.ContentType) is { } type && !type.StartsWith(Soap, StringComparison.OrdinalIgnoreCase)) throw Refuse.Mime($"The first part of a message is {Soap}.");
        Encoding(section);
        return await All(section.Body, cancel);
    }

    /// <summary>The next attachment, by its Content-ID without brackets, and how to read it; null after the last, when the message is whole.</summary>
    internal async Task<(string Id, Func<Memory<byte>, Task<int>> Next)?> Part(CancellationToken cancel)
    {
        if (_parts is null || await Guard(() => _parts.ReadNextSectionAsync(cancel)) is not { } section) return null;
        var id = Header(section, "Content-ID");
        if (id is not ['<', .. { Length: > 0 and <= 255 } inner, '>']) throw Refuse.Mime("A part has no Content-ID.");
        Encoding(section);
        return (inner, buffer => Guard(async () => await section.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancel)));
    }

    private async Task<byte[]> All(Stream stream, CancellationToken cancel)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Buffer);
        try
        {
            var length = 0;
            for (int read; (read = await Guard(async () => await stream.ReadAsync(buffer.AsMemory(length), cancel))) > 0;)
            {
                if ((length += read) > _limits.Envelope) throw Refuse.Header(string.Create(CultureInfo.InvariantCulture, $"The envelope is larger than {_limits.Envelope} bytes."));
                if (length == buffer.Length) Grow(ref buffer);
            }

            return buffer[..length];
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static void Grow(ref byte[] buffer)
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
    }

    private static string? Header(MultipartSection section, string name)
    {
        if (section.Headers is null || !section.Headers.TryGetValue(name, out var values)) return null;
        return values is [{ } one] ? one.Trim() : throw Refuse.Mime("A header of a part stands twice.");
    }

    private static void Encoding(MultipartSection section)
    {
        if (Header(section, "Content-Transfer-Encoding") is { } encoding && encoding.ToUpperInvariant() is not ("BINARY" or "8BIT" or "7BIT"))
            throw Refuse.Mime("Parts come as they are (binary or 8bit).");
    }

    private static string? Parameter(MediaTypeHeaderValue type, string name) =>
        type.Parameters.FirstOrDefault(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } found ? HeaderUtilities.UnescapeAsQuotedString(found.Value).ToString() : null;

    /// <summary>A message that breaks off or is no MIME is refused; what the server itself says of a line stays as it is.</summary>
    private static async Task<T> Guard<T>(Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (Exception e) when (e is InvalidDataException or IOException and not BadHttpRequestException)
        {
            throw Refuse.Mime("The message was cut off or is not well-formed MIME.", e);
        }
    }
}
