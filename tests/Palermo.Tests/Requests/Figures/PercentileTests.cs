using FsCheck;
using FsCheck.Fluent;
using Palermo.Requests.Figures;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Requests.Figures;

public sealed class PercentileTests
{
    [Theory]
    [InlineData(new[] { 1, 2, 3, 4 }, 0.5, 2.5)]
    [InlineData(new[] { 1, 2, 3, 4, 5 }, 0.5, 3)]
    [InlineData(new[] { 10 }, 0.9, 10)]
    [InlineData(new[] { 0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100 }, 0.9, 90)]
    [InlineData(new[] { 1, 2 }, 0.9, 1.9)]
    public void ItLiesBetweenTheTwoNearest(int[] sorted, double share, double expected) => Percentile.Of(sorted, share).ShouldBe(expected, 1e-9);

    [Fact]
    public void ItGrowsWithTheShareAndStaysWithinTheValues() => Prop.ForAll(
        Gen.Choose(0, 3000).NonEmptyListOf().ToArbitrary(),
        values =>
        {
            var sorted = values.Order().ToArray();
            var (median, ninety) = (Percentile.Of(sorted, 0.5), Percentile.Of(sorted, 0.9));
            return sorted[0] <= median && median <= ninety && ninety <= sorted[^1];
        }).QuickCheckThrowOnFailure();
}
