using Palermo.Kernel;
using Palermo.Treaties.InForce;
using Palermo.Treaties.Registry;

namespace Palermo.Treaties.States;

/// <summary>One instrument and one of the states compared.</summary>
/// <param name="Instrument">Identifier.</param>
/// <param name="State">Alpha-3 code.</param>
/// <param name="Status">Where the state stands on the day, as a code.</param>
/// <param name="Since">First day on which it binds or will bind the state, if known.</param>
public sealed record CompareLine(string Instrument, string State, string Status, DateOnly? Since);

/// <summary>States side by side on a day.</summary>
/// <param name="States">Alpha-3 codes, in the order asked for.</param>
/// <param name="On">The day.</param>
/// <param name="Lines">One line per instrument and state.</param>
/// <param name="Between">For two states what is in force between them, otherwise empty.</param>
public sealed record CompareReport(IReadOnlyList<string> States, DateOnly On, IReadOnlyList<CompareLine> Lines, IReadOnlyList<InForceLine> Between);

/// <summary>States side by side.</summary>
public static class CompareStates
{
    /// <summary>The largest number of states on one page.</summary>
    public const int Most = 6;

    /// <summary>The states somebody named.</summary>
    /// <param name="states">All states.</param>
    /// <param name="named">Codes or names.</param>
    /// <exception cref="RefusedException">There are fewer than two or more than <see cref="Most"/> different ones, or one of them is no state.</exception>
    public static IReadOnlyList<State> Read(StateDirectory states, IEnumerable<string> named)
    {
        var found = named.Where(n => !string.IsNullOrWhiteSpace(n)).Take(Most + 1).Select(states.Resolve).Distinct().ToArray();
        return found.Length is >= 2 and <= Most ? found : throw new RefusedException("refused.compare", ("most", Most));
    }

    /// <summary>Compares the states on a day.</summary>
    public static CompareReport Report(TreatyRegistry registry, IReadOnlyList<State> states, DateOnly on) => new(
        [.. states.Select(s => s.Code)], on,
        [.. registry.Instruments.SelectMany(i => states.Select(s =>
        {
            var answer = registry.On(i, s, on);
            return new CompareLine(i.Id, s.Code, StandingCodes.Code(answer.Status), answer.Since);
        }))],
        states.Count == 2 ? ListInForce.Lines(registry, states[0], states[1], on) : []);
}
