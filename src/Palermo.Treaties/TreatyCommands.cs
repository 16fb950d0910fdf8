using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Palermo.Kernel;
using Palermo.Treaties.InForce;
using Palermo.Treaties.LegalBasis;
using Palermo.Treaties.Participation;

namespace Palermo.Treaties;

/// <summary>The module's commands.</summary>
public static class TreatyCommands
{
    private static readonly Option<bool> Json = new("--json") { Description = "Answer in JSON." };
    private static readonly Option<string> On = new("--on") { Description = "The day, as YYYY-MM-DD; today when left out." };
    private static readonly Option<string> Known = new("--known") { Description = "As we knew it on this day, as YYYY-MM-DD." };
    private static readonly Option<string> LanguageOption = new("--language") { Description = "Language of the sentences: en, fr, es, pt, ru, ar or zh." };

    /// <summary><c>palermo treaties …</c> and <c>palermo basis</c>.</summary>
    /// <param name="open">Opens the module on the record the command names.</param>
    public static IEnumerable<Command> All(Func<ParseResult, TreatyModule> open) =>
    [
        new Command("treaties", "Who is bound by what.")
        {
            List(open), Status(open), Between(open), Import.ImportTreaties.Command(open), Participation.Verify.Command(open),
        },
        Basis(open),
    ];

    internal static Language LanguageOf(ParseResult result) => result.GetValue(LanguageOption) is not { } code ? Language.English
        : Language.Find(code) ?? throw new RefusedException("refused.language", ("given", RefusedException.Shorten(code)), ("choices", Language.All.Select(l => l.Code).ToArray()));

    private static Command List(Func<ParseResult, TreatyModule> open)
    {
        var command = new Command("list", "All instruments.") { Json, On, LanguageOption };
        command.SetAction(result =>
        {
            var module = open(result);
            var lines = ListTreaties.Lines(module.Registry(), DayOf(result, module), LanguageOf(result));
            if (result.GetValue(Json)) Print(result, lines, TreatyJson.Readable.IReadOnlyListInstrumentLine);
            else foreach (var line in lines) Line(result, string.Create(CultureInfo.InvariantCulture, $"{line.Instrument,-28}{line.Parties,4}  {line.AsAt:yyyy-MM-dd}  {line.ShortTitle}"));
        });
        return command;
    }

    private static Command Status(Func<ParseResult, TreatyModule> open)
    {
        var instrument = new Argument<string>("INSTRUMENT") { Description = "Identifier, for example untoc." };
        var command = new Command("status", "Parties and signatories of an instrument on a day.") { instrument, On, Known, Json };
        command.SetAction(result =>
        {
            var module = open(result);
            var known = result.GetValue(Known) is { } text ? Dates.Parse(text) : (DateOnly?)null;
            var report = StatusOn.Report(module.Registry(known), module.Reference.Resolve(result.GetValue(instrument)), DayOf(result, module));
            if (result.GetValue(Json))
            {
                Print(result, report, TreatyJson.Readable.StatusReport);
                return;
            }

            Line(result, module.Texts.Say(Language.English, "status.counts", ("instrument", module.Reference.Resolve(report.Instrument)), ("on", report.On), ("parties", report.Parties), ("signatories", report.Signatories), ("bound", report.InForceList.Count)));
            Line(result, module.Texts.Say(Language.English, report.Complete ? "status.complete" : "status.incomplete", ("asAt", report.AsAt)));
            Line(result, string.Join(' ', report.PartiesList));
        });
        return command;
    }

    private static Command Between(Func<ParseResult, TreatyModule> open)
    {
        var states = new Option<string[]>("--between") { Description = "Two states.", Required = true, Arity = new ArgumentArity(2, 2), AllowMultipleArgumentsPerToken = true };
        var command = new Command("in-force", "What is in force between two states on a day.") { states, On, Json };
        command.SetAction(result =>
        {
            var module = open(result);
            var pair = result.GetValue(states)!;
            var registry = module.Registry();
            var lines = ListInForce.Lines(registry, registry.States.Resolve(pair[0]), registry.States.Resolve(pair[1]), DayOf(result, module));
            if (result.GetValue(Json)) Print(result, lines, TreatyJson.Readable.IReadOnlyListInForceLine);
            else foreach (var line in lines) Line(result, $"{line.Instrument,-28}{line.InForce switch { true => "yes", false => "no", _ => "not known" },-11}{(line.Since is { } since ? Dates.Iso(since) : line.Reason ?? ""),-24}{line.State}");
        });
        return command;
    }

    private static Command Basis(Func<ParseResult, TreatyModule> open)
    {
        Option<string> Text(string name, string description) => new(name) { Description = description };
        var (from, to) = (Text("--from", "The requesting state."), Text("--to", "The requested state."));
        var kind = Text("--kind", "Kind of cooperation: " + string.Join(' ', Codes.Kinds));
        var offence = Text("--offence", "Offence: " + string.Join(' ', Codes.Offences));
        var penalty = Text("--max-penalty", "The offence's highest penalty, in years.");
        var group = Text("--group", "Whether an organized criminal group is involved: yes or no.");
        var transnational = Text("--transnational", "Whether the facts are transnational: yes or no.");
        var national = Text("--own-national", "Whether the person is a national of the requested state: yes or no.");
        var territory = Text("--territory", "Code of a territory the request concerns.");
        foreach (var required in new[] { from, to, kind, offence }) required.Required = true;
        var command = new Command("basis", "Which treaty provisions carry a request.")
        {
            from, to, kind, offence, On, penalty, group, transnational, national, territory, Json, LanguageOption,
        };
        command.SetAction(result =>
        {
            var module = open(result);
            var query = BasisQuery.Read(
                module.Reference.States, module.Clock, result.GetValue(from), result.GetValue(to), result.GetValue(kind), result.GetValue(offence), result.GetValue(On),
                result.GetValue(penalty), result.GetValue(group), result.GetValue(transnational), result.GetValue(national), result.GetValue(territory));
            var report = BasisReport.Of(module.Reference, module.Texts, LanguageOf(result), FindBasis.Answer(module.Registry(), query));
            if (result.GetValue(Json)) Print(result, report, TreatyJson.Readable.BasisReport);
            else PrintPlainly(result, report);
        });
        return command;
    }

    private static void PrintPlainly(ParseResult result, BasisReport report)
    {
        foreach (var basis in report.Available)
        {
            Line(result, $"+ {basis.Instrument} [{basis.Role}] {string.Join(", ", basis.Articles)} {(basis.InForceSince is { } since ? Dates.Iso(since) : "")}".TrimEnd());
            foreach (var condition in basis.Conditions) Line(result, $"    [{condition.Met switch { true => "x", false => "-", _ => "?" }}] {condition.Text}");
            foreach (var requirement in basis.Requirements) Line(result, $"    > {requirement.Text}");
            foreach (var warning in basis.Warnings) Line(result, $"    ! {warning.Text}");
            foreach (var reason in basis.Because) Line(result, $"    {reason.Text}{(reason.Citation.Length > 0 ? $" ({reason.Citation})" : "")}");
        }

        foreach (var unknown in report.Unknown) Line(result, $"? {unknown.Instrument}: {unknown.Text} {unknown.Settle}");
        foreach (var excluded in report.Excluded) Line(result, $"- {excluded.Instrument} [{excluded.Reason}] {excluded.Text} ({excluded.Citation})");
    }

    private static DateOnly DayOf(ParseResult result, TreatyModule module) => result.GetValue(On) is { } text ? Dates.Parse(text) : module.Today;

    internal static void Line(ParseResult result, string text) => result.InvocationConfiguration.Output.WriteLine(text);

    private static void Print<T>(ParseResult result, T value, JsonTypeInfo<T> type) => Line(result, JsonSerializer.Serialize(value, type));
}
