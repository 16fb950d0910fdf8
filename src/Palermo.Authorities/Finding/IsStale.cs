using Palermo.Kernel;

namespace Palermo.Authorities.Finding;

/// <summary>Whether an entry is too old to be relied on without asking.</summary>
internal static class IsStale
{
    /// <summary>After so many days without a confirmation an entry is stale.</summary>
    internal const int Days = 365;

    /// <summary>Whether an entry is stale on a day: nobody has said that it is correct within the last 365 days.</summary>
    /// <param name="lastConfirmedOn">The day on which somebody last said so; null when nobody has.</param>
    /// <param name="on">The day.</param>
    [Rule("AU-01", "Entry not confirmed for a year", "UNTOC art. 18(13) (changes of a designation are notified); Conference of the Parties, directory of competent authorities")]
    internal static bool On(DateOnly? lastConfirmedOn, DateOnly on) => lastConfirmedOn is not { } day || on.DayNumber - day.DayNumber > Days;
}
