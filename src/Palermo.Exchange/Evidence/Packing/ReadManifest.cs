using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using Palermo.Kernel;

namespace Palermo.Exchange.Evidence.Packing;

/// <summary>Reads a manifest that a stranger may have written. Everything in it is bounded; members it does not know are left alone.</summary>
internal static class ReadManifest
{
    internal const int Longest = 16 << 20, MostFiles = 10_000, MostLines = 50_000, LongestName = 200;
    private const int LongestText = 300;

    /// <summary>The acts of a custody record.</summary>
    internal static IReadOnlyList<string> Acts { get; } = ["collected", "stored", "packed", "sent", "arrived", "verified", "opened", "refused"];

    /// <exception cref="RefusedException">It is no manifest, or says what cannot be; the sentence names the member.</exception>
    internal static Manifest From(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length > Longest) throw new RefusedException("package.manifest.too-long", ("n", Longest >> 20));
        try
        {
            using var json = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = 8, AllowDuplicateProperties = false });
            return Read(new(json.RootElement, ""));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The second comes of a member whose name holds half a character.
            throw new RefusedException("package.manifest", ("field", RefusedException.Shorten((e as JsonException)?.Path ?? "JSON")));
        }
    }

    /// <summary>Whether a name may stand in a manifest: one that cannot lead out of a folder, and shows what it is.</summary>
    internal static bool IsName(string name) =>
        name.Length is > 0 and <= LongestName && Plain.Text(name) == name && name.AsSpan().IndexOfAny('/', '\\') < 0 && name.Trim(' ', '.') == name;

    private static Manifest Read(Member root)
    {
        if (root["format"].Text() != Manifest.Format) throw root["format"].Wrong();
        if (root["chunk"].Number(1, int.MaxValue) != EvidenceFormat.Chunk) throw root["chunk"].Wrong();
        var files = root["files"].List(MostFiles).Select((f, i) => Item(f, i + 1)).ToList();
        if (files.Count == 0) throw root["files"].Wrong();
        var lines = root["custody"].List(MostLines).Select(l => Line(l, files.Count)).ToList();
        return new(root["id"].Id(), root.Has("request") ? root["request"].Id() : null, root["at"].Time(), Party(root["from"]), Party(root["to"]), files, lines);
    }

    private static EvidenceParty Party(Member party) => new(party["party"].Text(), party["name"].Text(), party["certificate"].Hexadecimal());

    private static EvidenceItem Item(Member file, int number)
    {
        if (file["number"].Number(1, MostFiles) != number) throw file["number"].Wrong();
        var size = file["size"].Number(0, EvidenceFormat.Largest);
        if (file["chunks"].Number(1, long.MaxValue) != EvidenceFormat.Chunks(size)) throw file["chunks"].Wrong();
        var name = file["name"].Text();
        if (!IsName(name)) throw file["name"].Wrong();
        return new(number, name, file["type"].Text(), size, file["sha256"].Hexadecimal(), EvidenceFormat.Chunks(size), file["root"].Hexadecimal(), Key(file["key"]));
    }

    private static WrappedKey Key(Member key) => key["alg"].Text() switch
    {
        KeyWrap.Rsa => new(KeyWrap.Rsa, key["encrypted"].Bytes(256, 1024), [], []),
        KeyWrap.EllipticCurve when key["epk"]["kty"].Text() == "EC" && key["epk"]["crv"].Text() == "P-256" =>
            new(KeyWrap.EllipticCurve, key["encrypted"].Bytes(EvidenceFormat.Key + 8, EvidenceFormat.Key + 8), key["epk"]["x"].Bytes(32, 32), key["epk"]["y"].Bytes(32, 32)),
        _ => throw key["alg"].Wrong(),
    };

    private static CustodyLine Line(Member line, int files) => new(
        (int)line["number"].Number(1, int.MaxValue), line["at"].Time(), line["by"].Text(), line["organization"].Text(),
        Acts.Contains(line["act"].Text(), StringComparer.Ordinal) ? line["act"].Text() : throw line["act"].Wrong(),
        (int)line["item"].Number(0, files), line["tool"].Text(), line["sha256"].Hexadecimal(mayBeEmpty: true), line["hash"].Hexadecimal());

    /// <summary>A member of the manifest and where it stands.</summary>
    private readonly record struct Member(JsonElement Element, string Path)
    {
        internal Member this[string name] =>
            Element.ValueKind == JsonValueKind.Object && Element.TryGetProperty(name, out var found) ? new(found, Path.Length == 0 ? name : $"{Path}.{name}") : throw new Member(default, Path.Length == 0 ? name : $"{Path}.{name}").Wrong();

        internal bool Has(string name) => Element.ValueKind == JsonValueKind.Object && Element.TryGetProperty(name, out _);

        internal RefusedException Wrong() => new("package.manifest", ("field", Path));

        internal string Text() => TextUpTo(LongestText) is var text && Plain.Text(text) == text ? text : throw Wrong();

        internal long Number(long least, long most) =>
            Element.ValueKind == JsonValueKind.Number && Element.TryGetInt64(out var number) && number >= least && number <= most ? number : throw Wrong();

        internal Guid Id() => Guid.TryParseExact(Text(), "D", out var id) ? id : throw Wrong();

        internal DateTimeOffset Time() =>
            DateTimeOffset.TryParseExact(Text(), WriteManifest.Time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : throw Wrong();

        internal string Hexadecimal(bool mayBeEmpty = false)
        {
            var text = Text();
            return (mayBeEmpty && text.Length == 0) || (text.Length == CustodyLine.Hexadecimal && text.All(char.IsAsciiHexDigitLower)) ? text : throw Wrong();
        }

        internal byte[] Bytes(int least, int most)
        {
            var text = TextUpTo(2 * most);
            return Base64Url.IsValid(text, out var length) && length >= least && length <= most ? Base64Url.DecodeFromChars(text) : throw Wrong();
        }

        internal IEnumerable<Member> List(int most)
        {
            if (Element.ValueKind != JsonValueKind.Array || Element.GetArrayLength() > most) throw Wrong();
            var path = Path;
            return Element.EnumerateArray().Select((e, i) => new Member(e, FormattableString.Invariant($"{path}[{i}]")));
        }

        private string TextUpTo(int longest)
        {
            if (Element.ValueKind != JsonValueKind.String) throw Wrong();
            try
            {
                return Element.GetString() is { } text && text.Length <= longest ? text : throw Wrong();
            }
            catch (InvalidOperationException)
            {
                // Half a character, or bytes that are not UTF-8.
                throw Wrong();
            }
        }
    }
}
