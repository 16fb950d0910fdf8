using System.Globalization;
using System.Text;
using Palermo.Treaties.Registry;

namespace Palermo.Treaties.Participation;

/// <summary>A text beside an axis.</summary>
/// <param name="At">Where, in units of the drawing.</param>
/// <param name="Text">The number.</param>
/// <param name="Spare">Whether a telephone may leave it out.</param>
internal readonly record struct ChartTick(double At, string Text, bool Spare);

/// <summary>The curve of an instrument's growth in a drawing of 640 by 300 units, as the assets' README asks for.</summary>
/// <param name="Line">Path of the part that is complete; empty when none is.</param>
/// <param name="After">Path of the part past the edge of knowledge; empty when there is none.</param>
/// <param name="EdgeAt">Where knowledge ends; null when it covers the whole curve or nothing of it.</param>
/// <param name="EndY">Height of the curve's end.</param>
/// <param name="Years">Ticks of the time axis.</param>
/// <param name="Counts">Ticks of the count, from zero.</param>
internal sealed record GrowthDrawing(string Line, string After, double? EdgeAt, double EndY, IReadOnlyList<ChartTick> Years, IReadOnlyList<ChartTick> Counts)
{
    internal const double Start = 50, End = 470, Top = 30, Bottom = 260;

    private const int MostTicks = 8;

    /// <summary>Draws the steps, of which there is at least one, to a day.</summary>
    internal static GrowthDrawing Of(IReadOnlyList<GrowthStep> steps, KnowledgeEdge edge, DateOnly to)
    {
        var from = steps[0].Day;
        var days = Math.Max(1, to.DayNumber - from.DayNumber);
        var unit = Unit(Math.Max(1, steps.Max(s => s.Parties)), 5);
        var top = unit * (int)Math.Ceiling(Math.Max(1, steps.Max(s => s.Parties)) / (double)unit);
        double X(DateOnly day) => Start + ((End - Start) * (day.DayNumber - from.DayNumber) / days);
        double Y(int parties) => Bottom - ((Bottom - Top) * parties / top);

        DateOnly? cut = !edge.Dated || edge.AsAt < from ? null : edge.AsAt < to ? edge.AsAt : to;
        var last = steps[^1].Parties;
        var known = cut is { } c ? steps.Where(s => s.Day <= c).ToArray() : [];
        var line = cut is { } end ? Path(known, end) : "";
        var after = cut == to ? "" : Path([.. cut is { } day ? [new GrowthStep(day, known[^1].Parties, true)] : Array.Empty<GrowthStep>(), .. steps.Skip(known.Length)], to);
        return new GrowthDrawing(line, after, cut is { } at && at < to ? X(at) : null, Y(last), YearTicks(), [.. Enumerable.Range(0, (top / unit) + 1).Select(i => new ChartTick(Y(i * unit), Text(i * unit), i % 2 == 1))]);

        string Path(GrowthStep[] part, DateOnly until)
        {
            var path = new StringBuilder();
            foreach (var step in part)
            {
                if (path.Length == 0) path.Append(CultureInfo.InvariantCulture, $"M{X(step.Day):0.#} {Y(step.Parties):0.#}");
                else path.Append(CultureInfo.InvariantCulture, $"H{X(step.Day):0.#}V{Y(step.Parties):0.#}");
            }

            return path.Append(CultureInfo.InvariantCulture, $"H{X(until):0.#}").ToString();
        }

        ChartTick[] YearTicks()
        {
            var every = Unit(to.Year - from.Year + 1, MostTicks);
            var first = (from.Year + every) / every * every;
            return [.. Enumerable.Range(0, MostTicks + 1).Select(i => first + (i * every)).Where(y => y <= to.Year).Select((y, i) => new ChartTick(X(new DateOnly(y, 1, 1)), Text(y), i % 2 == 1))];
        }
    }

    /// <summary>The smallest of 1, 2, 5, 10, 20, 50 … of which so many at most reach the number.</summary>
    private static int Unit(int number, int most)
    {
        for (var ten = 1; ; ten *= 10)
        {
            foreach (var unit in new[] { ten, 2 * ten, 5 * ten })
                if (unit * most >= number) return unit;
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
