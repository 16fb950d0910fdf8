using Palermo.Tests.Support;
using Palermo.Treaties.InForce;
using Palermo.Treaties.LegalBasis;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Treaties.LegalBasis;

public sealed class WithinTerritoryTests
{
    [Theory]
    [InlineData("untoc", "ABW", "2007-01-17", false)]
    [InlineData("untoc", "ABW", "2007-01-18", true)]
    [InlineData("drugs-1988", "FRO", "2014-06-01", false)]
    [InlineData("drugs-1988", "GRL", "2014-06-01", false)]
    [InlineData("tip-protocol", "HKG", "2014-06-01", false)]
    [InlineData("untoc", "HKG", "2014-06-01", null)]
    [InlineData("untoc", "FRO", "2014-06-01", null)]
    public void AStatementDecidesAndSilenceIsNotKnown(string instrument, string territory, string on, bool? expected) =>
        WithinTerritory.Of(Shipped.Registry, Shipped.Instrument(instrument), Shipped.Reference.States.ResolveTerritory(territory), Shipped.Day(on)).ShouldBe(expected);

    [Fact]
    public void AnExtensionAfterAnExclusionHoldsFromItsDay()
    {
        var registry = Shipped.With(Shipped.Territorial("drugs-1988", "DNK", "GRL", "applies", "2010-01-01"));
        bool? On(string day) => WithinTerritory.Of(registry, Shipped.Instrument("drugs-1988"), Shipped.Reference.States.ResolveTerritory("GRL"), Shipped.Day(day));
        On("2009-12-31").ShouldBe(false);
        On("2010-01-01").ShouldBe(true);
    }

    [Fact]
    public void TheFinderExcludesAnExcludedTerritoryAndAsksAboutAnUnknownOne()
    {
        var excluded = FindBasis.Answer(Shipped.Registry, Shipped.Query("BRA", "CHN", "mla", "trafficking-persons", "2014-06-01", territory: "HKG"));
        excluded.Excluded.Single(e => e.Id == "tip-protocol").Reason.ShouldBe(Exclusion.TerritoryExcluded);
        var unknown = excluded.Unknown.Single(u => u.Instrument.Id == "untoc");
        (unknown.Missing, unknown.State?.Code).ShouldBe(("territorial-application", "CHN"));
        var aruba = FindBasis.Answer(Shipped.Registry, Shipped.Query("BRA", "NLD", "mla", "organized-group", "2014-06-01", territory: "ABW"));
        aruba.Available.ShouldContain(a => a.Id == "untoc");
    }
}
