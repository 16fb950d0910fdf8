using Palermo.Data.Facts;
using Palermo.Kernel;
using Palermo.Treaties.Declarations;
using Palermo.Treaties.Registry;

namespace Palermo.Treaties.InForce;

/// <summary>Whether an instrument binds two states towards each other on a day.</summary>
/// <param name="InForce">Yes, no, or null when the record does not say.</param>
/// <param name="Reason">Why not, when <see cref="InForce"/> is false.</param>
/// <param name="State">The state the reason or the gap is about.</param>
/// <param name="Since">Since when, when both dates are known.</param>
/// <param name="First">Status of the first state.</param>
/// <param name="Second">Status of the second state.</param>
/// <param name="Declaration">The declaration that stands between them, if one does.</param>
public readonly record struct InForceAnswer(
    bool? InForce, string? Reason, State? State, DateOnly? Since, StandingOn First, StandingOn Second, DeclarationFact? Declaration);

/// <summary>Whether an instrument binds two states towards each other on a day.</summary>
public static class InForceBetween
{
    /// <summary>Both must be bound, by the convention too where it is a protocol, and nothing declared may stand between them.</summary>
    /// <param name="registry">What is known.</param>
    /// <param name="instrument">The instrument.</param>
    /// <param name="a">One participant.</param>
    /// <param name="b">The other.</param>
    /// <param name="on">The day.</param>
    [Rule("TR-04", "In force between two states", "Vienna Convention on the Law of Treaties arts. 2(1)(g), 20, 21, 24; UNTOC arts. 37(2), 38")]
    public static InForceAnswer Between(TreatyRegistry registry, Instrument instrument, State a, State b, DateOnly on)
    {
        var first = registry.On(instrument, a, on);
        var second = registry.On(instrument, b, on);
        var (reason, state) = Weaker(Reason(instrument, first.Status, on), a, Reason(instrument, second.Status, on), b);
        if (reason is not null) return new(false, reason, state, null, first, second, null);

        if (instrument.ParentRequired)
        {
            var parent = registry.Instrument(instrument.ParentId);
            (reason, state) = Weaker(ParentReason(registry.On(parent, a, on).Status), a, ParentReason(registry.On(parent, b, on).Status), b);
            if (reason is not null) return new(false, reason, state, null, first, second, null);
        }

        var (excluding, disputed) = Declared(registry, instrument, a, b, on);
        if (excluding is not null) return new(false, Exclusion.ExcludedBetweenParties, registry.States.Find(excluding.State), null, first, second, excluding);
        if (first.Status == Status.NotKnown) return new(null, null, a, null, first, second, null);
        if (second.Status == Status.NotKnown) return new(null, null, b, null, first, second, null);
        if (disputed is not null) return new(null, null, registry.States.Find(disputed.State), null, first, second, disputed);
        return new(true, null, null, first.Since > second.Since ? first.Since : first.Since is null ? null : second.Since, first, second, null);
    }

    private static string? Reason(Instrument instrument, Status status, DateOnly on) => status switch
    {
        Status.InForce or Status.NotKnown => null,
        Status.NotYetInForce => Exclusion.NotYetInForce,
        Status.NoLongerInForce => Exclusion.NoLongerInForce,
        _ when on < instrument.AdoptedOn => Exclusion.NotYetInForce,
        Status.SignatoryOnly => Exclusion.SignatoryOnly,
        _ => Exclusion.NotAParty,
    };

    /// <summary>The depositary takes a protocol's instrument only from parties to the convention, so only a convention that ended counts.</summary>
    private static string? ParentReason(Status status) => status == Status.NoLongerInForce ? Exclusion.NoLongerInForce : null;

    /// <summary>The reason that stands first in the list of codes; of two equal ones the first state's.</summary>
    private static (string? Reason, State? State) Weaker(string? first, State a, string? second, State b) =>
        (first, second) switch
        {
            (null, null) => (null, null),
            (not null, null) => (first, a),
            (null, not null) => (second, b),
            _ => Exclusion.Rank(second) < Exclusion.Rank(first) ? (second, b) : (first, a),
        };

    private static (DeclarationFact? Excluding, DeclarationFact? Disputed) Declared(TreatyRegistry registry, Instrument instrument, State a, State b, DateOnly on)
    {
        var (excluding, disputed) = Towards(registry.EffectsBy(instrument, a, on), b);
        if (excluding is not null) return (excluding, null);
        var (excludingBack, disputedBack) = Towards(registry.EffectsBy(instrument, b, on), a);
        return (excludingBack, disputed ?? disputedBack);
    }

    private static (DeclarationFact? Excluding, DeclarationFact? Disputed) Towards(DeclaredEffect[] declared, State other)
    {
        DeclarationFact? disputed = null;
        foreach (var effect in declared)
        {
            if (effect.Effect.Named is not { } named || !named.Equals(other)) continue;
            if (effect.Effect.Kind == EffectKind.Excludes) return (effect.Declaration, null);
            disputed = effect.Declaration;
        }

        return (null, disputed);
    }
}
