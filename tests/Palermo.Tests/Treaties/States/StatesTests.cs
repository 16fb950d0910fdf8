using Palermo.Kernel;
using Palermo.Tests.Support;
using Palermo.Treaties.States;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Treaties.States;

public sealed class StatesTests
{
    private static readonly DateOnly Day = new(2014, 6, 1);

    [Fact]
    public void EveryStateStandsInTheFiguresOnce()
    {
        var report = Universality.Report(Shipped.Registry, Day, null, null);
        foreach (var instrument in Shipped.Reference.Instruments)
        {
            var lines = report.Lines.Where(l => l.Instrument == instrument.Id).ToArray();
            var all = lines.Single(l => l.Region == Universality.All);
            all.States.ShouldBe(instrument.Regional ? 35 : 197);
            (all.Parties + all.NotParties + all.NotKnown).ShouldBe(all.States);
            lines.Where(l => l.Region != Universality.All).Sum(l => l.Parties).ShouldBe(all.Parties);
        }
    }

    [Fact]
    public void PastTheEdgeOfKnowledgeNobodyIsSaidToBeMissing()
    {
        var untoc = Universality.Report(Shipped.Registry, new DateOnly(2026, 1, 1), null, null).Lines.Single(l => l is { Instrument: "untoc", Region: Universality.All });
        untoc.NotParties.ShouldBe(0);
        untoc.NotKnown.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void TheSectionsOfAStateHoldEveryInstrumentOnce()
    {
        foreach (var state in Shipped.Reference.States.All)
        {
            var report = OneState.Report(Shipped.Registry, state, Day);
            report.Instruments.Count.ShouldBe(Shipped.Reference.Instruments.Count);
            report.Instruments.ShouldAllBe(i => (i.Status == "not-known") == (i.Gap != null));
        }
    }

    [Theory]
    [InlineData("BR")]
    [InlineData("brazil")]
    [InlineData("BRA")]
    public void AStateIsNamedByCodeOrName(string text) => OneState.Named(Shipped.Reference.States, text).Code.ShouldBe("BRA");

    [Theory]
    [InlineData("Congo")]
    [InlineData("nowhere at all")]
    public void WhatNamesNoStateIsNotFound(string text) =>
        Should.Throw<RefusedException>(() => OneState.Named(Shipped.Reference.States, text)).NotFound.ShouldBeTrue();

    [Theory]
    [InlineData("BRA")]
    [InlineData("BRA,BRA")]
    [InlineData("BRA,ITA,COL,FRA,CHN,JPN,VNM")]
    public void TwoToSixStatesAreCompared(string states) =>
        Should.Throw<RefusedException>(() => CompareStates.Read(Shipped.Reference.States, states.Split(','))).Text.Key.ShouldBe("refused.compare");

    [Fact]
    public void BetweenTwoStatesTheLaterDayCounts()
    {
        var report = CompareStates.Report(Shipped.Registry, CompareStates.Read(Shipped.Reference.States, ["BRA", "Italy"]), Day);
        var line = report.Between.Single(l => l.Instrument == "untoc");
        line.InForce.ShouldBe(true);
        line.Since.ShouldBe(new DateOnly(2006, 9, 1));
    }
}
