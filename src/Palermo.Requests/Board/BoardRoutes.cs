using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Palermo.Data;
using Palermo.Kernel;
using Palermo.Kernel.Access;
using Palermo.Requests.Cases;
using Palermo.Treaties;
using Palermo.Web;

namespace Palermo.Requests.Board;

/// <summary>A request as programs and spreadsheets get it; days as <c>YYYY-MM-DD</c>, times in UTC.</summary>
internal sealed record RequestLine(
    Guid Id, string Number, string TheirNumber, string Title, string Kind, string Direction, string Requesting, string Requested, string Stage, string Since,
    string WaitingFor, string Due, bool Overdue, bool Urgent, bool Confidential, string Changed)
{
    internal static RequestLine Of(BoardRow row, DateOnly today) => new(
        row.Id, row.Number ?? "", row.TheirNumber ?? "", row.Title, row.Kind, row.Outgoing ? "outgoing" : "incoming", row.Requesting, row.Requested, row.Stage, Dates.Iso(DateOnly.FromDateTime(row.StageSince)),
        row.WaitingFor, row.DueOn is { } due ? Dates.Iso(due) : "", row.DueOn < today, row.Urgent, row.Confidential, row.ChangedAt.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
}

/// <summary>A page of requests; <c>next</c> is the address of the following one.</summary>
internal sealed record RequestLines(IReadOnlyList<RequestLine> Requests, string? Next);

/// <summary>How the board is written as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(RequestLines))]
[JsonSerializable(typeof(IReadOnlyList<RequestLine>))]
internal sealed partial class BoardJson : JsonSerializerContext
{
    /// <summary>The types with a writer that leaves letters of every script as they are.</summary>
    internal static readonly BoardJson Readable = new(new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) });
}

/// <summary>The board's API route.</summary>
internal static class BoardRoutes
{
    internal static void Map(IEndpointRouteBuilder api, RequestsModule module) =>
        api.MapGet("/requests", (HttpContext http) => Answer(http, module))
            .WithMetadata(new ForRolesAttribute(Role.Officer, Role.Approver, Role.Drafter, Role.Auditor, Role.Reader) { Area = "requests" }, new NotCachedAttribute())
            .WithSummary("The requests one may know of, by whom they wait for (for=me|us|them|all), direction, kind, state, stage, overdue, text; sort=due|since|changed. CSV holds up to 5,000.");

    private static IResult Answer(HttpContext http, RequestsModule module)
    {
        var viewer = http.Features.Get<Viewer>() ?? throw new RefusedException("web.sign-in-first") { Forbidden = true };
        var query = BoardQuery.Read(module, http.Request.Query);
        if (!http.Request.Query.ContainsKey("for")) query = query with { For = BoardQuery.All };
        var csv = ApiResult.WantsCsv(http.Request);
        using var context = module.Database.Connect();
        var page = ListRequests.Page(context, viewer, query, module.Today, csv ? ListRequests.Exported : ListRequests.OnPage);
        if (csv) Exported(module, viewer, query, page.Rows);
        else ViewOf.Listed(module, viewer, "api", page.Rows.Select(r => (r.Case, r.Confidential)));
        IReadOnlyList<RequestLine> lines = [.. page.Rows.Select(r => RequestLine.Of(r, module.Today))];
        return csv
            ? ApiResult.Of(http, lines, BoardJson.Readable.IReadOnlyListRequestLine)
            : ApiResult.Of(http, new RequestLines(lines, page.Next is null ? null : (query with { After = page.Next }).Address("/api/v1/requests")), BoardJson.Readable.RequestLines);
    }

    /// <summary>Notes the export and the confidential cases in it. The words it was narrowed by are left out: they may stand in a case that readers of the trail must not know of.</summary>
    private static void Exported(RequestsModule module, Viewer viewer, BoardQuery query, IReadOnlyList<BoardRow> rows) =>
        Change.Make(module.Database, viewer.Actor, module.Clock, change => change.Audit(
            "requests.exported", viewer.Person.ToString(), (query with { Text = "" }).Address("/api/v1/requests"), "", $"{rows.Count} rows {ViewOf.Names(rows.Select(r => (r.Case, r.Confidential)))}".TrimEnd()));
}
