using Palermo.Kernel;
using Palermo.Tests.Support;
using Palermo.Treaties.InForce;
using Palermo.Treaties.Registry;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Treaties.InForce;

public sealed class InForceBetweenTests
{
    [Fact]
    public void TwoPartiesAreBoundSinceTheLaterOfTheirDays()
    {
        var answer = Between("untoc", "BRA", "ITA", "2014-06-01");
        answer.InForce.ShouldBe(true);
        answer.Since.ShouldBe(Shipped.Day("2006-09-01"));
        Between("untoc", "ITA", "BRA", "2014-06-01").Since.ShouldBe(Shipped.Day("2006-09-01"));
    }

    [Theory]
    [InlineData("untoc", "BRA", "ITA", "2006-08-31", Exclusion.NotYetInForce, "ITA")]
    [InlineData("untoc", "BRA", "JPN", "2014-06-01", Exclusion.SignatoryOnly, "JPN")]
    [InlineData("firearms-protocol", "COL", "VEN", "2014-06-01", Exclusion.NotAParty, "COL")]
    [InlineData("untoc", "CZE", "VNM", "2013-10-01", Exclusion.NotYetInForce, "CZE")]
    [InlineData("untoc", "BRA", "ITA", "2000-01-01", Exclusion.NotYetInForce, "BRA")]
    public void AStateThatIsNotBoundIsNamed(string instrument, string a, string b, string on, string reason, string state)
    {
        var answer = Between(instrument, a, b, on);
        (answer.InForce, answer.Reason, answer.State?.Code).ShouldBe(((bool?)false, reason, state));
        Between(instrument, b, a, on).Reason.ShouldBe(reason);
    }

    [Fact]
    public void OfTwoReasonsTheOneThatStandsFirstIsGiven()
    {
        // Colombia is not a party to the Firearms Protocol; Japan had signed it.
        foreach (var answer in new[] { Between("firearms-protocol", "COL", "JPN", "2014-06-01"), Between("firearms-protocol", "JPN", "COL", "2014-06-01") })
            (answer.Reason, answer.State?.Code).ShouldBe((Exclusion.NotAParty, "COL"));
    }

    [Theory]
    [InlineData("AZE", "ARM")]
    [InlineData("ARM", "AZE")]
    public void ADeclarationThatExcludesAStateWorksInBothDirections(string a, string b)
    {
        var answer = Between("uncac", a, b, "2014-06-01");
        (answer.InForce, answer.Reason, answer.State?.Code).ShouldBe(((bool?)false, Exclusion.ExcludedBetweenParties, "AZE"));
        answer.Declaration!.Value.ShouldBe("not-applied-to-ARM");
        Between("uncac", a == "ARM" ? "GEO" : a, b == "ARM" ? "GEO" : b, "2014-06-01").InForce.ShouldBe(true);
    }

    [Theory]
    [InlineData("untoc", "DZA")]
    [InlineData("drugs-1988", "SAU")]
    [InlineData("drugs-1988", "BHR")]
    [InlineData("drugs-1988", "SYR")]
    [InlineData("uncac", "DZA")]
    public void DeniedRelationsAreNeitherYesNorNo(string instrument, string by)
    {
        foreach (var answer in new[] { Between(instrument, by, "ISR", "2014-06-01"), Between(instrument, "ISR", by, "2014-06-01") })
        {
            (answer.InForce, answer.Reason, answer.State?.Code).ShouldBe(((bool?)null, (string?)null, by));
            answer.Declaration!.Topic.ShouldBe("other");
        }

        Between(instrument, by, "ITA", "2014-06-01").InForce.ShouldBe(true);
    }

    [Fact]
    public void AProtocolEndsWithItsConvention()
    {
        var registry = Shipped.With(Shipped.Act("untoc", "VEN", "denunciation", "2013-07-01"));
        var firearms = Shipped.Instrument("firearms-protocol");
        InForceBetween.Between(registry, firearms, Shipped.State("VEN"), Shipped.State("BRA"), Shipped.Day("2014-06-30")).InForce.ShouldBe(true);
        foreach (var (a, b) in new[] { ("VEN", "BRA"), ("BRA", "VEN") })
        {
            var answer = InForceBetween.Between(registry, firearms, Shipped.State(a), Shipped.State(b), Shipped.Day("2014-07-01"));
            (answer.InForce, answer.Reason, answer.State?.Code).ShouldBe(((bool?)false, Exclusion.NoLongerInForce, "VEN"));
        }
    }

    [Fact]
    public void PastTheEdgeTheStateWhoseStatusIsOpenIsNamed()
    {
        var answer = Between("untoc", "BRA", "IRN", "2026-06-01");
        (answer.InForce, answer.Reason, answer.State?.Code).ShouldBe(((bool?)null, (string?)null, "IRN"));
    }

    [Fact]
    public void TheListHoldsEveryInstrumentAndTheBilateralTreaties()
    {
        var registry = Shipped.With(Shipped.BrazilItaly());
        var lines = ListInForce.Lines(registry, Shipped.State("ITA"), Shipped.State("BRA"), Shipped.Day("1993-07-31"));
        lines.Count.ShouldBe(27);
        lines[^1].ShouldBe(new InForceLine("bra-ita-1989", false, null, Exclusion.NotYetInForce, null));
        ListInForce.Lines(registry, Shipped.State("ITA"), Shipped.State("BRA"), Shipped.Day("1993-08-01"))[^1].InForce.ShouldBe(true);
        Should.Throw<RefusedException>(() => ListInForce.Lines(registry, Shipped.State("ITA"), Shipped.State("ITA"), Shipped.Day("2014-06-01")));
    }

    private static InForceAnswer Between(string instrument, string a, string b, string on) =>
        InForceBetween.Between(Shipped.Registry, Shipped.Instrument(instrument), Shipped.State(a), Shipped.State(b), Shipped.Day(on));
}
