using Palermo.Kernel;
using Palermo.Treaties.Registry;

namespace Palermo.Treaties.LegalBasis;

/// <summary>One question between one state and every other.</summary>
/// <param name="State">The state.</param>
/// <param name="Asks">Whether it asks the others; otherwise the others ask it.</param>
/// <param name="Kind">The kind of cooperation.</param>
/// <param name="Offence">The offence.</param>
/// <param name="On">The day.</param>
/// <param name="MaxPenaltyYears">The offence's highest penalty, in years of deprivation of liberty.</param>
/// <param name="Group">Whether an organized criminal group is involved (UNTOC art. 2(a)).</param>
/// <param name="Transnational">Whether the facts are transnational (UNTOC art. 3(2)).</param>
/// <param name="OwnNational">Whether the person is a national of the requested state.</param>
public sealed record MatrixQuestion(
    State State, bool Asks, CooperationKinds Kind, Offences Offence, DateOnly On,
    decimal? MaxPenaltyYears = null, bool? Group = null, bool? Transnational = null, bool? OwnNational = null)
{
    /// <summary>Reads the question from texts, as an address gives them; the state is asked unless <paramref name="side"/> says otherwise.</summary>
    /// <exception cref="RefusedException">A text cannot be understood.</exception>
    public static MatrixQuestion Read(
        StateDirectory states, TimeProvider clock, string? state, string? side, string? kind, string? offence, string? on,
        string? maxPenalty, string? group, string? transnational, string? ownNational)
    {
        var one = RefusedException.For("state", () => string.IsNullOrWhiteSpace(state) ? throw new RefusedException("matrix.no-state") : states.Resolve(state));
        if (one.IsOrganization) throw new RefusedException("refused.organization", ("state", one)) { Field = "state" };
        var asks = side?.Trim().ToLowerInvariant() switch
        {
            "requesting" => true,
            null or "" or "requested" => false,
            _ => throw new RefusedException("matrix.side", ("given", RefusedException.Shorten(side))) { Field = "side" },
        };
        return new MatrixQuestion(
            one, asks, RefusedException.For("kind", () => BasisQuery.ReadKind(kind)), RefusedException.For("offence", () => BasisQuery.ReadOffence(offence)),
            RefusedException.For("on", () => BasisQuery.ReadDay(on, clock)), RefusedException.For("maxPenalty", () => BasisQuery.ReadYears(maxPenalty)),
            BasisQuery.YesNo(group, "group"), BasisQuery.YesNo(transnational, "transnational"), BasisQuery.YesNo(ownNational, "own-national"));
    }

    /// <summary>The finder's question between the state and another.</summary>
    public BasisQuery With(State other) =>
        new(Asks ? State : other, Asks ? other : State, Kind, Offence, On, MaxPenaltyYears, Group, Transnational, OwnNational);
}

/// <summary>The answer between one state and another.</summary>
/// <param name="State">Code of the other state.</param>
/// <param name="TreatyBasis">Whether a treaty carries the request: yes, no, or null when that is not known.</param>
/// <param name="Instrument">The treaty that carries it and leaves the fewest conditions open, if one does.</param>
/// <param name="Articles">Its articles.</param>
/// <param name="Role">Its role.</param>
/// <param name="InForceSince">Since when it binds the two, if known.</param>
/// <param name="ToShow">How many of its conditions are still to be shown.</param>
/// <param name="NotKnown">Identifiers of the instruments of which the record does not say.</param>
public sealed record MatrixLine(
    string State, bool? TreatyBasis, string? Instrument, IReadOnlyList<string> Articles, string? Role, DateOnly? InForceSince, int ToShow, IReadOnlyList<string> NotKnown)
{
    /// <summary>The line of one answer.</summary>
    public static MatrixLine Of(MatrixAnswer answer) => new(
        answer.Other.Code, answer.Answer.TreatyBasis, answer.Best?.Id, answer.Best?.Articles ?? [],
        answer.Best is { } best ? BasisReport.RoleCode(best.Role) : null, answer.Best?.InForceSince, answer.ToShow,
        [.. answer.Answer.Unknown.Select(u => u.Instrument.Id)]);
}

/// <summary>The finder's answer between one state and another.</summary>
/// <param name="Other">The other state.</param>
/// <param name="Answer">The answer.</param>
public readonly record struct MatrixAnswer(State Other, BasisAnswer Answer)
{
    /// <summary>The treaty that carries the request and leaves the fewest conditions open, if one does.</summary>
    public AvailableBasis? Best { get; } = Answer.Surest;

    /// <summary>How many of its conditions are still to be shown.</summary>
    public int ToShow => Best?.ToShow ?? 0;

    /// <summary>yes, to-show (a yes with conditions still to be shown), not-known or no.</summary>
    public string Code => Answer.TreatyBasis switch { true => ToShow > 0 ? "to-show" : "yes", false => "no", _ => "not-known" };
}

/// <summary>One state against all others.</summary>
public static class Matrix
{
    /// <summary>The finder's answer for every other state, by code.</summary>
    /// <param name="registry">What is known.</param>
    /// <param name="question">The question.</param>
    public static IReadOnlyList<MatrixAnswer> Answers(TreatyRegistry registry, MatrixQuestion question) =>
    [
        .. registry.States.All.Where(s => !s.IsOrganization && !s.Equals(question.State))
            .Select(other => new MatrixAnswer(other, FindBasis.Answer(registry, question.With(other)))),
    ];
}
