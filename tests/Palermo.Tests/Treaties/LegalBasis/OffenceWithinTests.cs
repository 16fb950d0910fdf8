using Palermo.Kernel;
using Palermo.Tests.Support;
using Palermo.Treaties.InForce;
using Palermo.Treaties.LegalBasis;
using Palermo.Treaties.Registry;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Treaties.LegalBasis;

public sealed class OffenceWithinTests
{
    [Theory]
    [InlineData("organized-group")]
    [InlineData("money-laundering")]
    [InlineData("corruption")]
    [InlineData("obstruction")]
    public void ConventionOffencesNeedNoPenalty(string offence)
    {
        var (answer, conditions) = Test("untoc", Ask("mla", offence, penalty: 1, group: true, transnational: true));
        answer.Excluded.ShouldBeNull();
        conditions.ShouldBe([new("organized-group", true, new("untoc", "3(1)")), new("transnational", true, new("untoc", "18(1)"))]);
    }

    [Theory]
    [InlineData(3.99, Exclusion.PenaltyTooLow)]
    [InlineData(4, null)]
    public void OtherOffencesMustBeSeriousCrime(double penalty, string? excluded)
    {
        var (answer, conditions) = Test("untoc", Ask("mla", "other", penalty: (decimal)penalty));
        answer.Excluded.ShouldBe(excluded);
        if (excluded is null) conditions.ShouldContain(new BasisCondition("serious-crime", true, new Citation("untoc", "2(b)")));
        else answer.Source.ShouldBe(new Citation("untoc", "2(b)"));
    }

    [Fact]
    public void WhatIsNotGivenIsToBeShown() =>
        Test("untoc", Ask("mla", "other")).Conditions.ShouldBe(
            [new("serious-crime", null, new("untoc", "2(b)")), new("organized-group", null, new("untoc", "3(1)")), new("transnational", null, new("untoc", "18(1)"))]);

    [Fact]
    public void OfSeveralReasonsThePenaltyStandsBeforeTheGroupAndTheGroupBeforeTheBorder()
    {
        Test("untoc", Ask("mla", "other", 1, false, false)).Answer.Excluded.ShouldBe(Exclusion.PenaltyTooLow);
        Test("untoc", Ask("mla", "other", 9, false, false)).Answer.Excluded.ShouldBe(Exclusion.NoOrganizedGroup);
        Test("untoc", Ask("mla", "other", 9, true, false)).Answer.Excluded.ShouldBe(Exclusion.NotTransnational);
    }

    [Fact]
    public void ForExtraditionPresenceStandsInForTheBorder()
    {
        var (answer, conditions) = Test("untoc", Ask("extradition", "organized-group", group: true, transnational: false));
        answer.Excluded.ShouldBeNull();
        conditions.ShouldContain(new BasisCondition("person-present", null, new Citation("untoc", "16(1)")));
    }

    [Fact]
    public void AProtocolsOffenceNeedsNoPenaltyBetweenItsParties()
    {
        var between = Shipped.Query("BRA", "ITA", "mla", "firearms", "2014-06-01", 1);
        var (answer, conditions) = Test("untoc", between);
        answer.Excluded.ShouldBeNull();
        conditions[0].ShouldBe(new BasisCondition("protocol-offence", true, new Citation("firearms-protocol", "1(3)")));

        // Colombia is not a party to the Protocol: back to serious crime.
        Test("untoc", Shipped.Query("COL", "VEN", "mla", "firearms", "2014-06-01", 1)).Answer.Excluded.ShouldBe(Exclusion.PenaltyTooLow);
        Test("untoc", Shipped.Query("COL", "VEN", "mla", "firearms", "2014-06-01", 4)).Conditions[0].Code.ShouldBe("serious-crime");
    }

    [Fact]
    public void WhereTheProtocolIsNotKnownAndThePenaltyIsLowTheAnswerTurnsOnTheProtocol()
    {
        var (answer, _) = Test("untoc", Shipped.Query("BRA", "JPN", "mla", "firearms", "2026-06-01", 1));
        (answer.Excluded, answer.Missing).ShouldBe(((string?)null, "protocol-participation"));
    }

    [Fact]
    public void BriberyIsOfAPublicOfficialOrSerious()
    {
        Test("untoc", Ask("mla", "bribery")).Conditions[0].Code.ShouldBe("public-official");
        Test("untoc", Ask("mla", "bribery", 2)).Conditions[0].ShouldBe(new BasisCondition("public-official", null, new Citation("untoc", "8(1)")));
        Test("untoc", Ask("mla", "bribery", 4)).Conditions[0].ShouldBe(new BasisCondition("serious-crime", true, new Citation("untoc", "2(b)")));
    }

    [Theory]
    [InlineData("uncac", "bribery")]
    [InlineData("uncac", "embezzlement")]
    [InlineData("drugs-1988", "drugs")]
    public void ForOthersNeitherGroupNorPenaltyNorBorderIsAsked(string instrument, string offence)
    {
        var (answer, conditions) = Test(instrument, Ask("mla", offence, 0, false, false));
        answer.Excluded.ShouldBeNull();
        conditions.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("uncac", "money-laundering", "corruption-predicate")]
    [InlineData("uncac", "obstruction", "convention-proceedings")]
    [InlineData("drugs-1988", "money-laundering", "drug-predicate")]
    [InlineData("drugs-1971", "drugs", "psychotropic-substance")]
    [InlineData("traffic-persons-1950", "trafficking-persons", "exploitation-of-prostitution")]
    public void WhatTheQuestionCannotSayIsToBeShown(string instrument, string offence, string code) =>
        Test(instrument, Ask("extradition", offence)).Conditions.ShouldContain(c => c.Code == code && c.Met == null);

    [Fact]
    public void TerroristFinancingMustNotBePurelyDomesticExceptForAssistance()
    {
        Test("terrorist-financing-1999", Ask("mla", "terrorist-financing", transnational: false)).Answer.Excluded.ShouldBeNull();
        Test("terrorist-financing-1999", Ask("confiscation", "terrorist-financing", transnational: false)).Answer.Excluded.ShouldBe(Exclusion.NotTransnational);
        Test("terrorist-financing-1999", Ask("confiscation", "terrorist-financing")).Conditions.ShouldContain(c => c.Code == "not-purely-domestic" && c.Met == null);
        Test("hostages-1979", Ask("mla", "hostage-taking", transnational: false)).Answer.Excluded.ShouldBe(Exclusion.NotTransnational);
    }

    [Theory]
    [InlineData(0.5, Exclusion.PenaltyTooLow)]
    [InlineData(1, null)]
    public void TheInterAmericanConventionAsksForAYear(double penalty, string? excluded) =>
        Test("oas-mla-1992", Ask("mla", "other", (decimal)penalty)).Answer.Excluded.ShouldBe(excluded);

    private static BasisQuery Ask(string kind, string offence, decimal? penalty = null, bool? group = null, bool? transnational = null) =>
        Shipped.Query("BRA", "ITA", kind, offence, "2014-06-01", penalty, group, transnational);

    private static (ScopeAnswer Answer, List<BasisCondition> Conditions) Test(string id, BasisQuery query)
    {
        var conditions = new List<BasisCondition>();
        var instrument = Shipped.Instrument(id);
        return (OffenceWithin.Test(Shipped.Registry, instrument, Shipped.Reference.Coverage.Offence(instrument, query.Offence)!, query, conditions), conditions);
    }
}
