using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Palermo.Kernel;
using Palermo.Web;

namespace Palermo.Treaties.WhatChanged;

/// <summary>The API route and the feed of changes.</summary>
internal static class ChangeRoutes
{
    internal static void Map(IEndpointRouteBuilder app, RouteGroupBuilder api, TreatyModule module)
    {
        api.MapGet("/changes", (HttpContext http, string? since) =>
                ApiResult.Of(http, ListChanges.Report(module, SinceOf(since, module)), TreatyJson.Readable.ChangesReport))
            .WithSummary("What happened since a day, and what was learned since a day.");
        app.MapGet("/changes.atom", (HttpContext http, Site site, string? since, string? lang) =>
            {
                var language = Language.Find(lang) ?? PageContext.LanguageOf(http.Request);
                http.Response.Headers.Vary = "Accept-Language, Cookie";
                var host = http.Request.Host.Host;
                var feed = AtomFeed.Write(
                    module.Registry(), module.Texts, language, $"{http.Request.Scheme}://{http.Request.Host}", host.Contains(':', StringComparison.Ordinal) ? "localhost" : host,
                    site.Organization.Length > 0 ? site.Organization : "Palermo", SinceOf(since, module));
                return Results.Bytes(feed, "application/atom+xml; charset=utf-8");
            })
            .AddEndpointFilter(new EntityTags(module).InvokeAsync).WithMetadata(new PublicAttribute()).ExcludeFromDescription();
    }

    /// <summary>The day an address names; one year before the newest act when it names none.</summary>
    internal static DateOnly SinceOf(string? since, TreatyModule module) =>
        string.IsNullOrWhiteSpace(since) ? ListChanges.DefaultSince(module.Registry()) : Dates.Parse(since);
}
