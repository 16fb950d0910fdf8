using System.Globalization;
using System.Xml.Linq;
using Palermo.Kernel;

namespace Palermo.Treaties.Import;

/// <summary>Reads the participants table, <c>Participants/Table/TGroup</c>: titles in <c>Thead/Row</c>, cells in <c>Tbody/Rows/Row</c>.</summary>
internal sealed class UntcXmlParticipants(StateDirectory states, List<UntcProblem> problems)
{
    private const int MostRows = 1_000;
    private const int MostColumns = 20;
    private const int LongestTitle = 500;
    private const int MostActsInCell = 4;

    /// <summary>The marks of the depositary's tables, printed in the column titles.</summary>
    private static readonly Dictionary<string, string> Marks = new(StringComparer.Ordinal)
    {
        ["A"] = "acceptance",
        ["AA"] = "approval",
        ["a"] = "accession",
        ["c"] = "formal-confirmation",
        ["d"] = "succession",
        ["s"] = "definitive-signature",
    };

    /// <summary>What a column title may list, folded, in English and French.</summary>
    private static readonly Dictionary<string, string> Words = new(StringComparer.Ordinal)
    {
        ["signature"] = "signature",
        ["successiontosignature"] = "signature",
        ["successionalasignature"] = "signature",
        ["definitivesignature"] = "definitive-signature",
        ["signaturedefinitive"] = "definitive-signature",
        ["ratification"] = "ratification",
        ["acceptance"] = "acceptance",
        ["acceptation"] = "acceptance",
        ["approval"] = "approval",
        ["approbation"] = "approval",
        ["accession"] = "accession",
        ["adhesion"] = "accession",
        ["succession"] = "succession",
        ["formalconfirmation"] = "formal-confirmation",
        ["confirmationformelle"] = "formal-confirmation",
    };

    private static readonly string[] FrenchWords =
        ["etat", "successionalasignature", "signaturedefinitive", "acceptation", "approbation", "adhesion", "confirmationformelle"];

    private readonly Dictionary<string, int> _rowOf = new(StringComparer.Ordinal);

    /// <summary>The acts, by row and column.</summary>
    internal List<UntcAct> Acts { get; } = [];

    /// <summary>Whether a title or a month is French.</summary>
    internal bool French { get; private set; }

    internal void Read(XElement treaty)
    {
        var tables = treaty.Elements().Where(e => e.Is("Participants")).SelectMany(p => p.Descendants()).ToList();
        var heads = tables.Where(e => e.Is("Thead")).SelectMany(h => h.Elements().Where(e => e.Is("Row"))).ToList();
        var bodies = tables.Where(e => e.Is("Tbody")).ToList();
        if (heads is not [var titles] || bodies is not [var body])
        {
            problems.Add(new(0, "Participants", string.Create(CultureInfo.InvariantCulture, $"One table with one row of titles was expected, found {heads.Count} rows of titles and {bodies.Count} tables.")));
            return;
        }

        var columns = Cells(titles).Select(Column.Read).ToList();
        if (!Understood(columns)) return;
        var number = 0;
        foreach (var row in body.Descendants().Where(e => e.Is("Row")))
        {
            if (++number > MostRows)
            {
                problems.Add(new(number, "", string.Create(CultureInfo.InvariantCulture, $"At most {MostRows} rows were expected.")));
                return;
            }

            ReadRow(Cells(row), columns, number);
        }
    }

    /// <summary>Whether every title is one we know; says which are not.</summary>
    private bool Understood(List<Column> columns)
    {
        var before = problems.Count;
        if (columns.Count > MostColumns) problems.Add(new(0, "", string.Create(CultureInfo.InvariantCulture, $"At most {MostColumns} columns were expected, found {columns.Count}.")));
        else if (columns.Count(c => c.HoldsNames) != 1) problems.Add(new(0, "Participant", "One column titled Participant was expected."));
        foreach (var column in columns.Take(MostColumns))
        {
            if (!column.HoldsNames && column.Codes is null)
                problems.Add(new(0, RefusedException.Shorten(column.Title), $"A column of signatures or of instruments deposited was expected, found “{RefusedException.Shorten(column.Title)}”."));
            French |= column.Parts.Any(p => FrenchWords.Contains(p, StringComparer.Ordinal));
        }

        return problems.Count == before;
    }

    private static List<string> Cells(XElement row) => [.. row.Elements().Where(e => e.Is("Entry")).Select(UntcXmlText.Plain)];

    private void ReadRow(List<string> cells, List<Column> columns, int row)
    {
        if (cells.TrueForAll(c => c.Length == 0)) return;
        if (cells.Count != columns.Count)
        {
            problems.Add(new(row, "", string.Create(CultureInfo.InvariantCulture, $"{columns.Count} cells were expected, found {cells.Count}.")));
            return;
        }

        var names = columns.FindIndex(c => c.HoldsNames);
        var name = UntcXmlText.WithoutMarks(cells[names]);
        var state = Participant(name, columns[names].Title, row);
        for (var i = 0; i < cells.Count; i++)
            if (i != names && cells[i].Length > 0) ReadCell(cells[i], columns[i], state?.Code ?? "", name, row);
    }

    private State? Participant(string name, string column, int row)
    {
        var state = name.Length is > 0 and <= LongestTitle ? states.FindByName(name) : null;
        if (state is null)
            problems.Add(new(row, column, $"The name of one state was expected, found “{RefusedException.Shorten(name)}”, which is unknown or stands for several."));
        else if (!_rowOf.TryAdd(state.Code, row))
            problems.Add(new(row, column, string.Create(CultureInfo.InvariantCulture, $"One row for each state was expected; rows {_rowOf[state.Code]} and {row} both name {state.Code} (“{RefusedException.Shorten(name)}”).")));
        return state;
    }

    private void ReadCell(string cell, Column column, string state, string name, int row)
    {
        var acts = Dated(cell);
        if (acts is null || acts.Count(a => !a.Bracketed) > 1)
        {
            problems.Add(new(row, column.Title, $"A day such as “22 Apr 2016 a” was expected for {RefusedException.Shorten(name)}, found “{RefusedException.Shorten(cell)}”."));
            return;
        }

        foreach (var (date, mark, bracketed) in acts)
        {
            if (column.ActionOf(mark) is { } action)
                Acts.Add(new(state, name, action, date, bracketed, row, column.Title));
            else
                problems.Add(new(row, column.Title, $"One of the column's actions was expected for {RefusedException.Shorten(name)}; “{RefusedException.Shorten(cell)}” leaves open which."));
        }
    }

    /// <summary>The acts in a cell, such as <c>[4 Aug 2016 A] 20 Jan 2021 A</c>; null when it holds anything else.</summary>
    private List<(DateOnly Date, string Mark, bool Bracketed)>? Dated(string cell)
    {
        var acts = new List<(DateOnly, string, bool)>();
        var rest = cell.AsSpan();
        while (!rest.IsEmpty)
        {
            if (acts.Count == MostActsInCell) return null;
            var close = rest[0] == '[' ? rest.IndexOf(']') : 0;
            if (close < 0) return null;
            var one = close > 0 ? rest[1..close].Trim() : rest;
            if (!UntcXmlDates.TryRead(ref one, out var date, out var french)) return null;
            French |= french;
            one = one.TrimStart();
            var letters = 0;
            while (letters < one.Length && char.IsAsciiLetter(one[letters])) letters++;
            if (letters > 2 || (close > 0 && letters < one.Length)) return null;
            acts.Add((date, one[..letters].ToString(), close > 0));
            rest = (close > 0 ? rest[(close + 1)..] : one[letters..]).TrimStart();
        }

        return acts;
    }

    /// <summary>A column by its title: <c>Ratification, Acceptance(A), Accession(a)</c> has an action without mark and two with.</summary>
    /// <param name="Title">The title.</param>
    /// <param name="Parts">What it lists, folded.</param>
    /// <param name="HoldsNames">Whether it holds the participants' names.</param>
    /// <param name="Default">The action of a date without mark; null when the title leaves it open.</param>
    /// <param name="Codes">The actions of its marks; null when the title is not understood.</param>
    private sealed record Column(string Title, IReadOnlyList<string> Parts, bool HoldsNames, string? Default, Dictionary<string, string>? Codes)
    {
        /// <summary>The action a mark stands for in this column; null when it has no meaning here.</summary>
        internal string? ActionOf(string mark)
        {
            if (mark.Length == 0) return Default;
            if (Codes!.TryGetValue(mark, out var action)) return action;
            if (Parts.Any(p => Words[p] is not ("signature" or "definitive-signature"))) return Marks.GetValueOrDefault(mark);
            return mark switch { "d" => "signature", "s" => "definitive-signature", _ => null };
        }

        internal static Column Read(string title)
        {
            if (title.Length is 0 or > LongestTitle) return new(title, [], false, null, null);
            var listed = title.Split([',', ';', '/'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Part).ToList();
            var parts = listed.ConvertAll(p => p.Word);
            if (parts is ["participant" or "participants" or "state" or "etat"]) return new(title, parts, true, null, null);

            var marked = new Dictionary<string, string>(StringComparer.Ordinal);
            var unmarked = new List<string>();
            foreach (var (word, mark) in listed)
            {
                if (!Words.TryGetValue(word, out var action)) return new(title, parts, false, null, null);
                if (mark.Length == 0) unmarked.Add(action);
                else if (!marked.TryAdd(mark, action)) return new(title, parts, false, null, null);
            }

            var plain = unmarked is [var only] ? only : listed.Count == 1 ? Words[parts[0]] : null;
            return new(title, parts, false, plain, parts.Count == 0 ? null : marked);
        }

        /// <summary><c>Accession(a)</c> as its folded word and its mark.</summary>
        private static (string Word, string Mark) Part(string text)
        {
            var open = text.EndsWith(')') ? text.LastIndexOf('(') : -1;
            return open < 0 ? (UntcXmlText.Fold(text), "") : (UntcXmlText.Fold(text[..open]), text[(open + 1)..^1].Trim());
        }
    }
}

/// <summary>Days as the depositary writes them, in English and French: <c>7 Jun 2004</c>, <c>1er août 2003</c>.</summary>
internal static class UntcXmlDates
{
    private static readonly string[] English =
        ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

    private static readonly string[] French =
        ["janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre", "novembre", "decembre"];

    /// <summary>The first day written in a text, or null.</summary>
    internal static DateOnly? Find(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsAsciiDigit(text[i]) || (i > 0 && char.IsLetterOrDigit(text[i - 1]))) continue;
            var rest = text.AsSpan(i);
            if (TryRead(ref rest, out var day)) return day;
        }

        return null;
    }

    /// <summary>Reads the day a text begins with and moves behind it.</summary>
    internal static bool TryRead(ref ReadOnlySpan<char> text, out DateOnly day) => TryRead(ref text, out day, out _);

    /// <summary>Reads the day a text begins with and moves behind it; says whether its month can only be French.</summary>
    internal static bool TryRead(ref ReadOnlySpan<char> text, out DateOnly day, out bool french)
    {
        (day, french) = (default, false);
        if (!Digits(ref text, 2, out var d)) return false;
        if (d == 1 && text.StartsWith("er", StringComparison.OrdinalIgnoreCase)) text = text[2..];
        text = text.TrimStart();
        var letters = 0;
        while (letters < text.Length && char.IsLetter(text[letters])) letters++;
        if (letters is < 3 or > 12) return false;
        var word = text[..letters].ToString();
        text = text[letters..];
        if (!text.IsEmpty && text[0] == '.') text = text[1..];
        text = text.TrimStart();
        if (!Digits(ref text, 4, out var year)) return false;
        var month = Month(UntcXmlText.Fold(word), out french);
        french |= !System.Text.Ascii.IsValid(word);
        if (month == 0 || year is < 1900 or > 2200 || d == 0 || d > DateTime.DaysInMonth(year, month)) return false;
        day = new DateOnly(year, month, d);
        return true;
    }

    /// <summary>A month by its name or the name's first letters, three at least; 0 when that is no month or more than one.</summary>
    private static int Month(string word, out bool french)
    {
        french = false;
        var month = 0;
        for (var i = 0; i < 12; i++)
        {
            var english = English[i].StartsWith(word, StringComparison.Ordinal);
            if (!english && !French[i].StartsWith(word, StringComparison.Ordinal)) continue;
            if (month != 0) return 0;
            (month, french) = (i + 1, !english);
        }

        return month;
    }

    private static bool Digits(ref ReadOnlySpan<char> text, int most, out int number)
    {
        var length = 0;
        while (length < text.Length && char.IsAsciiDigit(text[length])) length++;
        number = 0;
        if (length == 0 || length > most) return false;
        number = int.Parse(text[..length], NumberStyles.None, CultureInfo.InvariantCulture);
        text = text[length..];
        return true;
    }
}
