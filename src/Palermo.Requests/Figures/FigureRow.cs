using System.Globalization;
using Palermo.Kernel;
using Palermo.Requests.Life;
using Palermo.Web;

namespace Palermo.Requests.Figures;

/// <summary>One row of figures in the reader's language.</summary>
/// <param name="Label">What it is of.</param>
/// <param name="Value">The length of its bar.</param>
/// <param name="Cells">The numbers.</param>
/// <param name="Drawn">Whether it has a bar; the table has every row.</param>
public sealed record FigureRow(string Label, double Value, IReadOnlyList<string> Cells, bool Drawn = true);

/// <summary>Puts the codes of figures into words.</summary>
internal sealed class FigureWords(PageContext page, RequestsModule module)
{
    /// <summary>Steps that everybody asks about; the table has all.</summary>
    private static readonly (string From, string To)[] Main =
    [
        (Stages.Draft, Stages.Approved), (Stages.Approved, Stages.Sent), (Stages.Sent, Stages.Received), (Stages.Received, Stages.Accepted), (Stages.Accepted, Stages.Executed),
        (Stages.Sent, Stages.Executed), (Stages.Received, Stages.Executed), (Stages.Received, Stages.Refused), (Stages.ClarificationAsked, Stages.Received), (Stages.Sent, Stages.Closed), (Stages.Received, Stages.Closed),
    ];

    internal IReadOnlyList<FigureRow> Durations(IReadOnlyList<DurationLine> lines) =>
        [.. lines.Select(d => new FigureRow(
            page.Say("figures.step", ("from", new Message("request.stage." + d.From)), ("to", new Message("request.stage." + d.To))), d.Median,
            d.Requests is { } n ? [Days(d.Median), Days(d.Percentile90), Number(n)] : [Days(d.Median), Days(d.Percentile90)], Main.Contains((d.From, d.To))))];

    internal IReadOnlyList<FigureRow> Open(IReadOnlyList<OpenLine> lines, Func<string, string> name) =>
        [.. lines.Select(l => new FigureRow(name(l.Code), l.Open, [Number(l.Open), Number(l.Overdue)]))];

    internal IReadOnlyList<FigureRow> Counts(IReadOnlyList<CountLine> lines, Func<string, string> name) =>
        [.. lines.Select(l => new FigureRow(name(l.Code), l.Count, [Number(l.Count)]))];

    internal string State(string code) => module.Treaties.Reference.States.Find(code)?.NameIn(page.Language) ?? code;

    internal string Kind(string code) => Known("request.kind." + code, code);

    internal string Ground(string code) => Known("request.ground." + code, code);

    internal string Outcome(string code) => code == "other" ? page.Say("figures.outcome.other") : Known("request.stage." + code, code);

    internal string Item(string code) => Known("request.item." + code, code);

    internal string Basis(string code) => code == "none" ? page.Say("basis.none") : module.Treaties.Reference.Find(code)?.NameIn(page.Language) ?? code;

    internal string Direction(string code) => page.Say("board.direction." + code);

    private string Known(string key, string code) => page.Texts.Has(key) ? page.Say(key) : code;

    private string Number(int number) => number.ToString("N0", page.Language.Code == "ar" ? CultureInfo.InvariantCulture : page.Language.Culture);

    private string Days(double days) => days.ToString("0.#", page.Language.Code == "ar" ? CultureInfo.InvariantCulture : page.Language.Culture);
}
