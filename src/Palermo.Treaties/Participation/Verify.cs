using System.CommandLine;
using System.Globalization;
using System.Text.RegularExpressions;
using Palermo.Kernel;
using Palermo.Treaties.Registry;

namespace Palermo.Treaties.Participation;

/// <summary>One comparison of the record with what somebody published.</summary>
/// <param name="What">What was compared.</param>
/// <param name="Published">What was published.</param>
/// <param name="Computed">What the record says.</param>
/// <param name="Agrees">Whether the two agree or differ exactly as explained.</param>
/// <param name="Explanation">The accepted explanation of a difference; empty when there is none.</param>
public sealed record Comparison(string What, string Published, string Computed, bool Agrees, string Explanation);

/// <summary>Compares the record with published totals and with single dates from independent sources.</summary>
public static partial class Verify
{
    /// <summary>All comparisons of <c>published_totals.csv</c>, <c>checks.csv</c> and of the rules that can be recomputed.</summary>
    public static IReadOnlyList<Comparison> Compare(TreatyRegistry registry) =>
        [.. Totals(registry), .. FirstEntries(registry), .. SingleDates(registry), .. ProtocolsWithConvention(registry)];

    internal static Command Command(Func<ParseResult, TreatyModule> open)
    {
        var command = new Command("verify", "Compares the record with published totals and independent dates; exits with 1 on an unexplained difference.");
        command.SetAction(result =>
        {
            var comparisons = Compare(open(result).Registry());
            foreach (var c in comparisons.Where(c => !c.Agrees || c.Explanation.Length > 0))
                TreatyCommands.Line(result, $"{(c.Agrees ? "explained" : "DIFFERS  ")}  {c.What}: published {c.Published}, here {c.Computed}{(c.Explanation.Length > 0 ? $" ({c.Explanation})" : "")}");
            var differing = comparisons.Count(c => !c.Agrees);
            TreatyCommands.Line(result, string.Create(CultureInfo.InvariantCulture, $"{comparisons.Count} comparisons, {comparisons.Count(c => c.Agrees && c.Explanation.Length == 0)} agree, {comparisons.Count(c => c.Agrees && c.Explanation.Length > 0)} explained, {differing} unexplained"));
            return differing == 0 ? 0 : 1;
        });
        return command;
    }

    private static IEnumerable<Comparison> Totals(TreatyRegistry registry)
    {
        var file = DataFile.Read(
            Path.Combine(registry.Reference.Folder, "treaties", "published_totals.csv"),
            "instrument_id", "as_at", "parties", "signatories", "source", "explained_difference_parties", "explained_difference_signatories", "explanation");
        foreach (var row in file.Rows)
        {
            var instrument = registry.Reference.Find(row["instrument_id"]) ?? throw row.Wrong("instrument_id", "unknown instrument");
            var on = row.Day("as_at") ?? throw row.Wrong("as_at", "a day was expected");
            var report = StatusOn.Report(registry, instrument, on);
            yield return Total($"{instrument.Id} {Dates.Iso(on)} parties", row, "parties", "explained_difference_parties", report.Parties);
            if (row["signatories"].Length > 0)
                yield return Total($"{instrument.Id} {Dates.Iso(on)} signatories", row, "signatories", "explained_difference_signatories", report.Signatories);
        }
    }

    private static Comparison Total(string what, DataRow row, string column, string explained, int computed)
    {
        var published = row.Number(column) ?? throw row.Wrong(column, "a number was expected");
        var difference = row.Number(explained) ?? 0;
        return new(what, Text(published), Text(computed), published - computed == difference, difference == 0 ? "" : row["explanation"]);
    }

    /// <summary>Recomputes the first entry into force; an organization's deposit does not count (UNTOC art. 38(1)).</summary>
    private static IEnumerable<Comparison> FirstEntries(TreatyRegistry registry)
    {
        foreach (var instrument in registry.Instruments)
        {
            if (!registry.Edge(instrument).Dated || instrument.EntryIntoForce is not { } published) continue;
            var rule = FirstEntryRule().Match(instrument.FirstEntryRule);
            if (!rule.Success) continue;
            var deposits = registry.States.All.Where(s => !s.IsOrganization)
                .Select(s => registry.Standing(instrument, s)?.Bonds.FirstOrDefault()?.Deposited).OfType<DateOnly>().Order().ToArray();
            var computed = deposits[int.Parse(rule.Groups["count"].ValueSpan, CultureInfo.InvariantCulture) - 1].AddDays(int.Parse(rule.Groups["days"].ValueSpan, CultureInfo.InvariantCulture));
            yield return new($"{instrument.Id} first entry into force", Dates.Iso(published), Dates.Iso(computed), computed == published, "");
        }
    }

    private static IEnumerable<Comparison> SingleDates(TreatyRegistry registry)
    {
        var file = DataFile.Read(Path.Combine(registry.Reference.Folder, "treaties", "checks.csv"), "instrument_id", "state", "event", "date", "source", "note");
        foreach (var row in file.Rows)
        {
            var instrument = registry.Reference.Find(row["instrument_id"]) ?? throw row.Wrong("instrument_id", "unknown instrument");
            var state = registry.States.Find(row["state"]) ?? throw row.Wrong("state", "unknown state");
            var date = row.Day("date") ?? throw row.Wrong("date", "a day was expected");
            var standing = registry.Standing(instrument, state);
            var bond = standing?.Bonds.FirstOrDefault();
            DateOnly? computed = row.OneOf("event", "signature", "deposit", "entry-into-force", "party-on") switch
            {
                "signature" => standing?.Signed,
                "deposit" => bond?.Deposited,
                "entry-into-force" => bond?.From,
                _ => bond?.Deposited <= date ? date : null,
            };
            var conflict = row["note"].StartsWith("conflict", StringComparison.Ordinal);
            yield return new(
                $"{instrument.Id} {state.Code} {row["event"]}", Dates.Iso(date), computed is { } c ? Dates.Iso(c) : "none",
                computed == date || conflict, computed != date && conflict ? row["note"] : "");
        }
    }

    /// <summary>A party to a protocol must be a party to its convention (UNTOC art. 37(2)).</summary>
    private static IEnumerable<Comparison> ProtocolsWithConvention(TreatyRegistry registry)
    {
        foreach (var protocol in registry.Instruments.Where(i => i.ParentRequired))
        {
            var convention = registry.Instrument(protocol.ParentId);
            var without = registry.States.All.Where(s => registry.Standing(protocol, s)?.Bonds.FirstOrDefault() is { } bond
                && registry.On(convention, s, bond.Deposited).Deposited == false).Select(s => s.Code).ToArray();
            yield return new($"{protocol.Id} parties that are not parties to {convention.Id}", "none", without.Length == 0 ? "none" : string.Join(' ', without), without.Length == 0, "");
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?<days>\d{1,3})th day after (?<count>\d{1,3})(st|nd|rd|th) instrument", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FirstEntryRule();
}
