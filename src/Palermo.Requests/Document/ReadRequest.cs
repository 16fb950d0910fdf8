using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Palermo.Kernel;
using Palermo.Treaties.LegalBasis;

namespace Palermo.Requests.Document;

/// <summary>Reads a stranger's request from JSON: bounded in every direction, without nulls, refused with one sentence that names the place.</summary>
public static class ReadRequest
{
    /// <summary>The most bytes of a whole request.</summary>
    public const int MostBytes = 16 << 20;

    private const int ReadAtOnce = 1 << 16;

    /// <summary>Reads a request.</summary>
    /// <exception cref="RefusedException">It is too large, no JSON, or not of the schema <c>palermo-request/1</c>.</exception>
    public static RequestDocument FromJson(Stream json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return FromJson(Bytes(json));
    }

    /// <summary>Reads a request.</summary>
    /// <exception cref="RefusedException">It is too large, no JSON, or not of the schema <c>palermo-request/1</c>.</exception>
    public static RequestDocument FromJson(ReadOnlySpan<byte> json)
    {
        var request = Read(json, DocumentJson.Readable.RequestDocument) ?? throw Wrong("$", new Message("request.json.type"));
        if (request.Schema != RequestDocument.SchemaName)
            throw Wrong("$.schema", new Message("request.json.schema", ("expected", RequestDocument.SchemaName), ("given", RefusedException.Shorten(request.Schema))));
        if (request.Basis is { } basis) CheckBasis(basis);
        return request;
    }

    /// <summary>Reads the finder's answer as <c>palermo basis … --json</c> prints it.</summary>
    /// <exception cref="RefusedException">It is too large, no JSON, or no such answer.</exception>
    public static BasisReport BasisFromJson(ReadOnlySpan<byte> json)
    {
        var report = Read(json, DocumentJson.Readable.BasisReport);
        CheckBasis(report, "$", () => false);
        return report!;
    }

    /// <summary>Everything in a stream, as long as it is not too much.</summary>
    /// <exception cref="RefusedException">There is more than <see cref="MostBytes"/>.</exception>
    internal static byte[] Bytes(Stream stream)
    {
        var all = new ArrayBufferWriter<byte>(ReadAtOnce);
        while (true)
        {
            var read = stream.Read(all.GetSpan(ReadAtOnce));
            if (read == 0) return all.WrittenSpan.ToArray();
            all.Advance(read);
            if (all.WrittenCount > MostBytes) throw Wrong("$", new Message("request.json.large", ("limit", MostBytes)));
        }
    }

    internal static RefusedException Wrong(string path, Message problem) => new("refused.request-json", ("path", RefusedException.Shorten(path)), ("problem", problem));

    /// <summary>What this node wrote itself.</summary>
    internal static RequestDocument Trusted(string json) => JsonSerializer.Deserialize(json, DocumentJson.Readable.RequestDocument)!;

    /// <summary>Reads JSON of another kind under the same bounds.</summary>
    internal static T? Read<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> type)
    {
        if (json.StartsWith("\uFEFF"u8)) json = json[3..];
        if (json.Length > MostBytes) throw Wrong("$", new Message("request.json.large", ("limit", MostBytes)));
        var clean = BoundedJson.Copy(json);
        try
        {
            return JsonSerializer.Deserialize(clean.WrittenSpan, type);
        }
        catch (JsonException e)
        {
            throw Wrong(e.Path ?? "$", new Message("request.json.type"));
        }
        catch (Exception e) when (e is InvalidOperationException or NotSupportedException or ArgumentException)
        {
            throw Wrong("$", new Message("request.json.type"));
        }
    }

    internal static void CheckBasis(FrozenBasis basis) => CheckBasis(basis.Report, "$.basis.report", () => basis.Relied is null || basis.Relied.Any(r => r is null));

    /// <summary>A frozen answer is rendered long after it was read, so that nothing in it may be null that must not be.</summary>
    private static void CheckBasis(BasisReport? report, string path, Func<bool> more)
    {
        Refuse(report is null, "");
        Refuse(report!.Query is null or { From: null } or { To: null } or { Kind: null } or { Offence: null }, ".query");
        Refuse(report.Available is null || report.Available.Any(a =>
            a is null or { Instrument: null } or { Title: null } or { Articles: null } or { Role: null } or { Conditions: null } or { Requirements: null } or { Warnings: null } or { Because: null }
            || a.Articles.Any(x => x is null) || a.Conditions.Any(c => c is null or { Code: null } or { Text: null } or { Citation: null }) || a.Requirements.Any(r => r is null or { Code: null } or { Text: null } or { Citation: null })
            || a.Warnings.Any(w => w is null or { Code: null } or { Text: null }) || a.Because.Any(b => b is null or { Text: null } or { Citation: null })), ".available");
        Refuse(report.Excluded is null || report.Excluded.Any(e => e is null or { Instrument: null } or { Reason: null } or { Text: null } or { Citation: null }), ".excluded");
        Refuse(report.Unknown is null || report.Unknown.Any(u => u is null or { Instrument: null } or { Missing: null } or { Text: null } or { Settle: null } or { Citation: null }), ".unknown");
        Refuse(more(), ".relied");

        void Refuse(bool wrong, string member)
        {
            if (wrong) throw Wrong(path + member, new Message("request.json.missing"));
        }
    }
}
