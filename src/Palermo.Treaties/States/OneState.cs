using Palermo.Data.Facts;
using Palermo.Kernel;
using Palermo.Treaties.Declarations;
using Palermo.Treaties.InForce;
using Palermo.Treaties.LegalBasis;
using Palermo.Treaties.Participation;
using Palermo.Treaties.Registry;

namespace Palermo.Treaties.States;

/// <summary>A state and one instrument.</summary>
/// <param name="Instrument">Identifier.</param>
/// <param name="Status">Where the state stands on the day, as a code.</param>
/// <param name="Since">First day on which it binds or will bind the state, if known.</param>
/// <param name="Action">What was deposited, if dated.</param>
/// <param name="Deposited">Day of deposit, if dated.</param>
/// <param name="Until">First day on which it no longer bound the state, if it ended.</param>
/// <param name="Signed">Day of signature, if one is recorded by the day.</param>
/// <param name="Gap">Why it is not known, as a code, when it is not.</param>
/// <param name="AsAt">Up to when the record is complete.</param>
public sealed record StateInstrument(
    string Instrument, string Status, DateOnly? Since, string? Action, DateOnly? Deposited, DateOnly? Until, DateOnly? Signed, string? Gap, DateOnly AsAt);

/// <summary>A declaration of a state.</summary>
/// <param name="Instrument">Identifier.</param>
/// <param name="Date">When it was made, if known.</param>
/// <param name="Kind">reservation, declaration, notification or objection.</param>
/// <param name="Topic">Topic, as a code.</param>
/// <param name="Articles">Articles it speaks of.</param>
/// <param name="Paraphrase">Its content in our own words, in English.</param>
/// <param name="Effects">What it does to the finder, as codes.</param>
/// <param name="Why">Why it does so, in English.</param>
/// <param name="Source">Where it is from.</param>
public sealed record StateDeclaration(
    string Instrument, DateOnly? Date, string Kind, string Topic, IReadOnlyList<string> Articles, string Paraphrase, IReadOnlyList<string> Effects, string Why, string Source);

/// <summary>What a state said of one of its territories.</summary>
/// <param name="Territory">Name as in the source.</param>
/// <param name="TerritoryCode">Code, may be empty.</param>
/// <param name="Instrument">Identifier.</param>
/// <param name="Effect">applies, excluded or control-limited.</param>
/// <param name="From">From when on; null means from the state's own participation.</param>
/// <param name="Note">Remark in English, may be empty.</param>
public sealed record StateTerritory(string Territory, string TerritoryCode, string Instrument, string Effect, DateOnly? From, string Note);

/// <summary>A bilateral treaty of a state.</summary>
/// <param name="Treaty">Identifier.</param>
/// <param name="Title">Title, as entered.</param>
/// <param name="With">The other state.</param>
/// <param name="Kinds">The kinds of cooperation it governs.</param>
/// <param name="InForce">Whether it is in force on the day.</param>
/// <param name="From">When it entered into force, if it has.</param>
/// <param name="Until">First day on which it is no longer in force, if it ended.</param>
public sealed record StateBilateral(string Treaty, string Title, string With, IReadOnlyList<string> Kinds, bool InForce, DateOnly? From, DateOnly? Until);

/// <summary>All that is known of one state on a day.</summary>
/// <param name="State">Alpha-3 code.</param>
/// <param name="On">The day.</param>
/// <param name="Instruments">One line per instrument.</param>
/// <param name="Declarations">What it declared by the day; undated declarations are included.</param>
/// <param name="Territories">What it said of its territories.</param>
/// <param name="Bilateral">Its bilateral treaties.</param>
public sealed record StateReport(
    string State, DateOnly On, IReadOnlyList<StateInstrument> Instruments, IReadOnlyList<StateDeclaration> Declarations,
    IReadOnlyList<StateTerritory> Territories, IReadOnlyList<StateBilateral> Bilateral);

/// <summary>Everything the record says of one state.</summary>
public static class OneState
{
    /// <summary>The report of a state on a day.</summary>
    public static StateReport Report(TreatyRegistry registry, State state, DateOnly on) => new(
        state.Code, on,
        [.. registry.Instruments.Select(i => Line(registry, i, state, on))],
        [.. registry.Facts.OfType<DeclarationFact>().Where(d => d.State == state.Code && (d.Date is not { } day || day <= on))
            .OrderBy(d => registry.Instrument(d.Instrument).Index).Select(d => Declaration(registry, d))],
        [.. registry.Instruments.SelectMany(i => registry.TerritorialBy(i, state))
            .Select(t => new StateTerritory(t.Territory, t.TerritoryCode, t.Instrument, t.Effect, t.From, t.Note))],
        [.. registry.BilateralTreaties.Where(t => t.A.Equals(state) || t.B.Equals(state)).Select(t => new StateBilateral(
            t.Id, t.Title, (t.A.Equals(state) ? t.B : t.A).Code, KindCodes(t.Kinds), t.InForceOn(on), t.InForceFrom, t.InForceUntil))]);

    /// <summary>The state an address names: a code, or a name that stands for one state.</summary>
    /// <exception cref="RefusedException">There is no such state, with status 404.</exception>
    public static State Named(StateDirectory states, string? text)
    {
        try
        {
            return states.Resolve(text);
        }
        catch (RefusedException e)
        {
            throw new RefusedException(e.Text) { NotFound = true };
        }
    }

    private static StateInstrument Line(TreatyRegistry registry, Instrument instrument, State state, DateOnly on)
    {
        var answer = registry.On(instrument, state, on);
        var standing = registry.Standing(instrument, state);
        var signed = standing?.Signed <= on ? standing.Signed : null;
        return new StateInstrument(
            instrument.Id, StandingCodes.Code(answer.Status), answer.Since, answer.Bond?.Action, answer.Bond?.Deposited,
            answer.Status == Status.NoLongerInForce ? answer.Bond?.Until : null, signed,
            answer.Status == Status.NotKnown ? Gap(instrument, standing, answer, on) : null, registry.Edge(instrument).AsAt);
    }

    /// <summary>What keeps the record from saying yes or no.</summary>
    private static string Gap(Instrument instrument, Standing? standing, StandingOn answer, DateOnly on) => answer.Bond switch
    {
        { Denounced: { } denounced } when denounced <= on => "denunciation",
        not null when instrument.EntryIntoForce is null => "entry-into-force",
        not null => "days",
        _ when standing is { KnownUndated: true } or { KnownPartyBy: not null } => "named",
        _ when StatusOn.HasSigned(standing, on) => "signed",
        _ => "edge",
    };

    private static StateDeclaration Declaration(TreatyRegistry registry, DeclarationFact fact)
    {
        var effects = registry.Reference.Effects.For(fact).ToArray();
        return new StateDeclaration(
            fact.Instrument, fact.Date, fact.Kind, fact.Topic, fact.Article.Split(';', StringSplitOptions.RemoveEmptyEntries), fact.Paraphrase,
            [.. effects.Select(e => Code(e.Kind)).Distinct(StringComparer.Ordinal)], string.Join(' ', effects.Select(e => e.Why).Distinct(StringComparer.Ordinal)), fact.Source);
    }

    private static string Code(EffectKind kind) => kind switch
    {
        EffectKind.Excludes => "excludes",
        EffectKind.OwnNationals => "own-nationals",
        EffectKind.Unknown => "unknown",
        EffectKind.Basis => "basis",
        EffectKind.Condition => "condition",
        EffectKind.Requirement => "requirement",
        EffectKind.Warning => "warning",
        EffectKind.Unreadable => "unreadable",
        _ => "nothing",
    };

    private static string[] KindCodes(CooperationKinds kinds) =>
        [.. Codes.Kinds.Where(code => Codes.Kind(code) is { } kind && (kinds & kind) != CooperationKinds.None)];
}
