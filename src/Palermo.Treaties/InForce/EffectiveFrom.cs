using Palermo.Kernel;
using Palermo.Treaties.Registry;

namespace Palermo.Treaties.InForce;

/// <summary>From when an act binds the state that did it.</summary>
public static class EffectiveFrom
{
    /// <summary>The first day on which a deposited instrument binds its state.</summary>
    /// <param name="instrument">The treaty; its number of days comes from the data.</param>
    /// <param name="action">What was deposited.</param>
    /// <param name="deposited">Day of deposit.</param>
    /// <param name="stateSuccession">When the state succeeded its predecessor, where that is known; used for successions only.</param>
    /// <returns>The day, or null when the treaty's entry into force or its number of days is not known.</returns>
    [Rule("TR-01", "From when an act binds", "Vienna Convention on the Law of Treaties art. 24; UNTOC art. 38; 1988 Convention art. 29; Vienna Convention on Succession of States in respect of Treaties arts. 17, 18, 23")]
    public static DateOnly? Of(Instrument instrument, string action, DateOnly deposited, DateOnly? stateSuccession)
    {
        if (instrument.EntryIntoForce is not { } first) return null;
        if (action == "succession") return Later(first, stateSuccession is { } day && day < deposited ? day : deposited);
        return instrument.LaterPartyDays is { } days ? Later(first, deposited.AddDays(days)) : null;
    }

    /// <summary>The day on which a denunciation takes effect.</summary>
    /// <returns>The day, or null when the treaty's notice is not known.</returns>
    [Rule("TR-02", "When a denunciation takes effect", "Vienna Convention on the Law of Treaties arts. 54, 56; UNTOC art. 40; UNCAC art. 70; 1988 Convention art. 30; 1961 Convention art. 46")]
    public static DateOnly? Denunciation(Instrument instrument, DateOnly received) => instrument.DenunciationNotice switch
    {
        DenunciationNotice.OneYear => received.AddYears(1),
        DenunciationNotice.SixMonths => received.AddMonths(6),
        DenunciationNotice.FirstOfJanuary => new DateOnly(received.Year + (received <= new DateOnly(received.Year, 7, 1) ? 1 : 2), 1, 1),
        _ => null,
    };

    private static DateOnly Later(DateOnly a, DateOnly b) => a > b ? a : b;
}
