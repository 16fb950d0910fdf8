using Palermo.Kernel;
using Palermo.Tests.Support;
using Palermo.Treaties.InForce;
using Palermo.Treaties.LegalBasis;
using Palermo.Treaties.Registry;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Treaties.LegalBasis;

/// <summary>The worked cases the finder was specified by; "group" means that the facts meet UNTOC arts. 2(a), 2(b) and 3.</summary>
public sealed class FindBasisTests
{
    [Fact]
    public void Case1BrazilAsksItalyBeforeItalyIsBound()
    {
        var answer = Answer("BRA", "ITA", "mla", "money-laundering", "2006-08-15", 10, true, true);
        Excluded(answer, "untoc").ShouldBe((Exclusion.NotYetInForce, "ITA"));
        var untoc = answer.Excluded.Single(e => e.Id == "untoc");
        untoc.Source.ShouldBe(new Citation("untoc", "38"));
        untoc.Standing.Bond!.Deposited.ShouldBe(Shipped.Day("2006-08-02"));
        untoc.Standing.Since.ShouldBe(Shipped.Day("2006-09-01"));
    }

    [Fact]
    public void Case1BrazilAsksItaly()
    {
        var answer = Answer("BRA", "ITA", "mla", "money-laundering", "2014-06-01", 10, true, true);
        var untoc = answer.Available[0];
        (untoc.Id, untoc.Role, untoc.InForceSince).ShouldBe(("untoc", BasisRole.Primary, Shipped.Day("2006-09-01")));
        untoc.Articles.ShouldBe(["18"]);
        untoc.Conditions.ShouldAllBe(c => c.Met == true);
        untoc.Reasons.ShouldContain(new BasisReason("bank-secrecy", new Citation("untoc", "18(8)")));
        Excluded(answer, "oas-mla-1992").ShouldBe((Exclusion.NotAParty, "ITA"));
        answer.TreatyBasis.ShouldBe(true);
    }

    [Fact]
    public void Case1WithTheBilateralTreaty()
    {
        var registry = Shipped.With(Shipped.BrazilItaly());
        var answer = FindBasis.Answer(registry, Shipped.Query("BRA", "ITA", "mla", "money-laundering", "2014-06-01", 10, true, true));
        answer.Available.Select(a => (a.Id, a.Role)).Take(2).ShouldBe([("bra-ita-1989", BasisRole.Primary), ("untoc", BasisRole.Supplementary)]);
        answer.Available[0].InForceSince.ShouldBe(Shipped.Day("1993-08-01"));
        answer.Available[1].Reasons.ShouldContain(new BasisReason("steps-back", new Citation("untoc", "18(7)")));
        answer.Available.Where(a => a.Instrument is not null).ShouldAllBe(a => a.Role == BasisRole.Supplementary);

        // Another kind of cooperation is not governed by it.
        FindBasis.Answer(registry, Shipped.Query("BRA", "ITA", "confiscation", "money-laundering", "2014-06-01", 10, true, true))
            .Available[0].ShouldSatisfyAllConditions(a => a.Id.ShouldBe("untoc"), a => a.Role.ShouldBe(BasisRole.Primary));
    }

    [Theory]
    [InlineData("1993-07-31", Exclusion.NotYetInForce)]
    [InlineData("2010-01-01", Exclusion.NoLongerInForce)]
    [InlineData("2009-12-31", null)]
    public void ABilateralTreatyThatIsNotInForceIsExcluded(string on, string? reason)
    {
        var answer = FindBasis.Answer(Shipped.With(Shipped.BrazilItaly(until: "2010-01-01")), Shipped.Query("ITA", "BRA", "mla", "money-laundering", on));
        answer.Excluded.SingleOrDefault(e => e.Id == "bra-ita-1989")?.Reason.ShouldBe(reason);
        answer.Available.Any(a => a.Id == "bra-ita-1989").ShouldBe(reason is null);
    }

    [Theory]
    [InlineData(0.5, false)]
    [InlineData(1.0, true)]
    public void ABilateralTreatysPenaltyIsTested(double years, bool available)
    {
        var answer = FindBasis.Answer(Shipped.With(Shipped.BrazilItaly(penalty: "1")), Shipped.Query("BRA", "ITA", "mla", "money-laundering", "2014-06-01", (decimal)years));
        answer.Available.Any(a => a.Id == "bra-ita-1989").ShouldBe(available);
        if (!available) Excluded(answer, "bra-ita-1989").ShouldBe((Exclusion.PenaltyTooLow, null));
        answer.Available.Single(a => a.Id == "untoc").Role.ShouldBe(available ? BasisRole.Supplementary : BasisRole.Primary);
    }

    [Fact]
    public void Case2BrazilAsksJapanAboutCocaine()
    {
        var answer = Answer("BRA", "JPN", "mla", "drugs", "2014-06-01", 10, true, true);
        var drugs = answer.Available.Single(a => a.Id == "drugs-1988");
        drugs.Role.ShouldBe(BasisRole.Primary);
        drugs.Articles.ShouldBe(["7"]);
        Excluded(answer, "untoc").ShouldBe((Exclusion.SignatoryOnly, "JPN"));
    }

    [Fact]
    public void Case2BrazilAsksJapanAboutBribery()
    {
        var answer = Answer("BRA", "JPN", "mla", "bribery", "2014-06-01", 10, true, true);
        answer.Available.ShouldHaveSingleItem().Id.ShouldBe("none");
        answer.Available[0].Role.ShouldBe(BasisRole.Fallback);
        answer.Unknown.ShouldBeEmpty();
        answer.TreatyBasis.ShouldBe(false);
    }

    [Fact]
    public void Case3ColombiaAsksVenezuelaAboutFirearms()
    {
        var answer = Answer("COL", "VEN", "mla", "firearms", "2014-06-01", 4, true, true);
        var untoc = answer.Available.Single(a => a.Id == "untoc");
        untoc.Role.ShouldBe(BasisRole.Primary);
        untoc.Conditions.ShouldContain(c => c.Code == "serious-crime" && c.Met == true);
        Excluded(answer, "firearms-protocol").ShouldBe((Exclusion.NotAParty, "COL"));
    }

    [Fact]
    public void Case4TheCzechRepublicAsksVietNam()
    {
        var extradition = Answer("CZE", "VNM", "extradition", "organized-group", "2014-06-01", 10, true, true);
        Excluded(extradition, "untoc").ShouldBe((Exclusion.DeclaredNotABasis, "VNM"));
        extradition.Excluded.Single(e => e.Id == "untoc").Declaration.ShouldNotBeNull();

        var mla = Answer("CZE", "VNM", "mla", "organized-group", "2014-06-01", 10, true, true);
        mla.Available.Single(a => a.Id == "untoc").Warnings.ShouldContain(w => w.Code == "non-self-executing");

        foreach (var kind in new[] { "mla", "extradition" })
            Excluded(Answer("CZE", "VNM", kind, "organized-group", "2013-10-01", 10, true, true), "untoc").ShouldBe((Exclusion.NotYetInForce, "CZE"));
    }

    [Fact]
    public void Case5UgandaAsksTheTwoCongos()
    {
        Excluded(Answer("UGA", "COG", "mla", "other", "2014-06-01", 5, true, true), "untoc").ShouldBe((Exclusion.SignatoryOnly, "COG"));
        Answer("UGA", "COD", "mla", "other", "2014-06-01", 5, true, true).Available[0].ShouldSatisfyAllConditions(
            a => a.Id.ShouldBe("untoc"), a => a.Role.ShouldBe(BasisRole.Primary), a => a.Articles.ShouldBe(["18"]));
    }

    [Fact]
    public void Case6TimorLesteAsksAustralia()
    {
        Excluded(Answer("TLS", "AUS", "mla", "drugs", "2014-08-15"), "drugs-1988").ShouldBe((Exclusion.NotYetInForce, "TLS"));
        Excluded(Answer("TLS", "AUS", "mla", "drugs", "2014-08-31"), "drugs-1988").ShouldBe((Exclusion.NotYetInForce, "TLS"));
        var drugs = Answer("TLS", "AUS", "mla", "drugs", "2014-09-01").Available.Single(a => a.Id == "drugs-1988");
        drugs.InForceSince.ShouldBe(Shipped.Day("2014-09-01"));
    }

    [Theory]
    [InlineData("extradition", "16", "44", "6", "11")]
    [InlineData("mla", "18", "46", "7", "12")]
    [InlineData("confiscation", "13;14", "54;55;56;57", "5", "8")]
    [InlineData("joint-investigation", "19", "49", "9", null)]
    [InlineData("special-techniques", "20", "50", "11", null)]
    [InlineData("transfer-of-proceedings", "21", "47", "8", null)]
    [InlineData("sentenced-persons", "17", "45", "6(12)", null)]
    [InlineData("spontaneous-information", "18(4)", "46(4)", null, null)]
    [InlineData("law-enforcement", "27", "48", "9;17", "18")]
    [InlineData("witnesses", "24", "32;33", null, null)]
    [InlineData("victims", "25", "32", null, null)]
    public void EachKindHasItsArticles(string kind, string untoc, string uncac, string? drugs, string? financing)
    {
        string? Articles(string id) => Shipped.Reference.Coverage.Kind(Shipped.Instrument(id), Codes.Kind(kind)!.Value) is { } covered ? string.Join(';', covered.Articles) : null;
        (Articles("untoc"), Articles("uncac"), Articles("drugs-1988"), Articles("terrorist-financing-1999")).ShouldBe((untoc, uncac, drugs, financing));
    }

    [Fact]
    public void ADeclaredTreatyBasisForConfiscationIsSaid()
    {
        var registry = Shipped.With(Shipped.Declared("untoc", "ITA", "other", "treaty-basis-for-confiscation", "13(6)"));
        FindBasis.Answer(registry, Shipped.Query("BRA", "ITA", "confiscation", "money-laundering", "2014-06-01"))
            .Available.Single(a => a.Id == "untoc").Warnings.ShouldContain(w => w.Code == "treaty-basis-for-confiscation");
    }

    [Fact]
    public void TreatyFirstThenReciprocityIsAConditionToBeShown()
    {
        var registry = Shipped.With(Shipped.Declared("untoc", "ITA", "other", "treaty-first-then-reciprocity", "18"));
        FindBasis.Answer(registry, Shipped.Query("BRA", "ITA", "mla", "money-laundering", "2014-06-01"))
            .Available.Single(a => a.Id == "untoc").Conditions.ShouldContain(c => c.Code == "reciprocity" && c.Met == null);
        FindBasis.Answer(registry, Shipped.Query("ITA", "BRA", "mla", "money-laundering", "2014-06-01"))
            .Available.Single(a => a.Id == "untoc").Conditions.ShouldNotContain(c => c.Code == "reciprocity");
    }

    [Fact]
    public void ADisputedRelationIsUnknownWithTheStatement()
    {
        var unknown = Answer("ISR", "DZA", "mla", "organized-group", "2014-06-01").Unknown.Single(u => u.Instrument.Id == "untoc");
        (unknown.Missing, unknown.State?.Code).ShouldBe(("relations-denied", "DZA"));
        unknown.Declaration.ShouldNotBeNull();
    }

    [Fact]
    public void PastTheEdgeAPartyStaysAvailableWithAWarningAndASilentStateIsUnknown()
    {
        Answer("BRA", "ITA", "mla", "organized-group", "2026-06-01").Available[0].Warnings.ShouldContain(w => w.Code == "past-edge");
        Answer("BRA", "ITA", "mla", "organized-group", "2014-06-01").Available[0].Warnings.ShouldNotContain(w => w.Code == "past-edge");
        Answer("BRA", "IRN", "mla", "organized-group", "2026-06-01").Unknown.ShouldContain(u => u.Instrument.Id == "untoc" && u.Missing == "participation");
    }

    [Fact]
    public void ADeclarationCountsFromItsOwnDay()
    {
        // Monaco's notification of 18 October 2006; before it, nothing is known of Monaco's position.
        Answer("FRA", "MCO", "extradition", "organized-group", "2007-01-01").Available[0].Id.ShouldBe("untoc");
        Answer("FRA", "MCO", "extradition", "organized-group", "2006-10-17").Unknown
            .ShouldContain(u => u.Instrument.Id == "untoc" && u.Missing == "extradition-notification");
    }

    [Theory]
    [InlineData("FRA", "IRL", "mla", "drugs", "drugs-1988", null)]
    [InlineData("ESP", "LVA", "mla", "firearms", "firearms-protocol", "Prosecutor General's Office (pre-trial); Ministry of Justice (trial)")]
    public void AnAuthorityForShipsOrAPointOfContactIsNotTheCentralAuthority(string from, string to, string kind, string offence, string instrument, string? authority) =>
        Answer(from, to, kind, offence, "2014-06-01").Available.Single(a => a.Id == instrument)
            .Requirements.Single(r => r.Code == "central-authority").Value.ShouldBe(authority);

    [Fact]
    public void TheAuthorityForAssistanceIsNotARequirementOfExtradition() =>
        Answer("FRA", "LVA", "extradition", "organized-group", "2014-06-01").Available.Single(a => a.Id == "untoc")
            .Requirements.ShouldNotContain(r => r.Code == "central-authority" || r.Code == "language");

    [Fact]
    public void AnExclusionByStatementNamesTheTreatysParagraph() =>
        Answer("CZE", "VNM", "extradition", "organized-group", "2014-06-01").Excluded.Single(e => e.Id == "untoc")
            .Source.ShouldBe(new Citation("untoc", "16(5)(b)"));

    [Fact]
    public void WithoutAClauseOnTheBasisNoNotificationCanSettleIt()
    {
        var unknown = Answer("FRA", "DEU", "extradition", "drugs", "2014-06-01").Unknown;
        unknown.Single(u => u.Instrument.Id == "drugs-1971").Missing.ShouldBe("extradition-without-treaty");
        unknown.Single(u => u.Instrument.Id == "drugs-1961-1972").ShouldSatisfyAllConditions(
            u => u.Missing.ShouldBe("extradition-notification"), u => u.Source.ShouldBe(new Citation("drugs-1961-1972", "36(2)(b)(ii)")));
    }

    [Fact]
    public void ATreatyOfAnotherKindStandsAmongTheExcluded() =>
        FindBasis.Answer(Shipped.With(Shipped.BrazilItaly()), Shipped.Query("BRA", "ITA", "confiscation", "money-laundering", "2014-06-01"))
            .Excluded.Single(e => e.Id == "bra-ita-1989").Reason.ShouldBe(Exclusion.KindNotCovered);

    [Fact]
    public void AProtocolThatDoesNotExtendToTheTerritoryLiftsNoPenaltyTest() =>
        Excluded(FindBasis.Answer(Shipped.Registry, Shipped.Query("GBR", "CHN", "mla", "trafficking-persons", "2014-06-01", 2, true, true, territory: "HKG")), "untoc")
            .Reason.ShouldBe(Exclusion.PenaltyTooLow);

    [Fact]
    public void TheProtocolToTheInterAmericanConventionSharesItsPenaltyTest() =>
        Excluded(Answer("BRA", "USA", "mla", "other", "2010-06-01", 0.5m), "oas-mla-protocol-1993").Reason.ShouldBe(Exclusion.PenaltyTooLow);

    [Fact]
    public void AnUndatedRecordIsToldApartFromOneThatEnds() =>
        Answer("ARG", "BRA", "mla", "firearms", "2003-06-01").Available.Single(a => a.Id == "cifta").Warnings.Select(w => w.Code)
            .ShouldSatisfyAllConditions(w => w.ShouldContain("undated-record"), w => w.ShouldNotContain("past-edge"));

    [Fact]
    public void EveryReasonForExclusionCanBeReached()
    {
        var seen = new HashSet<string>();
        void Ask(TreatyRegistry registry, BasisQuery query) => seen.UnionWith(FindBasis.Answer(registry, query).Excluded.Select(e => e.Reason));
        Ask(Shipped.Registry, Shipped.Query("BRA", "JPN", "mla", "drugs", "2014-06-01", 1, false, false));
        Ask(Shipped.Registry, Shipped.Query("BRA", "ITA", "mla", "other", "2014-06-01", 10, false));
        Ask(Shipped.Registry, Shipped.Query("BRA", "ITA", "mla", "other", "2014-06-01", 10, true, false));
        Ask(Shipped.Registry, Shipped.Query("BRA", "ITA", "mla", "other", "2006-08-15"));
        Ask(Shipped.Registry, Shipped.Query("BRA", "ITA", "mla", "other", "2014-06-01", 1));
        Ask(Shipped.Registry, Shipped.Query("CZE", "VNM", "extradition", "organized-group", "2014-06-01"));
        Ask(Shipped.Registry, Shipped.Query("BRA", "LSO", "extradition", "organized-group", "2014-06-01"));
        Ask(Shipped.Registry, Shipped.Query("AZE", "ARM", "mla", "bribery", "2014-06-01"));
        Ask(Shipped.Registry, Shipped.Query("BRA", "CHN", "mla", "trafficking-persons", "2014-06-01", territory: "HKG"));
        Ask(Shipped.With(Shipped.Act("untoc", "ITA", "denunciation", "2010-01-01")), Shipped.Query("BRA", "ITA", "mla", "other", "2014-06-01"));
        Exclusion.All.Except(seen).ShouldBeEmpty();
    }

    private static BasisAnswer Answer(string from, string to, string kind, string offence, string on, decimal? penalty = null, bool? group = null, bool? transnational = null) =>
        FindBasis.Answer(Shipped.Registry, Shipped.Query(from, to, kind, offence, on, penalty, group, transnational));

    private static (string Reason, string? State) Excluded(BasisAnswer answer, string id)
    {
        var excluded = answer.Excluded.Single(e => e.Id == id);
        return (excluded.Reason, excluded.State?.Code);
    }
}
