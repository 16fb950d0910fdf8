using System.Text;
using Palermo.Data;
using Palermo.Data.Facts;
using Palermo.Kernel;
using Palermo.Tests.Support;
using Palermo.Treaties;
using Palermo.Treaties.Import;
using Palermo.Treaties.Participation;
using Palermo.Treaties.Registry;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Treaties.Import;

/// <summary>Taking in files, on both databases: all of it or nothing.</summary>
public sealed class ImportTreatiesTests
{
    private const string Acts = "instrument,state,action,date,note\n";
    private const string Treaties = "treaty,title,party_a,party_b,kinds,provisions,signed_on,in_force_from,in_force_until,minimum_penalty_years\n";

    [Theory, EveryDatabase]
    public void ActsAreAddedAndACorrectionTakesTheEarlierOneBack(Provider provider)
    {
        using var record = TestRecord.Shipped(provider);
        var module = record.Open();
        Import(module, Acts + "untoc,Japan,ratification,2017-07-12,corrected\nuntoc,IRN,accession,2026-05-01,\nuntoc,Italie,ratification,2006-08-02,as recorded\n");
        var facts = module.Registry().Facts.OfType<ParticipationFact>().Where(f => f.Instrument == "untoc").ToArray();
        facts.Single(f => f is { State: "JPN", Action: "ratification" }).Date.ShouldBe(Shipped.Day("2017-07-12"));
        facts.Single(f => f is { State: "IRN", Action: "accession" }).Source.ShouldBe("batch:2");
        facts.Single(f => f is { State: "ITA", Action: "ratification" }).Batch.ShouldBe(1);
        module.Registry(Shipped.Day("2026-05-31")).Facts.OfType<ParticipationFact>()
            .Single(f => f is { State: "JPN", Action: "ratification", Instrument: "untoc" }).Date.ShouldBe(Shipped.Day("2017-07-11"));
    }

    [Theory, EveryDatabase]
    public void TheSameFileTwiceChangesNothing(Provider provider)
    {
        using var record = TestRecord.Shipped(provider);
        var module = record.Open();
        foreach (var file in new[] { Acts + "untoc,IRN,accession,2026-05-01,\n", Treaties + "bra-ita-mla,A treaty,ITA,Brazil,mla;extradition,1;2,1989-10-17,1993-08-01,,1.50\n" })
        {
            Import(module, file).Changes.None.ShouldBeFalse();
            var head = record.Head();
            Import(module, file).Changes.None.ShouldBeTrue();
            record.Head().ShouldBe(head);
        }
    }

    [Theory, EveryDatabase]
    public void ABilateralTreatyRoundTripsAndIsCorrected(Provider provider)
    {
        using var record = TestRecord.Shipped(provider);
        var module = record.Open();
        Import(module, Treaties + "bra-ita-mla,\"Treaty, on \"\"assistance\"\"\",Italy,Brazil,extradition;mla,1; 2 ,1989-10-17,1993-08-01,2030-01-01,0.5\n");
        var treaty = module.Registry().BilateralTreaties.ShouldHaveSingleItem();
        (treaty.Id, treaty.Title, treaty.A.Code, treaty.B.Code).ShouldBe(("bra-ita-mla", "Treaty, on \"assistance\"", "BRA", "ITA"));
        treaty.Provisions.ShouldBe(["1", "2"]);
        (treaty.SignedOn, treaty.InForceFrom, treaty.InForceUntil, treaty.MinimumPenaltyYears).ShouldBe((Shipped.Day("1989-10-17"), Shipped.Day("1993-08-01"), Shipped.Day("2030-01-01"), 0.5m));

        var plan = Import(module, Treaties + "bra-ita-mla,Another title,Italy,Brazil,mla,,,1993-08-01,,\n");
        (plan.Changes.Added.Count, plan.Changes.Withdrawn.Count).ShouldBe((1, 1));
        module.Registry().BilateralTreaties.ShouldHaveSingleItem().Title.ShouldBe("Another title");
    }

    [Theory, EveryDatabase]
    public void ADryRunShowsTheDifferencesAndChangesNothing(Provider provider)
    {
        using var record = TestRecord.Shipped(provider);
        var module = record.Open();
        var plan = Plan(module, Acts + "untoc,JPN,ratification,2017-07-12,\n");
        ImportTreaties.Lines(plan.Changes).ShouldBe(["- untoc JPN ratification 2017-07-11", "+ untoc JPN ratification 2017-07-12"]);
        record.Head().ShouldBe(1);
    }

    [Theory, EveryDatabase]
    public void APlanMadeBeforeSomebodyElseWroteIsNotCarriedOut(Provider provider)
    {
        using var record = TestRecord.Shipped(provider);
        var module = record.Open();
        var plan = Plan(module, Acts + "untoc,IRN,accession,2026-05-01,\n");
        Import(module, Acts + "untoc,COG,accession,2026-05-01,\n");
        Should.Throw<RefusedException>(() => ImportTreaties.Carry(module, plan)).Conflict.ShouldBeTrue();
        module.Registry().Facts.OfType<ParticipationFact>().Count(f => f.Date == Shipped.Day("2026-05-01")).ShouldBe(1);
    }

    [Theory]
    [InlineData("untoc", "12. ")]
    [InlineData("tip-protocol", "12. a) ")]
    [InlineData("firearms-protocol", "12. c ")]
    [InlineData("drugs-1961", "15. ")]
    [InlineData("drugs-1961-1972", "18. ")]
    public void AFileIsKnownByItsWholeTitleWithTheDepositarysNumber(string id, string number)
    {
        var instrument = Shipped.Instrument(id);
        ImportTreaties.ByTitle(Shipped.Reference, number + instrument.TitleIn(Language.English)).ShouldBe(instrument);
        ImportTreaties.ByTitle(Shipped.Reference, "12. d) Protocol on another matter, supplementing the " + instrument.TitleIn(Language.English)).ShouldBeNull();
    }

    [Theory]
    [InlineData(Acts + "untoc,IRN,accession,2026-05-01,\nuntoc,Congo,accession,2026-05-01,\n", "line 3, column state", "Congo")]
    [InlineData(Acts + "untoc,IRN,accession,2026-05-01,\nuntoc,COG,accessed,2026-05-01,\n", "line 3, column action", "accessed")]
    [InlineData(Acts + "palermo,IRN,accession,2026-05-01,\n", "line 2, column instrument", "palermo")]
    [InlineData(Acts + "untoc,IRN,accession,1 May 2026,\n", "line 2, column date", "1 May 2026")]
    [InlineData(Acts + "untoc,IRN,accession,,\n", "line 2, column date", "empty")]
    [InlineData(Acts + "untoc,IRN,accession,2026-05-01,\nuntoc,Iran,accession,2026-05-02,\n", "line 3, column action", "twice")]
    [InlineData(Acts + "untoc,IRN,accession\n", "line 2, column", "5 cells")]
    [InlineData(Acts + "untoc,\"IRN,accession,2026-05-01,\n", "line 2", "quoting")]
    [InlineData("instrument,state,action,date\nuntoc,IRN,accession,2026-05-01\n", "line 1, column note", "missing")]
    [InlineData("a,b\n1,2\n", "line 1, column a", "unknown column")]
    [InlineData("", "line 1", "empty")]
    [InlineData(Treaties + "bra-ita-mla,T,ITA,BRA,mla,,,1993-08-01,,\nbra-ita-mla,T,ITA,BRA,mla,,,1993-08-01,,\n", "line 3, column treaty", "twice")]
    [InlineData(Treaties + "bra-ita-mla,T,ITA,BRA,mla,,,1993-08-01,,\nBAD ID,T,ITA,BRA,mla,,,1993-08-01,,\n", "Line 3", "BAD ID")]
    [InlineData(Treaties + "bra-ita-mla,T,ITA,BRA,help,,,1993-08-01,,\n", "Line 2", "help")]
    [InlineData(Treaties + "bra-ita-mla,T,ITA,BRA,,,,1993-08-01,,\n", "Line 2", "kind")]
    [InlineData(Treaties + "bra-ita-mla,T,ITA,ITA,mla,,,1993-08-01,,\n", "Line 2", "same")]
    [InlineData(Treaties + "bra-ita-mla,T,ITA,BRA,mla,,,1993-08-01,1990-01-01,\n", "Line 2", "before it ends")]
    [InlineData(Treaties + "bra-ita-mla,,ITA,BRA,mla,,,1993-08-01,,\n", "Line 2", "title")]
    [InlineData(Treaties + "bra-ita-mla,T,ITA,BRA,mla,,,1993-08-01,,-1\n", "Line 2", "years")]
    [InlineData(Treaties + "untoc,T,ITA,BRA,mla,,,1993-08-01,,\n", "Line 2", "untoc")]
    public void ADamagedRowIsNamedAndNothingIsDone(string file, string where, string what)
    {
        using var record = TestRecord.Shipped(Provider.Sqlite);
        var module = record.Open();
        var said = Shipped.Texts.Say(Language.English, Should.Throw<RefusedException>(() => Import(module, file)).Text);
        said.ShouldContain(where);
        said.ShouldContain(what);
        record.Head().ShouldBe(1);
    }

    [Fact]
    public void BytesThatAreNotUtf8AreRefused()
    {
        using var record = TestRecord.Shipped(Provider.Sqlite);
        var module = record.Open();
        var refused = Should.Throw<RefusedException>(() => ImportTreaties.Plan(module, "acts.csv", [.. Encoding.UTF8.GetBytes(Acts), 0xE9, 0x0A], null));
        Shipped.Texts.Say(Language.English, refused.Text).ShouldContain("UTF-8");
    }

    [Fact]
    public void ATooLargeFileIsRefused()
    {
        using var record = TestRecord.Shipped(Provider.Sqlite);
        Should.Throw<RefusedException>(() => ImportTreaties.Plan(record.Open(), "acts.csv", new byte[50_000_001], null)).Text.Key.ShouldBe("import.too-large");
    }

    [Theory, EveryDatabase]
    public void TheDepositarysFileReplacesWhatWasKnownAndKeepsItAsHistory(Provider provider)
    {
        using var record = TestRecord.Shipped(provider);
        var module = record.Open();
        var before = Report(module, "2013-04-25", null).Parties;
        before.ShouldBe(175);

        var plan = ImportTreaties.Plan(module, "sample.xml", Sample(), null);
        record.Head().ShouldBe(1);
        ImportTreaties.Carry(module, plan);
        record.Head().ShouldBe(2);

        var today = Report(module, "2015-01-02", null);
        // The file counts 12; Niger's act stands in brackets, so whether it is still a party is not known.
        (today.Parties, today.Complete, today.AsAt).ShouldBe((11, true, Shipped.Day("2015-01-02")));
        today.UnknownList.ShouldBe(["NER"]);
        Report(module, "2013-04-25", "2026-05-31").Parties.ShouldBe(before);
        Report(module, "2014-07-10", "2026-05-31").Parties.ShouldBe(179);
        StatusOn.Report(module.Registry(), module.Reference.Find("uncac")!, Shipped.Day("2014-07-10")).Parties
            .ShouldBe(StatusOn.Report(Shipped.Registry, Shipped.Instrument("uncac"), Shipped.Day("2014-07-10")).Parties);

        using var context = record.Database.Connect();
        FactLog.ReadTexts(context, "untoc").Count.ShouldBe(13);
        FactLog.ReadTexts(context, "untoc").ShouldContain(t => t.State == "CIV" && t.Text.StartsWith("First “paragraph”.", StringComparison.Ordinal));
    }

    [Theory, EveryDatabase]
    public void TheSameDepositarysFileTwiceChangesNothing(Provider provider)
    {
        using var record = TestRecord.Shipped(provider);
        var module = record.Open();
        ImportTreaties.Carry(module, ImportTreaties.Plan(module, "sample.xml", Sample(), null));
        ImportTreaties.Plan(module, "sample.xml", Sample(), null).Changes.None.ShouldBeTrue();
        record.Head().ShouldBe(2);

        // A newer program with the same shipped facts leaves the import alone.
        record.Open().Registry().Head.ShouldBe(2);
    }

    [Theory, EveryDatabase]
    public void ADenunciationSurvivesTheDepositarysFile(Provider provider)
    {
        using var record = TestRecord.Shipped(provider);
        var module = record.Open();
        Import(module, Acts + "untoc,ARG,denunciation,2012-05-01,\n");
        ImportTreaties.Carry(module, ImportTreaties.Plan(module, "sample.xml", Sample(), null));
        module.Registry().Facts.OfType<ParticipationFact>().ShouldContain(f => f.Instrument == "untoc" && f.State == "ARG" && f.Action == "denunciation");
    }

    [Theory, EveryDatabase]
    public void AStateThatCameBackAccededTwice(Provider provider)
    {
        using var record = TestRecord.Shipped(provider);
        var module = record.Open();
        Import(module, Acts + "untoc,IRN,accession,2010-05-01,\nuntoc,IRN,denunciation,2012-05-01,\n");
        Import(module, Acts + "untoc,IRN,accession,2014-05-01,\n").Changes.Withdrawn.ShouldBeEmpty();
        Import(module, Acts + "untoc,IRN,accession,2014-05-02,\n").Changes.Withdrawn.Count.ShouldBe(1);
        module.Registry().Facts.OfType<ParticipationFact>().Where(f => f is { Instrument: "untoc", State: "IRN", Action: "accession" }).Select(f => f.Date).Order()
            .ShouldBe([Shipped.Day("2010-05-01"), Shipped.Day("2014-05-02")]);

        Import(module, Acts + "untoc,COG,accession,2010-05-01,\nuntoc,COG,denunciation,2012-05-01,\nuntoc,COG,accession,2014-05-01,\nuntoc,COG,denunciation,2016-05-01,\n")
            .Changes.Added.Count.ShouldBe(4);
    }

    [Theory, EveryDatabase]
    public void CountsThatDisagreeAreRefused(Provider provider)
    {
        using var record = TestRecord.Shipped(provider);
        var module = record.Open();
        var file = Encoding.Latin1.GetString(Sample()).Replace("<Parties>12</Parties>", "<Parties>13</Parties>", StringComparison.Ordinal);
        var refused = Should.Throw<RefusedException>(() => ImportTreaties.Plan(module, "sample.xml", Encoding.Latin1.GetBytes(file), null));
        Shipped.Texts.Say(Language.English, refused.Text).ShouldContain("13");
        record.Head().ShouldBe(1);
    }

    [Theory]
    [InlineData("<Titlesect>", "<Titlesect>Protocol on something else, supplementing the ", "import.instrument")]
    [InlineData("New York, 15 November 2000", "New York, 16 November 2000", "import.adopted")]
    [InlineData("<Labeltext>29 September 2003, in", "<Labeltext>30 September 2003, in", "import.entered")]
    public void AFileOfAnotherTreatyIsRefused(string from, string to, string key)
    {
        using var record = TestRecord.Shipped(Provider.Sqlite);
        var file = Encoding.Latin1.GetString(Sample()).Replace(from, to, StringComparison.Ordinal);
        Should.Throw<RefusedException>(() => ImportTreaties.Plan(record.Open(), "sample.xml", Encoding.Latin1.GetBytes(file), null)).Text.Key.ShouldBe(key);
    }

    [Theory]
    [InlineData(null, "import.older", "1 Jan 2001")]
    [InlineData("2026-06-02", "import.future", null)]
    public void AFileMustBeCurrentAndNotOfTheFuture(string? asAt, string key, string? last)
    {
        using var record = TestRecord.Shipped(Provider.Sqlite);
        var module = record.Open();
        var text = Encoding.Latin1.GetString(Sample());
        if (last is not null) text = text.Replace("2014 a", "2004 a", StringComparison.Ordinal).Replace("2015 a", "2005 a", StringComparison.Ordinal);
        Should.Throw<RefusedException>(() => ImportTreaties.Plan(module, "sample.xml", Encoding.Latin1.GetBytes(text), asAt is null ? null : Shipped.Day(asAt))).Text.Key.ShouldBe(key);
    }

    [Fact]
    public void TheDayOfTheDownloadMovesTheEdge()
    {
        using var record = TestRecord.Shipped(Provider.Sqlite);
        var module = record.Open();
        ImportTreaties.Carry(module, ImportTreaties.Plan(module, "sample.xml", Sample(), Shipped.Day("2026-05-01")));
        var report = Report(module, "2026-05-01", null);
        (report.Complete, report.AsAt).ShouldBe((true, Shipped.Day("2026-05-01")));
        Report(module, "2026-05-02", null).Complete.ShouldBeFalse();
    }

    private static StatusReport Report(TreatyModule module, string on, string? known) =>
        StatusOn.Report(module.Registry(known is null ? null : Shipped.Day(known)), module.Reference.Find("untoc")!, Shipped.Day(on));

    private static ImportPlan Plan(TreatyModule module, string file) => ImportTreaties.Plan(module, "form.csv", Encoding.UTF8.GetBytes(file), null);

    private static ImportPlan Import(TreatyModule module, string file)
    {
        var plan = Plan(module, file);
        ImportTreaties.Carry(module, plan);
        return plan;
    }

    private static byte[] Sample() => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Treaties", "Import", "sample-XVIII-12.en.xml"));
}
