using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Palermo.Kernel;

/// <summary>A message as it is kept: JSON of its key and what fills it, in no language, so that whoever reads it later is told in their own.</summary>
/// <remarks>
/// <c>["key",{"name":value}]</c>. A value is a text, a whole number, a day (<c>{"day":"2026-06-01"}</c>), another message, or a list
/// (<c>{"list":[…]}</c>). What has a name in every language is kept by its English one.
/// </remarks>
public static class KeptMessage
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonDocumentOptions Bounded = new() { MaxDepth = 16 };

    /// <summary>The message as it is kept.</summary>
    public static string Of(Message message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var kept = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(kept, Readable)) Write(writer, message);
        return Encoding.UTF8.GetString(kept.WrittenSpan);
    }

    /// <summary>The message that was kept; null when the text is none.</summary>
    public static Message? Read(string kept)
    {
        ArgumentNullException.ThrowIfNull(kept);
        if (!kept.StartsWith("[\"", StringComparison.Ordinal)) return null;
        try
        {
            using var json = JsonDocument.Parse(kept, Bounded);
            return MessageOf(json.RootElement);
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException or KeyNotFoundException)
        {
            return null;
        }
    }

    private static void Write(Utf8JsonWriter writer, Message message)
    {
        writer.WriteStartArray();
        writer.WriteStringValue(message.Key);
        writer.WriteStartObject();
        foreach (var (name, value) in message.Fillings)
        {
            writer.WritePropertyName(name);
            Write(writer, value);
        }

        writer.WriteEndObject();
        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null: writer.WriteNullValue(); break;
            case string text: writer.WriteStringValue(text); break;
            case int number: writer.WriteNumberValue(number); break;
            case long number: writer.WriteNumberValue(number); break;
            case Message message: Write(writer, message); break;
            case INamed named: writer.WriteStringValue(named.NameIn(Language.English)); break;
            case DateOnly day:
                writer.WriteStartObject();
                writer.WriteString("day", Dates.Iso(day));
                writer.WriteEndObject();
                break;
            case System.Collections.IEnumerable list:
                writer.WriteStartObject();
                writer.WriteStartArray("list");
                foreach (var item in list) Write(writer, item);
                writer.WriteEndArray();
                writer.WriteEndObject();
                break;
            default: writer.WriteStringValue(Convert.ToString(value, CultureInfo.InvariantCulture)); break;
        }
    }

    private static Message MessageOf(JsonElement json) =>
        json.GetArrayLength() == 2 ? new(json[0].GetString() ?? "", [.. json[1].EnumerateObject().Select(f => (f.Name, ValueOf(f.Value)))]) : throw new FormatException();

    private static object? ValueOf(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.Number => json.TryGetInt32(out var number) ? (object)number : json.GetInt64(),
        JsonValueKind.Array => MessageOf(json),
        JsonValueKind.Object => json.TryGetProperty("day", out var day) ? DateOnly.ParseExact(day.GetString() ?? "", "yyyy-MM-dd", CultureInfo.InvariantCulture) : json.GetProperty("list").EnumerateArray().Select(ValueOf).ToArray(),
        _ => json.GetString(),
    };
}
