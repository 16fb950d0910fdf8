using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Palermo.Web;

namespace Palermo.Requests.Calendar;

/// <summary>The address at which a calendar program reads.</summary>
internal static class CalendarRoutes
{
    internal static void Map(IEndpointRouteBuilder app, RequestsModule module) =>
        app.MapGet("/calendar/{secret:maxlength(64)}.ics", (HttpContext http, string secret) =>
            {
                http.Response.Headers.CacheControl = "private, no-store";
                return Results.Text(CalendarFeeds.Read(module, secret, http.Connection.RemoteIpAddress?.ToString() ?? ""), "text/calendar", System.Text.Encoding.UTF8);
            })
            .WithMetadata(new PublicAttribute(), new NotCachedAttribute()).ExcludeFromDescription();
}
