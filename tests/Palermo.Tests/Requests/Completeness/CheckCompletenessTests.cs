using Palermo.Kernel;
using Palermo.Requests.Completeness;
using Palermo.Requests.Document;
using Palermo.Requests.Kinds;
using Palermo.Tests.Support;
using Shouldly;
using Xunit;
using static Palermo.Tests.Support.RequestSamples;

namespace Palermo.Tests.Requests.Completeness;

public sealed class CheckCompletenessTests
{
    public static TheoryData<string> Kinds => [.. Catalogue.Kinds.Select(k => k.Code)];

    [Theory, MemberData(nameof(Kinds))]
    public void ARequestThatHoldsEverythingIsComplete(string kind)
    {
        Open(Complete(kind)).Select(f => f.Field).ShouldBeEmpty();
        CheckCompleteness.IsComplete(Check(Complete(kind))).ShouldBeTrue();
    }

    [Theory, MemberData(nameof(Kinds))]
    public void WhatIsTakenOutIsFoundWithItsArticle(string kind)
    {
        var complete = Complete(kind);
        foreach (var item in Catalogue.Items(kind).Where(i => i.IsField && i.Level != ItemLevel.Optional).DistinctBy(i => i.Name))
        {
            var asked = Catalogue.Items(kind).FirstOrDefault(i => i.Name == item.Name && ItemApplies.To(i, complete, Known));
            if (asked is null or { Level: ItemLevel.Optional }) continue;
            var open = Open(complete.WithField(item.Name, "  "));
            var finding = open.ShouldHaveSingleItem(item.Name);
            finding.Field.ShouldBe(item.Name);
            finding.Section.ShouldBe(item.Section);
            finding.Severity.ShouldBe(asked.Level == ItemLevel.Mandatory ? Severities.Missing : Severities.ReasonNeeded, item.Name);
            asked.Articles.ShouldContain(finding.Article);
            finding.Article.Provision.ShouldNotBeEmpty();
            Open(complete.WithField(item.Name, null).WithReason(item.Name)).Any().ShouldBe(asked.Level == ItemLevel.Mandatory, item.Name);
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public void AMissingMemberListOrAttributeIsFound(string kind)
    {
        var complete = Complete(kind);
        var without = new Dictionary<string, RequestDocument>
        {
            ["requesting"] = complete with { Requesting = null },
            ["requested"] = complete with { Requested = "" },
            ["basis"] = complete with { Basis = null },
            ["requestingAuthority.name"] = complete with { RequestingAuthority = null },
            ["requestedAuthority.name"] = complete with { RequestedAuthority = complete.RequestedAuthority! with { Name = " " } },
            ["language"] = complete with { Language = null },
            ["targetLanguage"] = complete with { TargetLanguage = null },
            ["measures"] = complete with { Measures = [] },
            ["persons"] = complete with { Persons = [], Organizations = [], Accounts = [], Vehicles = [], Property = [], Electronic = [] },
            ["property"] = complete with { Property = [], Accounts = [], Vehicles = [] },
            ["vehicles"] = complete with { Vehicles = [] },
            ["firearms"] = complete with { Firearms = [] },
            ["annexes"] = complete with { Annexes = [] },
        };
        foreach (var (name, request) in without)
        {
            var asked = Catalogue.Items(kind).FirstOrDefault(i => i.Name == name && i.Level == ItemLevel.Mandatory && ItemApplies.To(i, request, Known));
            if (asked is null) continue;
            var finding = Open(request).FirstOrDefault(f => f.Field == name && f.Severity == Severities.Missing);
            finding.ShouldNotBeNull($"{kind} {name}");
            Catalogue.Items(kind).Where(i => i.Name == name).SelectMany(i => i.Articles).ShouldContain(finding.Article);
        }
    }

    [Theory]
    [InlineData("requestingAuthority.name", "18(15)(a)")]
    [InlineData("proceedings.subject", "18(15)(b)")]
    [InlineData("proceedings.nature", "18(15)(b)")]
    [InlineData("proceedings.authority", "18(15)(b)")]
    [InlineData("facts.summary", "18(15)(c)")]
    [InlineData("measures", "18(15)(d)")]
    [InlineData("persons", "18(15)(e)")]
    [InlineData("proceedings.purpose", "18(15)(f)")]
    [InlineData("targetLanguage", "18(14)")]
    [InlineData("basis.dual-criminality", "18(9)")]
    [InlineData("handling.confidential", "18(20)")]
    [InlineData("handling.use-limitation", "18(19)")]
    [InlineData("handling.deadline", "18(24)")]
    public void AnEmptyRequestForAssistanceNamesEveryItemOfTheArticle(string field, string article) =>
        Check(new RequestDocument { Kind = "mla", Basis = Basis("mla") }).Single(f => f.Field == field).Article.ShouldBe(new Citation("untoc", article));

    [Fact]
    public void TheArticleIsThatOfTheInstrumentReliedOn()
    {
        var basis = Basis("mla");
        var request = new RequestDocument { Kind = "mla", Basis = basis with { Relied = ["uncac"], Report = basis.Report with { Available = [basis.Report.Available[0] with { Instrument = "uncac" }] } } };
        Check(request).Single(f => f.Field == "facts.summary").Article.ShouldBe(new Citation("uncac", "46(15)(c)"));
    }

    [Theory]
    [InlineData("untoc", false)]
    [InlineData("tip-protocol", false)]
    [InlineData("terrorist-financing-1999", true)]
    [InlineData("none", true)]
    public void AProvisionThatDoesNotBindIsCitedForComparisonOnly(string relied, bool compared)
    {
        var basis = Basis("mla");
        var request = new RequestDocument { Kind = "mla", Basis = basis with { Relied = [relied], Report = basis.Report with { Available = [basis.Report.Available[0] with { Instrument = relied }] } } };
        var findings = Check(request);
        var facts = findings.Single(f => f.Field == "facts.summary");
        facts.Compared.ShouldBe(compared);
        ReliedArticle.Cite(Shipped.Reference, Shipped.Texts, Language.English, facts.Article, facts.Compared).ShouldBe((compared ? "compare " : "") + "UNTOC art. 18(15)(c)");
        foreach (var reciprocity in findings.Where(f => f.Field == "basis.reciprocity")) reciprocity.Article.Instrument.ShouldBeNull();
        findings.Any(f => f.Field == "basis.reciprocity").ShouldBe(relied == "none");
    }

    [Fact]
    public void ServiceOfDocumentsNeedsNoFactsButServiceAndSomethingElseDoes()
    {
        Open(Complete("mla", "service-of-documents").WithField("facts.summary", null)).ShouldBeEmpty();
        Open(Complete("mla", "service-of-documents", "bank-records").WithField("facts.summary", null)).ShouldHaveSingleItem().Field.ShouldBe("facts.summary");
    }

    [Fact]
    public void DualCriminalityIsAskedForWhereTheStateAsksForIt()
    {
        var request = Complete("mla").WithField("basis.dual-criminality", null);
        Open(request, Known with { DualCriminality = true }).ShouldHaveSingleItem().Article.Provision.ShouldBe("18(9)");
        Open(request, Known with { DualCriminality = false }).ShouldBeEmpty("the authority's word goes before the record");
        Open(request, Known with { DualCriminality = null }).ShouldHaveSingleItem("the frozen basis says that it is required").Field.ShouldBe("basis.dual-criminality");
        CheckCompleteness.Of(Catalogue, request, null, Today).ShouldContain(f => f.Message.Key == "request.finding.requirements-not-known" && f.Severity == Severities.Note);
    }

    [Theory]
    [InlineData("obtain-confiscation-order", "13(3)(a)")]
    [InlineData("enforce-confiscation-order", "13(3)(b)")]
    [InlineData("freeze-seize", "13(3)(c)")]
    public void FactsForConfiscationAreCitedByWhatIsAskedFor(string measure, string article) =>
        Open(Complete("confiscation", measure).WithField("facts.summary", null)).ShouldHaveSingleItem().Article.Provision.ShouldBe(article);

    [Fact]
    public void AnUrgentExtraditionAsksForProvisionalArrestOrSaysWhyNot()
    {
        var request = Complete("extradition", "surrender");
        var finding = Open(request).ShouldHaveSingleItem();
        (finding.Field, finding.Severity, finding.Article.Provision).ShouldBe(("measures", Severities.ReasonNeeded, "16(9)"));
        Open(request.WithReason("measures")).ShouldBeEmpty();
        Open(request.WithField("handling.urgent", "no")).ShouldBeEmpty();
    }

    [Fact]
    public void ProvisionalArrestAloneDoesNotWaitForTheFile()
    {
        RequestDocument WithoutFile(RequestDocument request) =>
            new[] { "basis.dual-criminality", "proceedings.law", "proceedings.limitation", "particulars.speciality" }.Aggregate(request with { Annexes = [] }, (r, name) => r.WithField(name, null));
        var arrest = WithoutFile(Complete("extradition", "provisional-arrest"));
        Open(arrest).ShouldBeEmpty();
        Open(arrest.WithField("particulars.warrant", null)).ShouldHaveSingleItem().Field.ShouldBe("particulars.warrant");
        Open(arrest.WithField("particulars.request-follows", null)).ShouldHaveSingleItem().Article.Provision.ShouldBe("16(9)");
        var both = WithoutFile(Complete("extradition")).WithField("particulars.request-follows", null);
        Open(both).Select(f => f.Field).ShouldBe(["basis.dual-criminality", "proceedings.law", "proceedings.limitation", "particulars.speciality", "annexes"]);
    }

    [Fact]
    public void AnExtraditionNeedsThePersonSoughtAndNotJustAnyPerson()
    {
        var request = Complete("extradition");
        var open = Open(request with { Persons = [.. request.Persons.Where(p => p.Role != "sought")] });
        open.ShouldContain(f => f.Field == "persons" && f.Severity == Severities.Missing);
        var finding = Open(request with { Persons = [.. request.Persons.Select(p => p.Role == "sought" ? p with { Nationalities = [] } : p)] }).ShouldHaveSingleItem();
        (finding.Field, finding.Article.Provision).ShouldBe(("persons/p3/nationalities", "16(10)"));
    }

    [Fact]
    public void AReasonForOneEntryOrForAllOfThemSettlesAnExpectedAttribute()
    {
        var request = Complete("mla");
        request = request with { Persons = [request.Persons[0] with { Location = "" }, .. request.Persons.Skip(1)] };
        Open(request).ShouldHaveSingleItem().Field.ShouldBe("persons/p0/location");
        Open(request.WithReason("persons/p0/location")).ShouldBeEmpty();
        Open(request.WithReason("persons.location")).ShouldBeEmpty();
        Open(request.WithReason("persons/p1/location")).ShouldNotBeEmpty();
    }

    [Fact]
    public void AnAddressThatChangesHandsNeedsItsHourAndOtherIdentifiersAReason()
    {
        var request = Complete("mla", "data-disclosure");
        request = request with { Electronic = [new("e1", "ip", "192.0.2.14"), new("e2", "email", "marcos@correio.example")] };
        Open(request).Select(f => (f.Field, f.Severity)).ShouldBe([("electronic/e1/from", Severities.Missing), ("electronic/e2/from", Severities.ReasonNeeded)]);
        Open(request.WithReason("electronic.from")).ShouldHaveSingleItem().Field.ShouldBe("electronic/e1/from");
        Open(request with { Measures = Complete("mla", "tracing").Measures }).ShouldBeEmpty();
    }

    [Fact]
    public void WhatIsAskedOfABankHasAPeriod()
    {
        var request = Complete("mla", "bank-records");
        request = request with { Accounts = [request.Accounts[0] with { From = "", Until = "" }] };
        Open(request).Select(f => f.Field).ShouldBe(["accounts/a1/from", "accounts/a1/until"]);
        Open(request.WithReason("accounts.from").WithReason("accounts.until")).ShouldBeEmpty();
    }

    [Fact]
    public void AMeasureNeedsSomethingItConcerns()
    {
        var request = Complete("mla", "real-time-collection");
        Open(request).ShouldBeEmpty();
        Open(request with { Electronic = [] }).ShouldHaveSingleItem().Field.ShouldBe("measures/m0/concerns");
        var concerned = request with { Measures = [request.Measures[0] with { Concerns = ["p0"] }] };
        Open(concerned).ShouldHaveSingleItem().Severity.ShouldBe(Severities.Missing);
        Open(request with { Measures = [request.Measures[0] with { Concerns = ["e1"] }] }).ShouldBeEmpty();
    }

    [Fact]
    public void AWithheldAssuranceIsWrong() =>
        Open(Complete("extradition").WithField("particulars.speciality", "no")).ShouldHaveSingleItem().Message.Key.ShouldBe("request.finding.assurance");

    [Fact]
    public void WithoutAKindItSaysWhichThereAre() => Check(new()).First(f => f.Field == "kind").Severity.ShouldBe(Severities.Missing);

    [Fact]
    public void EveryFindingHasASentenceInEveryLanguage()
    {
        foreach (var kind in Catalogue.Kinds)
        {
            foreach (var finding in Check(new RequestDocument { Kind = kind.Code, Basis = Basis(kind.FinderKind) }).Concat(Check(Complete(kind.Code) with { Persons = [], Property = [], Vehicles = [], Measures = [] })))
                foreach (var language in Language.All) Shipped.Texts.Say(language, finding.Message).ShouldNotContain("{");
        }
    }
}
