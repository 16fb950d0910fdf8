using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using FsCheck;
using FsCheck.Fluent;
using Palermo.Kernel;
using Palermo.Requests.Document;
using Palermo.Requests.Letter;
using Palermo.Tests.Support;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Requests.Letter;

public sealed partial class LetterFilesTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Languages => [.. Language.All.Select(l => l.Code)];

    [Fact]
    public void ThePrintingProgramGetsNoneOfTheNodesSecrets()
    {
        var environment = new Dictionary<string, string?>(StringComparer.Ordinal) { ["PATH"] = "/usr/bin", ["LANG"] = "C.UTF-8", ["HOME"] = "/home/node", ["PALERMO_DATA"] = "Host=db;Password=secret", ["PALERMO_SMTP_PASSWORD"] = "secret" };
        LetterPdf.Bare(environment, "/elsewhere");
        environment.OrderBy(e => e.Key, StringComparer.Ordinal).ShouldBe([new("HOME", "/elsewhere"), new("LANG", "C.UTF-8"), new("PATH", "/usr/bin")]);
    }

    [Theory, MemberData(nameof(Languages))]
    public async Task WordFindsNothingWrong(string language)
    {
        var validator = new OpenXmlValidator(FileFormatVersions.Office2019);
        foreach (var kind in Sample.Catalogue.Kinds)
        {
            foreach (var beside in new[] { null, language == "ar" ? "en" : "ar" })
            {
                var document = Sample.Document(kind.Code) with { Measures = [.. Sample.Document().Measures, .. Sample.Catalogue.Measures(kind.Code).Select((m, i) => new MeasureEntry { Id = $"n{i}", Code = m.Code })] };
                var file = await Sample.Renderer.To("docx", document, language, beside, Cancel);
                using var word = WordprocessingDocument.Open(new MemoryStream(file.Content), isEditable: false);
                validator.Validate(word, Cancel).Select(e => $"{kind.Code} {e.Description} {e.Path?.XPath}").ShouldBeEmpty();
            }
        }
    }

    [Theory]
    [InlineData("en", null)]
    [InlineData("ar", "pt")]
    public async Task TheTwinComesOutAsItWentIn(string language, string? beside)
    {
        var document = Sample.Document() with { Number = "</script><b>\u2028\uFFFE]]>&" };
        var expected = Json(document);
        var docx = await Sample.Renderer.To("docx", document, language, beside, Cancel);
        using (var word = WordprocessingDocument.Open(new MemoryStream(docx.Content), isEditable: false))
        {
            using var part = word.MainDocumentPart!.CustomXmlParts.Single().GetStream();
            var twin = XElement.Load(part);
            twin.Name.ShouldBe(XName.Get("request", LetterDocx.TwinNamespace));
            Json(Read(twin.Value)).ShouldBe(expected);
        }

        var html = Encoding.UTF8.GetString((await Sample.Renderer.To("html", document, language, beside, Cancel)).Content);
        Json(Read(Twin().Match(html).Groups["json"].Value)).ShouldBe(expected);
        html.ShouldNotContain("<b>");
        Regex.Count(html, "</script", RegexOptions.None, TimeSpan.FromSeconds(1)).ShouldBe(1);
    }

    [Fact]
    public async Task ThePageRefersToNothingOutside()
    {
        var html = Encoding.UTF8.GetString((await Sample.Renderer.To("html", Sample.Document(), "en", "ar", Cancel)).Content);
        html.ShouldNotContain("http:");
        html.ShouldNotContain("https:");
        html.ShouldNotContain("url(");
        html.ShouldNotContain("src=");
        html.ShouldNotContain("href=");
        Sample.Renderer.Preview(Sample.Document(), "en", null).ShouldNotContain("<style");
        Sample.Renderer.Preview(Sample.Document(), "en", null).ShouldNotContain("<script");
    }

    [Fact]
    public async Task ArabicRunsFromTheRight()
    {
        var docx = await Sample.Renderer.To("docx", Sample.Document(), "ar", null, Cancel);
        using var word = WordprocessingDocument.Open(new MemoryStream(docx.Content), isEditable: false);
        var body = word.MainDocumentPart!.Document.Body!;
        body.Descendants<DocumentFormat.OpenXml.Wordprocessing.BiDi>().ShouldNotBeEmpty();
        body.Descendants<DocumentFormat.OpenXml.Wordprocessing.BiDiVisual>().ShouldNotBeEmpty();
        body.Descendants<DocumentFormat.OpenXml.Wordprocessing.RightToLeftText>().ShouldNotBeEmpty();
        var html = Encoding.UTF8.GetString((await Sample.Renderer.To("html", Sample.Document(), "ar", null, Cancel)).Content);
        html.ShouldContain("<html lang=\"ar\" dir=\"rtl\">");
    }

    [Fact]
    public void NothingOfTheDocumentIsLost()
    {
        // Letters, digits and signs of several scripts, and what makes trouble: line breaks, marks of direction, halves of surrogate pairs, what XML forbids.
        var text = Gen.Elements(["a", "Z", "7", "é", "ж", "ع", "中", "😀", "<", "&", "\"", "'", " ", "\n", "\t", "\r\n", "\u202E", "\u2066", "\uD800", "\u0001", "\uFFFE", "]]>", "{", "}"]).ListOf().Select(string.Concat);
        var documents = from a in text from b in text from c in text from d in text from e in text select (a, b, c, d, e);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(60), Prop.ForAll(documents.ToArbitrary(), t =>
        {
            var document = new RequestDocument
            {
                Kind = "mla", Number = t.a, Language = "pt",
                Fields = new Dictionary<string, string>(StringComparer.Ordinal) { ["facts.summary"] = t.a, ["unknown.field"] = t.b, ["proceedings.reference"] = t.c },
                Absences = new Dictionary<string, string>(StringComparer.Ordinal) { ["persons"] = t.d },
                Measures = [new() { Id = "m", Code = "other", Details = t.e, Procedure = t.b }],
                Persons = [new() { Id = "p", Names = [new(t.a, t.b), new(t.c, t.d, "Arab")], Born = t.e, Location = t.c, Description = t.d }],
                Accounts = [new() { Id = "a", Type = "iban", Number = t.e, Holder = t.b }],
                Property = [new() { Id = "t", Description = t.a, Owner = t.c }],
                Firearms = [new() { Id = "f", Serial = t.d, Found = t.e }],
                Electronic = [new("e", "email", t.b, t.c)],
                Annexes = [new("x", t.a, t.e, 1, t.d)],
            };
            using var word = WordprocessingDocument.Open(new MemoryStream(LetterDocx.Write(Sample.Letter(document, "en"), null)), isEditable: false);
            var shown = Bare(word.MainDocumentPart!.Document.Body!.InnerText);
            foreach (var part in new[] { t.a, t.b, t.c, t.d, t.e }) foreach (var line in SafeText.Lines(part)) shown.ShouldContain(Bare(line));
        }));
    }

    [Fact]
    public async Task AFloodOfTextIsOnlyLong()
    {
        var flood = string.Concat(Enumerable.Repeat("الف \u202Eabc\n", 100_000));
        var document = Sample.Document() with { Fields = new Dictionary<string, string>(StringComparer.Ordinal) { ["facts.summary"] = flood } };
        var docx = await Sample.Renderer.To("docx", document, "en", null, Cancel);
        docx.Content.Length.ShouldBeLessThan(20_000_000);
        (await Sample.Renderer.To("html", document, "en", null, Cancel)).Content.Length.ShouldBeLessThan(40_000_000);
    }

    [Fact]
    public async Task AWordDocumentTakesLessThanAFifthOfASecond()
    {
        // The best of several, because other tests run beside this one.
        var best = TimeSpan.MaxValue;
        for (var i = 0; i < 10; i++)
        {
            var start = Stopwatch.GetTimestamp();
            await Sample.Renderer.To("docx", Sample.Document(), "en", "ar", Cancel);
            best = Stopwatch.GetElapsedTime(start) is var taken && taken < best ? taken : best;
        }

        best.ShouldBeLessThan(TimeSpan.FromMilliseconds(200));
    }

    [Theory]
    [InlineData("doc", "en", null, "format")]
    [InlineData("docx", "english", null, "language")]
    [InlineData("docx", "en", "\u202Ex", "beside")]
    public async Task WhatIsNoFormatOrLanguageIsRefused(string format, string language, string? beside, string field) =>
        (await Should.ThrowAsync<RefusedException>(() => Sample.Renderer.To(format, Sample.Document(), language, beside, Cancel))).Field.ShouldBe(field);

    [Fact]
    public async Task TheFileNameIsPlain()
    {
        (await Sample.Renderer.To("docx", Sample.Document(), "en", "ar", Cancel)).FileName.ShouldBe("request-DRCI-2026-0417-en-ar.docx");
        (await Sample.Renderer.To("html", Sample.Document() with { Number = "../\u202E" }, "en", null, Cancel)).FileName.ShouldBe("request-draft-en.html");
    }

    [Fact]
    public async Task ThePdfIsPrintedAndCarriesTheTwin()
    {
        if (LetterPdf.Find() is null) Assert.Skip("Chromium is not installed.");
        var pdf = await Sample.Renderer.To("pdf", Sample.Document(), "en", "ar", Cancel);
        Encoding.Latin1.GetString(pdf.Content, 0, 5).ShouldBe("%PDF-");
        using var folder = new TestFolder();
        var path = folder.File("letter.pdf");
        await File.WriteAllBytesAsync(path, pdf.Content, Cancel);
        if (!OnPath("pdfdetach") || !OnPath("pdftotext")) Assert.Skip("poppler-utils are not installed.");
        Run("pdfdetach", "-save", "1", "-o", folder.File("twin.json"), path);
        Json(Read(await File.ReadAllTextAsync(folder.File("twin.json"), Cancel))).ShouldBe(Json(Sample.Document()));
        Run("pdftotext", "-enc", "UTF-8", path, folder.File("letter.txt"));
        var text = await File.ReadAllTextAsync(folder.File("letter.txt"), Cancel);
        text.ShouldContain("DRCI/2026/0417");
        text.ShouldContain("Page 1 of ");
    }

    private static string Json(RequestDocument document) => Encoding.UTF8.GetString(WriteRequest.ToJson(document));

    private static RequestDocument Read(string json) => ReadRequest.FromJson(Encoding.UTF8.GetBytes(json));

    private static string Bare(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c) && !Plain.IsDirection(c)));

    private static bool OnPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(f => File.Exists(Path.Combine(f, program)));

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, UseShellExecute = false })!;
        process.WaitForExit(30_000).ShouldBeTrue();
        process.ExitCode.ShouldBe(0);
    }

    [GeneratedRegex("""<script type="application/json" id="palermo-request">(?<json>.*?)</script>""", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Twin();
}
