using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NodaTime;
using Palermo.Authorities.Entries;
using Palermo.Kernel;
using Palermo.Web;

namespace Palermo.Authorities.Hours;

/// <summary><c>GET /authorities/ID/hours.ics</c>: when an authority answers, for the reader's own calendar.</summary>
internal static class CalendarRoute
{
    internal static void Map(IEndpointRouteBuilder app, AuthoritiesModule module) =>
        app.MapGet("/authorities/{id}/hours.ics", (HttpContext http, string id) =>
            {
                http.Response.Headers.ContentDisposition = "attachment; filename=\"hours.ics\"";
                return Results.Text(Write(module, id, PageContext.LanguageOf(http.Request)), "text/calendar", System.Text.Encoding.UTF8);
            })
            .WithMetadata(new PublicAttribute(), new NotCachedAttribute())
            .ExcludeFromDescription();

    /// <summary>The file.</summary>
    /// <exception cref="RefusedException">There is no such entry, or its hours are not known.</exception>
    internal static string Write(AuthoritiesModule module, string id, Language language)
    {
        var entry = ReadDirectory.Find(module, id, restricted: false);
        if (entry is null || entry.Ended) throw EnterAuthority.Unknown(id);
        if (entry.Content.Hours.Length == 0 || OpenNow.Zone(entry.Content.TimeZone) is not { } zone) throw new RefusedException("authority.no-hours") { NotFound = true };
        return AvailabilityCalendar.Write(
            entry.Id, module.Texts.Say(language, "authority.calendar.open", ("name", entry.Content.NameFor(language.Code))), WeeklyHours.Parse(entry.Content.Hours), zone, Instant.FromDateTimeOffset(module.Clock.GetUtcNow()));
    }
}
