using System.Buffers;
using System.Globalization;
using System.Net;
using System.Text;
using System.Xml.Linq;
using Palermo.Kernel;

namespace Palermo.Treaties.Import;

/// <summary>Plain text out of the file's elements and of the markup that stands escaped inside their text.</summary>
internal static class UntcXmlText
{
    private const int LongestText = 200_000;
    private const int MostTexts = 5_000;
    private const int LongestName = 120;

    /// <summary>What Windows-1252 has where ISO-8859-1 has the control characters U+0080 to U+009F; files that declare the one contain the other.</summary>
    private const string Windows1252 = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ";

    private static readonly SearchValues<char> FootnoteSigns = SearchValues.Create(" \t\r\n0123456789,;*");

    private static readonly char[] NameEndSigns = [' ', ',', ';', '*', .. "0123456789"];

    private static readonly (string Element, string Code)[] SectionCodes =
    [
        ("Declarations", "declarations"),
        ("Objections", "objections"),
        ("DeclarationsUnderArticle", "declarations-under-article"),
        ("Notifications", "notifications"),
        ("TerritorialApplications", "territorial-applications"),
        ("EndNotes", "end-notes"),
    ];

    /// <summary>Everything an element says, on one line; empty for none.</summary>
    internal static string Plain(XElement? element)
    {
        if (element is null) return "";
        var lines = new Lines((_, _) => { });
        lines.Walk(element);
        return string.Join(' ', lines.All);
    }

    /// <summary>A name without the footnote marks behind it: <c>Serbia 2,3</c> is <c>Serbia</c>.</summary>
    internal static string WithoutMarks(string name) => name.TrimEnd(NameEndSigns);

    /// <summary>The letters of a text, in lower case and without accents.</summary>
    internal static string Fold(string text) =>
        string.Concat(text.Normalize(NormalizationForm.FormD).Where(char.IsLetter)).ToLowerInvariant();

    /// <summary>The sections that follow the table, split where a block or a row's first cell is the name of a state.</summary>
    internal static List<UntcText> Sections(XElement treaty, StateDirectory states, List<UntcProblem> problems)
    {
        var texts = new List<UntcText>();
        foreach (var element in treaty.Elements())
        {
            var (name, code) = SectionCodes.FirstOrDefault(s => element.Is(s.Element));
            if (code is null) continue;
            var section = new Section(code, states, texts);
            var lines = new Lines(section.Line) { Left = section.Left, Row = section.Row };
            lines.Walk(element);
            section.End();
            if (section.TooLong is { } whose)
                problems.Add(new(0, name, string.Create(CultureInfo.InvariantCulture, $"A text of at most {LongestText} characters was expected; the one of {(whose.Length == 0 ? "no state" : whose)} is longer.")));
        }

        if (texts.Count <= MostTexts) return texts;
        problems.Add(new(0, "", string.Create(CultureInfo.InvariantCulture, $"At most {MostTexts} texts were expected, found {texts.Count}.")));
        return [];
    }

    /// <summary>Cuts elements into lines: an element ends a line unless it only sets letters differently.</summary>
    private sealed class Lines(Action<string, XElement> found)
    {
        private readonly StringBuilder _line = new();

        internal List<string> All { get; } = [];

        /// <summary>Told when an element ends.</summary>
        internal Action<XElement>? Left { get; init; }

        /// <summary>Takes the rows of tables, when set.</summary>
        internal Action<XElement>? Row { get; init; }

        internal void Walk(XElement element)
        {
            foreach (var node in element.Nodes())
            {
                if (node is XText text) Append(text.Value, element);
                if (node is not XElement child) continue;
                if (IsInline(child.Name.LocalName)) Inline(child);
                else if (Row is not null && child.Is("Row")) TakeRow(child, element);
                else Block(child, element);
            }

            EndLine(element);
        }

        private void Block(XElement child, XElement parent)
        {
            EndLine(parent);
            Walk(child);
            Left?.Invoke(child);
        }

        private void TakeRow(XElement row, XElement parent)
        {
            EndLine(parent);
            Row!(row);
        }

        private void Inline(XElement element)
        {
            var mark = IsSuperscript(element.Name.LocalName) && IsFootnote(element.Value);
            if (mark) return;
            foreach (var node in element.Nodes())
            {
                if (node is XText text) Append(text.Value, element);
                else if (node is XElement child && IsInline(child.Name.LocalName)) Inline(child);
                else if (node is XElement block) Block(block, element);
            }
        }

        /// <summary>Adds text in which tags may stand escaped; what is no tag stays as it is.</summary>
        private void Append(string text, XElement within)
        {
            var rest = text.AsSpan();
            while (!rest.IsEmpty)
            {
                var open = rest.IndexOf('<');
                _line.Append(open < 0 ? rest : rest[..open]);
                if (open < 0) return;
                rest = rest[open..];
                var name = Tag(rest, out var length);
                if (name.IsEmpty)
                {
                    _line.Append('<');
                    rest = rest[1..];
                    continue;
                }

                var closing = rest[1] == '/';
                rest = rest[length..];
                if (!closing && IsSuperscript(name)) rest = rest[Footnote(rest)..];
                else if (!IsInline(name)) EndLine(within);
            }
        }

        private void EndLine(XElement within)
        {
            if (_line.Length == 0) return;
            var line = Clean(_line.ToString());
            _line.Clear();
            if (line.Length == 0) return;
            All.Add(line);
            found(line, within);
        }

        /// <summary>The name of the tag a text begins with, and the tag's length; empty when that is no tag.</summary>
        private static ReadOnlySpan<char> Tag(ReadOnlySpan<char> text, out int length)
        {
            length = 0;
            var from = text.Length > 1 && text[1] == '/' ? 2 : 1;
            var to = from;
            while (to < text.Length && char.IsAsciiLetterOrDigit(text[to])) to++;
            if (to == from || !char.IsAsciiLetter(text[from])) return default;
            var end = text[to..].IndexOfAny('<', '>');
            if (end < 0 || text[to + end] != '>') return default;
            length = to + end + 1;
            return text[from..to];
        }

        /// <summary>How much of a text is a footnote mark that a superscript tag opened.</summary>
        private static int Footnote(ReadOnlySpan<char> text)
        {
            var end = text.IndexOf('<');
            return end > 0 && IsFootnote(text[..end]) ? end : 0;
        }

        private static bool IsFootnote(ReadOnlySpan<char> text) => !text.ContainsAnyExcept(FootnoteSigns);

        private static bool IsSuperscript(ReadOnlySpan<char> name) =>
            name.Equals("superscript", StringComparison.OrdinalIgnoreCase) || name.Equals("sup", StringComparison.OrdinalIgnoreCase);

        private static bool IsInline(ReadOnlySpan<char> name)
        {
            if (IsSuperscript(name) || name.Length > 9) return IsSuperscript(name);
            Span<char> lower = stackalloc char[9];
            return lower[..name.ToLowerInvariant(lower)] is "a" or "b" or "i" or "u" or "em" or "strong" or "sub" or "subscript" or "span" or "font" or "small" or "bold" or "italic" or "underline";
        }
    }

    /// <summary>One section while its lines come in.</summary>
    private sealed class Section(string code, StateDirectory states, List<UntcText> texts)
    {
        private readonly StringBuilder _text = new();
        private readonly List<string> _headings = [];
        private string _state = "";
        private XElement? _scope;

        /// <summary>The state whose text is too long, empty for none's; null when no text is.</summary>
        internal string? TooLong { get; private set; }

        /// <summary>A paragraph: the name of a state begins that state's text.</summary>
        internal void Line(string line, XElement within)
        {
            if (StateOf(line) is { } state) Begin(state, line, within);
            else Add(line);
        }

        /// <summary>A heading is for its own element; when that holds nothing else, for the one around it.</summary>
        internal void Left(XElement element)
        {
            if (element.Is("Table")) End();
            else if (element != _scope) return;
            else if (_text.Length == 0) _scope = element.Parent;
            else End();
        }

        /// <summary>A row of a table: its first cell names the state, the others never do; an empty one continues the row above.</summary>
        internal void Row(XElement row)
        {
            var cells = row.Elements().Select(Plain).ToList();
            if (cells.Count > 0 && cells[0].Length > 0)
            {
                if (StateOf(cells[0]) is { } state) Begin(state, cells[0], null);
                else
                {
                    End();
                    Add(cells[0]);
                }
            }

            foreach (var cell in cells.Skip(1).Where(c => c.Length > 0)) Add(cell);
        }

        /// <summary>Ends the text under way.</summary>
        internal void End()
        {
            if (_headings.Count != 1 || _text.Length == 0)
            {
                // Names with nothing between them are a list, not headings; what follows is nobody's in particular.
                if (_headings.Count > 0) _text.Insert(0, string.Join('\n', _headings) + (_text.Length > 0 ? "\n" : ""));
                _state = "";
            }

            if (_text.Length > 0) texts.Add(new UntcText(_state, code, _text.ToString()));
            _text.Clear();
            _headings.Clear();
            (_state, _scope) = ("", null);
        }

        private void Begin(State state, string heading, XElement? within)
        {
            if (_text.Length > 0 || _headings.Count == 0) End();
            _headings.Add(heading);
            (_state, _scope) = (state.Code, within);
        }

        private void Add(string line)
        {
            if (TooLong is not null) return;
            if (_text.Length + line.Length >= LongestText)
            {
                TooLong = _state;
                return;
            }

            if (_text.Length > 0) _text.Append('\n');
            _text.Append(line);
        }

        private State? StateOf(string line) => line.Length <= LongestName ? states.FindByName(WithoutMarks(line)) : null;
    }

    /// <summary>A line with entities resolved, blanks collapsed, and without control characters and marks that turn the reading direction.</summary>
    private static string Clean(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var raw in WebUtility.HtmlDecode(text))
        {
            var c = raw is >= '\u0080' and <= '\u009F' ? Windows1252[raw - '\u0080'] : raw;
            if (char.IsWhiteSpace(c))
            {
                if (result.Length > 0 && result[^1] != ' ') result.Append(' ');
            }
            else if (!char.IsControl(c) && !IsHidden(c)) result.Append(c);
        }

        return result.ToString().TrimEnd();
    }

    private static bool IsHidden(char c) =>
        c is '\u00AD' or '\u200B' or '\uFEFF' || Kernel.Plain.IsDirection(c);
}
