using System.CommandLine;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Palermo.Authorities.Entries;
using Palermo.Kernel;
using Palermo.Kernel.Access;
using Palermo.Treaties;
using Palermo.Treaties.LegalBasis;
using Palermo.Web;

namespace Palermo.Authorities.Finding;

/// <summary>Which authority receives a request: command, API and the list's filter.</summary>
internal static class FindAuthorities
{
    /// <summary>Answers a question in words.</summary>
    /// <exception cref="RefusedException">A word cannot be understood.</exception>
    internal static IReadOnlyList<AuthorityLine> Answer(AuthoritiesModule module, string? state, string? kind, string? stage, string? language, bool restricted, Language reader)
    {
        var found = module.Find(module.Treaties.Reference.States.Resolve(state), Kind(kind) ?? throw new RefusedException("authority.kind-needed", ("choices", Codes.Kinds.ToArray())) { Field = "kind" }, Stage(stage), LanguageCode(language), restricted);
        return [.. found.Select(a => AuthorityLine.Of(module, a, reader))];
    }

    /// <summary>A kind of cooperation, or null when none is given.</summary>
    internal static string? Kind(string? text) => string.IsNullOrWhiteSpace(text) ? null
        : RefusedException.For("kind", () => Codes.Kind(text) is { } known ? Codes.Of(known) : FieldText.Code(text.Trim()));

    /// <summary>A stage of proceedings, or null when none is given.</summary>
    internal static string? Stage(string? text) => string.IsNullOrWhiteSpace(text) ? null
        : RefusedException.For("stage", () => FieldText.OneOf(text.Trim(), EntryFields.Stages)) is var stage && stage == "any" ? null : stage;

    /// <summary>A language's code, or null when none is given.</summary>
    internal static string? LanguageCode(string? text) => string.IsNullOrWhiteSpace(text) ? null : RefusedException.For("language", () => FieldText.Language(text.Trim()));

    internal static Command Command(Func<ParseResult, AuthoritiesModule> open)
    {
        var state = new Option<string>("--state") { Description = "The requested state.", Required = true };
        var kind = new Option<string>("--kind") { Description = "Kind of cooperation: " + string.Join(' ', Codes.Kinds), Required = true };
        var stage = new Option<string>("--stage") { Description = "Stage of the proceedings: before-trial, trial or enforcement." };
        var language = new Option<string>("--language") { Description = "Language of the request, as an ISO 639 code." };
        var json = new Option<bool>("--json") { Description = "Answer in JSON." };
        var command = new Command("find", "Which authority of a state receives a request.") { state, kind, stage, language, json };
        command.SetAction(result =>
        {
            var lines = Answer(open(result), result.GetValue(state), result.GetValue(kind), result.GetValue(stage), result.GetValue(language), restricted: true, Language.English);
            var output = result.InvocationConfiguration.Output;
            if (result.GetValue(json)) output.WriteLine(JsonSerializer.Serialize(lines, AuthorityJson.Readable.IReadOnlyListAuthorityLine));
            else foreach (var line in lines) Print(output, line);
        });
        return command;
    }

    internal static void Map(RouteGroupBuilder api, AuthoritiesModule module) =>
        api.MapGet("/authorities", (HttpContext http, string? state, string? kind, string? stage, string? language) =>
                ApiResult.Of(http, Answer(module, state, kind, stage, language, Writers.MayReadAll(http.Features.Get<Viewer>()), PageContext.LanguageOf(http.Request)), AuthorityJson.Readable.IReadOnlyListAuthorityLine))
            .WithMetadata(new PublicAttribute(), new NotCachedAttribute())
            .WithSummary("Which authority of a state receives a request of a kind, the best first, with the reasons why. Strangers get the public part.");

    private static void Print(TextWriter output, AuthorityLine line)
    {
        output.WriteLine($"{(line.Stale ? '?' : '+')} {(line.Name.Length > 0 ? line.Name : "(name not known)")} [{line.Stage}] {line.Id}");
        foreach (var text in new[] { line.Content.Address.Replace("\n", ", ", StringComparison.Ordinal), line.Content.Email, line.Content.Telephone, line.Content.Hours.Length > 0 ? $"{line.Content.Hours} {line.Content.TimeZone}" : "" })
            if (text.Length > 0) output.WriteLine("    " + text);
        foreach (var reason in line.Reasons) output.WriteLine($"    {reason.Text}{(reason.Citation.Length > 0 ? $" ({reason.Citation})" : "")}");
    }
}
