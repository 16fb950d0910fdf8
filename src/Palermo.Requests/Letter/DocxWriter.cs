using System.Globalization;
using System.Xml;
using Palermo.Kernel;

namespace Palermo.Requests.Letter;

/// <summary>Writes paragraphs and tables of WordprocessingML, members in the order its schema asks for.</summary>
internal sealed class DocxWriter(XmlWriter writer)
{
    /// <summary>Namespace of WordprocessingML.</summary>
    internal const string Namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

    /// <summary>Width of the text between the margins, in twentieths of a point.</summary>
    internal const int TextWidth = 11906 - 2 * 1304;

    private const string Relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    internal void Start(string name) => writer.WriteStartElement("w", name, Namespace);

    internal void End() => writer.WriteEndElement();

    internal void Empty(string name, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        Start(name);
        foreach (var (attribute, value) in attributes) writer.WriteAttributeString("w", attribute, Namespace, value);
        End();
    }

    internal void Reference(string name, string id)
    {
        Start(name);
        writer.WriteAttributeString("w", "type", Namespace, "default");
        writer.WriteAttributeString("r", "id", Relationships, id);
        End();
    }

    /// <summary>Starts a paragraph; runs follow, then <see cref="End"/>.</summary>
    internal void StartParagraph(string style, bool rightToLeft, int? numbering = null, bool onNewPage = false)
    {
        Start("p");
        Start("pPr");
        Empty("pStyle", ("val", style));
        if (onNewPage) Empty("pageBreakBefore");
        if (numbering is { } id)
        {
            Start("numPr");
            Empty("ilvl", ("val", "0"));
            Empty("numId", ("val", id.ToString(CultureInfo.InvariantCulture)));
            End();
        }

        if (rightToLeft) Empty("bidi");
        End();
    }

    /// <summary>A run with its language and direction.</summary>
    internal void Run(Piece piece, bool inRightToLeft)
    {
        Start("r");
        Start("rPr");
        if (piece.Kind is PieceKind.Mark) Empty("b");
        if (piece.Kind is PieceKind.Mark) Empty("bCs");
        if (piece.Kind is PieceKind.Mark or PieceKind.Untranslated) Empty("highlight", ("val", "yellow"));
        if (piece.RightToLeft) Empty("rtl");
        if (piece.Language.Length > 0) Empty("lang", piece.RightToLeft ? ("bidi", Tag(piece.Language)) : piece.Language is "zh" or "ja" or "ko" ? ("eastAsia", Tag(piece.Language)) : ("val", Tag(piece.Language)));
        else if (piece.Kind == PieceKind.Code) Empty("noProof");
        End();
        Text(Isolated(piece, inRightToLeft));
        End();
    }

    /// <summary>A text within a run.</summary>
    internal void Text(string text)
    {
        Start("t");
        writer.WriteAttributeString("xml", "space", null, "preserve");
        writer.WriteString(text);
        End();
    }

    /// <summary>A field that Word works out, such as the number of the page.</summary>
    internal void Field(string instruction)
    {
        Start("fldSimple");
        writer.WriteAttributeString("w", "instr", Namespace, instruction);
        Start("r");
        Text("1");
        End();
        End();
    }

    /// <summary>Starts a table; rows follow, then <see cref="End"/>.</summary>
    internal void StartTable(string style, bool rightToLeft, int width, params ReadOnlySpan<int> columns)
    {
        Start("tbl");
        Start("tblPr");
        Empty("tblStyle", ("val", style));
        if (rightToLeft) Empty("bidiVisual");
        Empty("tblW", ("w", width.ToString(CultureInfo.InvariantCulture)), ("type", "dxa"));
        Empty("tblLayout", ("type", "fixed"));
        Empty("tblLook", ("val", "0420"), ("firstRow", "1"), ("noVBand", "1"));
        End();
        Start("tblGrid");
        foreach (var column in columns) Empty("gridCol", ("w", column.ToString(CultureInfo.InvariantCulture)));
        End();
    }

    /// <summary>A cell; Word wants it to end with a paragraph, so one is added unless what was written ended with one.</summary>
    /// <param name="width">Its width.</param>
    /// <param name="content">Writes it and says whether it ended with a paragraph.</param>
    internal void Cell(int width, Func<bool> content)
    {
        Start("tc");
        Start("tcPr");
        Empty("tcW", ("w", width.ToString(CultureInfo.InvariantCulture)), ("type", "dxa"));
        End();
        if (!content()) Gap();
        End();
    }

    /// <summary>A small distance, which keeps tables apart.</summary>
    internal void Gap()
    {
        StartParagraph("LetterGap", false);
        End();
    }

    internal void PageBreak()
    {
        StartParagraph("LetterGap", false);
        Start("r");
        Empty("br", ("type", "page"));
        End();
        End();
    }

    /// <summary>A block; says whether it ended with a paragraph.</summary>
    internal bool Block(Block block, Language language, int side, int width)
    {
        if (block is Paragraph paragraph)
        {
            Paragraph(paragraph, DocxParts.StyleOf(paragraph.Role), paragraph.Role == ParagraphRole.Item ? DocxParts.ItemNumbering(side) : null);
            return true;
        }

        Grid((Grid)block, language, width);
        return false;
    }

    private void Paragraph(Paragraph paragraph, string style, int? numbering = null)
    {
        StartParagraph(style, paragraph.RightToLeft, numbering);
        foreach (var piece in paragraph.Pieces) Run(piece, paragraph.RightToLeft);
        End();
    }

    private void Grid(Grid grid, Language language, int width)
    {
        var first = grid.Columns.Count == 0 ? width * 3 / 10 : width / 5;
        var second = grid.Columns.Count == 0 ? width - first : width * 3 / 10;
        int[] widths = grid.Columns.Count == 0 ? [first, second] : [first, second, width - first - second];
        if (grid.Caption.Length > 0)
        {
            StartParagraph("LetterCaption", language.RightToLeft);
            Run(new(grid.Caption, language.Code, PieceKind.Fixed, language.RightToLeft), language.RightToLeft);
            End();
        }

        StartTable("LetterTable", language.RightToLeft, width, widths);
        if (grid.Columns.Count > 0)
        {
            Start("tr");
            Start("trPr");
            Empty("cantSplit");
            Empty("tblHeader");
            End();
            foreach (var (i, title) in grid.Columns.Index()) Cell(widths[i], () => Title(title, language));
            End();
        }

        foreach (var row in grid.Rows)
        {
            Start("tr");
            foreach (var (i, cell) in row.Index())
            {
                Cell(widths[i], () =>
                {
                    foreach (var paragraph in cell) Paragraph(paragraph, grid.Columns.Count == 0 && i == 0 ? "LetterCellTitle" : "LetterCell");
                    return cell.Count > 0;
                });
            }

            End();
        }

        if (grid.Rows.Count == 0 && grid.Columns.Count == 0)
        {
            Start("tr");
            Cell(widths[0], () => false);
            Cell(widths[1], () => false);
            End();
        }

        End();
    }

    private bool Title(string title, Language language)
    {
        StartParagraph("LetterCellTitle", language.RightToLeft);
        Run(new(title, language.Code, PieceKind.Fixed, language.RightToLeft), language.RightToLeft);
        End();
        return true;
    }

    /// <summary>Word shows isolates of the bidirectional algorithm as boxes in some fonts; left-to-right marks do the same work for numbers and codes.</summary>
    private static string Isolated(Piece piece, bool inRightToLeft)
    {
        var text = piece.Text.Replace('\u2066', '\u200E').Replace('\u2069', '\u200E');
        return inRightToLeft && !piece.RightToLeft ? $"\u200E{text}\u200E" : text;
    }

    private static string Tag(string language) => language switch { "ar" => "ar-SA", "zh" => "zh-CN", "en" => "en-GB", "fr" => "fr-FR", "es" => "es-ES", "pt" => "pt-BR", "ru" => "ru-RU", _ => language };
}
