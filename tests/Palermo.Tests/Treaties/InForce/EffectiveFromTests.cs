using Palermo.Tests.Support;
using Palermo.Treaties.InForce;
using Palermo.Treaties.Registry;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Treaties.InForce;

public sealed class EffectiveFromTests
{
    [Theory]
    [InlineData("untoc", "ratification", "2006-08-02", null, "2006-09-01")] // Italy: 30 days, UNTOC art. 38(2)
    [InlineData("drugs-1988", "accession", "2014-06-03", null, "2014-09-01")] // Timor-Leste: 90 days, art. 29(2)
    [InlineData("untoc", "ratification", "2002-05-13", null, "2003-09-29")] // before the first entry into force
    [InlineData("untoc", "ratification", "2003-08-30", null, "2003-09-29")] // thirty days end on that very day
    [InlineData("untoc", "ratification", "2003-08-31", null, "2003-09-30")]
    [InlineData("untoc", "succession", "2006-10-23", "2006-06-03", "2006-06-03")] // Montenegro
    [InlineData("untoc", "succession", "2006-10-23", null, "2006-10-23")] // day of succession not known
    [InlineData("untoc", "succession", "2006-10-23", "1992-04-27", "2003-09-29")] // never before the treaty itself
    [InlineData("untoc", "accession", "2006-10-23", "2006-06-03", "2006-11-22")] // a successor that accedes is bound like any other
    [InlineData("slavery-1956", "accession", "2001-03-12", null, "2001-03-12")] // on the day itself
    [InlineData("untoc", "ratification", "2004-01-30", null, "2004-02-29")] // over a leap day
    public void AnActBindsFromItsDay(string instrument, string action, string deposited, string? succession, string expected) =>
        EffectiveFrom.Of(Shipped.Instrument(instrument), action, Shipped.Day(deposited), succession is null ? null : Shipped.Day(succession)).ShouldBe(Shipped.Day(expected));

    [Fact]
    public void WithoutTheTreatysOwnDaysNothingIsKnown()
    {
        var untoc = Shipped.Instrument("untoc");
        EffectiveFrom.Of(untoc with { EntryIntoForce = null }, "ratification", Shipped.Day("2006-08-02"), null).ShouldBeNull();
        EffectiveFrom.Of(untoc with { LaterPartyDays = null }, "ratification", Shipped.Day("2006-08-02"), null).ShouldBeNull();
        EffectiveFrom.Of(untoc with { LaterPartyDays = 45 }, "ratification", Shipped.Day("2006-08-02"), null).ShouldBe(Shipped.Day("2006-09-16"));
    }

    [Theory]
    [InlineData(DenunciationNotice.OneYear, "2010-02-28", "2011-02-28")]
    [InlineData(DenunciationNotice.OneYear, "2012-02-29", "2013-02-28")]
    [InlineData(DenunciationNotice.SixMonths, "2010-08-31", "2011-02-28")]
    [InlineData(DenunciationNotice.FirstOfJanuary, "2011-07-01", "2012-01-01")]
    [InlineData(DenunciationNotice.FirstOfJanuary, "2011-07-02", "2013-01-01")]
    [InlineData(DenunciationNotice.NotKnown, "2011-07-02", null)]
    public void ADenunciationTakesEffectAfterItsNotice(DenunciationNotice notice, string received, string? expected) =>
        EffectiveFrom.Denunciation(Shipped.Instrument("untoc") with { DenunciationNotice = notice }, Shipped.Day(received))
            .ShouldBe(expected is null ? null : Shipped.Day(expected));

    [Fact]
    public void TheInstrumentsCarryTheirOwnNotice()
    {
        Shipped.Instrument("untoc").DenunciationNotice.ShouldBe(DenunciationNotice.OneYear);
        Shipped.Instrument("drugs-1961").DenunciationNotice.ShouldBe(DenunciationNotice.FirstOfJanuary);
        Shipped.Instrument("cifta").DenunciationNotice.ShouldBe(DenunciationNotice.SixMonths);
        Shipped.Instrument("slavery-1956").DenunciationNotice.ShouldBe(DenunciationNotice.NotKnown);
    }
}
