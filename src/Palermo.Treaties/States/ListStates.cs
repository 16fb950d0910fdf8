using System.Globalization;
using Palermo.Kernel;
using Palermo.Treaties.InForce;
using Palermo.Treaties.Registry;

namespace Palermo.Treaties.States;

/// <summary>One state in the list.</summary>
/// <param name="State">Alpha-3 code.</param>
/// <param name="Name">Its name in the reader's language.</param>
/// <param name="Region">Code of its regional group; empty when it belongs to none.</param>
/// <param name="Bound">Number of instruments that bind it on the day.</param>
/// <param name="NotKnown">Number of instruments of which the record does not say whether they bind it.</param>
public sealed record StateLine(string State, string Name, string Region, int Bound, int NotKnown);

/// <summary>The list of states.</summary>
public static class ListStates
{
    /// <summary>All participants by regional group, then by name in the reader's order; those without a group stand last.</summary>
    public static IReadOnlyList<StateLine> Lines(TreatyRegistry registry, DateOnly on, Language language)
    {
        var groups = registry.States.Regions.Select(r => r.Code).ToArray();
        return
        [
            .. registry.States.All.Select(s => Line(registry, s, on, language))
                .OrderBy(l => Array.IndexOf(groups, l.Region) is var i and >= 0 ? i : groups.Length)
                .ThenBy(l => l.Name, Order(language)),
        ];
    }

    /// <summary>The order of names in a language.</summary>
    internal static StringComparer Order(Language language) => language.Culture.CompareInfo.GetStringComparer(CompareOptions.None);

    private static StateLine Line(TreatyRegistry registry, State state, DateOnly on, Language language)
    {
        var (bound, unknown) = (0, 0);
        foreach (var instrument in registry.Instruments)
        {
            var status = registry.On(instrument, state, on).Status;
            if (status == Status.InForce) bound++;
            else if (status == Status.NotKnown) unknown++;
        }

        return new StateLine(state.Code, state.NameIn(language), state.Region, bound, unknown);
    }
}
