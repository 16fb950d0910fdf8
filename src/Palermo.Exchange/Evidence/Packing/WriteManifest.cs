using System.Buffers.Text;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Palermo.Exchange.Evidence.Packing;

/// <summary>Writes a manifest: the bytes that are signed.</summary>
internal static class WriteManifest
{
    internal const string Time = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    /// <summary>The manifest as JSON in UTF-8.</summary>
    internal static byte[] ToJson(Manifest manifest)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("format", Manifest.Format);
            json.WriteString("id", manifest.Id);
            if (manifest.Request is { } request) json.WriteString("request", request);
            json.WriteString("at", TimeOf(manifest.At));
            Party(json, "from", manifest.From);
            Party(json, "to", manifest.To);
            json.WriteNumber("chunk", EvidenceFormat.Chunk);
            json.WriteStartArray("files");
            foreach (var file in manifest.Files) Item(json, file);
            json.WriteEndArray();
            Custody(json, manifest.Custody);
            json.WriteEndObject();
        }

        return bytes.ToArray();
    }

    internal static string TimeOf(DateTimeOffset at) => at.UtcDateTime.ToString(Time, CultureInfo.InvariantCulture);

    private static void Party(Utf8JsonWriter json, string name, EvidenceParty party)
    {
        json.WriteStartObject(name);
        json.WriteString("party", party.Party);
        json.WriteString("name", party.Name);
        json.WriteString("certificate", party.Certificate);
        json.WriteEndObject();
    }

    private static void Item(Utf8JsonWriter json, EvidenceItem file)
    {
        json.WriteStartObject();
        json.WriteNumber("number", file.Number);
        json.WriteString("name", file.Name);
        json.WriteString("type", file.Type);
        json.WriteNumber("size", file.Size);
        json.WriteString("sha256", file.Sha256);
        json.WriteNumber("chunks", file.Chunks);
        json.WriteString("root", file.Root);
        json.WriteStartObject("key");
        json.WriteString("alg", file.Key.Algorithm);
        if (file.Key.X.Length > 0)
        {
            json.WriteStartObject("epk");
            json.WriteString("kty", "EC");
            json.WriteString("crv", "P-256");
            json.WriteString("x", Base64Url.EncodeToString(file.Key.X));
            json.WriteString("y", Base64Url.EncodeToString(file.Key.Y));
            json.WriteEndObject();
        }

        json.WriteString("encrypted", Base64Url.EncodeToString(file.Key.Encrypted));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Custody(Utf8JsonWriter json, IReadOnlyList<CustodyLine> lines)
    {
        json.WriteStartArray("custody");
        foreach (var line in lines)
        {
            json.WriteStartObject();
            json.WriteNumber("number", line.Number);
            json.WriteString("at", TimeOf(line.At));
            json.WriteString("by", line.By);
            json.WriteString("organization", line.Organization);
            json.WriteString("act", line.Act);
            json.WriteNumber("item", line.Item);
            json.WriteString("tool", line.Tool);
            json.WriteString("sha256", line.Sha256);
            json.WriteString("hash", line.Hash);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
