using Palermo.Kernel;
using Palermo.Treaties.Registry;

namespace Palermo.Treaties.States;

/// <summary>How many states of a group take part in an instrument.</summary>
/// <param name="Instrument">Identifier.</param>
/// <param name="Region">Code of the regional group, <c>none</c> for states that belong to none, <c>all</c> for all states.</param>
/// <param name="States">Number of states it is open to.</param>
/// <param name="Parties">Number of those that have deposited, as the depositary counts.</param>
/// <param name="NotParties">Number of those that certainly have not.</param>
/// <param name="NotKnown">Number of those of which the record does not say.</param>
public sealed record UniversalityLine(string Instrument, string Region, int States, int Parties, int NotParties, int NotKnown);

/// <summary>One state of a chosen instrument and group.</summary>
/// <param name="State">Alpha-3 code.</param>
/// <param name="Region">Code of its regional group, or <c>none</c>.</param>
/// <param name="Party">Yes, no, or null when not known.</param>
public sealed record UniversalityState(string State, string Region, bool? Party);

/// <summary>Who is missing where.</summary>
/// <param name="On">The day.</param>
/// <param name="Lines">One line per instrument and group, and one per instrument for all states.</param>
/// <param name="Instrument">The instrument chosen, or null.</param>
/// <param name="Region">The group chosen, or null for all.</param>
/// <param name="Members">The states of the choice; empty without one.</param>
public sealed record UniversalityReport(DateOnly On, IReadOnlyList<UniversalityLine> Lines, string? Instrument, string? Region, IReadOnlyList<UniversalityState> Members);

/// <summary>How far each instrument is from universal participation.</summary>
public static class Universality
{
    /// <summary>Stands for all states.</summary>
    public const string All = "all";

    /// <summary>Stands for the states that belong to no regional group.</summary>
    public const string None = "none";

    /// <summary>The groups, those of the United Nations first.</summary>
    public static IReadOnlyList<string> Groups(StateDirectory states) => [.. states.Regions.Select(r => r.Code), None];

    /// <summary>The states that count: the members of the United Nations, the observer states, Cook Islands and Niue. Organizations stand apart.</summary>
    public static IEnumerable<State> Counted(StateDirectory states) => states.All.Where(s => !s.IsOrganization);

    /// <summary>The figures of a day.</summary>
    /// <param name="registry">What is known.</param>
    /// <param name="on">The day.</param>
    /// <param name="instrument">The instrument whose states are listed, or null.</param>
    /// <param name="region">The group whose states are listed, or null for all.</param>
    public static UniversalityReport Report(TreatyRegistry registry, DateOnly on, Instrument? instrument, string? region)
    {
        var lines = new List<UniversalityLine>();
        foreach (var each in registry.Instruments)
        {
            var members = Members(registry, each, on).ToArray();
            lines.Add(Line(each, All, members));
            foreach (var group in Groups(registry.States)) lines.Add(Line(each, group, [.. members.Where(m => m.Region == group)]));
        }

        var chosen = instrument is null ? [] : Members(registry, instrument, on).Where(m => region is null || m.Region == region).ToArray();
        return new UniversalityReport(on, lines, instrument?.Id, region, chosen);
    }

    /// <summary>The group an address names; null when it names none.</summary>
    /// <exception cref="RefusedException">There is no such group.</exception>
    public static string? Region(StateDirectory states, string? text) => text switch
    {
        null or "" or All => null,
        _ when Groups(states).Contains(text, StringComparer.Ordinal) => text,
        _ => throw new RefusedException("refused.region", ("given", RefusedException.Shorten(text)), ("choices", Groups(states).ToArray())),
    };

    private static IEnumerable<UniversalityState> Members(TreatyRegistry registry, Instrument instrument, DateOnly on) =>
        Counted(registry.States).Where(s => !instrument.Regional || s.OasMember)
            .Select(s => new UniversalityState(s.Code, s.Region.Length > 0 ? s.Region : None, registry.On(instrument, s, on).Deposited));

    private static UniversalityLine Line(Instrument instrument, string region, UniversalityState[] members) => new(
        instrument.Id, region, members.Length, members.Count(m => m.Party == true), members.Count(m => m.Party == false), members.Count(m => m.Party is null));
}
