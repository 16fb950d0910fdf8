using Palermo.Kernel;

namespace Palermo.Treaties.Participation;

/// <summary>The states of one regional group that are not recorded as parties.</summary>
/// <param name="Region">The regional group; null for states that belong to none.</param>
/// <param name="States">Number of states in it that could take part.</param>
/// <param name="NotParties">Those that are certainly not parties.</param>
/// <param name="NotKnown">Those of which the record does not say.</param>
public sealed record RegionGap(Region? Region, int States, IReadOnlyList<State> NotParties, IReadOnlyList<State> NotKnown);

/// <summary>Who is missing, by regional group of the United Nations.</summary>
public static class MissingByRegion
{
    /// <summary>Groups the states that are not recorded as parties; what is not known stays apart from what is a no.</summary>
    /// <param name="states">The states that could take part; organizations are left out.</param>
    /// <param name="regions">The regional groups, in the order wanted.</param>
    /// <param name="party">Whether a state is a party; null when the record does not say.</param>
    /// <returns>One entry for each group with at least one state, those without a group last.</returns>
    public static IReadOnlyList<RegionGap> Of(IEnumerable<State> states, IReadOnlyList<Region> regions, Func<State, bool?> party)
    {
        var byRegion = states.Where(s => !s.IsOrganization).Select(s => (State: s, Party: party(s))).ToLookup(s => s.State.Region, StringComparer.Ordinal);
        return
        [
            .. regions.Select(r => (Region: (Region?)r, Members: byRegion[r.Code])).Append((Region: null, Members: byRegion[""]))
                .Where(g => g.Members.Any())
                .Select(g => new RegionGap(
                    g.Region, g.Members.Count(), [.. g.Members.Where(m => m.Party == false).Select(m => m.State)], [.. g.Members.Where(m => m.Party is null).Select(m => m.State)])),
        ];
    }
}
