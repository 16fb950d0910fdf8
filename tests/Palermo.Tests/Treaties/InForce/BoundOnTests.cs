using Palermo.Data.Facts;
using Palermo.Tests.Support;
using Palermo.Treaties.InForce;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Treaties.InForce;

public sealed class BoundOnTests
{
    private static readonly KnowledgeFact Edge = Shipped.Complete("untoc", "2014-07-10");

    private static readonly Fact[] Italy =
        [Edge, Shipped.Act("untoc", "ITA", "signature", "2000-12-12"), Shipped.Act("untoc", "ITA", "ratification", "2006-08-02")];

    [Theory]
    [InlineData("2000-11-14", Status.NotAParty, false)]
    [InlineData("2000-12-11", Status.NotAParty, false)]
    [InlineData("2000-12-12", Status.SignatoryOnly, false)]
    [InlineData("2006-08-01", Status.SignatoryOnly, false)]
    [InlineData("2006-08-02", Status.NotYetInForce, true)]
    [InlineData("2006-08-31", Status.NotYetInForce, true)]
    [InlineData("2006-09-01", Status.InForce, true)]
    [InlineData("2030-01-01", Status.InForce, true)]
    public void AStateSignsDepositsAndIsBound(string on, Status expected, bool deposited)
    {
        var status = On(Italy, "ITA", on);
        status.Status.ShouldBe(expected);
        status.Deposited.ShouldBe(deposited);
        if (deposited) status.Since.ShouldBe(Shipped.Day("2006-09-01"));
    }

    [Theory]
    [InlineData("2009-12-31", Status.InForce, true)]
    [InlineData("2010-01-01", Status.InForce, true)]
    [InlineData("2010-12-31", Status.InForce, true)]
    [InlineData("2011-01-01", Status.NoLongerInForce, false)]
    [InlineData("2012-05-31", Status.NoLongerInForce, false)]
    [InlineData("2012-06-01", Status.NotYetInForce, true)]
    [InlineData("2012-07-01", Status.InForce, true)]
    public void ADenunciationEndsItAfterTheNoticeAndAStateMayComeBack(string on, Status expected, bool deposited)
    {
        var status = On([.. Italy, Shipped.Act("untoc", "ITA", "denunciation", "2010-01-01"), Shipped.Act("untoc", "ITA", "accession", "2012-06-01")], "ITA", on);
        status.Status.ShouldBe(expected);
        status.Deposited.ShouldBe(deposited);
    }

    [Fact]
    public void ADenunciationWithAnUnknownNoticeLeavesTheEndUnknown()
    {
        var facts = new Fact[] { Shipped.Complete("slavery-1956", "2014-07-10"), Shipped.Act("slavery-1956", "ITA", "accession", "1958-02-12"), Shipped.Act("slavery-1956", "ITA", "denunciation", "2010-01-01") };
        var registry = Shipped.Only(facts);
        var (slavery, italy) = (Shipped.Instrument("slavery-1956"), Shipped.State("ITA"));
        registry.On(slavery, italy, Shipped.Day("2009-12-31")).Status.ShouldBe(Status.InForce);
        registry.On(slavery, italy, Shipped.Day("2010-01-01")).Status.ShouldBe(Status.NotKnown);
        registry.On(slavery, italy, Shipped.Day("2010-01-01")).Deposited.ShouldBeNull();
    }

    [Fact]
    public void PastTheEdgeSilenceIsNotKnown()
    {
        On([Edge], "ITA", "2014-07-10").Status.ShouldBe(Status.NotAParty);
        On([Edge], "ITA", "2014-07-11").Status.ShouldBe(Status.NotKnown);
        On([Edge], "ITA", "2014-07-11").Deposited.ShouldBeNull();
        Fact[] signed = [Edge, Shipped.Act("untoc", "ITA", "signature", "2000-12-12")];
        On(signed, "ITA", "2014-07-10").Status.ShouldBe(Status.SignatoryOnly);
        On(signed, "ITA", "2014-07-11").Status.ShouldBe(Status.NotKnown);
    }

    [Fact]
    public void ALaterDepositSettlesTheTimeBeforeIt()
    {
        // Japan signed in 2000 and deposited in 2017, past the edge: between the two it had certainly not deposited.
        Fact[] japan = [Edge, Shipped.Act("untoc", "JPN", "signature", "2000-12-12"), Shipped.Act("untoc", "JPN", "ratification", "2017-07-11")];
        On(japan, "JPN", "2016-01-01").Status.ShouldBe(Status.SignatoryOnly);
        On(japan, "JPN", "2017-08-10").Status.ShouldBe(Status.InForce);
    }

    [Fact]
    public void WithoutAnyKnowledgeNothingIsKnownExceptBeforeAdoption()
    {
        On([], "ITA", "2000-11-14").Status.ShouldBe(Status.NotAParty);
        On([], "ITA", "2000-11-15").Status.ShouldBe(Status.NotKnown);
    }

    [Theory]
    [InlineData("2004-02-29", Status.NotKnown, null)]
    [InlineData("2004-03-01", Status.NotKnown, true)]
    [InlineData("2004-03-30", Status.NotKnown, true)]
    [InlineData("2004-03-31", Status.InForce, true)]
    public void APartyKnownByNameIsBoundOnceTheDaysHavePassed(string on, Status expected, bool? deposited)
    {
        var registry = Shipped.Only(Shipped.Complete("cifta", "2004-03-01", dated: false), Shipped.Known("cifta", "ATG", "2004-03-01"));
        var status = registry.On(Shipped.Instrument("cifta"), Shipped.State("ATG"), Shipped.Day(on));
        status.Status.ShouldBe(expected);
        status.Deposited.ShouldBe(deposited);
        status.Since.ShouldBeNull();
    }

    [Fact]
    public void APartyNamedWithoutAnyDateIsNotKnownAndNeverCounted()
    {
        var registry = Shipped.Only(Edge, Shipped.Known("untoc", "AFG", null));
        var status = registry.On(Shipped.Instrument("untoc"), Shipped.State("AFG"), Shipped.Day("2014-01-01"));
        status.Status.ShouldBe(Status.NotKnown);
        status.Deposited.ShouldBeNull();
        registry.On(Shipped.Instrument("untoc"), Shipped.State("AFG"), Shipped.Day("1999-01-01")).Status.ShouldBe(Status.NotAParty);
    }

    [Fact]
    public void ASignatoryKnownByNameIsASignatory()
    {
        var registry = Shipped.Only(Edge, Shipped.Known("untoc", "AFG", "2003-01-01", "signatory"));
        registry.On(Shipped.Instrument("untoc"), Shipped.State("AFG"), Shipped.Day("2003-01-01")).Status.ShouldBe(Status.SignatoryOnly);
        registry.On(Shipped.Instrument("untoc"), Shipped.State("AFG"), Shipped.Day("2002-12-31")).Status.ShouldBe(Status.NotAParty);
    }

    [Fact]
    public void ARegionalTreatysSilenceAboutAStateOfAnotherRegionIsANo()
    {
        var registry = Shipped.Only(Shipped.Complete("oas-mla-1992", "2003-01-14", dated: false));
        var (mla, day) = (Shipped.Instrument("oas-mla-1992"), Shipped.Day("2020-01-01"));
        registry.On(mla, Shipped.State("ITA"), day).Status.ShouldBe(Status.NotAParty);
        registry.On(mla, Shipped.State("BRA"), day).Status.ShouldBe(Status.NotKnown);
    }

    [Fact]
    public void ASuccessionBindsBackToTheDayOfSuccession()
    {
        var montenegro = Shipped.Only(Edge, Shipped.Act("untoc", "MNE", "succession", "2006-10-23"));
        StandingOn Then(string on) => montenegro.On(Shipped.Instrument("untoc"), Shipped.State("MNE"), Shipped.Day(on));
        Then("2006-06-02").Status.ShouldBe(Status.NotAParty);
        Then("2006-06-03").Status.ShouldBe(Status.InForce);
        Then("2006-06-03").Deposited.ShouldBe(false);
        Then("2006-10-23").Deposited.ShouldBe(true);
    }

    [Fact]
    public void EveryStatusIsReachedInTheShippedFacts()
    {
        var seen = new HashSet<Status>();
        foreach (var instrument in Shipped.Registry.Instruments)
            foreach (var state in Shipped.Registry.States.All)
                foreach (var year in new[] { 1985, 2003, 2014, 2026 })
                    seen.Add(Shipped.Registry.On(instrument, state, new DateOnly(year, 7, 4)).Status);
        seen.ShouldContain(Status.NotYetInForce);
        seen.ShouldContain(Status.NotKnown);
        seen.ShouldContain(Status.SignatoryOnly);
    }

    private static StandingOn On(Fact[] facts, string state, string on) =>
        Shipped.Only(facts).On(Shipped.Instrument("untoc"), Shipped.State(state), Shipped.Day(on));
}
