using System.Globalization;
using System.Text.Json.Nodes;
using Palermo.Kernel;
using Palermo.Requests.Kinds;

namespace Palermo.Requests.Drafting;

/// <summary>Reads a step's fields out of its content and writes what a form sent into it.</summary>
internal static class FormContent
{
    /// <summary>What stands at a path; empty when nothing does.</summary>
    internal static string Read(JsonObject content, FormField field)
    {
        JsonNode? node = content;
        foreach (var name in field.Path.Split('/')) node = Child(node, name);
        return node switch
        {
            null => "",
            JsonArray list => string.Join(", ", list.Select(n => n?.ToString())),
            _ => node.ToString(),
        };
    }

    /// <summary>The content with what the form sent for its fields; what the form does not show stays as it is.</summary>
    /// <exception cref="RefusedException">A text is too long, or a number is none.</exception>
    internal static JsonObject With(JsonObject before, IEnumerable<FormField> fields, Func<string, string?> sent)
    {
        var content = (JsonObject)before.DeepClone();
        foreach (var field in fields)
        {
            if (sent(field.Path) is not { } raw) continue;
            var text = raw.ReplaceLineEndings("\n").Trim();
            if (text.Length > field.Longest) throw new RefusedException("drafting.field-too-long", ("n", field.Longest)) { Field = field.Path };
            Write(content, field, field.Type == "long-text" ? text : Plain.Text(text));
        }

        return content;
    }

    private static void Write(JsonObject content, FormField field, string text)
    {
        var names = field.Path.Split('/');
        JsonNode node = content;
        for (var i = 0; i < names.Length - 1; i++)
        {
            if (Child(node, names[i]) is { } next)
            {
                node = next;
                continue;
            }

            if (text.Length == 0) return;
            var isList = (i == 0 && DocumentShape.Lists.ContainsKey(names[0])) || int.TryParse(names[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out _);
            JsonNode made = isList ? new JsonArray() : new JsonObject();
            if (node is JsonArray list)
            {
                if (!int.TryParse(names[i], NumberStyles.None, CultureInfo.InvariantCulture, out var position)) ((JsonObject)made)["id"] = names[i];
                else while (list.Count < position) list.Add(new JsonObject());
                list.Add(made);
            }
            else node[names[i]] = made;
            node = made;
        }

        var last = names[^1];
        var owner = (JsonObject)node;
        if (text.Length == 0) owner.Remove(last);
        else owner[last] = field.Type switch
        {
            "many" or "concerns" => new JsonArray([.. text.Split([',', ';', '،'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(t => (JsonNode?)JsonValue.Create(t))]),
            "number" => decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
                ? JsonValue.Create(number) : throw new RefusedException("drafting.number", ("given", RefusedException.Shorten(text))) { Field = field.Path },
            _ => JsonValue.Create(text),
        };
    }

    /// <summary>A member of an object, a position of a list, or the thing of an identifier in a list.</summary>
    private static JsonNode? Child(JsonNode? node, string name) => node switch
    {
        JsonObject owner => owner[name],
        JsonArray list when int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var position) => position < list.Count ? list[position] : null,
        JsonArray list => list.FirstOrDefault(n => n is JsonObject o && o["id"]?.ToString() == name),
        _ => null,
    };
}
