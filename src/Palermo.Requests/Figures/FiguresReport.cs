using System.Text.Json.Serialization;

namespace Palermo.Requests.Figures;

/// <summary>How long it takes from one stage to another, in days from the first time the one was reached to the first time the other was.</summary>
/// <param name="From">Code of the earlier stage.</param>
/// <param name="To">Code of the later stage.</param>
/// <param name="Requests">How many requests went both; null where that is not published.</param>
/// <param name="Median">Median of days, see <see cref="Percentile.Of"/>.</param>
/// <param name="Percentile90">90th percentile of days.</param>
internal sealed record DurationLine(string From, string To, int? Requests, double Median, double Percentile90);

/// <summary>How many requests are open and how many of those are past their day.</summary>
internal sealed record OpenLine(string Code, int Open, int Overdue);

/// <summary>How many of something.</summary>
internal sealed record CountLine(string Code, int Count);

/// <summary>The figures of an office's requests.</summary>
/// <param name="Requests">How many requests they are of.</param>
/// <param name="Durations">Durations between every two stages.</param>
/// <param name="OpenByState">Open and overdue by the other state.</param>
/// <param name="OpenByKind">Open and overdue by kind.</param>
/// <param name="Outcomes">What became of them: executed, partly-executed, refused, withdrawn.</param>
/// <param name="Refusals">Requests refused in whole or in part, by ground; one with two grounds counts under both.</param>
/// <param name="Returns">Requests for which something had to be asked again, by missing item.</param>
/// <param name="Bases">By the instrument mainly relied on.</param>
internal sealed record FiguresReport(
    int Requests, IReadOnlyList<DurationLine> Durations, IReadOnlyList<OpenLine> OpenByState, IReadOnlyList<OpenLine> OpenByKind, IReadOnlyList<CountLine> Outcomes,
    IReadOnlyList<CountLine> Refusals, IReadOnlyList<CountLine> Returns, IReadOnlyList<CountLine> Bases);


/// <summary>Figures anybody may see: of requests closed in one full year, without numbers below five.</summary>
internal sealed record PublicReport(
    int Year, IReadOnlyList<DurationLine> Durations, IReadOnlyList<CountLine> Directions, IReadOnlyList<CountLine> Kinds, IReadOnlyList<CountLine> States, IReadOnlyList<CountLine> Outcomes,
    IReadOnlyList<CountLine> Refusals, IReadOnlyList<CountLine> Returns, IReadOnlyList<CountLine> Bases, int? Requests);

/// <summary>How figures are written as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(FiguresReport))]
[JsonSerializable(typeof(PublicReport))]
internal sealed partial class FiguresJson : JsonSerializerContext;
