using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Palermo.Data;
using Palermo.Data.Cases;
using Palermo.Kernel.Access;
using Palermo.Requests.Cases;
using Palermo.Requests.Document;
using Palermo.Requests.Drafting;
using Palermo.Web;

namespace Palermo.Requests.Letter;

/// <summary>The letter of a request as a file, and its data.</summary>
internal static class LetterRoute
{
    internal static void Map(IEndpointRouteBuilder app, RequestsModule module)
    {
        RequestDelegate take = http => Take(module, http);
        app.MapGet("/requests/{id:guid}/letter/{format}", take)
            .WithMetadata(new ForRolesAttribute(Role.Officer, Role.Approver, Role.Drafter, Role.Auditor, Role.Reader) { Area = "requests" }, new NotCachedAttribute())
            .ExcludeFromDescription();
    }

    private static async Task Take(RequestsModule module, HttpContext http)
    {
        var viewer = http.Features.Get<Viewer>()!;
        var id = Guid.Parse((string)http.Request.RouteValues["id"]!);
        var format = (string)http.Request.RouteValues["format"]!;
        var (language, beside) = (http.Request.Query["language"].ToString(), http.Request.Query["beside"].ToString());
        var document = Document(module, viewer, id, out var request);
        var file = format == "json"
            ? new LetterFile(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(document, DocumentJson.Readable.RequestDocument)), "application/json", $"request-{document.Number ?? "draft"}.json")
            : await new RenderLetter(module.Kinds, module.Texts).To(format, document, language, beside, http.RequestAborted);
        Change.Make(module.Database, viewer.Actor, module.Clock, change => change.Audit("request.letter-taken", request.Case.ToString(), $"{id} {file.FileName}"));
        await Results.File(file.Content, file.MediaType, file.FileName).ExecuteAsync(http);
    }

    /// <summary>A request as it was approved or accepted, or as it stands while it may still change.</summary>
    internal static RequestDocument Document(RequestsModule module, Viewer viewer, Guid id, out Request request)
    {
        using var context = module.Database.Connect();
        request = Visible.Request(context, viewer, id);
        if (!Life.Stages.MayEdit(request) && request.Stage != Life.Stages.InReview
            && context.Set<FrozenRequest>().AsNoTracking().Where(f => f.Request == id).OrderByDescending(f => f.Id).FirstOrDefault() is { } frozen)
            return JsonSerializer.Deserialize(frozen.Content, DocumentJson.Readable.RequestDocument)!;
        return StepStore.Document(context, request);
    }
}
