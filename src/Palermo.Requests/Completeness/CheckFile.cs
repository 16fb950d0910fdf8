using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Palermo.Kernel;
using Palermo.Requests.Document;
using Palermo.Treaties.LegalBasis;

namespace Palermo.Requests.Completeness;

/// <summary>Checks a request in a file: <c>palermo request check FILE [--json]</c>. Exits with 1 when it is not complete.</summary>
internal static class CheckFile
{
    /// <summary>A finding for programs; stable.</summary>
    /// <param name="Field">Where.</param>
    /// <param name="Article">The provision as English-speaking lawyers cite it; empty when none asks for it.</param>
    /// <param name="Severity">missing, reason-needed, wrong or note.</param>
    /// <param name="Text">The sentence in the language asked for.</param>
    internal sealed record FindingLine(string Field, string Article, string Severity, string Text);

    internal static Command Command(RequestCommands.Context context)
    {
        var file = new Argument<FileInfo>("FILE") { Description = "A request as JSON (palermo-request/1)." };
        var json = new Option<bool>("--json") { Description = "Answer in JSON." };
        var command = new Command("check", "Says what a request lacks; exits with 1 when it is not complete.") { file, json, RequestCommands.Language };
        command.SetAction(result =>
        {
            var language = RequestCommands.LanguageOf(result);
            using var stream = RequestCommands.OpenFile(result.GetValue(file)!);
            var findings = CheckCompleteness.Of(context.Kinds.Value, ReadRequest.FromJson(stream), null, context.Today);
            if (result.GetValue(json)) RequestCommands.Line(result, JsonSerializer.Serialize(Lines(context, language, findings), FindingJson.Readable.IReadOnlyListFindingLine));
            else Print(result, context, language, findings);
            return CheckCompleteness.IsComplete(findings) ? 0 : 1;
        });
        return command;
    }

    /// <summary>The findings for programs.</summary>
    internal static IReadOnlyList<FindingLine> Lines(RequestCommands.Context context, Language language, IReadOnlyList<Finding> findings) =>
        [.. findings.Select(f => new FindingLine(f.Field, Cite(context, Kernel.Language.English, f), f.Severity, context.Texts.Say(language, f.Message)))];

    private static string Cite(RequestCommands.Context context, Language language, Finding finding) =>
        ReliedArticle.Cite(context.Kinds.Value.Reference, context.Texts, language, finding.Article, finding.Compared);

    private static void Print(ParseResult result, RequestCommands.Context context, Language language, IReadOnlyList<Finding> findings)
    {
        foreach (var section in findings.GroupBy(f => f.Section, StringComparer.Ordinal))
        {
            RequestCommands.Line(result, context.Texts.Say(language, "request.section." + section.Key));
            foreach (var finding in section)
            {
                var mark = finding.Severity switch { Severities.Missing => "-", Severities.ReasonNeeded => "?", Severities.Wrong => "x", _ => "i" };
                var article = Cite(context, language, finding);
                RequestCommands.Line(result, $"  {mark} {context.Texts.Say(language, finding.Message)}{(article.Length > 0 ? $" ({article})" : "")} [{finding.Field}]");
            }
        }

        var open = findings.Count(f => f.Severity != Severities.Note);
        RequestCommands.Line(result, open == 0 ? context.Texts.Say(language, "request.check.complete") : context.Texts.Say(language, "request.check.incomplete", ("n", open)));
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(IReadOnlyList<CheckFile.FindingLine>))]
internal sealed partial class FindingJson : JsonSerializerContext
{
    internal static readonly FindingJson Readable = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    });
}
