using System.Globalization;
using CsvHelper;

namespace Palermo.Kernel;

/// <summary>A shipped or imported CSV file that cannot be read: which file, line and column, and what was expected there.</summary>
public sealed class DataFileException(string file, int line, string column, string problem)
    : Exception($"{file}, line {line.ToString(CultureInfo.InvariantCulture)}, column {column}: {problem}")
{
    /// <summary>Name of the file.</summary>
    public string File { get; } = file;

    /// <summary>Line where the record starts, counted from 1.</summary>
    public int Line { get; } = line;

    /// <summary>Title of the column.</summary>
    public string Column { get; } = column;
}

/// <summary>One row of a CSV file, read by column title.</summary>
public readonly struct DataRow
{
    private readonly DataFile _file;
    private readonly string[] _cells;

    internal DataRow(DataFile file, string[] cells, int line) => (_file, _cells, Line) = (file, cells, line);

    /// <summary>Line number in the file, counted from 1.</summary>
    public int Line { get; }

    /// <summary>The cell under a column title, trimmed; may be empty.</summary>
    public string this[string column] => _cells[_file.Column(column)];

    /// <summary>The cell, which must not be empty.</summary>
    /// <exception cref="DataFileException">It is empty.</exception>
    public string Required(string column) =>
        this[column] is { Length: > 0 } text ? text : throw Wrong(column, "a value was expected, the cell is empty");

    /// <summary>The cell as a day, or null when empty.</summary>
    /// <exception cref="DataFileException">It is not an ISO 8601 day.</exception>
    public DateOnly? Day(string column)
    {
        var text = this[column];
        if (text.Length == 0) return null;
        return Dates.TryParse(text, out var day) ? day : throw Wrong(column, $"a day as YYYY-MM-DD was expected, found “{RefusedException.Shorten(text)}”");
    }

    /// <summary>The cell as a whole number, or null when empty.</summary>
    /// <exception cref="DataFileException">It is not a whole number.</exception>
    public int? Number(string column)
    {
        var text = this[column];
        if (text.Length == 0) return null;
        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var n)
            ? n : throw Wrong(column, $"a whole number was expected, found “{RefusedException.Shorten(text)}”");
    }

    /// <summary>The cell, which must be one of a list.</summary>
    /// <exception cref="DataFileException">It is something else.</exception>
    public string OneOf(string column, params IEnumerable<string> allowed)
    {
        var text = this[column];
        return allowed.Contains(text, StringComparer.Ordinal)
            ? text : throw Wrong(column, $"one of {string.Join(", ", allowed)} was expected, found “{RefusedException.Shorten(text)}”");
    }

    /// <summary>The exception that names this cell.</summary>
    public DataFileException Wrong(string column, string problem) => new(_file.Name, Line, column, problem);
}

/// <summary>A CSV file with a header row (RFC 4180, UTF-8).</summary>
public sealed class DataFile
{
    /// <summary>Records longer than this many bytes are refused; no fact needs more, and a stranger's file must stay bounded.</summary>
    private const int LongestRecord = 1 << 20;

    /// <summary>The reader lets a long record pass that lies whole in memory, so cells have a bound of their own.</summary>
    private const int LongestCell = 1 << 16;

    private readonly Dictionary<string, int> _columns;

    private DataFile(string name, Dictionary<string, int> columns) => (Name, _columns) = (name, columns);

    /// <summary>Name for error messages.</summary>
    public string Name { get; }

    /// <summary>The rows below the header.</summary>
    public IReadOnlyList<DataRow> Rows { get; private set; } = [];

    /// <summary>Reads a whole file.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="columns">The titles it must have; the order is free, an unknown title is an error.</param>
    /// <exception cref="DataFileException">The file cannot be understood.</exception>
    public static DataFile Read(string path, params string[] columns)
    {
        var name = Path.GetFileName(path);
        if (!File.Exists(path)) throw new DataFileException(name, 1, columns[0], "the file is missing");
        return Read(name, File.ReadAllBytes(path), columns);
    }

    /// <summary>Reads CSV text.</summary>
    /// <param name="name">Name for error messages.</param>
    /// <param name="content">The file's bytes, UTF-8.</param>
    /// <param name="columns">The titles it must have.</param>
    /// <exception cref="DataFileException">The text cannot be understood.</exception>
    public static DataFile Read(string name, byte[] content, params string[] columns)
    {
        if (!System.Text.Unicode.Utf8.IsValid(content)) throw new DataFileException(name, LineOfBadByte(content), columns[0], "the file is not UTF-8 text");
        using var reader = CsvReader.Create(content, new CsvReaderOptions
        {
            Separator = ',',
            TrimWhitespace = true,
            TrimInsideQuotes = true,
            MaxRecordSize = LongestRecord,
            TrackLineNumbers = true,
            MalformedData = CsvMalformedDataHandling.Throw,
            DetectSeparatorHint = false,
        });
        try
        {
            var titles = reader.Headers.ToArray();
            if (titles.Length == 0) throw new DataFileException(name, 1, columns[0], "a header row was expected, the file is empty");
            var index = new Dictionary<string, int>(StringComparer.Ordinal);
            for (var i = 0; i < titles.Length; i++)
            {
                if (!columns.Contains(titles[i], StringComparer.Ordinal))
                    throw new DataFileException(name, 1, RefusedException.Shorten(titles[i]), $"an unknown column; expected {string.Join(", ", columns)}");
                if (!index.TryAdd(titles[i], i)) throw new DataFileException(name, 1, titles[i], "the column stands twice");
            }

            foreach (var column in columns)
                if (!index.ContainsKey(column)) throw new DataFileException(name, 1, column, "the column is missing");

            var file = new DataFile(name, index);
            var rows = new List<DataRow>();
            while (reader.Read())
            {
                if (reader.FieldCount != titles.Length)
                    throw new DataFileException(name, (int)reader.LineNumber, titles[Math.Clamp(reader.FieldCount, 1, titles.Length) - 1], string.Create(CultureInfo.InvariantCulture, $"{titles.Length} cells were expected, found {reader.FieldCount}"));
                var cells = new string[titles.Length];
                for (var i = 0; i < cells.Length; i++) cells[i] = reader.GetString(i);
                if (Array.Find(cells, c => c.Length > LongestCell) is { } flood)
                    throw new DataFileException(name, (int)reader.LineNumber, titles[Array.IndexOf(cells, flood)], string.Create(CultureInfo.InvariantCulture, $"at most {LongestCell} characters were expected, found {flood.Length}"));
                rows.Add(new DataRow(file, cells, (int)reader.LineNumber));
            }

            file.Rows = rows;
            return file;
        }
        catch (CsvFormatException e)
        {
            throw new DataFileException(name, (int)Math.Max(e.LineNumber, 1), columns[Math.Clamp(e.FieldIndex, 0, columns.Length - 1)], "the quoting is broken: " + e.Message);
        }
    }

    private static int LineOfBadByte(ReadOnlySpan<byte> content)
    {
        var line = 1;
        while (!content.IsEmpty)
        {
            var end = content.IndexOf((byte)'\n') + 1;
            var one = end == 0 ? content : content[..end];
            if (!System.Text.Unicode.Utf8.IsValid(one)) break;
            line++;
            content = content[one.Length..];
        }

        return line;
    }

    internal int Column(string title) => _columns[title];
}
