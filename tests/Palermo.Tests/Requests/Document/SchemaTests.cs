using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using Palermo.Requests.Document;
using Palermo.Requests.Kinds;
using Palermo.Tests.Support;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Requests.Document;

/// <summary>The published schema says what the program reads and writes.</summary>
public sealed class SchemaTests
{
    private static readonly JsonNode Schema = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Data, "schemas", "palermo-request-1.schema.json")))!;

    [Fact]
    public void SchemaAndDocumentHaveTheSameMembers() => Compare(DocumentJson.Readable.RequestDocument, Schema, "$", []);

    [Theory]
    [InlineData("mla")]
    [InlineData("extradition")]
    public void TheExamplesAreValidAndComplete(string name)
    {
        var bytes = File.ReadAllBytes(Path.Combine(Repository.Data, "requests", "examples", name + ".json"));
        Problems(JsonNode.Parse(bytes), Schema, "$").ShouldBeEmpty();
        var request = ReadRequest.FromJson(bytes);
        RequestSamples.Open(request, new()).ShouldBeEmpty();
        request.Kind.ShouldBe(name);
    }

    [Fact]
    public void EveryCompleteSampleIsValid()
    {
        foreach (var kind in RequestSamples.Catalogue.Kinds)
            Problems(JsonNode.Parse(WriteRequest.ToJson(RequestSamples.Complete(kind.Code))), Schema, "$").ShouldBeEmpty(kind.Code);
    }

    [Theory]
    [InlineData("""{"schema":"palermo-request/2"}""")]
    [InlineData("""{"schema":"palermo-request/1","persons":[{"role":"friend"}]}""")]
    [InlineData("""{"schema":"palermo-request/1","requesting":"Brazil"}""")]
    [InlineData("""{"schema":"palermo-request/1","fields":{"a":1}}""")]
    [InlineData("""{"kind":"mla"}""")]
    public void OtherDocumentsAreNotValid(string json) => Problems(JsonNode.Parse(json), Schema, "$").ShouldNotBeEmpty();

    [Fact]
    public void TheSchemaKnowsEveryRoleTheTablesName()
    {
        foreach (var condition in RequestSamples.Catalogue.Kinds.SelectMany(k => RequestSamples.Catalogue.Items(k.Code)).SelectMany(i => i.Conditions).Where(c => c is { Kind: ConditionKind.Entry, Subject: "role" }))
            foreach (var role in condition.Values) Schema["$defs"]!["person"]!["properties"]!["role"]!["enum"]!.AsArray().Select(v => (string)v!).ShouldContain(role);
    }

    private static void Compare(JsonTypeInfo type, JsonNode schema, string path, HashSet<Type> seen)
    {
        schema = Resolved(schema);
        if (!seen.Add(type.Type)) return;
        var members = type.Properties.Where(p => !p.IsExtensionData).ToDictionary(p => p.Name);
        schema["properties"]!.AsObject().Select(p => p.Key).Order().ShouldBe(members.Keys.Order(), path);
        foreach (var (name, property) in members)
        {
            var inner = type.Options.GetTypeInfo(property.PropertyType);
            var there = schema["properties"]![name]!;
            if (inner.Kind == JsonTypeInfoKind.Enumerable)
            {
                there["type"]!.GetValue<string>().ShouldBe("array", $"{path}.{name}");
                inner = type.Options.GetTypeInfo(inner.ElementType!);
                there = there["items"]!;
            }

            if (inner.Kind == JsonTypeInfoKind.Object) Compare(inner, there, $"{path}.{name}", seen);
        }
    }

    private static JsonNode Resolved(JsonNode schema) => schema["$ref"] is { } reference ? Schema["$defs"]![((string)reference!)["#/$defs/".Length..]]! : schema;

    /// <summary>As much of JSON Schema as the schema uses.</summary>
    private static List<string> Problems(JsonNode? value, JsonNode schema, string path)
    {
        schema = Resolved(schema);
        var problems = new List<string>();
        var kind = value?.GetValueKind() ?? JsonValueKind.Null;
        var type = kind switch { JsonValueKind.Object => "object", JsonValueKind.Array => "array", JsonValueKind.String => "string", JsonValueKind.Number => "number", JsonValueKind.Null => "null", _ => "boolean" };
        var types = schema["type"] switch { null => [type], JsonArray many => many.Select(t => (string)t!).ToArray(), { } one => [(string)one!] };
        if (!types.Contains(type) && !(type == "number" && types.Contains("integer"))) return [$"{path}: {type}"];
        if (schema["const"] is { } constant && (string)constant! != (string?)value) problems.Add($"{path}: const");
        if (schema["enum"] is JsonArray choices && !choices.Any(c => (string)c! == (string?)value)) problems.Add($"{path}: enum");
        if (schema["pattern"] is { } pattern && type == "string" && !Regex.IsMatch((string)value!, (string)pattern!)) problems.Add($"{path}: pattern");
        if (schema["minimum"] is { } minimum && type == "number" && value!.GetValue<decimal>() < minimum.GetValue<decimal>()) problems.Add($"{path}: minimum");
        foreach (var required in schema["required"]?.AsArray() ?? [])
            if (value is JsonObject o && !o.ContainsKey((string)required!)) problems.Add($"{path}: {required} is required");
        if (value is JsonObject members)
            foreach (var (name, member) in members)
                if ((schema["properties"]?[name] ?? schema["additionalProperties"]) is JsonObject inner) problems.AddRange(Problems(member, inner, $"{path}.{name}"));
        if (value is JsonArray entries && schema["items"] is { } items)
            foreach (var entry in entries) problems.AddRange(Problems(entry, items, path + "[]"));
        return problems;
    }
}
