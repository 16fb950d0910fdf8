using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Palermo.Treaties.About;
using Palermo.Web;

namespace Palermo.Treaties.States;

/// <summary>API routes on states.</summary>
internal static class StateRoutes
{
    internal static void Map(RouteGroupBuilder api, TreatyModule module)
    {
        api.MapGet("/states", (HttpContext http, string? on) =>
                ApiResult.Of(http, ListStates.Lines(module.Registry(), TreatyRoutes.DayOf(on, module), PageContext.LanguageOf(http.Request)), TreatyJson.Readable.IReadOnlyListStateLine))
            .WithSummary("All states with the number of instruments that bind them on a day.");
        api.MapGet("/states/{code}", (HttpContext http, string code, string? on) =>
                ApiResult.Of(http, OneState.Report(module.Registry(), OneState.Named(module.Reference.States, code), TreatyRoutes.DayOf(on, module)), TreatyJson.Readable.StateReport))
            .WithSummary("What binds one state on a day, what it declared, and what is not known.");
        api.MapGet("/compare", (HttpContext http, string? states, string? on) =>
                ApiResult.Of(http, CompareStates.Report(module.Registry(), CompareStates.Read(module.Reference.States, (states ?? "").Split(',')), TreatyRoutes.DayOf(on, module)), TreatyJson.Readable.CompareReport))
            .WithSummary("Two to six states side by side, and what is in force between two.");
        api.MapGet("/universality", (HttpContext http, string? on, string? instrument, string? region) =>
                ApiResult.Of(http, Universality.Report(module.Registry(), TreatyRoutes.DayOf(on, module), string.IsNullOrEmpty(instrument) ? null : module.Reference.Resolve(instrument), Universality.Region(module.Reference.States, region)), TreatyJson.Readable.UniversalityReport))
            .WithSummary("How many states of each regional group take part in each instrument on a day; with an instrument also which.");
        api.MapGet("/knowledge", (HttpContext http) =>
                ApiResult.Of(http, Knowledge.Report(module.Registry()), TreatyJson.Readable.KnowledgeReport))
            .WithSummary("How far the record of each instrument is complete, the rules applied, and where the facts are from.");
    }
}
