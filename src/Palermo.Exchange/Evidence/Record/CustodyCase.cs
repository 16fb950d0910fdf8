using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Palermo.Exchange.Evidence.Packing;

namespace Palermo.Exchange.Evidence.Record;

/// <summary>The custody record of a package in the vocabulary of CASE 1.x and UCO 1.x, as JSON-LD, so that other forensic tools read it.</summary>
internal static class CustodyCase
{
    internal const string MediaType = "application/ld+json";

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The graph: files with their hashes, who and with what, and every line as an investigative action informed by the one before.</summary>
    internal static string ToJson(Manifest manifest, IReadOnlyList<CustodyLine> lines)
    {
        var graph = new JsonArray();
        foreach (var file in manifest.Files)
        {
            graph.Add(File(manifest, file));
            graph.Add(Node(manifest, "provenance-record", Number(file.Number), "case-investigation:ProvenanceRecord", ("case-investigation:exhibitNumber", Number(file.Number)), ("uco-core:object", Reference(manifest, "file", Number(file.Number)))));
        }

        foreach (var name in lines.Select(l => l.Organization).Distinct(StringComparer.Ordinal)) graph.Add(Node(manifest, "organization", name, "uco-identity:Organization", ("uco-core:name", name)));
        foreach (var name in lines.Select(l => l.By).Distinct(StringComparer.Ordinal)) graph.Add(Node(manifest, "identity", name, "uco-identity:Identity", ("uco-core:name", name)));
        foreach (var name in lines.Select(l => l.Tool).Distinct(StringComparer.Ordinal)) graph.Add(Tool(manifest, name));
        for (var i = 0; i < lines.Count; i++) graph.Add(Action(manifest, lines[i], i == 0 ? null : lines[i - 1]));
        return new JsonObject { ["@context"] = Context(manifest), ["@graph"] = graph }.ToJsonString(Readable);
    }

    private static JsonObject Context(Manifest manifest) => new()
    {
        ["kb"] = $"urn:uuid:{manifest.Id}/",
        ["case-investigation"] = "https://ontology.caseontology.org/case/investigation/",
        ["uco-action"] = "https://ontology.unifiedcyberontology.org/uco/action/",
        ["uco-core"] = "https://ontology.unifiedcyberontology.org/uco/core/",
        ["uco-identity"] = "https://ontology.unifiedcyberontology.org/uco/identity/",
        ["uco-observable"] = "https://ontology.unifiedcyberontology.org/uco/observable/",
        ["uco-tool"] = "https://ontology.unifiedcyberontology.org/uco/tool/",
        ["uco-types"] = "https://ontology.unifiedcyberontology.org/uco/types/",
        ["uco-vocabulary"] = "https://ontology.unifiedcyberontology.org/uco/vocabulary/",
        ["xsd"] = "http://www.w3.org/2001/XMLSchema#",
    };

    private static JsonObject File(Manifest manifest, EvidenceItem file)
    {
        var number = Number(file.Number);
        return Node(manifest, "file", number, "uco-observable:File", ("uco-core:hasFacet", new JsonArray(
            Node(manifest, "file-facet", number, "uco-observable:FileFacet", ("uco-observable:fileName", file.Name), ("uco-observable:sizeInBytes", Typed("xsd:integer", file.Size.ToString(CultureInfo.InvariantCulture)))),
            Node(manifest, "content-data-facet", number, "uco-observable:ContentDataFacet", ("uco-observable:mimeType", file.Type), ("uco-observable:hash", Hash(manifest, "content " + number, file.Sha256))))));
    }

    private static JsonObject Hash(Manifest manifest, string of, string sha256) =>
        Node(manifest, "hash", of, "uco-types:Hash", ("uco-types:hashMethod", Typed("uco-vocabulary:HashNameVocab", "SHA256")), ("uco-types:hashValue", Typed("xsd:hexBinary", sha256)));

    private static JsonObject Tool(Manifest manifest, string name) => name.LastIndexOf(' ') is var at and > 0
        ? Node(manifest, "tool", name, "uco-tool:Tool", ("uco-core:name", name[..at]), ("uco-tool:version", name[(at + 1)..]))
        : Node(manifest, "tool", name, "uco-tool:Tool", ("uco-core:name", name));

    private static JsonObject Action(Manifest manifest, CustodyLine line, CustodyLine? before)
    {
        var items = line.Item == 0 ? manifest.Files.Select(f => f.Number) : [line.Item];
        var action = Node(
            manifest, "investigative-action", Number(line.Number), "case-investigation:InvestigativeAction", ("uco-core:name", line.Act),
            ("uco-core:description", $"custody record {line.Number.ToString(CultureInfo.InvariantCulture)} sha256:{line.Hash}"), ("uco-action:startTime", Typed("xsd:dateTime", WriteManifest.TimeOf(line.At))),
            ("uco-action:performer", Reference(manifest, "identity", line.By)), ("uco-action:participant", Reference(manifest, "organization", line.Organization)), ("uco-action:instrument", Reference(manifest, "tool", line.Tool)),
            ("uco-action:object", new JsonArray([.. items.Select(i => Reference(manifest, "file", Number(i)))])));
        if (before is not null) action["case-investigation:wasInformedBy"] = Reference(manifest, "investigative-action", Number(before.Number));
        return action;
    }

    private static JsonObject Node(Manifest manifest, string kind, string of, string type, params ReadOnlySpan<(string Name, JsonNode? Value)> members)
    {
        var node = new JsonObject { ["@id"] = Name(manifest, kind, of), ["@type"] = type };
        foreach (var (name, value) in members) node[name] = value;
        return node;
    }

    private static JsonObject Reference(Manifest manifest, string kind, string of) => new() { ["@id"] = Name(manifest, kind, of) };

    private static JsonObject Typed(string type, string value) => new() { ["@type"] = type, ["@value"] = value };

    /// <summary>Names end in a UUID, as UCO asks; ours follow from what they name, so that two exports agree.</summary>
    private static string Name(Manifest manifest, string kind, string of)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{manifest.Id} {kind} {of}"))[..16];
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return $"kb:{kind}-{new Guid(hash, bigEndian: true)}";
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
