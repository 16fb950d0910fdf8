namespace Palermo.Requests.Figures;

/// <summary>Medians and percentiles.</summary>
internal static class Percentile
{
    /// <summary>
    /// The value below which a share of the values lies, by linear interpolation between the two nearest (type 7 of Hyndman and
    /// Fan, as R, NumPy and spreadsheets do it): of 1, 2, 3, 4 the median is 2.5.
    /// </summary>
    /// <param name="sorted">The values in ascending order; at least one.</param>
    /// <param name="share">From 0 to 1: 0.5 for the median, 0.9 for the 90th percentile.</param>
    internal static double Of(IReadOnlyList<int> sorted, double share)
    {
        if (sorted.Count == 0) throw new ArgumentException("At least one value was expected.", nameof(sorted));
        var place = (sorted.Count - 1) * Math.Clamp(share, 0, 1);
        var below = (int)Math.Floor(place);
        var above = Math.Min(below + 1, sorted.Count - 1);
        return sorted[below] + ((place - below) * (sorted[above] - sorted[below]));
    }
}
