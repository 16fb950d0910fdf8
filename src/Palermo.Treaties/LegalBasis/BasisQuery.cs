using Palermo.Kernel;

namespace Palermo.Treaties.LegalBasis;

/// <summary>The question: a state wants something from another on a day. What is not given stays open.</summary>
/// <param name="From">The requesting state.</param>
/// <param name="To">The requested state.</param>
/// <param name="Kind">The kind of cooperation.</param>
/// <param name="Offence">The offence.</param>
/// <param name="On">The day.</param>
/// <param name="MaxPenaltyYears">The offence's highest penalty, in years of deprivation of liberty.</param>
/// <param name="Group">Whether an organized criminal group is involved (UNTOC art. 2(a)).</param>
/// <param name="Transnational">Whether the facts are transnational (UNTOC art. 3(2)).</param>
/// <param name="OwnNational">Whether the person is a national of the requested state.</param>
/// <param name="Territory">A territory of one of the two that the request concerns.</param>
public sealed record BasisQuery(
    State From, State To, CooperationKinds Kind, Offences Offence, DateOnly On,
    decimal? MaxPenaltyYears = null, bool? Group = null, bool? Transnational = null, bool? OwnNational = null, Territory? Territory = null)
{
    /// <summary>Reads a question from texts, as a command or an address gives them.</summary>
    /// <exception cref="RefusedException">A text cannot be understood, or the question makes no sense.</exception>
    public static BasisQuery Read(
        StateDirectory states, TimeProvider clock, string? from, string? to, string? kind, string? offence, string? on,
        string? maxPenalty, string? group, string? transnational, string? ownNational, string? territory)
    {
        var a = RefusedException.For("from", () => ReadState(states, from, "from"));
        var b = RefusedException.For("to", () => ReadState(states, to, "to"));
        if (a.Equals(b)) throw new RefusedException("refused.same-state", ("state", a)) { Field = "to" };
        foreach (var (state, field) in new[] { (a, "from"), (b, "to") })
            if (state.IsOrganization) throw new RefusedException("refused.organization", ("state", state)) { Field = field };
        var place = RefusedException.For("territory", () => string.IsNullOrWhiteSpace(territory) ? null : states.ResolveTerritory(territory));
        if (place is not null && !place.State.Equals(a) && !place.State.Equals(b))
            throw new RefusedException("refused.territory-of-neither", ("territory", place), ("a", a), ("b", b)) { Field = "territory" };
        return new BasisQuery(
            a, b, RefusedException.For("kind", () => ReadKind(kind)), RefusedException.For("offence", () => ReadOffence(offence)),
            RefusedException.For("on", () => ReadDay(on, clock)), RefusedException.For("maxPenalty", () => ReadYears(maxPenalty)),
            YesNo(group, "group"), YesNo(transnational, "transnational"), YesNo(ownNational, "own-national"), place);
    }

    internal static State ReadState(StateDirectory states, string? text, string side) =>
        string.IsNullOrWhiteSpace(text) ? throw new RefusedException($"refused.no-state-{side}") : states.Resolve(text);

    internal static CooperationKinds ReadKind(string? text) =>
        Codes.Kind(text) ?? throw new RefusedException("refused.kind", ("given", RefusedException.Shorten(text)), ("choices", Codes.Kinds));

    internal static Offences ReadOffence(string? text) =>
        Codes.Offence(text) ?? throw new RefusedException("refused.offence", ("given", RefusedException.Shorten(text)), ("choices", Codes.Offences));

    internal static DateOnly ReadDay(string? text, TimeProvider clock) =>
        string.IsNullOrWhiteSpace(text) ? DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime) : Dates.Parse(text);

    /// <summary>A number of years with at most two decimals, so that an address holds all of it.</summary>
    internal static decimal? ReadYears(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        return decimal.TryParse(text, System.Globalization.NumberStyles.AllowDecimalPoint, System.Globalization.CultureInfo.InvariantCulture, out var years) && years <= 100 && decimal.Round(years, 2) == years
            ? years : throw new RefusedException("refused.penalty", ("given", RefusedException.Shorten(text)));
    }

    internal static bool? YesNo(string? text, string field) => text?.Trim().ToLowerInvariant() switch
    {
        null or "" => null,
        "yes" => true,
        "no" => false,
        _ => throw new RefusedException("refused.yes-no", ("field", field), ("given", RefusedException.Shorten(text))),
    };
}
