using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Palermo.Kernel;
using Palermo.Treaties.Bilateral;
using Palermo.Treaties.Declarations;
using Palermo.Treaties.InForce;
using Palermo.Treaties.LegalBasis;
using Palermo.Treaties.Participation;
using Palermo.Treaties.Provisions;
using Palermo.Treaties.States;
using Palermo.Treaties.WhatChanged;
using Palermo.Web;

namespace Palermo.Treaties;

/// <summary>The module's addresses: API routes and the entries of the module line.</summary>
public static class TreatyRoutes
{
    /// <summary>The module's JSON types.</summary>
    public static IJsonTypeInfoResolver Json => TreatyJson.Readable;

    /// <summary>Entries of the line below the header.</summary>
    public static IReadOnlyList<ModuleEntry> Modules { get; } =
        [new("/basis", "module.basis"), new("/treaties", "module.treaties"), new("/states", "module.states"), new("/changes", "module.changes")];

    /// <summary>Maps <c>/api/v1</c> of the module.</summary>
    public static void Map(IEndpointRouteBuilder app, TreatyModule module)
    {
        var api = app.MapGroup("/api/v1").WithMetadata(new PublicAttribute()).AddEndpointFilter(new EntityTags(module).InvokeAsync);
        api.MapGet("/treaties", (HttpContext http, string? on) =>
                ApiResult.Of(http, ListTreaties.Lines(module.Registry(), DayOf(on, module), PageContext.LanguageOf(http.Request)), TreatyJson.Readable.IReadOnlyListInstrumentLine))
            .WithSummary("All instruments with their parties on a day.");
        api.MapGet("/treaties/{instrument}/status", (HttpContext http, string instrument, string? on, string? known) =>
                ApiResult.Of(http, StatusOn.Report(module.Registry(InstrumentAddress.Known(known, module)), module.Reference.Resolve(instrument), DayOf(on, module)), TreatyJson.Readable.StatusReport))
            .WithSummary("Parties and signatories of an instrument on a day, as known today or on an earlier day.");
        ListParticipants.Map(api, module);
        Growth.Map(api, module);
        ListDeclarations.Map(api, module);
        ListProvisions.Map(api, module);
        api.MapGet("/treaties/in-force", (HttpContext http, string? a, string? b, string? on) =>
            {
                var registry = module.Registry();
                return ApiResult.Of(http, ListInForce.Lines(registry, registry.States.Resolve(a), registry.States.Resolve(b), DayOf(on, module)), TreatyJson.Readable.IReadOnlyListInForceLine);
            })
            .WithSummary("What is in force between two states on a day.");
        api.MapGet("/basis", (HttpContext http, string? from, string? to, string? kind, string? offence, string? on, string? maxPenalty, string? group, string? transnational, string? ownNational, string? territory) =>
            {
                var query = BasisQuery.Read(module.Reference.States, module.Clock, from, to, kind, offence, on, maxPenalty, group, transnational, ownNational, territory);
                return ApiResult.Of(http, BasisReport.Of(module.Reference, module.Texts, PageContext.LanguageOf(http.Request), FindBasis.Answer(module.Registry(), query)), TreatyJson.Readable.BasisReport);
            })
            .WithSummary("Which treaty provisions carry a request, under which conditions, what is excluded and why, and what is not known.");
        MoreRoutes.Map(api, module);
        BilateralRoutes.Map(api, module);
        StateRoutes.Map(api, module);
        ChangeRoutes.Map(app, api, module);
    }

    /// <summary>The day an address names, today when it names none.</summary>
    internal static DateOnly DayOf(string? on, TreatyModule module) => string.IsNullOrWhiteSpace(on) ? module.Today : Dates.Parse(on);
}
