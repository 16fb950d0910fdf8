using Palermo.Kernel;
using Palermo.Treaties.Registry;

namespace Palermo.Treaties.LegalBasis;

/// <summary>Whether an instrument extends to a territory.</summary>
public static class WithinTerritory
{
    /// <summary>Yes, no, or null when no statement on the territory is recorded.</summary>
    /// <param name="registry">What is known.</param>
    /// <param name="instrument">The instrument.</param>
    /// <param name="territory">The territory.</param>
    /// <param name="on">The day.</param>
    [Rule("TR-05", "Extends to a territory", "Vienna Convention on the Law of Treaties art. 29")]
    public static bool? Of(TreatyRegistry registry, Instrument instrument, Territory territory, DateOnly on)
    {
        bool? answer = null;
        foreach (var fact in registry.TerritorialBy(instrument, territory.State))
        {
            if (fact.TerritoryCode != territory.Code) continue;
            var begun = fact.From is not { } from || from <= on;
            if (fact.Effect == "excluded" && begun) answer = false;
            else if (fact.Effect == "applies") answer = begun;
        }

        return answer;
    }
}
