using System.Globalization;
using System.Xml;
using Palermo.Kernel;

namespace Palermo.Requests.Letter;

/// <summary>Styles, numbering, settings, header and footer of the Word document.</summary>
internal static class DocxParts
{
    private const string Open = $"xmlns:w=\"{DocxWriter.Namespace}\"";

    /// <summary>Compatibility with Word 2013 and later, so that nothing opens in compatibility mode.</summary>
    internal const string Settings = $"""
        <w:settings {Open}><w:zoom w:percent="100"/><w:defaultTabStop w:val="708"/><w:characterSpacingControl w:val="doNotCompress"/><w:compat>
        <w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>
        """;

    internal static int HeadingNumbering(int side) => 1 + 2 * side;

    internal static int ItemNumbering(int side) => 2 + 2 * side;

    internal static string StyleOf(ParagraphRole role) => role == ParagraphRole.Body ? "Normal" : "Letter" + role;

    /// <summary>The styles; the language is the one of the first column.</summary>
    internal static string Styles(Language language)
    {
        var latin = language.Code is "ar" or "zh" ? "en-GB" : language.Code;
        return $"""
            <w:styles {Open}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:eastAsia="SimSun" w:hAnsi="Times New Roman" w:cs="Times New Roman"/><w:sz w:val="23"/><w:szCs w:val="25"/>
            <w:lang w:val="{latin}" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="269" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>
            <w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>
            <w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/>
            <w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>
            {Paragraph("Heading1", "heading 1", "<w:keepNext/><w:keepLines/><w:spacing w:before=\"320\" w:after=\"120\"/><w:outlineLvl w:val=\"0\"/>", Bold + Size(25, 27))}
            {Paragraph("Heading2", "heading 2", "<w:keepNext/><w:keepLines/><w:spacing w:before=\"0\" w:after=\"240\"/><w:outlineLvl w:val=\"1\"/>", Bold + Size(27, 29))}
            {Paragraph("Header", "header", "<w:spacing w:after=\"0\"/>", "<w:color w:val=\"404040\"/>" + Size(17, 19))}
            {Paragraph("Footer", "footer", "<w:spacing w:after=\"0\"/><w:jc w:val=\"center\"/>", "<w:color w:val=\"404040\"/>" + Size(17, 19))}
            {Paragraph("LetterBanner", "Letter mark", "<w:spacing w:after=\"40\"/>", Bold + "<w:spacing w:val=\"20\"/>" + Size(21, 23))}
            {Paragraph("LetterState", "Letter state", "<w:spacing w:before=\"120\" w:after=\"0\"/>", Bold + Size(27, 29))}
            {Paragraph("LetterSender", "Letter sender", "<w:spacing w:after=\"0\"/>", Size(21, 23))}
            {Paragraph("LetterReference", "Letter reference", "<w:spacing w:before=\"160\" w:after=\"0\"/>", Size(21, 23))}
            {Paragraph("LetterTo", "Letter to", "<w:spacing w:before=\"320\" w:after=\"0\"/>", "")}
            {Paragraph("LetterAddressee", "Letter addressee", "<w:spacing w:before=\"0\" w:after=\"0\"/>", "")}
            {Paragraph("LetterTitle", "Title", "<w:keepNext/><w:spacing w:before=\"480\" w:after=\"280\"/><w:jc w:val=\"center\"/>", Bold + Size(31, 33))}
            {Paragraph("LetterLabel", "Letter label", "<w:keepNext/><w:spacing w:before=\"160\" w:after=\"40\"/>", Bold)}
            {Paragraph("LetterItem", "Letter measure", "<w:keepNext/><w:spacing w:before=\"200\" w:after=\"60\"/>", Bold)}
            {Paragraph("LetterItemText", "Letter measure text", "<w:ind w:left=\"567\"/>", "")}
            {Paragraph("LetterClosing", "Closing", "<w:spacing w:before=\"480\"/>", "")}
            {Paragraph("LetterNote", "Letter note", "", "<w:i/><w:iCs/><w:color w:val=\"404040\"/>" + Size(19, 21))}
            {Paragraph("LetterLine", "Letter line", "<w:pBdr><w:bottom w:val=\"single\" w:sz=\"4\" w:space=\"1\" w:color=\"404040\"/><w:between w:val=\"single\" w:sz=\"4\" w:space=\"1\" w:color=\"404040\"/></w:pBdr><w:spacing w:before=\"640\" w:after=\"0\"/>", "<w:color w:val=\"404040\"/>" + Size(19, 21))}
            {Paragraph("LetterSeal", "Letter seal", "<w:spacing w:before=\"1600\" w:after=\"0\"/><w:jc w:val=\"center\"/>", "<w:color w:val=\"404040\"/>" + Size(19, 21))}
            {Paragraph("LetterGap", "Letter gap", "<w:spacing w:after=\"0\" w:line=\"120\" w:lineRule=\"exact\"/>", Size(8, 8))}
            {Paragraph("LetterCaption", "caption", "<w:keepNext/><w:spacing w:before=\"160\" w:after=\"60\"/>", Bold)}
            {Paragraph("LetterCell", "Letter cell", "<w:spacing w:before=\"30\" w:after=\"30\" w:line=\"252\" w:lineRule=\"auto\"/>", Size(21, 23))}
            {Paragraph("LetterCellTitle", "Letter cell title", "<w:spacing w:before=\"30\" w:after=\"30\" w:line=\"252\" w:lineRule=\"auto\"/>", "<w:color w:val=\"404040\"/>" + Size(19, 21))}
            <w:style w:type="table" w:customStyle="1" w:styleId="LetterTable"><w:name w:val="Letter table"/><w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>{Border("top", "808080")}{Border("bottom", "808080")}{Border("insideH", "C0C0C0")}</w:tblBorders></w:tblPr></w:style>
            <w:style w:type="table" w:customStyle="1" w:styleId="LetterBeside"><w:name w:val="Letter side by side"/><w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>{Border("insideV", "C0C0C0")}</w:tblBorders></w:tblPr></w:style></w:styles>
            """;
    }

    /// <summary>Numbers of headings and of measures, for each column its own, as its language counts.</summary>
    internal static void Numbering(XmlWriter writer, LetterOfRequest letter, LetterOfRequest? beside)
    {
        var to = new DocxWriter(writer);
        to.Start("numbering");
        LetterOfRequest[] sides = beside is null ? [letter] : [letter, beside];
        foreach (var (side, one) in sides.Index())
        {
            var chinese = one.Language.Code == "zh";
            Abstract(to, HeadingNumbering(side), chinese ? "chineseCountingThousand" : "decimal", chinese ? "%1、" : "%1.", 425);
            Abstract(to, ItemNumbering(side), chinese ? "chineseCountingThousand" : "decimal", chinese ? "（%1）" : "(%1)", 567);
        }

        for (var id = 1; id <= 2 * sides.Length; id++)
        {
            to.Start("num");
            writer.WriteAttributeString("w", "numId", DocxWriter.Namespace, Text(id));
            to.Empty("abstractNumId", ("val", Text(id)));
            to.End();
        }

        to.End();

        void Abstract(DocxWriter abstracts, int id, string format, string text, int indent)
        {
            abstracts.Start("abstractNum");
            writer.WriteAttributeString("w", "abstractNumId", DocxWriter.Namespace, Text(id));
            abstracts.Empty("multiLevelType", ("val", "singleLevel"));
            abstracts.Start("lvl");
            writer.WriteAttributeString("w", "ilvl", DocxWriter.Namespace, "0");
            abstracts.Empty("start", ("val", "1"));
            abstracts.Empty("numFmt", ("val", format));
            abstracts.Empty("lvlText", ("val", text));
            abstracts.Empty("lvlJc", ("val", "left"));
            abstracts.Start("pPr");
            abstracts.Empty("ind", ("left", Text(indent)), ("hanging", Text(indent)));
            abstracts.End();
            abstracts.End();
            abstracts.End();
        }
    }

    /// <summary>Number and marks at the head of every page.</summary>
    internal static void Header(XmlWriter writer, LetterOfRequest letter)
    {
        var to = new DocxWriter(writer);
        to.Start("hdr");
        to.StartParagraph("Header", letter.Language.RightToLeft);
        to.Run(new(letter.Running, letter.Language.Code, PieceKind.Fixed, letter.Language.RightToLeft), letter.Language.RightToLeft);
        to.End();
        to.End();
    }

    /// <summary>Number of the page and of pages at the foot.</summary>
    internal static void Footer(XmlWriter writer, LetterOfRequest letter)
    {
        var to = new DocxWriter(writer);
        var rightToLeft = letter.Language.RightToLeft;
        to.Start("ftr");
        to.StartParagraph("Footer", rightToLeft);
        foreach (var part in letter.PageOf.Replace("{pages}", "\n2\n", StringComparison.Ordinal).Replace("{page}", "\n1\n", StringComparison.Ordinal).Split('\n'))
        {
            if (part is "1" or "2") to.Field(part == "1" ? "PAGE" : "NUMPAGES");
            else if (part.Length > 0) to.Run(new(part, letter.Language.Code, PieceKind.Fixed, rightToLeft), rightToLeft);
        }

        to.End();
        to.End();
    }

    private const string Bold = "<w:b/><w:bCs/>";

    private static string Text(int n) => n.ToString(CultureInfo.InvariantCulture);

    private static string Size(int halfPoints, int complex) => string.Create(CultureInfo.InvariantCulture, $"<w:sz w:val=\"{halfPoints}\"/><w:szCs w:val=\"{complex}\"/>");

    private static string Border(string side, string colour) => $"<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"{colour}\"/>";

    private static string Paragraph(string id, string name, string layout, string look) =>
        $"<w:style w:type=\"paragraph\"{(id.StartsWith("Letter", StringComparison.Ordinal) ? " w:customStyle=\"1\"" : "")} w:styleId=\"{id}\"><w:name w:val=\"{name}\"/><w:basedOn w:val=\"Normal\"/><w:qFormat/><w:pPr>{layout}</w:pPr><w:rPr>{look}</w:rPr></w:style>";
}
