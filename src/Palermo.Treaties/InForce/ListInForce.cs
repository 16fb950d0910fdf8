using Palermo.Kernel;
using Palermo.Treaties.Registry;

namespace Palermo.Treaties.InForce;

/// <summary>One instrument between two states.</summary>
/// <param name="Instrument">Identifier.</param>
/// <param name="InForce">Yes, no, or null when the record does not say.</param>
/// <param name="Since">Since when, if in force and both dates are known.</param>
/// <param name="Reason">Why not, as a code, when it is not in force.</param>
/// <param name="State">The state the reason or the gap is about.</param>
public sealed record InForceLine(string Instrument, bool? InForce, DateOnly? Since, string? Reason, string? State);

/// <summary>What is in force between two states.</summary>
public static class ListInForce
{
    /// <summary>All instruments between two participants on a day.</summary>
    /// <exception cref="RefusedException">The two are the same.</exception>
    public static IReadOnlyList<InForceLine> Lines(TreatyRegistry registry, State a, State b, DateOnly on)
    {
        if (a.Equals(b)) throw new RefusedException("refused.same-state", ("state", a));
        return
        [
            .. registry.Instruments.Select(i =>
            {
                var answer = InForceBetween.Between(registry, i, a, b, on);
                return new InForceLine(i.Id, answer.InForce, answer.Since, answer.Reason, answer.State?.Code);
            }),
            .. registry.BilateralBetween(a, b).Select(t => new InForceLine(
                t.Id, t.InForceOn(on), t.InForceOn(on) ? t.InForceFrom : null,
                t.InForceOn(on) ? null : t.InForceUntil is { } until && on >= until ? Exclusion.NoLongerInForce : Exclusion.NotYetInForce, null)),
        ];
    }
}
