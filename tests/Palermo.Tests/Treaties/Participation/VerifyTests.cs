using Palermo.Data.Facts;
using Palermo.Tests.Support;
using Palermo.Treaties.Participation;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Treaties.Participation;

/// <summary>Published totals and independent dates against what ships.</summary>
public sealed class VerifyTests
{
    [Fact]
    public void EverythingPublishedAgreesOrIsExplained()
    {
        var comparisons = Verify.Compare(Shipped.Registry);
        comparisons.Where(c => !c.Agrees).ShouldBeEmpty();

        var checks = Rows("checks.csv");
        var totals = Rows("published_totals.csv");
        checks.Length.ShouldBe(648);
        comparisons.Count(c => c.What.EndsWith(" signature", StringComparison.Ordinal) || c.What.EndsWith(" deposit", StringComparison.Ordinal)
            || c.What.EndsWith(" entry-into-force", StringComparison.Ordinal) || c.What.EndsWith(" party-on", StringComparison.Ordinal)).ShouldBe(648);
        comparisons.Count(c => c.What.EndsWith(" parties", StringComparison.Ordinal)).ShouldBe(totals.Length);
        comparisons.Count(c => c.What.EndsWith(" signatories", StringComparison.Ordinal)).ShouldBe(totals.Count(t => t.Split(',')[3].Length > 0));
        comparisons.Count(c => c.What.EndsWith(" first entry into force", StringComparison.Ordinal)).ShouldBeGreaterThanOrEqualTo(6);
        comparisons.Count(c => c.What.Contains("that are not parties to", StringComparison.Ordinal)).ShouldBe(Shipped.Reference.Instruments.Count(i => i.ParentRequired));
    }

    [Fact]
    public void AnExplanationIsUsedOnlyWhereItIsNeeded()
    {
        var explained = Verify.Compare(Shipped.Registry).Where(c => c.Explanation.Length > 0).ToArray();
        explained.ShouldAllBe(c => c.Published != c.Computed);
        explained.Length.ShouldBeLessThanOrEqualTo(30);
    }

    [Fact]
    public void AWrongDayDisagrees() => Disagreements(Replace("untoc", "ITA", "ratification", "2006-08-03")).ShouldContain(d => d.StartsWith("untoc ITA", StringComparison.Ordinal));

    [Fact]
    public void APartyTooManyDisagreesWithTheTotals() =>
        Disagreements([.. Shipped.Facts, Shipped.Act("untoc", "IRN", "ratification", "2003-01-01")]).ShouldContain(d => d.StartsWith("untoc 2003-07-07 parties", StringComparison.Ordinal));

    [Fact]
    public void AProtocolWithoutItsConventionDisagrees() =>
        Disagreements([.. Shipped.Facts, Shipped.Act("tip-protocol", "IRN", "accession", "2013-01-01")]).ShouldContain(d => d.StartsWith("tip-protocol parties that are not parties to untoc", StringComparison.Ordinal));

    [Theory]
    [InlineData("firearms-protocol", "2013-04-25", 98)]
    [InlineData("untoc", "2014-07-10", 179)]
    [InlineData("untoc", "2003-07-07", 40)]
    [InlineData("cifta", "2004-03-01", 21)]
    public void PartiesAreCountedAsTheDepositaryDoes(string instrument, string on, int parties)
    {
        var report = StatusOn.Report(Shipped.Registry, Shipped.Instrument(instrument), Shipped.Day(on));
        report.Parties.ShouldBe(parties);
        report.PartiesList.Count.ShouldBe(parties);
        report.PartiesList.ShouldBe(report.PartiesList.Order());
        report.Complete.ShouldBe(instrument != "cifta");
    }

    [Fact]
    public void EveryStateStandsInOneListOfTheStatus()
    {
        var report = StatusOn.Report(Shipped.Registry, Shipped.Instrument("untoc"), Shipped.Day("2026-06-01"));
        report.Complete.ShouldBeFalse();
        report.AsAt.ShouldBe(Shipped.Day("2014-07-10"));
        report.UnknownList.ShouldNotBeEmpty();
        report.PartiesList.Intersect(report.UnknownList).ShouldBeEmpty();
        report.PartiesList.Intersect(report.SignatoriesOnlyList).ShouldBeEmpty();
        report.InForceList.Except(report.PartiesList).ShouldBeEmpty();
    }

    private static Fact[] Replace(string instrument, string state, string action, string date) =>
        [.. Shipped.Facts.Where(f => f is not ParticipationFact p || p.Instrument != instrument || p.State != state || p.Action != action), Shipped.Act(instrument, state, action, date)];

    private static string[] Disagreements(Fact[] facts) => [.. Verify.Compare(Shipped.Only(facts)).Where(c => !c.Agrees).Select(c => c.What)];

    private static string[] Rows(string file) => [.. File.ReadAllLines(Path.Combine(Repository.Data, "treaties", file)).Skip(1).Where(l => l.Length > 0)];
}
