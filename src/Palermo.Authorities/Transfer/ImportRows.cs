using System.Text;
using System.Text.Json;
using Palermo.Authorities.Entries;
using Palermo.Kernel;

namespace Palermo.Authorities.Transfer;

/// <summary>One entry of an imported file: named texts, and where each of them stands.</summary>
internal sealed class ImportRow(string file, int line, IReadOnlyDictionary<string, (string Text, int Line)> fields, bool hasRestricted)
{
    /// <summary>The text of a field; null when the file does not name it.</summary>
    internal string? this[string field] => fields.TryGetValue(field, out var found) ? found.Text : null;

    /// <summary>Whether the file speaks of the restricted part.</summary>
    internal bool HasRestricted { get; } = hasRestricted;

    /// <summary>The refusal that names this field.</summary>
    internal RefusedException Wrong(string field, string problem) =>
        ImportRows.Refused(new DataFileException(file, fields.TryGetValue(field, out var found) ? found.Line : line, field, problem));
}

/// <summary>Reads a file of authorities into named texts.</summary>
internal static class ImportRows
{
    private const int MostRows = 20_000;
    private static readonly string[] Everything = ExportAuthorities.Columns(restricted: true);

    /// <exception cref="RefusedException">The file cannot be understood.</exception>
    internal static List<ImportRow> Read(string name, byte[] content)
    {
        try
        {
            var rows = content.AsSpan().TrimStart("\uFEFF \t\r\n"u8) is [(byte)'[', ..] ? Json(name, content) : Csv(name, content);
            return rows.Count <= MostRows ? rows : throw new DataFileException(name, 1, "id", "at most 20000 entries were expected");
        }
        catch (DataFileException e)
        {
            throw Refused(e);
        }
    }

    internal static RefusedException Refused(DataFileException e) => new("authority.import.not-understood", ("problem", e.Message));

    private static List<ImportRow> Csv(string name, byte[] content)
    {
        var header = Encoding.UTF8.GetString(content.AsSpan(0, Math.Min(content.Length, 4000))).Split('\n')[0];
        var hasRestricted = EntryFields.Restricted.Any(f => header.Contains(f, StringComparison.Ordinal));
        var columns = Array.FindAll(ExportAuthorities.Columns(hasRestricted), c => c != EntryFields.Certified || header.Contains(c, StringComparison.Ordinal));
        var file = DataFile.Read(name, content, columns);
        return [.. file.Rows.Select(row => new ImportRow(name, row.Line, columns.ToDictionary(c => c, c => (Unescape(row[c]), row.Line), StringComparer.Ordinal), hasRestricted))];
    }

    /// <summary>Export puts an apostrophe before what a spreadsheet would take for a formula, such as the plus of a telephone number.</summary>
    private static string Unescape(string cell) => cell is ['\'', '=' or '+' or '-' or '@', ..] ? cell[1..] : cell;

    /// <summary>A list of objects whose members are texts.</summary>
    private static List<ImportRow> Json(string name, byte[] content)
    {
        var rows = new List<ImportRow>();
        var bytes = content.AsSpan().StartsWith("\uFEFF"u8) ? content.AsSpan(3) : content;
        var lines = new LineCounter();
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = 3 });
        try
        {
            reader.Read();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                if (reader.TokenType != JsonTokenType.StartObject) throw new DataFileException(name, lines.At(bytes, reader.TokenStartIndex), "id", "an object was expected");
                rows.Add(One(name, bytes, ref reader, lines));
            }

            while (reader.Read())
            {
                // Reads to the end, where whatever follows the list is an error.
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            var line = e is JsonException { LineNumber: { } number } ? (int)number + 1 : 1;
            throw new DataFileException(name, line, "id", "the JSON is broken: " + RefusedException.Shorten(e.Message.Split(". LineNumber")[0]));
        }

        return rows;
    }

    private static ImportRow One(string name, ReadOnlySpan<byte> bytes, ref Utf8JsonReader reader, LineCounter lines)
    {
        var fields = new Dictionary<string, (string Text, int Line)>(StringComparer.Ordinal);
        var start = lines.At(bytes, reader.TokenStartIndex);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (line, field) = (lines.At(bytes, reader.TokenStartIndex), reader.GetString()!);
            if (!Everything.Contains(field, StringComparer.Ordinal)) throw new DataFileException(name, line, RefusedException.Shorten(field), $"an unknown member; expected {string.Join(", ", Everything)}");
            reader.Read();
            if (reader.TokenType != JsonTokenType.String) throw new DataFileException(name, line, field, "a text was expected");
            if (!fields.TryAdd(field, (reader.GetString()!, line))) throw new DataFileException(name, line, field, "the member stands twice");
        }

        return new ImportRow(name, start, fields, EntryFields.Restricted.Any(fields.ContainsKey));
    }

    /// <summary>Counts lines while going on through a text.</summary>
    private sealed class LineCounter
    {
        private int _line = 1;
        private int _at;

        internal int At(ReadOnlySpan<byte> bytes, long index)
        {
            _line += bytes[_at..(int)index].Count((byte)'\n');
            _at = (int)index;
            return _line;
        }
    }
}
