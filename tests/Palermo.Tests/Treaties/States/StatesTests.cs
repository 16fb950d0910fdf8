using Palermo.Kernel;
using Palermo.Treaties.States;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Treaties.States;

public sealed class StatesTests(ShippedRecord record) : IClassFixture<ShippedRecord>
{
    private static readonly DateOnly Day = new(2014, 6, 1);

    [Fact]
    public void EveryStateStandsInTheFiguresOnce()
    {
        var report = Universality.Report(record.Module.Registry(), Day, null, null);
        foreach (var instrument in record.Module.Reference.Instruments)
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
        var untoc = Universality.Report(record.Module.Registry(), new DateOnly(2026, 1, 1), null, null).Lines.Single(l => l is { Instrument: "untoc", Region: Universality.All });
        untoc.NotParties.ShouldBe(0);
        untoc.NotKnown.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void TheSectionsOfAStateHoldEveryInstrumentOnce()
    {
        foreach (var state in record.Module.Reference.States.All)
        {
            var report = OneState.Report(record.Module.Registry(), state, Day);
            report.Instruments.Count.ShouldBe(record.Module.Reference.Instruments.Count);
            report.Instruments.ShouldAllBe(i => (i.Status == "not-known") == (i.Gap != null));
        }
    }

    [Theory]
    [InlineData("BR")]
    [InlineData("brazil")]
    [InlineData("BRA")]
    public void AStateIsNamedByCodeOrName(string text) => OneState.Named(record.Module.Reference.States, text).Code.ShouldBe("BRA");

    [Theory]
    [InlineData("Congo")]
    [InlineData("nowhere at all")]
    public void WhatNamesNoStateIsNotFound(string text) =>
        Should.Throw<RefusedException>(() => OneState.Named(record.Module.Reference.States, text)).NotFound.ShouldBeTrue();

    [Theory]
    [InlineData("BRA")]
    [InlineData("BRA,BRA")]
    [InlineData("BRA,ITA,COL,FRA,CHN,JPN,VNM")]
    public void TwoToSixStatesAreCompared(string states) =>
        Should.Throw<RefusedException>(() => CompareStates.Read(record.Module.Reference.States, states.Split(','))).Text.Key.ShouldBe("refused.compare");

    [Fact]
    public void BetweenTwoStatesTheLaterDayCounts()
    {
        var report = CompareStates.Report(record.Module.Registry(), CompareStates.Read(record.Module.Reference.States, ["BRA", "Italy"]), Day);
        var line = report.Between.Single(l => l.Instrument == "untoc");
        line.InForce.ShouldBe(true);
        line.Since.ShouldBe(new DateOnly(2006, 9, 1));
    }
}
