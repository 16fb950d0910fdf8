using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Palermo.Kernel;
using Palermo.Requests.Document;

namespace Palermo.Requests.Letter;

/// <summary>The letter as one page that refers to nothing outside itself, ready for paper, its JSON twin inside.</summary>
internal static class LetterHtml
{
    /// <summary>Identifier of the element whose text is the JSON twin.</summary>
    internal const string TwinId = "palermo-request";

    /// <summary>Media type of the file.</summary>
    internal const string MediaType = "text/html; charset=utf-8";

    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private static readonly Lazy<string> Style = new(ReadStyle);

    /// <summary>The whole page, to be saved; never to be shown from our origin, where style sheets of a page's own are not allowed.</summary>
    internal static string Page(LetterOfRequest letter, LetterOfRequest? beside)
    {
        var to = new StringBuilder(64 * 1024);
        to.Append("<!DOCTYPE html>\n<html lang=\"").Append(Attribute(letter.Language.Code)).Append("\" dir=\"").Append(letter.Language.Direction).Append("\">\n<head>\n<meta charset=\"utf-8\">\n")
            .Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"referrer\" content=\"no-referrer\">\n")
            .Append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<title>").Append(Encoder.Encode(Title(letter))).Append("</title>\n<style>\n")
            .Append(Style.Value).Append(Paper(letter)).Append("</style>\n</head>\n<body class=\"p-letter-page\">\n");
        Write(to, letter, beside);

        // The serializer escapes what could end the element: <, > and & never stand in the JSON itself.
        to.Append("\n<script type=\"application/json\" id=\"").Append(TwinId).Append("\">")
            .Append(JsonSerializer.Serialize(letter.Document, DocumentJson.Readable.RequestDocument)).Append("</script>\n</body>\n</html>\n");
        return to.ToString();
    }

    /// <summary>The letter alone, for a page of ours whose style sheet knows its classes.</summary>
    internal static string Fragment(LetterOfRequest letter, LetterOfRequest? beside)
    {
        var to = new StringBuilder(32 * 1024);
        Write(to, letter, beside);
        return to.ToString();
    }

    private static string Title(LetterOfRequest letter) => letter.Running.Length > 0 ? $"{letter.Title} · {letter.Running}" : letter.Title;

    private static void Write(StringBuilder to, LetterOfRequest letter, LetterOfRequest? beside)
    {
        to.Append("<article class=\"p-letter").Append(beside is null ? "" : " p-letter--beside").Append("\" lang=\"").Append(Attribute(letter.Language.Code)).Append("\" dir=\"").Append(letter.Language.Direction).Append("\">\n");
        if (beside is null)
        {
            foreach (var section in letter.Sections)
            {
                Open(to, section);
                Heading(to, section);
                foreach (var block in section.Blocks) Block(to, block);
                to.Append("</section>\n");
            }
        }
        else
        {
            foreach (var (first, second) in LetterDocx.Pairs(letter, beside)) Pair(to, letter, first, beside, second);
        }

        to.Append("</article>");
    }

    private static void Open(StringBuilder to, LetterSection section) => to.Append("<section class=\"p-letter__section").Append(section.OnNewPage ? " p-letter__section--page" : "").Append("\">\n");

    private static void Pair(StringBuilder to, LetterOfRequest letter, LetterSection? first, LetterOfRequest beside, LetterSection? second)
    {
        Open(to, (first ?? second)!);
        to.Append("<table class=\"p-letter__beside\" role=\"presentation\"><tbody>\n");
        if (first?.Heading is not null || second?.Heading is not null) Row(() => Side(first, Heading), () => Side(second, Heading));
        for (var i = 0; i < Math.Max(first?.Blocks.Count ?? 0, second?.Blocks.Count ?? 0); i++)
        {
            var n = i;
            Row(() => Nth(first, n), () => Nth(second, n));
        }

        to.Append("</tbody></table></section>\n");

        void Row(Action left, Action right)
        {
            to.Append("<tr>");
            Cell(letter.Language, "first", left);
            Cell(beside.Language, "second", right);
            to.Append("</tr>\n");
        }

        void Cell(Language language, string side, Action content)
        {
            to.Append("<td class=\"p-letter__").Append(side).Append("\" lang=\"").Append(language.Code).Append("\" dir=\"").Append(language.Direction).Append("\">");
            content();
            to.Append("</td>");
        }

        void Side(LetterSection? section, Action<StringBuilder, LetterSection> write)
        {
            if (section is not null) write(to, section);
        }

        void Nth(LetterSection? section, int n)
        {
            if (section is not null && n < section.Blocks.Count) Block(to, section.Blocks[n]);
        }
    }

    private static void Heading(StringBuilder to, LetterSection section)
    {
        if (section.Heading is not { } heading) return;
        to.Append("<h2 class=\"p-letter__heading").Append(section.Numbered ? " p-letter__heading--numbered" : "").Append("\">").Append(Encoder.Encode(heading)).Append("</h2>\n");
    }

    private static void Block(StringBuilder to, Block block)
    {
        if (block is Paragraph paragraph)
        {
            Paragraph(to, paragraph);
            return;
        }

        var grid = (Grid)block;
        to.Append("<table class=\"p-letter__table").Append(grid.Columns.Count == 0 ? " p-letter__table--facts" : "").Append("\">");
        if (grid.Caption.Length > 0) to.Append("<caption>").Append(Encoder.Encode(grid.Caption)).Append("</caption>");
        if (grid.Columns.Count > 0)
        {
            to.Append("<thead><tr>");
            foreach (var title in grid.Columns) to.Append("<th scope=\"col\">").Append(Encoder.Encode(title)).Append("</th>");
            to.Append("</tr></thead>");
        }

        to.Append("<tbody>\n");
        foreach (var row in grid.Rows)
        {
            to.Append("<tr>");
            foreach (var (i, cell) in row.Index())
            {
                var title = grid.Columns.Count == 0 && i == 0;
                to.Append(title ? "<th scope=\"row\">" : "<td>");
                if (title) foreach (var piece in cell.SelectMany(p => p.Pieces)) Piece(to, piece);
                else foreach (var one in cell) Paragraph(to, one);
                to.Append(title ? "</th>" : "</td>");
            }

            to.Append("</tr>\n");
        }

        to.Append("</tbody></table>\n");
    }

    private static void Paragraph(StringBuilder to, Paragraph paragraph)
    {
        var tag = paragraph.Role == ParagraphRole.Title ? "h1" : "p";
        to.Append('<').Append(tag).Append(" class=\"p-letter__").Append(paragraph.Role.ToString().ToLowerInvariant()).Append("\" dir=\"").Append(paragraph.RightToLeft ? "rtl" : "ltr").Append("\">");
        foreach (var piece in paragraph.Pieces) Piece(to, piece);
        to.Append("</").Append(tag).Append(">\n");
    }

    private static void Piece(StringBuilder to, Piece piece)
    {
        var (tag, mark) = piece.Kind switch
        {
            PieceKind.Fixed => ("", ""),
            PieceKind.Mark => ("strong", " class=\"p-letter__mark\""),
            PieceKind.Untranslated => ("mark", " class=\"p-letter__untranslated\""),
            PieceKind.Code => ("bdi", " class=\"p-letter__code\""),
            _ => ("bdi", ""),
        };
        if (tag.Length > 0)
        {
            to.Append('<').Append(tag).Append(mark);
            if (piece.Language.Length > 0) to.Append(" lang=\"").Append(Attribute(piece.Language)).Append('"');
            to.Append(" dir=\"").Append(piece.RightToLeft ? "rtl" : "ltr").Append("\">");
        }

        to.Append(Encoder.Encode(piece.Text));
        if (tag.Length > 0) to.Append("</").Append(tag).Append('>');
    }

    /// <summary>Paper, with number and marks at the head of every page and the page's number at its foot.</summary>
    private static string Paper(LetterOfRequest letter)
    {
        var page = letter.PageOf.Replace("{pages}", "\n2\n", StringComparison.Ordinal).Replace("{page}", "\n1\n", StringComparison.Ordinal).Split('\n')
            .Select(part => part switch { "1" => "counter(page)", "2" => "counter(pages)", _ => Css(part) });
        var side = letter.Language.RightToLeft ? "right" : "left";
        const string font = "font: 8.5pt \"Times New Roman\", \"Liberation Serif\", \"Noto Naskh Arabic\", \"SimSun\", serif; color: #404040;";
        return $$"""
            @page { size: A4; margin: 25mm 23mm 23mm; @bottom-center { content: {{string.Join(' ', page)}}; {{font}} } @top-{{side}} { content: {{Css(letter.Running)}}; {{font}} } }

            """;
    }

    /// <summary>A text as a string of a style sheet: every character that is not a plain letter or digit is escaped, so that nothing ends the string or the element.</summary>
    private static string Css(string text) => "\"" + string.Concat(text.EnumerateRunes().Select(r =>
        r.IsAscii && (char.IsAsciiLetterOrDigit((char)r.Value) || r.Value == ' ') ? r.ToString() : string.Create(CultureInfo.InvariantCulture, $"\\{r.Value:x} "))) + "\"";

    private static string Attribute(string text) => Encoder.Encode(text);

    private static string ReadStyle()
    {
        using var stream = typeof(LetterHtml).Assembly.GetManifestResourceStream("letter.css") ?? throw new InvalidOperationException("The letter's style sheet is not in the program.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
