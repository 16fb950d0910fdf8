using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Palermo.Data.Facts;
using Palermo.Kernel;
using Palermo.Treaties.InForce;
using Palermo.Treaties.Registry;
using Palermo.Web;

namespace Palermo.Treaties.Participation;

/// <summary>One participant of an instrument on a day.</summary>
/// <param name="State">Alpha-3 code.</param>
/// <param name="Name">Name in the reader's language.</param>
/// <param name="Status"><c>in-force</c>, <c>not-yet-in-force</c>, <c>signatory</c>, <c>no-longer-in-force</c>, <c>party-since-not-known</c> or <c>not-known</c>.</param>
/// <param name="Signed">Day of signature, if it is recorded.</param>
/// <param name="Act">What was deposited, if it is recorded.</param>
/// <param name="Deposited">Day of deposit.</param>
/// <param name="Since">First day on which it binds, also when that day is still to come.</param>
/// <param name="Until">First day on which it no longer binds, if it ended.</param>
/// <param name="KnownBy">For a party whose act has no date here: the day by which a source names it.</param>
/// <param name="Source">Source of the act that counts.</param>
/// <param name="Confidence"><c>high</c>, <c>medium</c> or <c>low</c>; null when there is no dated act.</param>
/// <param name="Learned">When we learned of the act, if that was not on its own day.</param>
/// <param name="Note">Remark of the source, in English.</param>
public sealed record ParticipantLine(
    string State, string Name, string Status, DateOnly? Signed, string? Act, DateOnly? Deposited, DateOnly? Since, DateOnly? Until,
    DateOnly? KnownBy, string? Source, string? Confidence, DateOnly? Learned, string Note);

/// <summary>Who took part in an instrument.</summary>
internal static class ListParticipants
{
    /// <summary>What the table can be sorted by; a minus before it turns the order round.</summary>
    internal static readonly IReadOnlyList<string> Sorts = ["state", "deposit", "since"];

    /// <summary>Everyone who had done something by the day, or of whom a source says so.</summary>
    internal static IReadOnlyList<ParticipantLine> Lines(TreatyRegistry registry, Instrument instrument, DateOnly on, Language language)
    {
        var acts = registry.Facts.OfType<ParticipationFact>().Where(f => f.Instrument == instrument.Id).ToLookup(f => f.State, StringComparer.Ordinal);
        var names = registry.Facts.OfType<KnownPartyFact>().Where(f => f.Instrument == instrument.Id).ToLookup(f => f.State, StringComparer.Ordinal);
        var lines = new List<ParticipantLine>();
        foreach (var state in registry.States.All)
        {
            if (registry.Standing(instrument, state) is not { } standing) continue;
            var status = registry.On(instrument, state, on);
            if (status.Status != Status.NotAParty) lines.Add(Line(standing, status, on, acts[state.Code], names[state.Code], language));
        }

        return [.. lines.OrderBy(l => l.Name, Collation(language))];
    }

    /// <summary>Sorts by one of <see cref="Sorts"/>, days that are not known last.</summary>
    /// <exception cref="RefusedException">The order is none of them.</exception>
    internal static IReadOnlyList<ParticipantLine> Sorted(IReadOnlyList<ParticipantLine> byName, string sort)
    {
        var descending = sort.StartsWith('-');
        return sort.TrimStart('-') switch
        {
            "" or "state" => descending ? [.. byName.Reverse()] : byName,
            "deposit" => ByDay(l => l.Deposited),
            "since" => ByDay(l => l.Since),
            _ => throw new RefusedException("instrument.refused.sort", ("given", RefusedException.Shorten(sort)), ("choices", Sorts)),
        };

        IReadOnlyList<ParticipantLine> ByDay(Func<ParticipantLine, DateOnly?> day) =>
        [
            .. descending ? byName.OrderByDescending(l => day(l) ?? DateOnly.MinValue) : byName.OrderBy(l => day(l) ?? DateOnly.MaxValue),
        ];
    }

    internal static IComparer<string> Collation(Language language) =>
        Comparer<string>.Create((a, b) => language.Culture.CompareInfo.Compare(a, b, System.Globalization.CompareOptions.None));

    internal static void Map(IEndpointRouteBuilder api, TreatyModule module) =>
        api.MapGet("/treaties/{instrument}/participants", (HttpContext http, string instrument, string? on, string? known) =>
                ApiResult.Of(
                    http, Lines(module.Registry(InstrumentAddress.Known(known, module)), module.Reference.Resolve(instrument), TreatyRoutes.DayOf(on, module), PageContext.LanguageOf(http.Request)),
                    TreatyJson.Readable.IReadOnlyListParticipantLine))
            .WithSummary("Everyone who took part in an instrument by a day, with acts, dates and sources.");

    private static ParticipantLine Line(Standing standing, StandingOn status, DateOnly on, IEnumerable<ParticipationFact> acts, IEnumerable<KnownPartyFact> names, Language language)
    {
        var signed = standing.Signed is { } day && day <= on ? standing.Signed : null;
        var act = status.Bond is { } bond
            ? acts.FirstOrDefault(a => a.Action == bond.Action && a.Date == bond.Deposited)
            : acts.FirstOrDefault(a => a.Action == "signature" && a.Date == signed);
        var named = status.Bond is null ? names.OrderBy(n => n.Status, StringComparer.Ordinal).ThenBy(n => n.KnownBy ?? DateOnly.MaxValue).FirstOrDefault() : null;
        var learned = act is null ? (DateOnly?)null : DateOnly.FromDateTime(act.LearnedAt);
        return new ParticipantLine(
            standing.State.Code, standing.State.NameIn(language), StandingWords.Of(status).Code, signed, status.Bond?.Action, status.Bond?.Deposited, status.Since,
            status.Bond?.Until is { } until && until <= on ? until : null, named?.KnownBy,
            named?.Source ?? act?.Source, named is null ? act?.Confidence : null, learned == act?.Date ? null : learned, named?.Note ?? act?.Note ?? "");
    }
}
