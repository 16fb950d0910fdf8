namespace Palermo.Requests.Figures;

/// <summary>Counts as they may be published.</summary>
/// <param name="Shown">What is shown; what is not in it is none or not shown, and nobody can tell which.</param>
/// <param name="Total">Of all, shown or not; null when it would say what was left out.</param>
internal sealed record Published(IReadOnlyDictionary<string, int> Shown, int? Total);

/// <summary>Keeps small numbers out of what is published.</summary>
internal static class Suppression
{
    /// <summary>Numbers below this are not published.</summary>
    internal const int Smallest = 5;

    /// <summary>
    /// Leaves out numbers below <see cref="Smallest"/>, and as many of the next smallest as it takes that the total less what is
    /// shown is not the number of a single one and is not small itself; of equal numbers all go, since which one went would tell. When nothing is left to hide behind, the total goes too.
    /// </summary>
    /// <param name="counts">Counts of groups that do not overlap.</param>
    internal static Published Suppress(IReadOnlyDictionary<string, int> counts)
    {
        var ascending = counts.Where(c => c.Value > 0).OrderBy(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal).ToList();
        var (hidden, sum) = (0, 0);
        while (hidden < ascending.Count && (ascending[hidden].Value < Smallest || (hidden > 0 && (ascending[hidden].Value == ascending[hidden - 1].Value || Tells())))) sum += ascending[hidden++].Value;
        var total = ascending.Sum(c => c.Value);
        int? shownTotal = total < Smallest || (hidden > 0 && Tells()) ? null : total;
        return new(ascending.Skip(hidden).ToDictionary(c => c.Key, c => c.Value, StringComparer.Ordinal), shownTotal);

        // One alone is the total less what is shown; a small sum is itself small; and numbers that are all as large as a small one can be add up to nothing else.
        bool Tells() => hidden < 2 || sum < Smallest || (ascending[hidden - 1].Value < Smallest && sum == (Smallest - 1) * hidden);
    }
}
