using System.CommandLine;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CsvHelper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Palermo.Authorities.Entries;
using Palermo.Data;
using Palermo.Kernel;
using Palermo.Kernel.Access;
using Palermo.Treaties;
using Palermo.Web;

namespace Palermo.Authorities.Transfer;

/// <summary>The directory as a file that <see cref="ImportAuthorities"/> takes in again: the node's own entries, a named text per field.</summary>
internal static class ExportAuthorities
{
    private static readonly JsonWriterOptions Readable = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The columns, with or without the restricted part.</summary>
    internal static string[] Columns(bool restricted) => ["id", "confirmed_on", .. EntryFields.Public, .. restricted ? EntryFields.Restricted : []];

    /// <summary>All entries as rows of named texts.</summary>
    internal static IEnumerable<IReadOnlyDictionary<string, string>> Rows(AuthoritiesModule module, bool restricted)
    {
        foreach (var entry in ReadDirectory.Entries(module, null, restricted))
        {
            var row = EntryFields.Write(entry.Content);
            if (entry.Restricted is { } part)
                foreach (var (name, text) in EntryFields.Write(part)) row.Add(name, text);
            row["id"] = entry.Id;
            row["confirmed_on"] = entry.LastConfirmedOn is { } day ? Dates.Iso(day) : "";
            yield return row;
        }
    }

    internal static byte[] Csv(AuthoritiesModule module, bool restricted)
    {
        var columns = Columns(restricted);
        using var stream = new MemoryStream();
        using (var writer = CsvWriter.Create(stream, new CsvWriterOptions { Injection = CsvInjection.Escape }, leaveOpen: true))
        {
            writer.WriteRecord(columns);
            foreach (var row in Rows(module, restricted)) writer.WriteRecord([.. columns.Select(c => row[c])]);
        }

        return stream.ToArray();
    }

    internal static byte[] Json(AuthoritiesModule module, bool restricted)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Readable))
        {
            writer.WriteStartArray();
            foreach (var row in Rows(module, restricted))
            {
                writer.WriteStartObject();
                foreach (var column in Columns(restricted).Where(c => row[c].Length > 0)) writer.WriteString(column, row[column]);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        return stream.ToArray();
    }

    /// <summary>Notes that the restricted part left the node.</summary>
    private static void Note(AuthoritiesModule module, Actor actor, string format) =>
        Change.Make(module.Database, actor, module.Clock, change => change.Audit("authorities.exported", actor.Person?.ToString() ?? "", format));

    internal static Command Command(Func<ParseResult, AuthoritiesModule> open)
    {
        var format = new Option<string>("--format") { Description = "csv or json.", DefaultValueFactory = _ => "csv" };
        var onlyPublic = new Option<bool>("--public") { Description = "Leave out what is for people who signed in only." };
        var command = new Command("export", "The directory as a file that import takes in again.") { format, onlyPublic };
        command.SetAction(result =>
        {
            var (wanted, restricted) = (result.GetValue(format)!, !result.GetValue(onlyPublic));
            if (wanted is not ("csv" or "json")) throw new RefusedException("refused.format", ("given", RefusedException.Shorten(wanted)));
            var module = open(result);
            if (restricted) Note(module, Actor.CommandLine, wanted);
            result.InvocationConfiguration.Output.WriteLine(Encoding.UTF8.GetString(wanted == "csv" ? Csv(module, restricted) : Json(module, restricted)).TrimEnd());
        });
        return command;
    }

    internal static void Map(RouteGroupBuilder api, AuthoritiesModule module) =>
        api.MapGet("/authorities/export", (HttpContext http) =>
            {
                var viewer = http.Features.Get<Viewer>();
                var restricted = Writers.MayReadAll(viewer);
                if (restricted) Note(module, viewer!.Actor, ApiResult.WantsCsv(http.Request) ? "csv" : "json");
                http.Response.Headers.CacheControl = "no-store";
                return ApiResult.WantsCsv(http.Request)
                    ? Results.Bytes(Csv(module, restricted), "text/csv; charset=utf-8", "palermo-authorities.csv")
                    : Results.Bytes(Json(module, restricted), "application/json; charset=utf-8");
            })
            .WithMetadata(new PublicAttribute(), new NotCachedAttribute())
            .WithSummary("The directory's entries as a file that can be imported. Strangers get the public part.");
}
