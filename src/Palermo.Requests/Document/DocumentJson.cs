using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using Palermo.Treaties.LegalBasis;

namespace Palermo.Requests.Document;

/// <summary>
/// How a request is written as JSON: camel case, nothing empty that says nothing, every script readable.
/// The types are read at run time: generated readers neither keep unknown members of a type with init-only members nor the values such members start with.
/// </summary>
internal sealed class DocumentJson(JsonSerializerOptions options)
{
    /// <summary>The types with a writer that leaves letters of every script as they are.</summary>
    internal static readonly DocumentJson Readable = new(Options(indented: false));

    /// <summary>The same, indented, for people.</summary>
    internal static readonly DocumentJson Indented = new(Options(indented: true));

    /// <summary>The settings.</summary>
    internal JsonSerializerOptions Settings { get; } = options;

    /// <summary>A whole request, or a step of one.</summary>
    internal JsonTypeInfo<RequestDocument> RequestDocument => (JsonTypeInfo<RequestDocument>)Settings.GetTypeInfo(typeof(RequestDocument));

    /// <summary>The finder's answer.</summary>
    internal JsonTypeInfo<BasisReport> BasisReport => (JsonTypeInfo<BasisReport>)Settings.GetTypeInfo(typeof(BasisReport));

    private static JsonSerializerOptions Options(bool indented)
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
            MaxDepth = 32,
            WriteIndented = indented,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        };
        options.MakeReadOnly();
        return options;
    }
}
