using Palermo.Requests.Completeness;
using Palermo.Requests.Document;
using Palermo.Requests.Drafting;
using Palermo.Tests.Support;
using Shouldly;
using Xunit;
using static Palermo.Tests.Support.RequestSamples;

namespace Palermo.Tests.Requests.Completeness;

/// <summary>What is there and cannot be right, and what is good to know.</summary>
public sealed class ConsistencyTests
{
    [Fact]
    public void WrongIdentifiersAreNamedWhereTheyStand()
    {
        var all = Complete("mla");
        Field(all with { Accounts = [all.Accounts[0] with { Number = "IT61X0542811101000000123456" }] }).ShouldBe("accounts/a1/number wrong iban-check");
        Field(all with { Accounts = [all.Accounts[0] with { From = "2026-02-30" }] }).ShouldBe("accounts/a1/from wrong date");
        Field(all with { Accounts = [all.Accounts[0] with { From = "2026-02-03", Until = "2026-02-01" }] }).ShouldBe("accounts/a1/until wrong period");
        Field(all with { Vehicles = [all.Vehicles[0] with { Number = "9074728" }] }).ShouldBe("vehicles/v1/number wrong imo");
        Field(all with { Vehicles = [all.Vehicles[0] with { Type = "road", Number = "1M8GDM9A_KP042788" }] }).ShouldBe("vehicles/v1/number wrong vin-form");
        Field(all with { Vehicles = [all.Vehicles[0] with { Type = "road", Number = "1M8GDM9A1KP042788" }] }).ShouldBe("vehicles/v1/number wrong vin-check");
        Field(all with { Vehicles = [all.Vehicles[0] with { Type = "road", Number = "WVWZZZ1JZ3W386752" }] }).ShouldBe("vehicles/v1/number note vin-no-check");
        Field(all with { Property = [all.Property[0] with { Currency = "Euro" }] }).ShouldBe("property/r1/currency wrong currency");
        Field(all with { Electronic = [new("e1", "ip", "300.1.1.1", From: "2026-03-01T00:00:00Z")] }).ShouldBe("electronic/e1/value wrong ip");
        Field(all with { Electronic = [new("e1", "domain", "x.example", From: "yesterday")] }).ShouldBe("electronic/e1/from wrong moment");
        Field(Person(all, p => p with { Born = "1979-13" })).ShouldBe("persons/p0/born wrong partial-date");
        Field(Person(all, p => p with { Nationalities = ["Brazil"] })).ShouldBe("persons/p0/nationalities wrong state");
        Field(Person(all, p => p with { Nationalities = ["XXA"] })).ShouldBe("persons/p0/nationalities note state-unknown");
        Field(Person(all, p => p with { Names = [new("Иванов", "Ivan")] })).ShouldBe("persons/p0/names note script");
        Field(all with { RequestingAuthority = all.RequestingAuthority! with { Email = "nobody" } }).ShouldBe("requestingAuthority.email wrong email");
    }

    [Fact]
    public void EntriesHaveIdentifiersOfTheirOwnAndReferToOthers()
    {
        var all = Complete("mla", "documents-records");
        Field(all with { Electronic = [new("p1", "email", "a@b.example")] }).ShouldBe("electronic/p1/id wrong id-twice");
        Field(all with { Electronic = [new("", "email", "a@b.example")] }).ShouldBe("electronic//id wrong id-missing");
        Field(all with { Measures = [all.Measures[0] with { Concerns = ["p99"] }] }).ShouldBe("measures/m0/concerns wrong concerns-unknown");
        Field(all with { Measures = [all.Measures[0] with { Code = "torture" }] }).ShouldBe("measures/m0/code wrong measure-unknown");
        Field(all with { Annexes = [new("x1", "Film", Size: (1L << 30) + 1)] }).ShouldBe("annexes/x1/size wrong annex-size");
    }

    [Fact]
    public void TheBasisIsAboutThisRequestAndFresh()
    {
        var all = Complete("mla");
        Field(all with { Basis = all.Basis! with { AskedOn = Today.AddDays(-181) } }).ShouldBe("basis note basis-old");
        Field(all with { Basis = all.Basis! with { AskedOn = Today.AddDays(-180) } }).ShouldBe("");
        Field(all with { Requested = "FRA" }).ShouldBe("basis wrong basis-other-states");
        Field(all with { Basis = Basis("extradition") }).ShouldBe("basis wrong basis-other-kind");
        Field(all with { Basis = all.Basis! with { Relied = ["untoc", "uncac"] } }).ShouldBe("basis wrong basis-not-available");
        Open(all with { Requesting = "ITA" }).ShouldContain(f => f.Message.Key == "request.finding.same-state");
    }

    [Theory]
    [InlineData("boarding", "untoc", false)]
    [InlineData("boarding", "som-protocol", true)]
    [InlineData("firearms-tracing", "som-protocol", false)]
    [InlineData("firearms-tracing", "cifta", true)]
    [InlineData("return-of-persons", "uncac", false)]
    [InlineData("return-of-persons", "a-readmission-agreement", true)]
    [InlineData("mla", "uncac", true)]
    public void WhatExistsUnderAProtocolOnlyRestsOnIt(string kind, string relied, bool carried)
    {
        var all = Complete(kind);
        var one = all.Basis!.Report.Available[0] with { Instrument = relied };
        var findings = Check(all with { Basis = all.Basis with { Relied = [relied], Report = all.Basis.Report with { Available = [one] } } });
        findings.Any(f => f.Message.Key == "request.finding.basis-without-provision" && f.Severity == Severities.Wrong).ShouldBe(!carried);
        Catalogue.Resolve("boarding").Order(["untoc", "som-protocol"]).ShouldBe(["som-protocol", "untoc"]);
        Catalogue.Resolve("mla").Order(["uncac", "untoc"]).ShouldBe(["uncac", "untoc"]);
    }

    [Fact]
    public void ADeadlineIsNotInThePastWhenItIsSuggested()
    {
        var late = Complete("mla").WithField("handling.deadline", "2026-05-31");
        Field(late).ShouldBe("handling.deadline wrong deadline-past");
        Field(late with { Date = new(2026, 1, 1) }).ShouldBe("handling.deadline note deadline-past");
        Field(late.WithField("handling.deadline", "soon")).ShouldBe("handling.deadline wrong day");
    }

    [Fact]
    public void TheLanguageIsOneTheRequestedStateAccepts()
    {
        var all = Complete("mla");
        Field(all with { Language = "it", TargetLanguage = "it" }).ShouldBe("targetLanguage wrong language-not-accepted");
        Check(all with { Language = "it", TargetLanguage = "it" }, new() { DualCriminality = true }).ShouldContain(f => f.Message.Key == "request.finding.language-not-accepted", "the frozen basis knows");
        Field(all with { Language = "Français" }).ShouldStartWith("language wrong language-code");
        Check(all with { Basis = all.Basis! with { Relied = ["uncac"] } }, new()).ShouldContain(f => f.Message.Key == "request.finding.language-not-known");
    }

    [Fact]
    public void WhatIsInWordsIsTranslatedOrTheStateReadsItOrTheWholeIsAnnexed()
    {
        var all = Complete("mla", "bank-records") with { Language = "pt" };
        all = all.WithReason("persons/p0/location") with { Organizations = [all.Organizations[0] with { Role = "Sent the money" }] };
        var texts = FreeText.Of(Catalogue, all);
        foreach (var path in new[] { "facts.summary", "absences/persons/p0/location", "measures/m0/details", "persons/p0/description", "organizations/o1/role", "vehicles/v1/description", "property/r1/description", "firearms/f1/found", "annexes/x1/title" })
            texts.ShouldContain(t => t.Path == path);
        texts.ShouldNotContain(t => t.Path == "handling.urgent" || t.Path == "proceedings.nature" || t.Path == "proceedings.reference");
        var open = Open(all);
        open.Count.ShouldBe(texts.Count);
        open.ShouldAllBe(f => f.Message.Key == "request.finding.not-translated" && f.Severity == Severities.Missing && f.Section == "language" && f.Field == "targetLanguage");
        foreach (var finding in open) Shipped.Texts.Say(Palermo.Kernel.Language.English, finding.Message).ShouldNotContain("{");

        Open(all, Known with { Languages = ["fr", "pt"] }).ShouldBeEmpty();
        Open(all with { Annexes = [.. all.Annexes, new("x2", "Tradução", Type: AnnexEntry.Translation)] }).ShouldBeEmpty();
        var translated = all with { Translations = [.. texts.Select(t => new TranslationEntry { Field = t.Path, Language = "fr", Text = "Traduit", Of = TranslationHash.Of(t.Text) })] };
        Open(translated).ShouldBeEmpty();
        Open(translated with { Translations = [.. translated.Translations.Skip(1)] }).ShouldHaveSingleItem().Message.Key.ShouldBe("request.finding.not-translated", "to delete it does not make the request complete");
        Open(translated.WithField("facts.summary", "Something else")).ShouldHaveSingleItem().Message.Key.ShouldBe("request.finding.translation-stale");
        Open(translated, Known with { Certification = true }).ShouldAllBe(f => f.Message.Key == "request.finding.translation-not-certified");
    }

    [Fact]
    public void AFloodOfTextIsCheckedQuicklyAndCutInMessages()
    {
        var flood = new string('\u202E', 10_000_000);
        var all = Complete("mla").WithField("proceedings.nature", flood);
        all = all with { Accounts = [all.Accounts[0] with { Number = flood }], Persons = [all.Persons[0] with { Born = flood, Names = [new(flood, flood)] }] };
        foreach (var finding in Check(all)) Shipped.Texts.Say(Palermo.Kernel.Language.English, finding.Message).Length.ShouldBeLessThan(2_000);
    }

    [Fact]
    public async Task ThousandsOfEntriesThatReferToOneAnotherAreCheckedInTime()
    {
        var all = Complete("mla", "bank-records");
        string[] ids = [.. Enumerable.Range(0, 300).Select(i => $"y{i}")];
        var many = all with
        {
            Measures = [.. Enumerable.Range(0, 5_000).Select(i => all.Measures[0] with { Id = $"n{i}", Concerns = ids })],
            Electronic = [.. Enumerable.Range(0, 10_000).Select(i => all.Electronic[0] with { Id = $"y{i}" })],
            Translations = [.. Enumerable.Range(0, 10_000).Select(i => new TranslationEntry { Field = $"measures/n{i}/details", Language = "fr", Text = "x" })],
            Language = "pt",
        };
        var findings = await Task.Run(() => Check(many)).WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        findings.Count.ShouldBeLessThanOrEqualTo(FindingList.Most);
    }

    /// <summary>The only finding, as field, severity and end of the message's key; empty when there is none.</summary>
    private static string Field(RequestDocument request)
    {
        var findings = Check(request).Where(f => f.Message.Key != "request.finding.not-translated").ToArray();
        return string.Join("; ", findings.Select(f => $"{f.Field} {f.Severity} {f.Message.Key["request.finding.".Length..]}"));
    }

    private static RequestDocument Person(RequestDocument request, Func<PersonEntry, PersonEntry> change) => request with { Persons = [change(request.Persons[0]), .. request.Persons.Skip(1)] };
}
