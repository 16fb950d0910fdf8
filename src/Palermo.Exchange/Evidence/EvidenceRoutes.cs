using System.Data.Common;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Palermo.Exchange.Evidence.Line;
using Palermo.Exchange.Evidence.Record;
using Palermo.Kernel;
using Palermo.Kernel.Access;
using Palermo.Web;

namespace Palermo.Exchange.Evidence;

/// <summary>Where evidence is taken in and given out: for other nodes, whose client certificate says who they are, and for people.</summary>
internal static partial class EvidenceRoutes
{
    internal static void Map(IEndpointRouteBuilder app, ExchangeModule module)
    {
        // Whether a node calls is asked by each route itself; a person has nothing to look for here.
        var nodes = app.MapGroup("/evidence").WithMetadata(new PublicAttribute(), new NotCachedAttribute()).ExcludeFromDescription();
        nodes.MapMethods("/files", ["OPTIONS"], (HttpContext http) =>
        {
            Tus.Introduce(http.Response, options: true);
            http.Response.StatusCode = StatusCodes.Status204NoContent;
        });
        nodes.MapPost("/files", (HttpContext http) => Answer(http, module, () =>
        {
            TakeIn.Create(http, module);
            return Task.CompletedTask;
        }));
        nodes.MapMethods("/{id:guid}/files/{number:int}", ["HEAD"], (HttpContext http, Guid id, int number) => Answer(http, module, () => TakeIn.Head(http, module, id, number)));
        // The file's own length, as the manifest says it, is the limit.
        nodes.MapMethods("/{id:guid}/files/{number:int}", ["PATCH"], (HttpContext http, Guid id, int number) => Answer(http, module, () => TakeIn.Patch(http, module, id, number))).WithMetadata(new NoBodyLimit());
        nodes.MapPut("/{id:guid}/files/{number:int}/leaves", (HttpContext http, Guid id, int number) => Answer(http, module, () => TakeIn.Leaves(http, module, id, number))).WithMetadata(new NoBodyLimit());
        nodes.MapGet("/{id:guid}/files/{number:int}", (HttpContext http, Guid id, int number) => Answer(http, module, () => GiveOut.File(http, module, id, number, leaves: false).ExecuteAsync(http)));
        nodes.MapGet("/{id:guid}/files/{number:int}/leaves", (HttpContext http, Guid id, int number) => Answer(http, module, () => GiveOut.File(http, module, id, number, leaves: true).ExecuteAsync(http)));
        nodes.MapGet("/{id:guid}/manifest", (HttpContext http, Guid id) => Answer(http, module, () => GiveOut.Head(http, module, id, p => p.Manifest, "application/json").ExecuteAsync(http)));
        nodes.MapGet("/{id:guid}/signature", (HttpContext http, Guid id) => Answer(http, module, () => GiveOut.Head(http, module, id, p => p.Signature, "application/pkcs7-signature").ExecuteAsync(http)));
        nodes.MapGet("/{id:guid}/time-stamp", (HttpContext http, Guid id) => Answer(http, module, () => GiveOut.Head(http, module, id, p => p.Stamp, "application/timestamp-reply").ExecuteAsync(http)));
        MapPeople(app, module);
    }

    private static void MapPeople(IEndpointRouteBuilder app, ExchangeModule module)
    {
        var people = app.MapGroup("/requests/{id:guid}/evidence/{package:guid}")
            .WithMetadata(new ForRolesAttribute(Role.Officer, Role.Approver, Role.Drafter, Role.Auditor, Role.Reader) { Area = "requests" }, new NotCachedAttribute()).ExcludeFromDescription();
        people.MapGet("/progress", (HttpContext http, Guid id, Guid package) => ReadEvidence.ProgressOf(http, module, id, package));
        people.MapGet("/custody.jsonld", (HttpContext http, Guid id, Guid package) => ReadEvidence.Custody(http, module, id, package, report: false));
        people.MapGet("/custody.html", (HttpContext http, Guid id, Guid package) => ReadEvidence.Custody(http, module, id, package, report: true));
        people.MapGet("/files/{number:int}", (HttpContext http, Guid id, Guid package, int number) => ReadEvidence.File(http, module, id, package, number));
    }

    /// <summary>Answers a node: what is refused, with a status and one sentence as plain text.</summary>
    private static async Task Answer(HttpContext http, ExchangeModule module, Func<Task> act)
    {
        if (!HttpMethods.IsGet(http.Request.Method)) Tus.Introduce(http.Response, options: false);
        try
        {
            await act();
        }
        catch (LineException e) when (!http.Response.HasStarted)
        {
            await Refuse(http, module, e);
        }
        catch (RefusedException e) when (!http.Response.HasStarted)
        {
            await Refuse(http, module, e.Status, e.Text);
        }
        catch (Exception e) when (!http.Response.HasStarted && e is DbException or DbUpdateException)
        {
            await Refuse(http, module, LineException.OfRecord(e));
        }
        catch (IOException e) when (!http.Response.HasStarted && e is not BadHttpRequestException)
        {
            await Refuse(http, module, LineException.OfDisk(e));
        }
    }

    private static Task Refuse(HttpContext http, ExchangeModule module, LineException e)
    {
        // What is wrong with this node is for those who run it.
        if (e.Status >= StatusCodes.Status500InternalServerError) Failed(http.RequestServices.GetRequiredService<ILogger<EvidenceStore>>(), e, http.Request.Path);
        return Refuse(http, module, e.Status, e.Text);
    }

    private static Task Refuse(HttpContext http, ExchangeModule module, int status, Message text)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/plain; charset=utf-8";
        return HttpMethods.IsHead(http.Request.Method) ? Task.CompletedTask : http.Response.WriteAsync(module.Texts.Say(Language.English, text), http.RequestAborted);
    }

    [LoggerMessage(LogLevel.Error, "Evidence could not be taken in or given out at {Path}")]
    private static partial void Failed(ILogger log, Exception exception, string path);

    private sealed record NoBodyLimit : IRequestSizeLimitMetadata
    {
        public long? MaxRequestBodySize => null;
    }
}
