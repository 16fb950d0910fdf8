using System.Security;
using System.Text;
using Palermo.Kernel;
using Palermo.Treaties.Import;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Treaties.Import;

public sealed class UntcXmlTests
{
    private const string Deposits = "Ratification, Acceptance(A), Approval(AA), Accession(a), Formal confirmation(c), Succession(d)";

    private static readonly StateDirectory States = StateDirectory.Load(Path.Combine(Repository(), "data", "states"));

    private static readonly UntcFile Sample = ReadSample();

    [Fact]
    public void TheHeaderIsRead()
    {
        Sample.Language.ShouldBe("en");
        Sample.Chapter.ShouldBe("PENAL MATTERS");
        Sample.Title.ShouldBe("United Nations Convention against Transnational Organized Crime");
        Sample.Conclusion.ShouldBe("New York, 15 November 2000");
        Sample.ConcludedOn.ShouldBe(new DateOnly(2000, 11, 15));
        Sample.EntryIntoForce.ShouldBe(new DateOnly(2003, 9, 29));
        Sample.RegistrationNumber.ShouldBe("39574");
        Sample.Signatories.ShouldBe(9);
        Sample.Parties.ShouldBe(12);
        Sample.LatestDate.ShouldBe(new DateOnly(2015, 1, 2));
    }

    [Theory]
    [InlineData("ARG", "Argentina", "ratification", "2002-11-19", 1)]
    [InlineData("CIV", "Côte d'Ivoire", "accession", "2012-10-25", 3)]
    [InlineData("DNK", "Denmark", "ratification", "2003-09-30", 4)]
    [InlineData("EUE", "European Union", "formal-confirmation", "2004-05-21", 5)]
    [InlineData("FRA", "France", "approval", "2002-10-29", 6)]
    [InlineData("MNE", "Montenegro", "signature", "2006-10-23", 8)]
    [InlineData("MNE", "Montenegro", "succession", "2006-10-23", 8)]
    [InlineData("NLD", "Netherlands (Kingdom of the)", "acceptance", "2004-05-26", 9)]
    [InlineData("SRB", "Serbia", "accession", "2001-09-06", 11)]
    [InlineData("TON", "Tonga", "accession", "2014-10-03", 13)]
    public void ActsAreReadFromNamesAndCellsWithFootnotesAndStrayBlanks(string state, string name, string action, string date, int row)
    {
        var column = action == "signature" ? "Signature, Succession to signature(d)" : "Ratification, Acceptance(A), Approval(AA), Accession(a), Formal confirmation(c), Succession(d)";
        Sample.Acts.ShouldContain(new UntcAct(state, name, action, Dates.Parse(date), false, row, column));
    }

    [Fact]
    public void NothingElseIsReadFromTheTable()
    {
        Sample.Acts.Count.ShouldBe(21);
        Sample.Acts.Where(a => a.Bracketed).ShouldHaveSingleItem().StateCode.ShouldBe("NER");
        Sample.Acts.Where(a => a.StateCode == "IRN").ShouldHaveSingleItem().Action.ShouldBe("signature");
    }

    [Fact]
    public void TextsAreSplitByStateWhereAHeadingNamesOne()
    {
        Sample.Texts.ShouldBe(
        [
            new("", "declarations", "Declarations and Reservations\n(A text without a date was handed in with the instrument.)"),
            new("AUT", "declarations", "Reservation:\nAustria does not consider itself bound by article 35, paragraph 2."),
            new("CIV", "declarations", "First “paragraph”.\nSecond paragraph, with 1 < 2."),
            new("", "declarations", "A closing remark of the depositary."),
            new("DNK", "objections", "Denmark objects to the reservation made by Tonga."),
            new("FRA", "objections", "The same."),
            new("TON", "declarations-under-article", "English shall be used with the central authority (article 18)."),
            new("", "notifications", "Made under article 16 by:"),
            new("", "notifications", "Argentina\nSerbia\nExtradition does not depend on a treaty."),
            new("", "territorial-applications", "Participant\nDate of receipt\nTerritories"),
            new("NLD", "territorial-applications", "18 Jan 2007\nAruba\n4 Feb 2010\nTonga"),
            new("", "territorial-applications", "See also the notes."),
            new("", "end-notes", "1 A note.\n2 With a territorial exclusion."),
        ]);
    }

    [Fact]
    public void TheDepositarysNumbersAgreeWithTheSample() => UntcXml.CountProblem(Sample).ShouldBeNull();

    [Theory]
    [InlineData(9, 11, null)]
    [InlineData(null, null, null)]
    [InlineData(9, 10, "The file counts 10 parties, its table shows 11 and 1 more in brackets.")]
    [InlineData(9, 13, "The file counts 13 parties, its table shows 11 and 1 more in brackets.")]
    [InlineData(8, 12, "The file counts 8 signatories, its table shows 9.")]
    [InlineData(10, 14, "The file counts 14 parties, its table shows 11 and 1 more in brackets. The file counts 10 signatories, its table shows 9.")]
    public void NumbersThatTheTableDoesNotExplainAreAProblem(int? signatories, int? parties, string? problem) =>
        UntcXml.CountProblem(Sample with { Signatories = signatories, Parties = parties })?.Text.ShouldBe(problem);

    [Fact]
    public void ADefinitiveSignatureMakesASignatoryAndAParty()
    {
        var file = Read(Table("Signature", "Definitive signature(s), Ratification", ["Chad", "", "1 Jan 2001 s"]));
        UntcXml.CountProblem(file with { Signatories = 1, Parties = 1 }).ShouldBeNull();
        UntcXml.CountProblem(file with { Signatories = 0, Parties = 0 }).ShouldNotBeNull();
    }

    [Fact]
    public void AnActThatWasReplacedDoesNotExplainADifference()
    {
        var file = Read(Table("Signature", Deposits, ["Chad", "", "[1 Jan 2001 a] 2 Feb 2003 a"]));
        UntcXml.CountProblem(file with { Parties = 1 }).ShouldBeNull();
        UntcXml.CountProblem(file with { Parties = 2 }).ShouldNotBeNull();
        UntcXml.CountProblem(file with { Parties = 0 }).ShouldNotBeNull();
    }

    [Theory]
    [InlineData("Signature", "1 Jan 2001", "signature")]
    [InlineData("Signature", "1 Jan 2001 d", "signature")]
    [InlineData("Signature", "1 Jan 2001 s", "definitive-signature")]
    [InlineData("Signature, Succession to signature(d)", "1 Jan 2001 d", "signature")]
    [InlineData("Approval(AA), Acceptance(A), Accession(a), Succession(d), Ratification", "1 Jan 2001", "ratification")]
    [InlineData("Accession(a), Succession(d), Ratification", "1 Jan 2001 d", "succession")]
    [InlineData("Ratification, Accession(a)", "1 Jan 2001 A", "acceptance")]
    [InlineData("Ratification, Accession(a)", "1 Jan 2001a", "accession")]
    [InlineData("Ratification, Accession(A)", "1 Jan 2001 A", "accession")]
    [InlineData("Accession(a)", "1 Jan 2001", "accession")]
    [InlineData("Accession", "1 Jan 2001 a", "accession")]
    [InlineData("Definitive signature(s), Acceptance(A)", "1 Jan 2001 s", "definitive-signature")]
    [InlineData("Ratification, Acceptation(A), Approbation(AA), Adhésion(a)", "1 Jan 2001 AA", "approval")]
    [InlineData("Ratification, Adhésion(a), Confirmation formelle(c)", "1 Jan 2001 c", "formal-confirmation")]
    [InlineData("Signature définitive(s), Ratification", "1 Jan 2001 s", "definitive-signature")]
    [InlineData("Signature, Succession à la signature(d)", "1 Jan 2001 d", "signature")]
    public void TheTitleAndTheCodeMakeTheAction(string column, string cell, string action) =>
        Read(Table("Accession", column, ["Chad", "", cell])).Acts.ShouldHaveSingleItem().Action.ShouldBe(action);

    [Theory]
    [InlineData("Definitive signature(s), Acceptance(A)", "1 Jan 2001")]
    [InlineData("Ratification, Accession", "1 Jan 2001")]
    [InlineData("Ratification, Accession(a)", "1 Jan 2001 P")]
    [InlineData("Signature", "1 Jan 2001 A")]
    public void ACodeTheTitleDoesNotExplainIsAProblem(string column, string cell)
    {
        var problem = Problems(Table("Accession", column, ["Chad", "", cell])).ShouldHaveSingleItem();
        (problem.Row, problem.Column).ShouldBe((1, column));
        problem.Text.ShouldContain($"“{cell}” leaves open which");
    }

    [Theory]
    [InlineData("Entry into force")]
    [InlineData("Consent to be bound(P)")]
    [InlineData("Ratification, Provisional application(n)")]
    [InlineData("Ratification, Accession(a), Approval(a)")]
    [InlineData("")]
    public void AnUnknownColumnIsAProblem(string column)
    {
        var problem = Problems(Table("Signature", column, ["Chad", "1 Jan 2001", ""])).ShouldHaveSingleItem();
        (problem.Row, problem.Column).ShouldBe((0, column));
        problem.Text.ShouldContain($"found “{column}”");
    }

    [Fact]
    public void ATitleOfMoreThanFiveHundredCharactersIsAProblem() =>
        Problems(Table("Signature", string.Join(", ", Enumerable.Repeat("Ratification", 50)), ["Chad", "1 Jan 2001", ""])).ShouldHaveSingleItem().Row.ShouldBe(0);

    [Fact]
    public void ATableWithoutAColumnOfNamesIsAProblem() =>
        Problems(Table("Signature", Deposits, ["Chad", "", ""]).Replace("Participant<", "Approval<", StringComparison.Ordinal)).ShouldHaveSingleItem().Text.ShouldContain("titled Participant");

    [Theory]
    [InlineData("22 Apr\t 2016 ", "2016-04-22")]
    [InlineData("\u00a07 Jun\u00a0\t2004", "2004-06-07")]
    [InlineData("29 February 2004", "2004-02-29")]
    [InlineData("3 Sept. 2004", "2004-09-03")]
    [InlineData("7 Jun 2004<superscript>1</superscript>", "2004-06-07")]
    [InlineData("7 Jun 2004&lt;superscript&gt;1, 2&lt;/superscript&gt;", "2004-06-07")]
    [InlineData("7 Jun 2004 &amp;nbsp;", "2004-06-07")]
    public void ADateIsReadThroughBlanksAndFootnotes(string cell, string day) =>
        Read(TableOfXml("Signature", cell)).Acts.ShouldHaveSingleItem().Date.ShouldBe(Dates.Parse(day));

    [Theory]
    [InlineData("7 Juin 2004", 6)]
    [InlineData("7 juil 2004", 7)]
    [InlineData("1er août 2004", 8)]
    [InlineData("7 déc. 2004", 12)]
    [InlineData("7 févr. 2004", 2)]
    [InlineData("7 avr 2004", 4)]
    [InlineData("7 mai 2004", 5)]
    public void FrenchMonthsAreReadAndMakeTheFileFrench(string cell, int month)
    {
        var file = Read(Table("Signature", Deposits, ["Tchad", cell, ""]));
        file.Acts.ShouldHaveSingleItem().Date.Month.ShouldBe(month);
        file.Language.ShouldBe("fr");
    }

    [Theory]
    [InlineData("31 Feb 2004")]
    [InlineData("0 Jan 2004")]
    [InlineData("7 Jux 2004")]
    [InlineData("7 jui 2004")]
    [InlineData("7 Ju 2004")]
    [InlineData("7 De 2004")]
    [InlineData("7 Jun 04")]
    [InlineData("7 Jun 20044")]
    [InlineData("7 Jun 1804")]
    [InlineData("2004-06-07")]
    [InlineData("June 2004")]
    [InlineData("7 Jun 2004 a 3")]
    [InlineData("7 Jun 2004 abc")]
    [InlineData("7 Jun 2004 8 Jun 2005")]
    [InlineData("[7 Jun 2004 a")]
    [InlineData("7 Jun 2004 a]")]
    [InlineData("[7 Jun 2004 8 Jun 2005]")]
    [InlineData("[]")]
    [InlineData("99999999999 Jan 2001")]
    [InlineData("7 Jun 99999999999")]
    [InlineData("yes")]
    [InlineData("[1 Jan 2001] [1 Jan 2002] [1 Jan 2003] [1 Jan 2004] [1 Jan 2005]")]
    public void ACellThatIsNotClearlyADateIsAProblem(string cell)
    {
        var problem = Problems(Table("Signature", Deposits, ["Chad", "", cell])).ShouldHaveSingleItem();
        (problem.Row, problem.Column).ShouldBe((1, Deposits));
        problem.Text.ShouldBe($"A day such as “22 Apr 2016 a” was expected for Chad, found “{cell}”.");
    }

    [Fact]
    public void AMarkInSuperscriptThatIsNoFootnoteIsKept() =>
        Read(TableOfXml(Deposits, "7 Jun 2004<superscript>a</superscript>")).Acts.ShouldHaveSingleItem().Action.ShouldBe("accession");

    [Fact]
    public void BracketsKeepTheirActBesideTheOneThatReplacedIt()
    {
        var acts = Read(Table("Signature", Deposits, ["United States of America", "", "[ 4 Sep\t 2016 A] 20 Jan\t 2021 A"])).Acts;
        acts.Select(a => (a.Date, a.Bracketed, a.Action)).ShouldBe([(new DateOnly(2016, 9, 4), true, "acceptance"), (new DateOnly(2021, 1, 20), false, "acceptance")]);
    }

    [Theory]
    [InlineData("Serbia<superscript>2,3</superscript>", "SRB")]
    [InlineData("Serbia&lt;superscript&gt;2,3&lt;/superscript&gt;", "SRB")]
    [InlineData("Serbia &lt;sup&gt;2&lt;/sup&gt;<superscript>3</superscript>", "SRB")]
    [InlineData("Serbia 1,2", "SRB")]
    [InlineData("<i>Serbia</i>*", "SRB")]
    [InlineData("Congo", "COG")]
    [InlineData("\u00a0C\u00f4te d\u2019Ivoire ", "CIV")]
    public void ANameIsReadWithoutItsFootnotes(string name, string code) =>
        Read(Framed($"<Row><Entry>Participant</Entry><Entry>Signature</Entry></Row>", $"<Row><Entry>{name}</Entry><Entry>1 Jan 2001</Entry></Row>")).Acts.ShouldHaveSingleItem().StateCode.ShouldBe(code);

    [Fact]
    public void AFileThatDeclaresLatin1AndHoldsWindows1252IsReadAsMeant()
    {
        var xml = Table("Signature", Deposits, ["Chad", "1 Jan 2001", ""]).Replace("</Treaty>", "<Declarations>the State\u0092s law</Declarations></Treaty>", StringComparison.Ordinal);
        Read("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>" + xml, Encoding.Latin1).Texts.ShouldHaveSingleItem().Text.ShouldBe("the State’s law");
    }

    [Fact]
    public void EveryProblemIsListedWithItsRow()
    {
        var problems = Problems(Table("Signature", Deposits, ["Chad", "1 Jan 2001", ""], ["Ruritania3", "1 Jan 2001", "x"], ["", "1 Jan 2001", ""], ["Guinée-Bissau", "", ""], ["Korea", "", ""], ["Tchad", "", "99 Jan 2001"]));
        problems.Select(p => (p.Row, p.Column)).ShouldBe([(2, "Participant"), (2, Deposits), (3, "Participant"), (5, "Participant"), (6, "Participant"), (6, Deposits)]);
        problems[0].Text.ShouldContain("found “Ruritania”, which is unknown or stands for several");
        problems[4].Text.ShouldContain("rows 1 and 6 both name TCD");
    }

    [Fact]
    public void TheExceptionSaysWhatIsWrong() =>
        Should.Throw<UntcProblemsException>(() => Read(Table("Signature", Deposits, ["Ruritania", "", ""]))).Message.ShouldStartWith("Row 1: The name of one state was expected, found “Ruritania”");

    [Theory]
    [InlineData("<Row><Entry>Chad</Entry><Entry>1 Jan 2001</Entry></Row>", "3 cells were expected, found 2.")]
    [InlineData("<Row><Entry>Chad</Entry><Entry/><Entry/><Entry>1 Jan 2001</Entry></Row>", "3 cells were expected, found 4.")]
    public void ARowOfAnotherLengthIsAProblem(string row, string text) =>
        Problems(Table("Signature", Deposits, ["Mali", "1 Jan 2001", ""]).Replace("</Rows>", row + "</Rows>", StringComparison.Ordinal)).ShouldHaveSingleItem().ShouldBe(new UntcProblem(2, "", text));

    [Fact]
    public void AnEmptyRowSaysNothing() =>
        Read(Table("Signature", Deposits, ["", " ", ""], ["Mali", "1 Jan 2001", ""])).Acts.ShouldHaveSingleItem().Row.ShouldBe(2);

    [Fact]
    public void MoreRowsThanThereAreStatesAreAProblem() =>
        Problems(Framed("<Row><Entry>Participant</Entry></Row>", string.Concat(Enumerable.Repeat("<Row/>", 1001)))).ShouldHaveSingleItem().Text.ShouldBe("At most 1000 rows were expected.");

    [Fact]
    public void MoreColumnsThanThereAreActsAreAProblem() =>
        Problems(Framed($"<Row><Entry>Participant</Entry>{string.Concat(Enumerable.Repeat("<Entry>Signature</Entry>", 20))}</Row>", "")).ShouldHaveSingleItem().Text.ShouldBe("At most 20 columns were expected, found 21.");

    [Theory]
    [InlineData("<MTDSG/>", "One Treaty element was expected, found 0.")]
    [InlineData("<MTDSG><Treaty/><Treaty/></MTDSG>", "One Treaty element was expected, found 2.")]
    public void AFileAboutNoOrTwoTreatiesIsAProblem(string xml, string text) =>
        Problems(xml).ShouldHaveSingleItem().Text.ShouldBe(text);

    [Fact]
    public void ATreatyWithoutTitleAndTableHasBothProblems() =>
        Problems("<MTDSG><Treaty/></MTDSG>").Select(p => p.Column).ShouldBe(["Participants", "Titlesect"]);

    [Fact]
    public void AFileWithoutAnyDayIsAProblem() =>
        Problems(Table("Signature", Deposits)).ShouldHaveSingleItem().Text.ShouldStartWith("A date was expected");

    [Fact]
    public void AFileWithoutActsIsAsLateAsItsConclusion() =>
        Read(Table("Signature", Deposits).Replace("</ExternalData>", "<Conclusion>New York, 15 November 2000</Conclusion></ExternalData>", StringComparison.Ordinal)).LatestDate.ShouldBe(new DateOnly(2000, 11, 15));

    [Theory]
    [InlineData("<Signatories>147</Signatories><Parties>190</Parties>", 147, 190)]
    [InlineData("<Signatories>Signatories: 147. Parties: 190.</Signatories><Parties>Signatories: 147. Parties: 190.</Parties>", 147, 190)]
    [InlineData("Signatories: 147. Parties: 190.", 147, 190)]
    [InlineData("Signataires: 147. Parties: 190.", 147, 190)]
    [InlineData("<Signatories>147 &lt;i&gt;(closed)&lt;/i&gt;</Signatories><Parties> 190*</Parties>", 147, 190)]
    [InlineData("Signatories<Signatories>147</Signatories>Parties<Parties>190</Parties>", 147, 190)]
    [InlineData("<Signatories/><Parties>190</Parties>", null, 190)]
    [InlineData("", null, null)]
    public void TheDepositarysNumbersAreFound(string status, int? signatories, int? parties)
    {
        var file = Read(WithHeader($"<Status>{status}</Status>"));
        (file.Signatories, file.Parties).ShouldBe((signatories, parties));
    }

    [Theory]
    [InlineData("<Status><Parties>many</Parties></Status>", "Status", "found “many”")]
    [InlineData("<Status>Parties: many</Status>", "Status", "found “Parties: many”")]
    [InlineData("<Status><Parties>99999999999</Parties></Status>", "Status", "found “99999999999”")]
    [InlineData("<EIF><Labeltext>29 Septober 2003, in accordance with article 38.</Labeltext></EIF>", "EIF", "found “29 Septober 2003, in")]
    public void AHeaderThatCannotBeUnderstoodIsAProblem(string header, string column, string text)
    {
        var problem = Problems(WithHeader(header)).ShouldHaveSingleItem();
        problem.Column.ShouldBe(column);
        problem.Text.ShouldContain(text);
    }

    [Fact]
    public void AHeaderFieldIsBounded() =>
        Problems(WithHeader($"<Conclusion>{new string('x', 5001)}</Conclusion>")).ShouldHaveSingleItem().Text.ShouldBe("At most 5000 characters were expected, found 5001.");

    [Theory]
    [InlineData("Not yet in force: see article 38.", null)]
    [InlineData("29 septembre 2003, conformément à l'article 38.", "2003-09-29")]
    public void EntryIntoForceIsTheDayTheTextBeginsWith(string text, string? day) =>
        Read(WithHeader($"<EIF><Labeltext>{text}</Labeltext></EIF>")).EntryIntoForce.ShouldBe(day is null ? null : Dates.Parse(day));

    [Theory]
    [InlineData("29 September 2003, No. 39574", "39574")]
    [InlineData("29 septembre 2003, No 39574", "39574")]
    [InlineData("29 septembre 2003, Nº39574.", "39574")]
    [InlineData("29 September 2003", "")]
    public void TheRegistrationNumberFollowsNo(string text, string number) =>
        Read(WithHeader($"<Registration><Labeltext>{text}</Labeltext></Registration>")).RegistrationNumber.ShouldBe(number);

    [Fact]
    public void EveryFrenchTitleAndNameIsRead()
    {
        var xml = Framed(
            "<Row><Entry>État</Entry><Entry>Signature</Entry><Entry>Ratification, Acceptation(A), Approbation(AA), Adhésion(a), Confirmation formelle(c), Succession(d)</Entry></Row>",
            "<Row><Entry>Royaume-Uni de Grande-Bretagne et d'Irlande du Nord</Entry><Entry>14 déc 2000</Entry><Entry>9 févr 2006</Entry></Row><Row><Entry>Union européenne</Entry><Entry/><Entry>21 mai 2004 c</Entry></Row>");
        var file = Read(xml);
        file.Language.ShouldBe("fr");
        file.Acts.Select(a => (a.StateCode, a.Action)).ShouldBe([("GBR", "signature"), ("GBR", "ratification"), ("EUE", "formal-confirmation")]);
    }

    [Fact]
    public void AFrenchTitleMakesTheFileFrench() =>
        Read(Table("Signature", "Ratification, Adhésion(a)", ["Chad", "14 Mar 2001", ""])).Language.ShouldBe("fr");

    [Theory]
    [InlineData("<MTDSG xml:lang=\"fr\">", "fr")]
    [InlineData("<MTDSG lang=\"en-GB\">", "en")]
    [InlineData("<MTDSG><Chapter>CHAPITRE XVIII</Chapter>", "fr")]
    [InlineData("<MTDSG><Chapter>CHAPTER XVIII</Chapter>", "en")]
    public void TheLanguageIsTheOneTheFileNames(string root, string language) =>
        Read(Table("Signature", Deposits, ["Chad", "1 Jan 2001", ""]).Replace("<MTDSG>", root, StringComparison.Ordinal)).Language.ShouldBe(language);

    [Theory]
    [InlineData("utf-8")]
    [InlineData("iso-8859-1")]
    [InlineData("utf-16")]
    public void TheDeclaredEncodingIsHonoured(string encoding)
    {
        var xml = $"<?xml version=\"1.0\" encoding=\"{encoding}\"?>" + Table("Signature", Deposits, ["Côte d'Ivoire", "1 Jan 2001", ""]);
        Read(xml, Encoding.GetEncoding(encoding)).Acts.ShouldHaveSingleItem().NameInFile.ShouldBe("Côte d'Ivoire");
    }

    [Fact]
    public void AnotherEncodingThanTheDeclaredOneIsAProblemAndNotAnotherName()
    {
        var xml = "<?xml version=\"1.0\" encoding=\"iso-8859-1\"?>" + Table("Signature", Deposits, ["Türkiye", "1 Jan 2001", ""]);
        Should.Throw<UntcProblemsException>(() => Read(xml, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false))).Problems.ShouldHaveSingleItem().Row.ShouldBe(1);
    }

    [Theory]
    [InlineData("klingon")]
    [InlineData("utf-7")]
    public void AnUnknownEncodingIsAProblem(string encoding) =>
        Unreadable($"<?xml version=\"1.0\" encoding=\"{encoding}\"?><MTDSG/>", Encoding.ASCII);

    [Fact]
    public void ATruncatedFileIsOneProblemWithItsPlace()
    {
        var whole = SampleBytes();
        for (var length = 0; length < whole.Length - 10; length += 97)
        {
            using var stream = new MemoryStream(whole, 0, length);
            var problem = Should.Throw<UntcProblemsException>(() => UntcXml.Read(stream, States)).Problems.ShouldHaveSingleItem();
            problem.Text.ShouldMatch(@"^The XML cannot be read at line \d+, position \d+: ");
        }
    }

    [Fact]
    public void ADamagedFileIsReadOrRefusedAndNeverBreaksAnythingElse()
    {
        var random = new Random(2000);
        for (var i = 0; i < 3_000; i++)
        {
            var damaged = SampleBytes();
            for (var j = random.Next(1, 4); j > 0; j--) damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            using var stream = new MemoryStream(damaged);
            try
            {
                UntcXml.Read(stream, States).Acts.ShouldAllBe(a => a.StateCode.Length == 3);
            }
            catch (UntcProblemsException e)
            {
                e.Problems.ShouldNotBeEmpty();
            }
        }
    }

    [Theory]
    [InlineData("<!DOCTYPE MTDSG><MTDSG/>")]
    [InlineData("<!DOCTYPE MTDSG SYSTEM \"http://127.0.0.1:9/x.dtd\"><MTDSG/>")]
    [InlineData("<!DOCTYPE MTDSG [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><MTDSG>&x;</MTDSG>")]
    [InlineData("<!DOCTYPE MTDSG [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;\">]><MTDSG>&c;</MTDSG>")]
    public void ADocumentTypeIsRefused(string xml) => Unreadable(xml).ShouldContain("DTD is prohibited");

    [Fact]
    public void AnEntityOfItsOwnIsRefused() => Unreadable("<MTDSG>&nbsp;</MTDSG>");

    [Fact]
    public void ElementsMayNotStandDeeperThanSixtyFour()
    {
        Unreadable(Nested(65)).ShouldContain("at most 64 deep");
        Problems(Nested(64)).ShouldHaveSingleItem().Text.ShouldContain("found 0");
        Unreadable(string.Concat(Enumerable.Repeat("<a>", 200_000))).ShouldContain("at most 64 deep");
    }

    [Fact]
    public void ElementsAreCounted() =>
        Unreadable("<MTDSG>" + string.Concat(Enumerable.Repeat("<a/>", 400_001)) + "</MTDSG>").ShouldContain("at most 400000 elements and texts");

    [Fact]
    public void OneTextIsBounded() =>
        Unreadable("<MTDSG>" + new string('x', 1_000_001) + "</MTDSG>").ShouldContain("at most 1000000 characters");

    [Fact]
    public void TheDocumentIsBounded()
    {
        var text = "<a>" + new string('x', 999_000) + "</a>";
        Unreadable("<MTDSG>" + string.Concat(Enumerable.Repeat(text, 51)) + "</MTDSG>").ShouldContain("MaxCharactersInDocument");
    }

    [Fact]
    public void ATextLongerThanTwoHundredThousandCharactersIsAProblemAndNeverCut()
    {
        var paragraph = "<P>" + new string('x', 9_999) + "</P>";
        Read(WithSection("Objections", "<P>Chad</P>" + string.Concat(Enumerable.Repeat(paragraph, 20)))).Texts.ShouldHaveSingleItem().Text.Length.ShouldBe(199_999);
        var problem = Problems(WithSection("Objections", "<P>Chad</P>" + string.Concat(Enumerable.Repeat(paragraph, 21)))).ShouldHaveSingleItem();
        (problem.Column, problem.Text).ShouldBe(("Objections", "A text of at most 200000 characters was expected; the one of TCD is longer."));
    }

    [Fact]
    public void TextsAreCounted() =>
        Problems(WithSection("Objections", string.Concat(Enumerable.Repeat("<P>Chad</P><P>x</P>", 5_001)))).ShouldHaveSingleItem().Text.ShouldBe("At most 5000 texts were expected, found 5001.");

    [Theory]
    [InlineData("<P>a\u202Eb\u2066c\u200Fd\uFEFFe</P>", "abcde")]
    [InlineData("<P>a&amp;#7;b&amp;#x202E;c</P>", "abc")]
    [InlineData("<P>  a \n\t b\u00a0\u00a0c  </P>", "a b c")]
    [InlineData("<P>a&lt;br/&gt;b&lt;P class='x'&gt;c&lt;/P&gt;</P>", "a\nb\nc")]
    [InlineData("<P>a <i>b</i> &lt;i&gt;c&lt;/i&gt;&lt;a href='x'&gt;d&lt;/a&gt;</P>", "a b cd")]
    [InlineData("<P>article<superscript>7</superscript> the 1&lt;superscript&gt;er&lt;/superscript&gt; paragraph</P>", "article the 1er paragraph")]
    [InlineData("<P>1 &lt; 2 &gt; 0 &lt;&lt; &lt;/ &lt;unclosed</P>", "1 < 2 > 0 << </ <unclosed")]
    [InlineData("<P>a &lt;b c &lt;i&gt;d</P>", "a <b c d")]
    [InlineData("<P><![CDATA[<b>a</b> & b]]></P>", "a & b")]
    public void MarkupBecomesPlainText(string xml, string text) =>
        Read(WithSection("Declarations", xml)).Texts.ShouldHaveSingleItem().Text.ShouldBe(text);

    [Fact]
    public void UnclosedTagsInGreatNumberAreReadInTime() =>
        Problems(WithSection("Declarations", string.Concat(Enumerable.Repeat("<P>" + string.Concat(Enumerable.Repeat("&lt;a", 150_000)) + "</P>", 20)))).ShouldHaveSingleItem().Text.ShouldContain("A text of at most 200000");

    [Fact]
    public void AHeadingThatHoldsOnlyATitleIsForWhatFollowsIt() =>
        Read(WithSection("Declarations", "<Head><Title>Chad</Title></Head><P>a</P><Head><Title>Mali</Title></Head><P>b</P>")).Texts
            .ShouldBe([new("TCD", "declarations", "a"), new("MLI", "declarations", "b")]);

    [Fact]
    public void ANameThatHeadsNothingIsKeptAsText() =>
        Read(WithSection("Declarations", "<P>a</P><P>Chad</P>")).Texts.ShouldBe([new("", "declarations", "a"), new("", "declarations", "Chad")]);

    [Fact]
    public void ARowThatNamesNoStateEndsTheOneBefore() =>
        Read(WithSection("Notifications", "<Table><Row><Entry>Chad</Entry><Entry>a</Entry></Row><Row><Entry>Both</Entry><Entry>Mali</Entry></Row></Table>")).Texts
            .ShouldBe([new("TCD", "notifications", "a"), new("", "notifications", "Both\nMali")]);

    private static string Nested(int depth) =>
        string.Concat(Enumerable.Repeat("<a>", depth)) + string.Concat(Enumerable.Repeat("</a>", depth));

    private static string TableOfXml(string column, string cell) =>
        Framed($"<Row><Entry>Participant</Entry><Entry>{column}</Entry></Row>", $"<Row><Entry>Chad</Entry><Entry>{cell}</Entry></Row>");

    private static string WithHeader(string header) =>
        Table("Signature", Deposits, ["Chad", "1 Jan 2001", ""]).Replace("</ExternalData>", header + "</ExternalData>", StringComparison.Ordinal);

    private static string WithSection(string name, string content) =>
        Table("Signature", Deposits, ["Chad", "1 Jan 2001", ""]).Replace("</Treaty>", $"<{name}>{content}</{name}></Treaty>", StringComparison.Ordinal);

    private static string Table(string second, string third, params string[][] rows) =>
        Framed(Row(["Participant", second, third]), string.Concat(rows.Select(Row)));

    private static string Row(string[] cells) => $"<Row>{string.Concat(cells.Select(c => $"<Entry>{SecurityElement.Escape(c)}</Entry>"))}</Row>";

    private static string Framed(string titles, string rows) =>
        $"<MTDSG><Treaty><Header><ExternalData><Titlesect>A Convention</Titlesect></ExternalData></Header><Participants><Table><TGroup><Thead>{titles}</Thead><Tbody><Rows>{rows}</Rows></Tbody></TGroup></Table></Participants></Treaty></MTDSG>";

    private static string Unreadable(string xml, Encoding? encoding = null)
    {
        var problem = Should.Throw<UntcProblemsException>(() => Read(xml, encoding ?? Encoding.UTF8)).Problems.ShouldHaveSingleItem();
        problem.Row.ShouldBe(0);
        problem.Text.ShouldMatch(@"^The XML cannot be read at line \d+, position \d+: ");
        return problem.Text;
    }

    private static IReadOnlyList<UntcProblem> Problems(string xml) => Should.Throw<UntcProblemsException>(() => Read(xml)).Problems;

    private static UntcFile Read(string xml) => Read(xml, Encoding.UTF8);

    private static UntcFile Read(string xml, Encoding encoding)
    {
        using var stream = new MemoryStream([.. encoding.GetPreamble(), .. encoding.GetBytes(xml)]);
        return UntcXml.Read(stream, States);
    }

    private static UntcFile ReadSample()
    {
        using var stream = new MemoryStream(SampleBytes());
        return UntcXml.Read(stream, States);
    }

    private static byte[] SampleBytes() =>
        File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Treaties", "Import", "sample-XVIII-12.en.xml"));

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Palermo.slnx"))) folder = folder.Parent;
        return folder.FullName;
    }
}
