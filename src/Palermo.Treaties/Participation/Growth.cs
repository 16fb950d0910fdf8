using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Palermo.Kernel;
using Palermo.Treaties.InForce;
using Palermo.Treaties.Registry;

namespace Palermo.Treaties.Participation;

/// <summary>A day on which the number of an instrument's parties changed.</summary>
/// <param name="Day">The day.</param>
/// <param name="Parties">Parties recorded at the end of it.</param>
/// <param name="Complete">Whether the record of the day is complete; past its edge the number may be too low.</param>
public sealed record GrowthStep(DateOnly Day, int Parties, bool Complete);

/// <summary>One year of the growth of an instrument.</summary>
/// <param name="Year">The year.</param>
/// <param name="Change">Parties gained in it, less those lost.</param>
/// <param name="Parties">Parties recorded at its end, or on the last day asked for.</param>
/// <param name="Complete">Whether the record is complete to that day.</param>
public sealed record GrowthYear(int Year, int Change, int Parties, bool Complete);

/// <summary>How the number of an instrument's parties grew.</summary>
public static class Growth
{
    /// <summary>
    /// Every day on which the number of parties changed, from adoption on. A party is counted exactly when
    /// <see cref="StatusOn.Report"/> counts it: on the last step both give the same number.
    /// </summary>
    /// <param name="instrument">The instrument.</param>
    /// <param name="standings">What the record says of each state.</param>
    /// <param name="edge">How far the record is complete.</param>
    /// <param name="to">The last day.</param>
    /// <returns>The first step is the day of adoption; empty when that is after <paramref name="to"/> and nobody took part before.</returns>
    public static IReadOnlyList<GrowthStep> Steps(Instrument instrument, IEnumerable<Standing> standings, KnowledgeEdge edge, DateOnly to)
    {
        var changes = new SortedDictionary<DateOnly, int>();
        if (instrument.AdoptedOn <= to) changes[instrument.AdoptedOn] = 0;
        foreach (var standing in standings)
        {
            var counted = false;
            foreach (var day in Turns(standing).Where(d => d <= to).Distinct().Order())
            {
                var party = BoundOn.On(instrument, standing.State, standing, edge, day).Deposited == true;
                if (party == counted) continue;
                changes[day] = changes.GetValueOrDefault(day) + (party ? 1 : -1);
                counted = party;
            }
        }

        var parties = 0;
        return [.. changes.Select(c => new GrowthStep(c.Key, parties += c.Value, edge.Covers(c.Key)))];
    }

    /// <summary>The same by year.</summary>
    /// <param name="steps">What <see cref="Steps"/> gave.</param>
    /// <param name="edge">How far the record is complete.</param>
    /// <param name="to">The last day.</param>
    public static IReadOnlyList<GrowthYear> Years(IReadOnlyList<GrowthStep> steps, KnowledgeEdge edge, DateOnly to)
    {
        if (steps.Count == 0) return [];
        var years = new List<GrowthYear>();
        var (at, parties) = (0, 0);
        for (var year = steps[0].Day.Year; year <= to.Year; year++)
        {
            var before = parties;
            for (; at < steps.Count && steps[at].Day.Year == year; at++) parties = steps[at].Parties;
            var end = new DateOnly(year, 12, 31);
            years.Add(new GrowthYear(year, parties - before, parties, edge.Covers(end < to ? end : to)));
        }

        return years;
    }

    /// <summary>The growth of an instrument to a day.</summary>
    internal static IReadOnlyList<GrowthStep> Of(TreatyRegistry registry, Instrument instrument, DateOnly to) =>
        Steps(instrument, registry.States.All.Select(s => registry.Standing(instrument, s)).OfType<Standing>(), registry.Edge(instrument), to);

    internal static void Map(IEndpointRouteBuilder api, TreatyModule module) =>
        api.MapGet("/treaties/{instrument}/growth", (HttpContext http, string instrument, string? on, string? known) =>
                ApiResult.Of(http, Of(module.Registry(InstrumentAddress.Known(known, module)), module.Reference.Resolve(instrument), TreatyRoutes.DayOf(on, module)), TreatyJson.Readable.IReadOnlyListGrowthStep))
            .WithSummary("Every day on which the number of an instrument's parties changed, from adoption to a day.");

    /// <summary>The days on which a state may begin or cease to be counted.</summary>
    private static IEnumerable<DateOnly> Turns(Standing standing)
    {
        foreach (var bond in standing.Bonds)
        {
            yield return bond.Deposited;
            if (bond.From is { } from) yield return from;
            if (bond.Denounced is { } denounced) yield return denounced;
            if (bond.Until is { } until) yield return until;
        }

        if (standing.KnownPartyBy is { } by) yield return by;
    }
}
