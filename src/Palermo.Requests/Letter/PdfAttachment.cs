using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Palermo.Requests.Letter;

/// <summary>Attaches a text file to a PDF by an incremental update, which leaves every byte before it as it was.</summary>
/// <remarks>Source: ISO 32000-1:2008, 7.5.6 (incremental updates), 7.11.4 (embedded file streams), 7.7.4 (name dictionary).</remarks>
internal static partial class PdfAttachment
{
    /// <summary>The PDF with the attachment; unchanged when it is not built as Chromium builds it, with a plain cross-reference table.</summary>
    /// <param name="pdf">The file.</param>
    /// <param name="name">Name of the attachment, plain letters.</param>
    /// <param name="json">Its text.</param>
    internal static byte[] Add(byte[] pdf, string name, string json)
    {
        // Bytes and characters correspond one to one, so that positions in the text are positions in the file.
        var text = Encoding.Latin1.GetString(pdf);
        var start = text.LastIndexOf("startxref", StringComparison.Ordinal);
        if (start < 0 || !TryNumber(text, start + "startxref".Length, out var table) || table >= text.Length || string.CompareOrdinal(text, table, "xref", 0, 4) != 0) return pdf;
        var trailerAt = text.IndexOf("trailer", table, StringComparison.Ordinal);
        if (trailerAt < 0) return pdf;
        var trailer = text[trailerAt..start];
        if (Size().Match(trailer) is not { Success: true } count || Root().Match(trailer) is not { Success: true } root || trailer.Contains("/Encrypt", StringComparison.Ordinal)) return pdf;
        var size = Number(count.Groups["n"].Value);
        var catalogue = Number(root.Groups["n"].Value);
        if (Dictionary(text, table, trailerAt, catalogue) is not { } old || old.Contains("/Names", StringComparison.Ordinal)) return pdf;

        var update = new StringBuilder(text.EndsWith('\n') ? "" : "\n");
        var (fileAt, specAt, catalogueAt) = (0, 0, 0);
        var body = Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(json));
        var reference = FormattableString.Invariant($"{size + 1} 0 R");
        fileAt = pdf.Length + update.Length;
        update.Append(CultureInfo.InvariantCulture, $"{size} 0 obj\n<</Type /EmbeddedFile /Subtype /application#2Fjson /Params <</Size {body.Length}>> /Length {body.Length}>>\nstream\n").Append(body).Append("\nendstream\nendobj\n");
        specAt = pdf.Length + update.Length;
        update.Append(CultureInfo.InvariantCulture, $"{size + 1} 0 obj\n<</Type /Filespec /F ({name}) /UF ({name}) /AFRelationship /Data /EF <</F {size} 0 R /UF {size} 0 R>>>>\nendobj\n");
        catalogueAt = pdf.Length + update.Length;
        update.Append(CultureInfo.InvariantCulture, $"{catalogue} 0 obj\n<<{old}\n/AF [{reference}] /Names <</EmbeddedFiles <</Names [({name}) {reference}]>>>>>>\nendobj\n");
        var tableAt = pdf.Length + update.Length;
        update.Append("xref\n").Append(Entry(catalogue, catalogueAt)).Append(CultureInfo.InvariantCulture, $"{size} 2\n{fileAt:D10} 00000 n \n{specAt:D10} 00000 n \n")
            .Append(CultureInfo.InvariantCulture, $"trailer\n<</Size {size + 2} /Root {catalogue} 0 R{Kept(trailer)} /Prev {table}>>\nstartxref\n{tableAt}\n%%EOF\n");
        return [.. pdf, .. Encoding.Latin1.GetBytes(update.ToString())];
    }

    /// <summary>What stands between the outer brackets of an object that is a dictionary; null when the table does not lead to it.</summary>
    private static string? Dictionary(string text, int table, int end, int number)
    {
        var lines = text[table..end].Split('\n', StringSplitOptions.TrimEntries);
        for (var i = 1; i < lines.Length; i++)
        {
            var head = lines[i].Split(' ');
            if (head.Length != 2) continue;
            var first = Number(head[0]);
            var count = Number(head[1]);
            if (number >= first && number < first + count && i + 1 + number - first < lines.Length)
            {
                var at = Number(lines[i + 1 + number - first].Split(' ')[0]);
                var close = at < text.Length ? text.IndexOf("endobj", at, StringComparison.Ordinal) : -1;
                if (close < 0 || !text[at..close].StartsWith(FormattableString.Invariant($"{number} 0 obj"), StringComparison.Ordinal)) return null;
                var body = text[at..close];
                var (open, shut) = (body.IndexOf("<<", StringComparison.Ordinal), body.LastIndexOf(">>", StringComparison.Ordinal));
                return open < 0 || shut < open ? null : body[(open + 2)..shut];
            }

            i += count;
        }

        return null;
    }

    private static string Entry(int number, int at) => string.Create(CultureInfo.InvariantCulture, $"{number} 1\n{at:D10} 00000 n \n");

    /// <summary>Members of the trailer that an update has to repeat.</summary>
    private static string Kept(string trailer) => string.Concat(Repeated().Matches(trailer).Select(m => " " + m.Value));

    private static int Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 0;

    private static bool TryNumber(string text, int at, out int number)
    {
        var end = text.IndexOf('%', at);
        return int.TryParse(end < 0 ? text[at..] : text[at..end], NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out number);
    }

    [GeneratedRegex(@"/Size (?<n>\d+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Size();

    [GeneratedRegex(@"/Root (?<n>\d+) 0 R", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Root();

    [GeneratedRegex(@"/Info \d+ 0 R|/ID\s*\[[^\]]*\]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Repeated();
}
