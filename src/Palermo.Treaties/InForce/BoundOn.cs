using Palermo.Kernel;
using Palermo.Treaties.Registry;

namespace Palermo.Treaties.InForce;

/// <summary>Whether a state is bound by an instrument on a day.</summary>
public static class BoundOn
{
    /// <summary>A state's status on a day. Signing is not being bound; silence past the edge of knowledge is not a no.</summary>
    /// <param name="instrument">The instrument.</param>
    /// <param name="state">The state.</param>
    /// <param name="standing">What the record says of the two; null when it says nothing.</param>
    /// <param name="edge">How far the instrument's record is complete.</param>
    /// <param name="on">The day.</param>
    [Rule("TR-03", "Bound on a day", "Vienna Convention on the Law of Treaties arts. 2(1)(g), 11-16, 24, 54; UNTOC arts. 36-38, 40")]
    public static StandingOn On(Instrument instrument, State state, Standing? standing, KnowledgeEdge edge, DateOnly on)
    {
        if (standing is null)
            return on <= edge.AsAt || on < instrument.AdoptedOn || (instrument.Regional && !state.OasMember)
                ? new(Status.NotAParty, false, null, null)
                : new(Status.NotKnown, null, null, null);

        Bond? reached = null;
        foreach (var bond in standing.Bonds)
            if (bond.Deposited <= on || (bond.From is { } retroactive && retroactive <= on)) reached = bond;
        if (reached is not null) return Bound(reached, on);
        return standing.KnownPartyBy is { } by && on >= by
            ? KnownByName(instrument, by, on)
            : NotBound(instrument, state, standing, edge, on);
    }

    private static StandingOn Bound(Bond bond, DateOnly on)
    {
        var deposited = bond.Deposited <= on;
        if (bond.Until is { } until && on >= until) return new(Status.NoLongerInForce, false, bond.From, bond);
        if (bond.Denounced is { } denounced && on >= denounced && bond.Until is null) return new(Status.NotKnown, null, bond.From, bond);
        if (bond.From is not { } from) return new(Status.NotKnown, deposited, null, bond);
        return new(on >= from ? Status.InForce : Status.NotYetInForce, deposited, from, bond);
    }

    /// <summary>A party by that day at the latest is bound once the treaty's own number of days has passed since.</summary>
    private static StandingOn KnownByName(Instrument instrument, DateOnly by, DateOnly on) =>
        EffectiveFrom.Of(instrument, "accession", by, null) is { } atTheLatest && on >= atTheLatest
            ? new(Status.InForce, true, null, null)
            : new(Status.NotKnown, true, null, null);

    private static StandingOn NotBound(Instrument instrument, State state, Standing standing, KnowledgeEdge edge, DateOnly on)
    {
        var signed = (standing.Signed is { } s && s <= on) || (standing.KnownSignatoryBy is { } k && k <= on);
        var laterDeposit = standing.Bonds.Length > 0;
        var dateMissing = standing.KnownUndated || (standing.KnownPartyBy is not null && !edge.Dated);
        var known = on < instrument.AdoptedOn
            || (!dateMissing && (laterDeposit || on <= edge.AsAt || (instrument.Regional && !state.OasMember)));
        if (!known) return new(Status.NotKnown, null, null, null);
        return new(signed ? Status.SignatoryOnly : Status.NotAParty, false, null, null);
    }
}
