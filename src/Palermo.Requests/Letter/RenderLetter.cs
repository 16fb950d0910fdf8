using System.CommandLine;
using System.Text;
using Palermo.Kernel;
using Palermo.Requests.Document;
using Palermo.Requests.Kinds;

namespace Palermo.Requests.Letter;

/// <summary>A letter as a file.</summary>
/// <param name="Content">Its bytes.</param>
/// <param name="MediaType">Its media type.</param>
/// <param name="FileName">A name of plain letters that is safe everywhere.</param>
internal sealed record LetterFile(byte[] Content, string MediaType, string FileName);

/// <summary>Makes the letter of request of a document: for Word, for the browser, for paper.</summary>
internal sealed class RenderLetter(KindCatalogue catalogue, Texts texts)
{
    /// <summary>The formats.</summary>
    internal static readonly IReadOnlyList<string> Formats = ["docx", "html", "pdf"];

    /// <summary>The letter as a file.</summary>
    /// <param name="format"><c>docx</c>, <c>html</c> or <c>pdf</c>.</param>
    /// <param name="document">The request.</param>
    /// <param name="language">ISO 639 code of the letter's language; the fixed wording is English when it is not one of the seven.</param>
    /// <param name="beside">Code of a second language to stand beside it, or null.</param>
    /// <param name="cancel">Ends the wait for a PDF.</param>
    /// <exception cref="RefusedException">The format or a language is none, the texts are too long, or a PDF cannot be made here.</exception>
    internal async Task<LetterFile> To(string? format, RequestDocument document, string? language, string? beside, CancellationToken cancel)
    {
        var kind = Formats.FirstOrDefault(f => string.Equals(f, format, StringComparison.OrdinalIgnoreCase))
            ?? throw new RefusedException("refused.letter-format", ("given", RefusedException.Shorten(format))) { Field = "format" };
        var (first, second) = Compose(document, language, beside);
        return kind switch
        {
            "docx" => new(LetterDocx.Write(first, second), LetterDocx.MediaType, FileName(first, second, kind)),
            "html" => new(Encoding.UTF8.GetBytes(LetterHtml.Page(first, second)), LetterHtml.MediaType, FileName(first, second, kind)),
            _ => new(PdfAttachment.Add(await LetterPdf.Print(LetterHtml.Page(first, second), cancel), FileName(first, null, "json"), LetterDocx.TwinText(document)), LetterPdf.MediaType, FileName(first, second, kind)),
        };
    }

    /// <summary>The letter as a fragment for a page whose style sheet knows it.</summary>
    /// <exception cref="RefusedException">A language is none, or the texts are too long.</exception>
    internal string Preview(RequestDocument document, string? language, string? beside)
    {
        var (first, second) = Compose(document, language, beside);
        return LetterHtml.Fragment(first, second);
    }

    private (LetterOfRequest First, LetterOfRequest? Second) Compose(RequestDocument document, string? language, string? beside)
    {
        var one = Code(string.IsNullOrWhiteSpace(language) ? document.Language ?? Language.English.Code : language, "language");
        var other = string.IsNullOrWhiteSpace(beside) ? null : Code(beside, "beside");
        var items = new LetterItems(document, catalogue);
        var first = ComposeLetter.Of(document, items, texts, catalogue.Reference, one);
        return (first, other is null || other == one ? null : ComposeLetter.Of(document, items, texts, catalogue.Reference, other));
    }

    private static string Code(string text, string field)
    {
        var code = text.Trim().ToLowerInvariant();
        return code.Length is 2 or 3 && code.All(char.IsAsciiLetterLower)
            ? code : throw new RefusedException("refused.letter-language", ("given", RefusedException.Shorten(text))) { Field = field };
    }

    private static string FileName(LetterOfRequest letter, LetterOfRequest? beside, string extension)
    {
        var number = string.Concat((letter.Document.Number ?? "").Take(60).Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')).Trim('-');
        return $"request-{(number.Length > 0 ? number : "draft")}-{letter.Code}{(beside is null ? "" : "-" + beside.Code)}.{extension}";
    }

    /// <summary><c>palermo request render FILE.json --format docx|html|pdf --language xx [--beside yy] [--out FILE]</c>.</summary>
    internal static Command Command(RequestCommands.Context context)
    {
        var file = new Argument<FileInfo>("FILE") { Description = "The request as JSON." };
        var format = new Option<string>("--format") { Description = "docx, html or pdf.", Required = true };
        var language = new Option<string>("--language") { Description = "Language of the letter; the request's own when left out." };
        var beside = new Option<string>("--beside") { Description = "Second language, in a column beside the first." };
        var output = new Option<string>("--out") { Description = "File to write; standard output when left out." };
        var command = new Command("render", "The letter of request as a file for Word, browser or paper.") { file, format, language, beside, output };
        command.SetAction(async (result, cancel) =>
        {
            using var stream = RequestCommands.OpenFile(result.GetValue(file)!);
            var renderer = new RenderLetter(context.Kinds.Value, context.Texts);
            var letter = await renderer.To(result.GetValue(format), ReadRequest.FromJson(stream), result.GetValue(language), result.GetValue(beside), cancel);
            if (result.GetValue(output) is { Length: > 0 } path) await File.WriteAllBytesAsync(path, letter.Content, cancel);
            else if (letter.MediaType == LetterHtml.MediaType) await result.InvocationConfiguration.Output.WriteAsync(Encoding.UTF8.GetString(letter.Content));
            else
            {
                await using var standard = Console.OpenStandardOutput();
                await standard.WriteAsync(letter.Content, cancel);
            }

            return 0;
        });
        return command;
    }
}
