using System.IO.Compression;
using System.Text;
using Palermo.Requests.Files;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Requests.Files;

/// <summary>A file is what its bytes say, whatever its name says.</summary>
public sealed class FileTypesTests
{
    [Theory]
    [InlineData("%PDF-1.7\n", "pdf")]
    [InlineData("<!DOCTYPE html><html>", "html")]
    [InlineData("  <script>alert(1)</script>", "html")]
    [InlineData("<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"/>", "svg")]
    [InlineData("<?xml version=\"1.0\"?><a/>", "xml")]
    [InlineData("Return-Path: <a@example.org>\r\nSubject: Brief\r\n\r\nText", "eml")]
    [InlineData("Subject: a letter to nobody", "text")]
    [InlineData("Ordinary text, with çã and 中文.\n", "text")]
    [InlineData("#!/bin/sh\nrm -rf /\n", "script")]
    [InlineData("{\\rtf1 x}", "rtf")]
    [InlineData("a\0b", "unknown")]
    [InlineData("", "empty")]
    public void TextsAndDocumentsAreKnownByHowTheyBegin(string content, string code) => CodeOf(Encoding.UTF8.GetBytes(content)).ShouldBe(code);

    [Theory]
    [InlineData("89504E470D0A1A0A", "png")]
    [InlineData("FFD8FFE0", "jpeg")]
    [InlineData("7F454C46", "unix-program")]
    [InlineData("D0CF11E0A1B11AE1", "ole")]
    [InlineData("524946460000000057454250", "webp")]
    [InlineData("00000018667479706D703432", "mp4")]
    [InlineData("FFFE41000000", "unknown")]
    [InlineData("FFFE41004200", "text")]
    [InlineData("C3", "unknown")]
    public void OtherFilesAreKnownByTheirFirstBytes(string hex, string code) => CodeOf(Convert.FromHexString(hex)).ShouldBe(code);

    [Fact]
    public void AProgramForWindowsIsKnownAndMarkedUnderEveryName()
    {
        var program = FileTypes.Of(FileTypes.Find([.. "MZ"u8, .. new byte[100]], [], 102));
        program.Code.ShouldBe("windows-program");
        FileTypes.Disagree("holiday.jpg", program).ShouldBeTrue();
        FileTypes.Disagree("holiday", program).ShouldBeTrue();
        FileTypes.Disagree("setup.exe", program).ShouldBeFalse();
        FileTypes.MayRun("holiday.jpg", program).ShouldBeTrue();
    }

    [Fact]
    public void AWordDocumentNamedPdfIsCalledAWordDocument()
    {
        var word = Zip(("[Content_Types].xml", "x"), ("word/document.xml", "x"));
        var type = FileTypes.Of(FileTypes.Find(word, word, word.Length));
        type.Code.ShouldBe("word");
        FileTypes.Disagree("letter.pdf", type).ShouldBeTrue();
        FileTypes.Disagree("letter.DOCX", type).ShouldBeFalse();
        FileTypes.Disagree("letter", type).ShouldBeFalse();
    }

    [Theory]
    [InlineData("zip", "a.txt")]
    [InlineData("excel", "[Content_Types].xml", "xl/workbook.xml")]
    [InlineData("macros", "[Content_Types].xml", "word/document.xml", "word/vbaProject.bin")]
    [InlineData("jar", "META-INF/MANIFEST.MF")]
    public void ArchivesAreKnownByTheNamesInThem(string code, params string[] names) => CodeOf(Zip([.. names.Select(n => (n, "x"))])).ShouldBe(code);

    [Fact]
    public void TheDirectoryAtTheEndIsReadWhenTheFirstBytesDoNotReachIt()
    {
        // The first entry fills more than a chunk, so that only the directory names the second.
        var content = new string([.. Enumerable.Range(0, 200_000).Select(i => (char)('a' + (i * 7919 % 26)))]);
        var zip = Zip(CompressionLevel.NoCompression, ("[Content_Types].xml", content), ("word/document.xml", "x"));
        zip.Length.ShouldBeGreaterThan(3 * SealedFormat.Chunk);
        FileTypes.Of(FileTypes.Find(zip.AsSpan(0, SealedFormat.Chunk), zip.AsSpan(zip.Length - SealedFormat.Chunk), zip.Length)).Code.ShouldBe("word");
    }

    [Fact]
    public void AnOpenDocumentTextIsKnownByItsFirstEntry() =>
        CodeOf(Zip(CompressionLevel.NoCompression, ("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", "x"))).ShouldBe("odt");

    [Fact]
    public void AZipBombIsAnArchiveAndNothingElse()
    {
        var bomb = Zip(("bomb", new string('\0', 50 << 20)));
        bomb.Length.ShouldBeLessThan(100_000);
        CodeOf(bomb).ShouldBe("zip");
    }

    [Fact]
    public void ADirectoryThatLiesAboutItsLengthsIsOnlyAnArchive()
    {
        var zip = Zip(("a.txt", "x"));
        for (var i = 4; i < zip.Length; i++)
        {
            var wrong = zip.ToArray();
            wrong[i] ^= 0xFF;
            FileTypes.All.Select(t => t.Code).ShouldContain(CodeOf(wrong));
        }
    }

    [Fact]
    public void EveryTypeHasItsOwnNameAndCode()
    {
        FileTypes.All.Select(t => t.Code).ShouldBeUnique();
        FileTypes.All.Select(t => t.Media).ShouldBeUnique();
        FileTypes.All.Where(t => !Support.Shipped.Texts.Has("files.type." + t.Code)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("report.pdf", "report.pdf")]
    [InlineData("C:\\Users\\me\\report.pdf", "report.pdf")]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("ann\u202Efdp.exe", "annfdp.exe")]
    [InlineData("a\r\nb\0.txt", "ab.txt")]
    [InlineData("..", "file")]
    [InlineData("", "file")]
    [InlineData(null, "file")]
    [InlineData("дело № 5.docx", "дело № 5.docx")]
    [InlineData("می\u200Cخواهم.txt", "می\u200Cخواهم.txt")]
    public void NamesLoseFoldersAndWhatDeceives(string? given, string clean) => FileNames.Clean(given).ShouldBe(clean);

    [Fact]
    public void LongNamesKeepTheirEnding()
    {
        var name = FileNames.Clean(new string('é', 500) + ".pdf");
        name.Length.ShouldBe(FileNames.Longest);
        name.ShouldEndWith(".pdf");
    }

    [Fact]
    public void ABrowserIsToldToKeepTheFileUnderItsName()
    {
        ReadFile.DispositionOf("a \"b\"; x=\r\n.txt").ShouldStartWith("attachment; filename=");
        ReadFile.DispositionOf("дело.pdf").ShouldContain("filename*=UTF-8''%D0%B4%D0%B5%D0%BB%D0%BE.pdf");
        ReadFile.DispositionOf("x\u202Efdp.exe").ShouldNotContain("%E2%80%AE");
    }

    private static string CodeOf(byte[] content) => FileTypes.Of(FileTypes.Find(content.AsSpan(0, Math.Min(content.Length, SealedFormat.Chunk)), content, content.Length)).Code;

    private static byte[] Zip(params (string Name, string Content)[] entries) => Zip(CompressionLevel.Optimal, entries);

    private static byte[] Zip(CompressionLevel level, params (string Name, string Content)[] entries)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create))
        {
            foreach (var (name, content) in entries)
            {
                using var entry = zip.CreateEntry(name, level).Open();
                entry.Write(Encoding.UTF8.GetBytes(content));
            }
        }

        return bytes.ToArray();
    }
}
