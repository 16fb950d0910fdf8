using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Palermo.Kernel;

namespace Palermo.Requests.Document;

/// <summary>Copies a stranger's JSON token by token: refuses what is too deep, too many or too long, and leaves out nulls.</summary>
internal static class BoundedJson
{
    /// <summary>How deep it may be nested.</summary>
    internal const int Deepest = 24;

    /// <summary>The most entries of one list or members of one object.</summary>
    internal const int MostEntries = 10_000;

    /// <summary>The most bytes of one text, as UTF-8.</summary>
    internal const int LongestText = 1 << 20;

    /// <summary>The most bytes of the name of a member.</summary>
    internal const int LongestName = 300;

    internal static ArrayBufferWriter<byte> Copy(ReadOnlySpan<byte> json)
    {
        if (!System.Text.Unicode.Utf8.IsValid(json)) throw ReadRequest.Wrong("$", new Message("request.json.utf8"));
        var copy = new ArrayBufferWriter<byte>(Math.Max(json.Length, 16));
        using var writer = new Utf8JsonWriter(copy, new JsonWriterOptions { SkipValidation = true });
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = Deepest });
        var open = new Stack<Level>();
        string? name = null;
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName)
                {
                    if (reader.ValueSpan.Length > LongestName) throw ReadRequest.Wrong(PathOf(open, null), new Message("request.json.name", ("limit", LongestName)));
                    name = reader.GetString()!;
                    if (!open.Peek().Names!.Add(name)) throw ReadRequest.Wrong(PathOf(open, name), new Message("request.json.twice"));
                    continue;
                }

                if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
                {
                    open.Pop();
                    if (reader.TokenType == JsonTokenType.EndObject) writer.WriteEndObject();
                    else writer.WriteEndArray();
                    continue;
                }

                if (open.Count > 0 && ++open.Peek().Count > MostEntries) throw ReadRequest.Wrong(PathOf(open, null), new Message("request.json.count", ("limit", MostEntries)));
                if (open.Count > 0) open.Peek().At = name;
                if (reader.TokenType == JsonTokenType.Null)
                {
                    name = null;
                    continue;
                }

                if (name is not null) writer.WritePropertyName(name);
                name = null;
                Value(ref reader, writer, open);
            }
        }
        catch (JsonException e)
        {
            // A reader that is told to stop at a depth says so in its message only.
            throw open.Count >= Deepest
                ? ReadRequest.Wrong(PathOf(open, null), new Message("request.json.depth", ("limit", Deepest)))
                : ReadRequest.Wrong($"{PathOf(open, null)} ({((e.LineNumber ?? 0) + 1).ToString(CultureInfo.InvariantCulture)}:{((e.BytePositionInLine ?? 0) + 1).ToString(CultureInfo.InvariantCulture)})", new Message("request.json.broken"));
        }
        catch (InvalidOperationException)
        {
            throw ReadRequest.Wrong(PathOf(open, null), new Message("request.json.utf8"));
        }

        writer.Flush();
        return copy;
    }

    private static void Value(ref Utf8JsonReader reader, Utf8JsonWriter writer, Stack<Level> open)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                var isObject = reader.TokenType == JsonTokenType.StartObject;
                open.Push(new Level { Names = isObject ? new(StringComparer.Ordinal) : null });
                if (isObject) writer.WriteStartObject();
                else writer.WriteStartArray();
                break;
            case JsonTokenType.String:
                if (reader.ValueSpan.Length > LongestText) throw ReadRequest.Wrong(PathOf(open, null), new Message("request.json.text", ("limit", LongestText)));
                writer.WriteStringValue(reader.GetString());
                break;
            default:
                if (reader.ValueSpan.Length > LongestName) throw ReadRequest.Wrong(PathOf(open, null), new Message("request.json.type"));
                writer.WriteRawValue(reader.ValueSpan, skipInputValidation: true);
                break;
        }
    }

    /// <summary>Where the reader is, <c>$.persons[3].names</c>.</summary>
    private static string PathOf(Stack<Level> open, string? name)
    {
        var path = new System.Text.StringBuilder("$");
        foreach (var level in open.Reverse())
        {
            if (level.Names is null) path.Append(CultureInfo.InvariantCulture, $"[{Math.Max(level.Count - 1, 0)}]");
            else if (level.At is { } at) path.Append('.').Append(RefusedException.Shorten(at));
        }

        if (name is not null) path.Append('.').Append(RefusedException.Shorten(name));
        return path.ToString();
    }

    private sealed class Level
    {
        internal HashSet<string>? Names { get; init; }

        internal int Count { get; set; }

        internal string? At { get; set; }
    }
}
