using System.Text.Json;
using System.Xml;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using Palermo.Requests.Document;

namespace Palermo.Requests.Letter;

/// <summary>The letter as a Word document (ECMA-376) that can be edited and signed, its JSON twin inside as a custom XML part.</summary>
internal static class LetterDocx
{
    /// <summary>Namespace of the custom XML part whose text is the JSON twin.</summary>
    internal const string TwinNamespace = "urn:palermo:request:1";

    /// <summary>Media type of the file.</summary>
    internal const string MediaType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    /// <summary>Writes the file.</summary>
    /// <param name="letter">The letter.</param>
    /// <param name="beside">The same letter in another language, to stand beside it; null for one language.</param>
    internal static byte[] Write(LetterOfRequest letter, LetterOfRequest? beside)
    {
        using var file = new MemoryStream();
        using (var package = WordprocessingDocument.Create(file, WordprocessingDocumentType.Document))
        {
            var main = package.AddMainDocumentPart();
            Put(main.AddNewPart<StyleDefinitionsPart>(), DocxParts.Styles(letter.Language));
            Fill(main.AddNewPart<NumberingDefinitionsPart>(), w => DocxParts.Numbering(w, letter, beside));
            Put(main.AddNewPart<DocumentSettingsPart>(), DocxParts.Settings);
            var header = main.AddNewPart<HeaderPart>();
            Fill(header, w => DocxParts.Header(w, letter));
            var footer = main.AddNewPart<FooterPart>();
            Fill(footer, w => DocxParts.Footer(w, letter));
            Fill(main.AddCustomXmlPart(CustomXmlPartType.CustomXml), w => Twin(w, letter.Document));
            Fill(main, w => Body(new DocxWriter(w), letter, beside, main.GetIdOfPart(header), main.GetIdOfPart(footer)));
            package.PackageProperties.Title = letter.Title;
            package.PackageProperties.Creator = SafeText.Line(letter.Document.RequestingAuthority?.Name);
            package.PackageProperties.Subject = letter.Running;
            package.PackageProperties.Language = letter.Language.Code;
            package.PackageProperties.Identifier = letter.Document.Id?.ToString();
            package.PackageProperties.ContentStatus = letter.Draft ? "Draft" : "Final";
        }

        return file.ToArray();
    }

    /// <summary>The JSON twin's text as XML can hold it: what XML forbids is escaped, as JSON allows anywhere in its strings.</summary>
    internal static string TwinText(RequestDocument document)
    {
        var json = JsonSerializer.Serialize(document, DocumentJson.Readable.RequestDocument);
        return string.Concat(json.Select(c => c is '\uFFFE' or '\uFFFF' || (char.IsControl(c) && c is not '\n') ? $"\\u{(int)c:x4}" : c.ToString()));
    }

    private static void Twin(XmlWriter writer, RequestDocument document)
    {
        writer.WriteStartElement("request", TwinNamespace);
        writer.WriteAttributeString("schema", RequestDocument.SchemaName);
        writer.WriteString(TwinText(document));
        writer.WriteEndElement();
    }

    private static void Put(OpenXmlPart part, string xml)
    {
        using var stream = part.GetStream(FileMode.Create, FileAccess.Write);
        stream.Write(System.Text.Encoding.UTF8.GetBytes(xml));
    }

    private static void Fill(OpenXmlPart part, Action<XmlWriter> write)
    {
        using var stream = part.GetStream(FileMode.Create, FileAccess.Write);
        using var writer = XmlWriter.Create(stream, new XmlWriterSettings { Encoding = new System.Text.UTF8Encoding(false) });
        writer.WriteStartDocument(true);
        write(writer);
    }

    private static void Body(DocxWriter to, LetterOfRequest letter, LetterOfRequest? beside, string header, string footer)
    {
        to.Start("document");
        to.Start("body");
        if (beside is null)
        {
            foreach (var section in letter.Sections) Section(to, letter, section, 0);
        }
        else
        {
            foreach (var (first, second) in Pairs(letter, beside)) Pair(to, letter, first, beside, second);
        }

        to.Start("sectPr");
        to.Reference("headerReference", header);
        to.Reference("footerReference", footer);
        to.Empty("pgSz", ("w", "11906"), ("h", "16838"));
        to.Empty("pgMar", ("top", "1418"), ("right", "1304"), ("bottom", "1304"), ("left", "1304"), ("header", "680"), ("footer", "680"), ("gutter", "0"));
        if (letter.Language.RightToLeft) to.Empty("bidi");
        to.End();
        to.End();
        to.End();
    }

    /// <summary>Sections of two letters side by side; one that only one of them has stands alone.</summary>
    internal static IEnumerable<(LetterSection? First, LetterSection? Second)> Pairs(LetterOfRequest letter, LetterOfRequest beside)
    {
        var keys = letter.Sections.Select(s => s.Key).ToList();
        foreach (var section in beside.Sections.Where(s => !keys.Contains(s.Key, StringComparer.Ordinal))) keys.Add(section.Key);
        return keys.Select(k => (letter.Sections.FirstOrDefault(s => s.Key == k), beside.Sections.FirstOrDefault(s => s.Key == k)));
    }

    private static void Pair(DocxWriter to, LetterOfRequest letter, LetterSection? first, LetterOfRequest beside, LetterSection? second)
    {
        if ((first ?? second)!.OnNewPage) to.PageBreak();
        to.StartTable("LetterBeside", letter.Language.RightToLeft, DocxWriter.TextWidth, DocxWriter.TextWidth / 2, DocxWriter.TextWidth / 2);
        var rows = Math.Max(first?.Blocks.Count ?? 0, second?.Blocks.Count ?? 0);
        if (first?.Heading is not null || second?.Heading is not null) Row(() => Heading(to, letter, first, 0, true), () => Heading(to, beside, second, 1, true));
        for (var i = 0; i < rows; i++)
        {
            var n = i;
            Row(() => Nth(to, letter, first, n, 0), () => Nth(to, beside, second, n, 1));
        }

        to.End();
        to.Gap();

        void Row(Func<bool> left, Func<bool> right)
        {
            to.Start("tr");
            to.Cell(DocxWriter.TextWidth / 2, left);
            to.Cell(DocxWriter.TextWidth / 2, right);
            to.End();
        }
    }

    private static bool Nth(DocxWriter to, LetterOfRequest letter, LetterSection? section, int n, int side) =>
        section is not null && n < section.Blocks.Count && to.Block(section.Blocks[n], letter.Language, side, DocxWriter.TextWidth / 2 - 240);

    private static void Section(DocxWriter to, LetterOfRequest letter, LetterSection section, int side)
    {
        Heading(to, letter, section, side, false);
        foreach (var block in section.Blocks)
            if (!to.Block(block, letter.Language, side, DocxWriter.TextWidth)) to.Gap();
    }

    private static bool Heading(DocxWriter to, LetterOfRequest letter, LetterSection? section, int side, bool inTable)
    {
        if (section?.Heading is not { } heading) return false;
        to.StartParagraph(section.Numbered ? "Heading1" : "Heading2", letter.Language.RightToLeft, section.Numbered ? DocxParts.HeadingNumbering(side) : null, section.OnNewPage && !inTable);
        to.Run(new(heading, letter.Language.Code, PieceKind.Fixed, letter.Language.RightToLeft), letter.Language.RightToLeft);
        to.End();
        return true;
    }
}
