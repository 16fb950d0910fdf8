using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Palermo.Data;
using Palermo.Data.Audit;
using Palermo.Kernel;

namespace Palermo.Access.Trail;

/// <summary>One entry as it leaves the node.</summary>
/// <param name="Number">Number.</param>
/// <param name="At">When, ISO 8601 with milliseconds, UTC.</param>
/// <param name="Person">The person's identifier, or empty.</param>
/// <param name="Name">The person's name then.</param>
/// <param name="From">From where.</param>
/// <param name="Act">What.</param>
/// <param name="Subject">To what.</param>
/// <param name="Part">More precisely.</param>
/// <param name="Before">Before.</param>
/// <param name="After">After.</param>
/// <param name="Hash">The entry's link in the chain, lower-case hexadecimal.</param>
internal sealed record AuditLine(long Number, string At, string Person, string Name, string From, string Act, string Subject, string Part, string Before, string After, string Hash)
{
    internal static AuditLine Of(AuditEntry e) =>
        new(e.Number, TimeOf(e.At), e.Person, e.Name, e.From, e.Act, e.Subject, e.Part, e.Before, e.After, Convert.ToHexStringLower(e.Hash));

    /// <summary>Milliseconds since 1970 as a time, exactly.</summary>
    internal static string TimeOf(long at) => DateTimeOffset.FromUnixTimeMilliseconds(at).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}

/// <summary>The audit trail as CSV or as JSON lines, entry by entry, so that a million entries need no memory.</summary>
internal static class AuditExport
{
    private const string Head = "number,at,person,name,from,act,subject,part,before,after,hash\r\n";

    /// <summary>Whether CSV is wanted; JSON otherwise.</summary>
    /// <exception cref="RefusedException">Neither.</exception>
    internal static bool FormatOf(string format) => format switch
    {
        "csv" => true,
        "json" => false,
        _ => throw new RefusedException("audit.format", ("given", RefusedException.Shorten(format))),
    };

    /// <summary>All entries, in order.</summary>
    internal static IEnumerable<AuditLine> All(PalermoDatabase database)
    {
        using var connection = database.Open();
        using var command = connection.CreateCommand();
        command.CommandTimeout = 0;
        command.CommandText = $"SELECT {VerifyAudit.Columns} FROM audit ORDER BY \"number\"";
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            yield return new AuditLine(
                reader.GetInt64(0), AuditLine.TimeOf(reader.GetInt64(1)), reader.GetString(2), reader.GetString(3), reader.GetString(4), reader.GetString(5), reader.GetString(6),
                reader.GetString(7), reader.GetString(8), reader.GetString(9), Convert.ToHexStringLower(reader.GetFieldValue<byte[]>(10)));
        }
    }

    /// <summary>Lines with their ends; CSV with a head.</summary>
    internal static IEnumerable<string> Lines(IEnumerable<AuditLine> entries, bool csv)
    {
        if (csv) yield return Head;
        foreach (var e in entries)
        {
            yield return csv
                ? string.Join(',', new[] { e.Number.ToString(CultureInfo.InvariantCulture), e.At, e.Person, e.Name, e.From, e.Act, e.Subject, e.Part, e.Before, e.After, e.Hash }.Select(Cell)) + "\r\n"
                : JsonSerializer.Serialize(e, AuditLineJson.Default.AuditLine) + "\n";
        }
    }

    /// <summary>A cell of CSV; what a spreadsheet would run gets an apostrophe before it.</summary>
    private static string Cell(string text)
    {
        if (text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r') text = "'" + text;
        return text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : new StringBuilder(text).Replace("\"", "\"\"").Insert(0, '"').Append('"').ToString();
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(AuditLine))]
internal sealed partial class AuditLineJson : JsonSerializerContext;
