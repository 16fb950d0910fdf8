using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Palermo.Data;
using Palermo.Data.Cases;
using Palermo.Kernel;
using Palermo.Kernel.Access;
using Palermo.Requests.Cases;

namespace Palermo.Requests.Figures;

/// <summary>Of which requests figures are made.</summary>
/// <param name="Year">The year in which they were begun or registered, UTC; null for all.</param>
/// <param name="Outgoing">Ours, theirs, or both.</param>
/// <param name="Kind">Code of a kind, or null.</param>
internal sealed record FiguresQuery(int? Year = null, bool? Outgoing = null, string? Kind = null)
{
    internal const int FirstYear = 1990;

    /// <summary>Reads a query from an address.</summary>
    /// <exception cref="RefusedException">A value is none of those that were expected.</exception>
    internal static FiguresQuery Read(RequestsModule module, IQueryCollection address)
    {
        var (direction, kind) = (address["direction"].ToString(), address["kind"].ToString());
        return new(
            YearOf(address["year"], module.Today.Year),
            direction switch
            {
                "" => null,
                "outgoing" => true,
                "incoming" => false,
                _ => throw new RefusedException("board.one-of", ("name", "direction"), ("given", RefusedException.Shorten(direction)), ("allowed", "outgoing, incoming")) { Field = "direction" },
            },
            kind.Length == 0 ? null : (module.Kinds.Find(kind) ?? throw new RefusedException("cases.kind") { Field = "kind" }).Code);
    }

    /// <summary>A year that may be asked for; null for an empty text.</summary>
    internal static int? YearOf(string? text, int last)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year >= FirstYear && year <= last
            ? year : throw new RefusedException("figures.year", ("given", RefusedException.Shorten(text)), ("first", FirstYear.ToString(CultureInfo.InvariantCulture)), ("last", last.ToString(CultureInfo.InvariantCulture))) { Field = "year" };
    }
}

/// <summary>Makes the figures of the requests a viewer may know of.</summary>
internal static class ReadFigures
{
    /// <summary>The figures as they stood at most a minute ago: they are made of whole lives, and that takes long.</summary>
    internal static FiguresReport Of(RequestsModule module, Viewer viewer, FiguresQuery query)
    {
        var standings = string.Join(' ', viewer.Standings.Select(s => $"{s.Role}:{s.Path}").Order(StringComparer.Ordinal));
        return module.Figures.Of((viewer.Person, standings, query, module.Today), () =>
        {
            using var context = module.Database.Connect();
            return Of(context, viewer, query, module.Today);
        });
    }

    /// <summary>The figures.</summary>
    internal static FiguresReport Of(PalermoContext context, Viewer viewer, FiguresQuery query, DateOnly today)
    {
        var requests = Visible.Requests(context, viewer).AsNoTracking();
        if (query.Year is { } year)
        {
            var (from, until) = (new DateTime(year, 1, 1, 0, 0, 0, DateTimeKind.Utc), new DateTime(year + 1, 1, 1, 0, 0, 0, DateTimeKind.Utc));
            requests = requests.Where(r => r.CreatedAt >= from && r.CreatedAt < until);
        }

        if (query.Outgoing is { } outgoing) requests = requests.Where(r => r.Outgoing == outgoing);
        if (query.Kind is { } kind) requests = requests.Where(r => r.Kind == kind);
        var open = requests.Where(r => r.WaitingFor != "none");
        var lives = Lives.Of(LifeSteps(context, requests));
        return new(
            requests.Count(), lives.Durations(),
            Lines(open.GroupBy(r => r.Outgoing ? r.Requested : r.Requesting).Select(g => new OpenLine(g.Key, g.Count(), g.Count(r => r.DueOn < today))).ToList()),
            Lines(open.GroupBy(r => r.Kind).Select(g => new OpenLine(g.Key, g.Count(), g.Count(r => r.DueOn < today))).ToList()),
            Lines(lives.Outcomes), Lines(lives.Refusals), Lines(lives.Returns), Lines(Counted(requests.GroupBy(r => r.Basis).Select(g => new CountLine(g.Key, g.Count())).ToList())));
    }

    /// <summary>The steps of the lives of requests, in order, read one after another.</summary>
    internal static IEnumerable<LifeStep> LifeSteps(PalermoContext context, IQueryable<Request> requests) =>
        context.Set<RequestEvent>().AsNoTracking().Join(requests, e => e.Request, r => r.Id, (e, r) => e).OrderBy(e => e.Request).ThenBy(e => e.Number)
            .Select(e => new LifeStep(e.Request, e.From, e.To, e.Act, e.Grounds, e.On)).AsEnumerable();

    /// <summary>Counts by code; what names nothing counts as <c>none</c>.</summary>
    internal static Dictionary<string, int> Counted(IEnumerable<CountLine> lines) =>
        lines.GroupBy(l => l.Code.Length > 0 ? l.Code : "none", StringComparer.Ordinal).ToDictionary(l => l.Key, l => l.Sum(c => c.Count), StringComparer.Ordinal);

    /// <summary>Most first.</summary>
    internal static IReadOnlyList<CountLine> Lines(IReadOnlyDictionary<string, int> counts) =>
        [.. counts.Select(c => new CountLine(c.Key, c.Value)).OrderByDescending(c => c.Count).ThenBy(c => c.Code, StringComparer.Ordinal)];

    private static IReadOnlyList<OpenLine> Lines(List<OpenLine> lines) => [.. lines.OrderByDescending(l => l.Open).ThenBy(l => l.Code, StringComparer.Ordinal)];
}
