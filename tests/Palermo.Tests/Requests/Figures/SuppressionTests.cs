using Palermo.Requests.Figures;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Requests.Figures;

/// <summary>What is published of counts.</summary>
public sealed class SuppressionTests
{
    private static readonly string[] Groups = ["a", "b", "c"];

    [Fact]
    public void NoSmallNumberIsShown()
    {
        foreach (var table in Tables()) Suppression.Suppress(table).Shown.Values.ShouldAllBe(n => n >= Suppression.Smallest);
    }

    [Fact]
    public void WhatIsShownIsTrue()
    {
        foreach (var table in Tables())
        {
            var published = Suppression.Suppress(table);
            foreach (var (group, count) in published.Shown) count.ShouldBe(table[group]);
            if (published.Total is { } total) total.ShouldBe(table.Values.Sum());
        }
    }

    /// <summary>
    /// Somebody who knows this program and everything that was published cannot tell any small number: another table with another
    /// number in its place would have been published the same.
    /// </summary>
    [Fact]
    public void ASmallNumberCannotBeWorkedOutFromWhatIsShown()
    {
        foreach (var same in Tables().GroupBy(t => Key(Suppression.Suppress(t)), StringComparer.Ordinal))
        {
            foreach (var group in Groups)
            {
                var numbers = same.Select(t => t[group]).Distinct().ToArray();
                if (numbers.Any(n => n is > 0 and < 5)) numbers.Length.ShouldBeGreaterThan(1, $"{same.Key}: {group} can only be {numbers[0]}");
            }
        }
    }

    [Theory]
    [InlineData("2,50,60", "60", 112)]
    [InlineData("1,2,9,20", "20", 32)]
    [InlineData("3,3,9", "9", 15)]
    [InlineData("4,4,5,9", "9", 22)]
    [InlineData("3,5,5,9", "9", 22)]
    [InlineData("3", "", null)]
    [InlineData("7", "7", 7)]
    [InlineData("", "", null)]
    [InlineData("5,6", "6;5", 11)]
    public void TheNextSmallestHidesTheSmall(string counts, string shown, int? total)
    {
        var published = Suppression.Suppress(counts.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse).Index().ToDictionary(c => "g" + c.Index, c => c.Item));
        string.Join(';', published.Shown.Values.OrderDescending()).ShouldBe(shown);
        published.Total.ShouldBe(total);
    }

    private static string Key(Published published) => string.Join(' ', Groups.Select(g => published.Shown.TryGetValue(g, out var n) ? n.ToString() : "-")) + " of " + published.Total;

    /// <summary>All tables of three groups with up to twelve in each.</summary>
    private static IEnumerable<Dictionary<string, int>> Tables() =>
        from a in Enumerable.Range(0, 13) from b in Enumerable.Range(0, 13) from c in Enumerable.Range(0, 13) select new Dictionary<string, int> { ["a"] = a, ["b"] = b, ["c"] = c };
}
