using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CsvHelper;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Palermo.Kernel;

namespace Palermo.Treaties;

/// <summary>
/// An answer as JSON or as CSV, by <c>Accept</c> or by <c>?format=</c>. The CSV is made from the same JSON: one row per
/// item of a list, or per item of all lists an object holds, with what the object says of itself repeated in every row; inner
/// lists are joined by <c>;</c>.
/// </summary>
public static class ApiResult
{
    private static readonly MediaTypeHeaderValue Csv = new("text/csv");
    private static readonly MediaTypeHeaderValue JsonType = new("application/json");

    /// <summary>Answers a request.</summary>
    /// <exception cref="RefusedException">The format asked for is neither.</exception>
    public static IResult Of<T>(HttpContext http, T value, JsonTypeInfo<T> type)
    {
        http.Response.Headers.Vary = "Accept, Accept-Language, Cookie";
        var json = JsonSerializer.SerializeToUtf8Bytes(value, type);
        if (!WantsCsv(http.Request)) return Results.Bytes(json, "application/json; charset=utf-8");
        return Results.Bytes(ToCsv(json), "text/csv; charset=utf-8", FileName(http.Request));
    }

    /// <summary>Whether a request is answered in CSV: the one place that decides it, for the answer, its tag and its key in the cache.</summary>
    /// <exception cref="RefusedException">The format asked for is neither.</exception>
    public static bool WantsCsv(HttpRequest request) => request.Query["format"].ToString() switch
    {
        "csv" => true,
        "json" => false,
        "" => Quality(request, Csv) > Quality(request, JsonType),
        var other => throw new RefusedException("refused.format", ("given", RefusedException.Shorten(other))),
    };

    private static double Quality(HttpRequest request, MediaTypeHeaderValue wanted)
    {
        if (!MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted)) return 0;
        return accepted.Where(a => wanted.IsSubsetOf(a) && !a.MatchesAllTypes).Select(a => a.Quality ?? 1).DefaultIfEmpty(0).Max();
    }

    private static string FileName(HttpRequest request) =>
        "palermo" + string.Concat(request.Path.Value!.Replace("/api/v1", "", StringComparison.Ordinal).Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')) + ".csv";

    private static byte[] ToCsv(byte[] json)
    {
        using var document = JsonDocument.Parse(json);
        var rows = Rows(document.RootElement).ToArray();
        if (document.RootElement.ValueKind == JsonValueKind.Object) rows = WithScalars(rows, document.RootElement);
        var columns = rows.SelectMany(r => r.Select(c => c.Name)).Distinct(StringComparer.Ordinal).ToArray();
        // Nothing to say has no columns either; the writer refuses an empty line.
        if (columns.Length == 0) return [];
        using var stream = new MemoryStream();
        using (var writer = CsvWriter.Create(stream, new CsvWriterOptions { Injection = CsvInjection.Escape }, leaveOpen: true))
        {
            writer.WriteRecord(columns);
            foreach (var row in rows)
                writer.WriteRecord([.. columns.Select(c => row.FirstOrDefault(cell => cell.Name == c).Value ?? "")]);
        }

        return stream.ToArray();
    }

    /// <summary>The rows of an array; of an object, the items of all its lists of objects with the list's name before them, or one row per state of its lists of codes.</summary>
    private static IEnumerable<(string Name, string Value)[]> Rows(JsonElement root)
    {
        if (root.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in root.EnumerateArray()) yield return Cells(item);
            yield break;
        }

        foreach (var list in root.EnumerateObject().Where(p => p.Value.ValueKind == JsonValueKind.Array))
            foreach (var item in list.Value.EnumerateArray())
                yield return [("list", list.Name), .. item.ValueKind == JsonValueKind.Object ? Cells(item) : [("value", Cell(item))]];
    }

    /// <summary>Every row with the object's own values after it, under <c>answer.NAME</c> where a row has a column of that name; one row of them where there is no other.</summary>
    private static (string Name, string Value)[][] WithScalars((string Name, string Value)[][] rows, JsonElement root)
    {
        var taken = rows.SelectMany(r => r.Select(c => c.Name)).ToHashSet(StringComparer.Ordinal);
        var own = Scalars(root, "").Select(c => (taken.Contains(c.Name) ? "answer." + c.Name : c.Name, c.Value)).ToArray();
        return rows.Length == 0 ? [own] : [.. rows.Select(r => r.Concat(own).ToArray())];
    }

    private static IEnumerable<(string Name, string Value)> Scalars(JsonElement root, string before)
    {
        foreach (var property in root.EnumerateObject().Where(p => p.Value.ValueKind != JsonValueKind.Array))
        {
            if (property.Value.ValueKind != JsonValueKind.Object) yield return (before + property.Name, Cell(property.Value));
            else foreach (var inner in Scalars(property.Value, before + property.Name + ".")) yield return inner;
        }
    }

    private static (string Name, string Value)[] Cells(JsonElement item) =>
        item.ValueKind == JsonValueKind.Object ? [.. item.EnumerateObject().Select(p => (p.Name, Cell(p.Value)))] : [("value", Cell(item))];

    private static string Cell(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => "",
        JsonValueKind.Array => string.Join("; ", value.EnumerateArray().Select(Cell)),
        JsonValueKind.Object => value.TryGetProperty("code", out var code) ? $"{Cell(code)}{(value.TryGetProperty("met", out var met) ? "=" + (met.ValueKind == JsonValueKind.Null ? "to be shown" : Cell(met)) : "")}{(value.TryGetProperty("value", out var v) ? "=" + Cell(v) : "")}" : value.TryGetProperty("text", out var text) ? Cell(text) : value.GetRawText(),
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => value.GetRawText(),
    };
}
