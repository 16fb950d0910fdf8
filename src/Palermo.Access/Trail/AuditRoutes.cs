using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Palermo.Data;
using Palermo.Kernel.Access;
using Palermo.Web;

namespace Palermo.Access.Trail;

/// <summary>The audit trail as files, for people and programs. Taking it is audited itself.</summary>
internal static class AuditRoutes
{
    internal static void Map(IEndpointRouteBuilder app, AccessModule module)
    {
        foreach (var address in new[] { "/audit/export", "/api/v1/audit" })
        {
            var route = app.MapGet(address, (HttpContext http, string? format, string? person, string? act, string? subject, string? since, string? until) =>
                    Export(module, http, AuditExport.FormatOf(format ?? "json"), AuditQuery.Read(person, act, subject, since, until)))
                .WithMetadata(new ForRolesAttribute(Role.Auditor, Role.Administrator) { Area = "audit" }, new NotCachedAttribute())
                .WithSummary("The audit trail as far as the viewer may see it, newest first: CSV, or JSON with one object a line.");
            if (!address.StartsWith("/api/", StringComparison.Ordinal)) route.ExcludeFromDescription();
        }
    }

    private static IResult Export(AccessModule module, HttpContext http, bool csv, AuditQuery query)
    {
        var viewer = http.Features.Get<Viewer>()!;
        Change.Make(module.Database, viewer.Actor, module.Clock, change => change.Audit("audit.exported", viewer.Person.ToString(), query.ToString()));
        return Results.Stream(async stream =>
        {
            await using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 16);
            foreach (var line in AuditExport.Lines(ListAudit.All(module.Database, viewer, query).Select(AuditLine.Of), csv))
            {
                http.RequestAborted.ThrowIfCancellationRequested();
                await writer.WriteAsync(line);
            }
        }, csv ? "text/csv; charset=utf-8" : "application/x-ndjson; charset=utf-8", csv ? "audit.csv" : "audit.ndjson");
    }
}
