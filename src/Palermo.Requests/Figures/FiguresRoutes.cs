using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Palermo.Data;
using Palermo.Kernel;
using Palermo.Kernel.Access;
using Palermo.Treaties;
using Palermo.Web;

namespace Palermo.Requests.Figures;

/// <summary>API routes of the figures.</summary>
internal static class FiguresRoutes
{
    internal static void Map(IEndpointRouteBuilder api, RequestsModule module)
    {
        api.MapGet("/requests/figures", (HttpContext http) =>
            {
                var viewer = http.Features.Get<Viewer>() ?? throw new RefusedException("web.sign-in-first") { Forbidden = true };
                var query = FiguresQuery.Read(module, http.Request.Query);
                Change.Make(module.Database, viewer.Actor, module.Clock, change => change.Audit("figures.exported", viewer.Person.ToString(), query.ToString()));
                return ApiResult.Of(http, ReadFigures.Of(module, viewer, query), FiguresJson.Default.FiguresReport);
            })
            .WithMetadata(new ForRolesAttribute(Role.Officer, Role.Approver, Role.Drafter, Role.Auditor, Role.Reader) { Area = "requests" }, new NotCachedAttribute())
            .WithSummary("Durations, open and overdue, outcomes, refusals, returns and bases of the requests one may know of; by year, direction, kind.");
        api.MapGet("/figures", (HttpContext http) => ApiResult.Of(http, module.Published.Of(module, http.Request.Query), FiguresJson.Default.PublicReport))
            .WithMetadata(new PublicAttribute())
            .WithSummary("Figures of the requests closed in one full year, without numbers below five. Only where the node publishes them.");
    }
}
