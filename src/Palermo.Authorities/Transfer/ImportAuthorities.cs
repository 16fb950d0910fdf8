using System.CommandLine;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Palermo.Authorities.Entries;
using Palermo.Data;
using Palermo.Data.Authorities;
using Palermo.Kernel;
using Palermo.Kernel.Access;
using Palermo.Treaties;
using Palermo.Web;

namespace Palermo.Authorities.Transfer;

/// <summary>What a file would do.</summary>
/// <param name="Added">Entries it adds.</param>
/// <param name="Changed">Entries it changes.</param>
/// <param name="Same">Entries that are so already.</param>
public sealed record ImportOutcome(int Added, int Changed, int Same);

/// <summary>Takes in a file of authorities, CSV or JSON: all of it or nothing. A file without the restricted fields leaves those on record as they are.</summary>
internal static class ImportAuthorities
{
    private const int LargestFile = 20_000_000, LargestBody = 1 << 20;

    /// <summary>Takes a file in.</summary>
    /// <param name="module">The module.</param>
    /// <param name="actor">Who does it.</param>
    /// <param name="name">The file's name, for messages.</param>
    /// <param name="content">The file.</param>
    /// <param name="check">Only says what it would do.</param>
    /// <exception cref="RefusedException">The file cannot be taken; the message names line and column.</exception>
    internal static ImportOutcome Run(AuthoritiesModule module, Actor actor, string name, byte[] content, bool check)
    {
        if (content.Length > LargestFile) throw new RefusedException("authority.import.too-large");
        var rows = ImportRows.Read(name, content);
        var inputs = rows.ConvertAll(row => (Id: Id(row), Input: Input(module, row)));
        foreach (var group in inputs.Where(i => i.Id is not null).GroupBy(i => i.Id).Where(g => g.Skip(1).Any()))
            throw rows.FindLast(r => Id(r) == group.Key)!.Wrong("id", "the identifier stands twice");
        if (check)
        {
            using var context = module.Database.Connect();
            return Compare(context, inputs);
        }

        return Change.Make(module.Database, actor, module.Clock, change =>
        {
            var outcome = Compare(change.Context, inputs);
            foreach (var (id, input) in inputs)
            {
                if (id is null || change.Context.Set<Authority>().Find(id) is not { } row) EnterAuthority.Add(change, id ?? Guid.NewGuid(), input, "entered", null, null);
                else if (Differs(change.Context, row, input)) EnterAuthority.Write(change, row, input, row.EndedAt is null ? "changed" : "restored", "");
            }

            if (outcome.Added + outcome.Changed > 0) change.Audit("authority.imported", name, "", "", string.Create(CultureInfo.InvariantCulture, $"{outcome.Added} added, {outcome.Changed} changed"));
            return outcome;
        });
    }

    internal static Command Command(Func<ParseResult, AuthoritiesModule> open)
    {
        var file = new Argument<FileInfo>("FILE") { Description = "A CSV or JSON file as export writes it." };
        var check = new Option<bool>("--check") { Description = "Say what the file would do and change nothing." };
        var command = new Command("import", "Take in a file of authorities: all of it or nothing.") { file, check };
        command.SetAction(result =>
        {
            var path = result.GetValue(file)!;
            if (!path.Exists) throw new RefusedException("import.no-file", ("given", RefusedException.Shorten(path.Name)));
            if (path.Length > LargestFile) throw new RefusedException("authority.import.too-large");
            var outcome = Run(open(result), Actor.CommandLine, path.Name, File.ReadAllBytes(path.FullName), result.GetValue(check));
            result.InvocationConfiguration.Output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{outcome.Added} added, {outcome.Changed} changed, {outcome.Same} as before{(result.GetValue(check) ? "; checked only, nothing was changed" : "")}"));
        });
        return command;
    }

    internal static void Map(RouteGroupBuilder api, AuthoritiesModule module) =>
        api.MapPost("/authorities/import", async (HttpContext http, bool? check) =>
            {
                var writer = Writers.Check(http.Features.Get<Viewer>());
                using var body = new MemoryStream();
                await http.Request.Body.CopyToAsync(body, http.RequestAborted);
                var outcome = Run(module, writer.Actor, "body", body.ToArray(), check == true);
                return Results.Text(string.Create(CultureInfo.InvariantCulture, $$"""{"added":{{outcome.Added}},"changed":{{outcome.Changed}},"same":{{outcome.Same}}}"""), "application/json");
            })
            .Accepts<string>("text/csv", "application/json")
            .WithMetadata(new ForRolesAttribute([.. Writers.Roles]) { Area = "authorities" }, new NotCachedAttribute(), new BodyLimit(LargestBody))
            .DisableAntiforgery()
            .WithSummary("Takes in a file of authorities, CSV or JSON, all of it or nothing; check=true only says what it would do.");

    private static ImportOutcome Compare(PalermoContext context, List<(Guid? Id, EntryInput Input)> inputs)
    {
        var (added, changed, same) = (0, 0, 0);
        foreach (var (id, input) in inputs)
        {
            if (id is null || context.Set<Authority>().Find(id) is not { } row) added++;
            else if (Differs(context, row, input)) changed++;
            else same++;
        }

        return new ImportOutcome(added, changed, same);
    }

    private static bool Differs(PalermoContext context, Authority row, EntryInput input)
    {
        if (row.EndedAt is not null || (input.ConfirmedOn is { } day && day != row.LastConfirmedOn)) return true;
        var last = EnterAuthority.Last(context, row);
        return last.Content != ContentJson.Write(input.Content) || (input.Restricted is { } part && last.Restricted != ContentJson.Write(part));
    }

    private static Guid? Id(ImportRow row) => row["id"] is not { Length: > 0 } text ? null
        : Guid.TryParseExact(text, "D", out var id) ? id : throw row.Wrong("id", $"an identifier as export writes it was expected, found “{RefusedException.Shorten(text)}”");

    private static EntryInput Input(AuthoritiesModule module, ImportRow row)
    {
        var (reference, today) = (module.Treaties.Reference, module.Treaties.Today);
        try
        {
            return new EntryInput(
                EntryFields.Content(reference, today, f => row[f]), row.HasRestricted ? EntryFields.RestrictedOf(reference, f => row[f]) : null,
                RefusedException.For("confirmed_on", () => FieldText.Past(row["confirmed_on"] ?? "", today)));
        }
        catch (RefusedException e)
        {
            throw row.Wrong(e.Field ?? "state", module.Texts.Say(Language.English, e.Text));
        }
    }

    private sealed record BodyLimit(long? MaxRequestBodySize) : IRequestSizeLimitMetadata;
}
