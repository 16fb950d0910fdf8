using Palermo.Kernel;
using Palermo.Requests.Document;
using Palermo.Requests.Letter;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Requests.Letter;

public sealed class ComposeLetterTests
{
    public static TheoryData<string> Languages => [.. Language.All.Select(l => l.Code)];

    [Theory, MemberData(nameof(Languages))]
    public void EverySectionIsThereInTheCustomaryOrder(string language)
    {
        var letter = Sample.Letter(Sample.Document(), language);
        letter.Sections.Select(s => s.Key).ShouldBe(
            ["head", "opening", "proceedings", "persons", "facts", "offences", "measures", "purpose", "property", "custom", "urgency", "confidentiality", "assurances", "costs", "safe-conduct", "closing", "signature", "annexes",
             .. language == "en" ? ["translations"] : Array.Empty<string>()]);
        letter.Draft.ShouldBeFalse();
        letter.Sections.ShouldAllBe(s => s.Blocks.Count > 0);
    }

    [Fact]
    public void WhatIsEmptyLeavesNoHeadingBehind() =>
        Sample.Letter(new RequestDocument { Kind = "mla" }, "en").Sections.Select(s => s.Key).ShouldBe(["head", "opening", "closing", "signature"]);

    [Fact]
    public void TheBasisIsAFullSentence()
    {
        Text(Sample.Letter(Sample.Document(), "en"), "opening").ShouldContain("pursuant to article 18 of the United Nations Convention against Transnational Organized Crime, in force between the requesting State and the requested State since 1 September 2006.");
        Text(Sample.Letter(Sample.Document(), "fr"), "opening").ShouldContain("l’article 18 de l’instrument suivant : Convention des Nations Unies contre la criminalité transnationale organisée, en vigueur entre l’État requérant et l’État requis depuis le 1er septembre 2006.");
    }

    [Fact]
    public void TheBasisIsTheVeryProvisionTheKindRestsOn()
    {
        var boarding = Sample.Document("boarding");
        var one = boarding.Basis!.Report.Available[0] with { Instrument = "som-protocol", Articles = ["1", "8", "10"], Role = "primary" };
        boarding = boarding with { Basis = boarding.Basis with { Relied = ["som-protocol"], Report = boarding.Basis.Report with { Available = [one] } } };
        Text(Sample.Letter(boarding, "en"), "opening").ShouldContain("article 8 of ");
        Text(Sample.Letter(boarding with { Kind = "return-of-persons" }, "en"), "opening").ShouldContain("article 18 of ");
    }

    [Fact]
    public void TheOpeningConfirmsWhatWasAskedOrally()
    {
        var fields = new Dictionary<string, string>(Sample.Document().Fields, StringComparer.Ordinal) { ["handling.made-orally"] = "2026-11-20" };
        var letter = Sample.Letter(Sample.Document() with { Fields = fields }, "en");
        Text(letter, "opening").ShouldContain("This letter confirms the request made orally on 20 November 2026.");
        Text(letter, "urgency").ShouldNotContain("orally");
        Text(Sample.Letter(Sample.Document(), "en"), "opening").ShouldNotContain("orally");
    }

    [Fact]
    public void AssurancesCiteTheProvisionOfTheInstrumentReliedOn()
    {
        Text(Sample.Letter(Sample.Document(), "en"), "assurances").ShouldContain("exculpatory");
        Text(Sample.Letter(Sample.Document(), "en"), "assurances").ShouldContain("(article 18(19), United Nations Convention against Transnational Organized Crime).");
        var relied = Sample.Document() with { Basis = Sample.Document().Basis! with { Relied = ["drugs-1988"] } };
        Text(Sample.Letter(relied, "en"), "assurances").ShouldContain("(article 7(13), ");
        Text(Sample.Letter(relied, "en"), "assurances").ShouldNotContain("exculpatory", Case.Insensitive, "that Convention makes no such reservation");
        Text(Sample.Letter(relied, "en"), "safe-conduct").ShouldContain("(article 7(18), ");
    }

    [Fact]
    public void WithoutATreatyReciprocityIsAssured()
    {
        var fallback = Sample.Document() with { Basis = Sample.Document().Basis! with { Relied = ["domestic-law"] } };
        Text(Sample.Letter(fallback, "en"), "reciprocity").ShouldContain("like assistance in a comparable case");
        Text(Sample.Letter(fallback, "en"), "opening").ShouldNotContain("pursuant to");
    }

    [Fact]
    public void SafeConductIsPromisedOnlyWhereSomebodyTravels()
    {
        var stays = Sample.Document() with { Measures = [Sample.Document().Measures[0]] };
        Sample.Letter(stays, "en").Sections.ShouldNotContain(s => s.Key == "safe-conduct");
        var inCustody = Sample.Document("witness-transfer") with { Measures = [new() { Id = "m1", Code = "temporary-transfer" }] };
        Sample.Letter(inCustody, "en").Sections.ShouldNotContain(s => s.Key == "safe-conduct");
    }

    [Fact]
    public void ATranslationIsShownWhileItFitsItsOriginal()
    {
        var letter = Sample.Letter(Sample.Document(), "en");
        Text(letter, "facts").ShouldContain("the group shipped cocaine");
        Text(letter, "facts").ShouldNotContain("porto de Santos");
        Text(letter, "translations").ShouldContain("Sworn translator, São Paulo no. 811");
        Text(letter, "translations").ShouldContain("10 November 2026");
    }

    [Fact]
    public void ATextThatStillNeedsATranslatorIsMarked()
    {
        var letter = Sample.Letter(Sample.Document(), "en");
        Text(letter, "proceedings").ShouldContain("[to be translated from Portuguese] Tráfico internacional");
        Text(letter, "measures").ShouldContain("[to be translated again from Portuguese: the text was changed after it was translated] Extratos da conta");
        var changed = Sample.Document();
        changed = changed with { Fields = new Dictionary<string, string>(changed.Fields, StringComparer.Ordinal) { ["facts.summary"] = Sample.Summary + " E mais." } };
        Text(Sample.Letter(changed, "en"), "facts").ShouldContain("[to be translated again from Portuguese");
        Pieces(Sample.Letter(Sample.Document(), "pt")).ShouldNotContain(p => p.Kind == PieceKind.Mark || p.Kind == PieceKind.Untranslated);
    }

    [Fact]
    public void ALanguageThatIsNoneOfTheSevenGetsEnglishWordingWithANote()
    {
        var letter = Sample.Letter(Sample.Document(), "de");
        letter.Language.ShouldBe(Language.English);
        Text(letter, "head").ShouldContain("the text of the request is in Deutsch");
        Text(letter, "facts").ShouldContain("[to be translated from Portuguese]");
    }

    [Fact]
    public void WhatIsAbsentSaysWhy()
    {
        var letter = Sample.Letter(Sample.Document(), "pt");
        Text(letter, "facts").ShouldContain("O vínculo ainda está sendo apurado.");
        Text(letter, "property").ShouldContain("Nenhuma arma foi apreendida.");
        Text(letter, "persons").ShouldContain("Os documentos não são conhecidos.");
    }

    [Fact]
    public void WithoutNumberOrDateItIsADraft()
    {
        Sample.Letter(Sample.Document() with { Number = null }, "en").Running.ShouldStartWith("DRAFT");
        Sample.Letter(Sample.Document() with { Date = null }, "en").Draft.ShouldBeTrue();
    }

    [Theory]
    [InlineData("en", "April 1970", "1,250,000\u00A0EUR")]
    [InlineData("es", "abril de 1970", "1.250.000\u00A0EUR")]
    [InlineData("ru", "апрель 1970 г.", "1\u00A0250\u00A0000\u00A0EUR")]
    [InlineData("ar", "أبريل 1970", "1,250,000\u00A0EUR")]
    [InlineData("zh", "1970年4月", "1,250,000\u00A0EUR")]
    public void DatesAndAmountsAreWrittenAsTheLanguageWritesThem(string language, string born, string amount)
    {
        var letter = Sample.Letter(Sample.Document(), language);
        Text(letter, "persons").ShouldContain(born);
        Text(letter, "property").ShouldContain(amount);
        Text(letter, "property").ShouldContain("IT60 X054 2811 1010 0000 0123 456");
    }

    [Fact]
    public void NamesStandInAllTheirScripts()
    {
        var persons = Sample.Letter(Sample.Document(), "en").Sections.Single(s => s.Key == "persons").Blocks.OfType<Grid>().First();
        var pieces = persons.Rows.SelectMany(r => r).SelectMany(c => c).SelectMany(p => p.Pieces).ToList();
        pieces.ShouldContain(p => p.Text == "كريم حداد" && p.RightToLeft);
        pieces.ShouldContain(p => p.Text == "Karim Haddad" && !p.RightToLeft);
    }

    [Fact]
    public void TextRunsInTheDirectionOfItsOwnLanguage()
    {
        var letter = Sample.Letter(Sample.Document() with { Language = "ar" }, "en");
        Pieces(letter).Single(p => p.Kind == PieceKind.Untranslated && p.Text.StartsWith("Tráfico", StringComparison.Ordinal)).RightToLeft.ShouldBeTrue();
        Sample.Letter(Sample.Document(), "ar").Sections.SelectMany(s => s.Blocks).OfType<Paragraph>().First().RightToLeft.ShouldBeTrue();
    }

    [Theory]
    [InlineData("a\u202Eb\u0000c\uFFFEd", "abcd")]
    [InlineData("😀\t!", "😀 !")]
    [InlineData("a\r\nb\rc", "a b c")]
    public void CharactersThatDoHarmAreLeftOut(string given, string shown) => SafeText.Line(given).ShouldBe(shown);

    [Fact]
    public void HalfACharacterIsLeftOut() => SafeText.Line("\uD800x\uDC00").ShouldBe("x");

    internal static IEnumerable<Piece> Pieces(LetterOfRequest letter) => letter.Sections.SelectMany(s => s.Blocks).SelectMany(Pieces);

    private static IEnumerable<Piece> Pieces(Block block) => block is Grid grid ? grid.Rows.SelectMany(r => r).SelectMany(c => c).SelectMany(p => p.Pieces) : ((Paragraph)block).Pieces;

    private static string Text(LetterOfRequest letter, string section) =>
        string.Join('\n', letter.Sections.Single(s => s.Key == section).Blocks.SelectMany(b => b is Paragraph p ? [p] : ((Grid)b).Rows.SelectMany(r => r).SelectMany(c => c)).Select(p => string.Concat(p.Pieces.Select(x => x.Text))));
}
