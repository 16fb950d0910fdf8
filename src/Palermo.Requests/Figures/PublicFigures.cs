using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Palermo.Data;
using Palermo.Data.Cases;
using Palermo.Kernel;
using Palermo.Requests.Cases;

namespace Palermo.Requests.Figures;

/// <summary>
/// Figures anybody may see, when the node's setting allows it. They are of one full year at a time and cannot be narrowed, so that
/// nobody gets a small number by taking one table from another.
/// </summary>
/// <param name="allowed">Whether this node publishes figures.</param>
/// <param name="clock">The clock.</param>
internal sealed class PublicFigures(bool allowed, TimeProvider clock)
{
    /// <summary>Name of the environment variable that lets a node publish figures, with the value <c>yes</c>.</summary>
    internal const string Setting = "PALERMO_PUBLIC_FIGURES";

    private readonly Kept<(int Year, DateOnly Today), PublicReport> _made = new(clock, TimeSpan.FromDays(1), 100);

    /// <summary>The figures of a year, made once a day.</summary>
    /// <param name="module">The module.</param>
    /// <param name="address">May name the year; the last full one otherwise.</param>
    /// <exception cref="RefusedException">The node publishes none, or the year is not over.</exception>
    internal PublicReport Of(RequestsModule module, IQueryCollection address)
    {
        if (!allowed) throw new RefusedException("figures.not-published") { NotFound = true };
        var today = module.Today;
        var year = FiguresQuery.YearOf(address["year"], today.Year - 1) ?? today.Year - 1;
        return _made.Of((year, today), () =>
        {
            using var context = module.Database.Connect();
            return Make(context, year);
        });
    }

    /// <summary>Makes the figures of a year.</summary>
    internal static PublicReport Make(PalermoContext context, int year)
    {
        var requests = Visible.ClosedForPublicFigures(context, year).AsNoTracking();
        var lives = Lives.Of(ReadFigures.LifeSteps(context, requests));
        lives.Outcomes["other"] = requests.Count() - lives.Outcomes.Values.Sum();
        var directions = Published(By(requests.GroupBy(r => r.Outgoing ? "outgoing" : "incoming").Select(g => new CountLine(g.Key, g.Count()))), out var total);
        return new(
            year,
            // How many lie behind a duration is not said: it could be taken from another number.
            [.. lives.Durations().Where(d => d.Requests >= Suppression.Smallest).Select(d => d with { Requests = null, Median = Math.Round(d.Median), Percentile90 = Math.Round(d.Percentile90) })],
            directions,
            Published(By(requests.GroupBy(r => r.Kind).Select(g => new CountLine(g.Key, g.Count())))),
            Published(By(requests.GroupBy(r => r.Outgoing ? r.Requested : r.Requesting).Select(g => new CountLine(g.Key, g.Count())))),
            Published(lives.Outcomes), Published(lives.Refusals), Published(lives.Returns),
            Published(By(requests.GroupBy(r => r.Basis).Select(g => new CountLine(g.Key, g.Count())))), total);
    }

    private static Dictionary<string, int> By(IQueryable<CountLine> lines) => ReadFigures.Counted(lines.ToList());

    private static IReadOnlyList<CountLine> Published(Dictionary<string, int> counts) => Published(counts, out _);

    private static IReadOnlyList<CountLine> Published(Dictionary<string, int> counts, out int? total)
    {
        var published = Suppression.Suppress(counts);
        total = published.Total;
        return ReadFigures.Lines(published.Shown);
    }
}
