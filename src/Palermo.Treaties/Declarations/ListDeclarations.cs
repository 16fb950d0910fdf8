using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Palermo.Data.Facts;
using Palermo.Kernel;
using Palermo.Treaties.Participation;
using Palermo.Treaties.Registry;
using Palermo.Web;

namespace Palermo.Treaties.Declarations;

/// <summary>One declaration to an instrument, and what it does to the finder.</summary>
/// <param name="State">Alpha-3 code.</param>
/// <param name="Name">Name in the reader's language.</param>
/// <param name="Date">When it was made; null when the source does not say.</param>
/// <param name="Kind"><c>reservation</c>, <c>declaration</c>, <c>notification</c> or <c>objection</c>.</param>
/// <param name="Articles">Articles it speaks of; may be empty.</param>
/// <param name="Topic">Topic of <c>declaration-effects.csv</c>.</param>
/// <param name="Paraphrase">Its content in our own words, in English.</param>
/// <param name="Effects">What it does to the finder and why, in English.</param>
/// <param name="Source">Where it is from.</param>
public sealed record DeclarationLine(
    string State, string Name, DateOnly? Date, string Kind, IReadOnlyList<string> Articles, string Topic, string Paraphrase, IReadOnlyList<string> Effects, string Source);

/// <summary>The declarations to an instrument.</summary>
internal static class ListDeclarations
{
    /// <summary>All declarations made by a day, and those whose day is not known; sorted by state.</summary>
    internal static IReadOnlyList<DeclarationLine> Lines(TreatyRegistry registry, Instrument instrument, DateOnly on, Language language) =>
    [
        .. registry.Facts.OfType<DeclarationFact>().Where(d => d.Instrument == instrument.Id && (d.Date is not { } date || date <= on))
            .Select(d => Line(registry, d, language))
            .OrderBy(l => l.Name, ListParticipants.Collation(language)).ThenBy(l => l.Date ?? DateOnly.MinValue),
    ];

    internal static void Map(IEndpointRouteBuilder api, TreatyModule module) =>
        api.MapGet("/treaties/{instrument}/declarations", (HttpContext http, string instrument, string? on, string? known) =>
                ApiResult.Of(
                    http, Lines(module.Registry(InstrumentAddress.Known(known, module)), module.Reference.Resolve(instrument), TreatyRoutes.DayOf(on, module), PageContext.LanguageOf(http.Request)),
                    TreatyJson.Readable.IReadOnlyListDeclarationLine))
            .WithSummary("The declarations to an instrument made by a day, and what each does to the finder.");

    private static DeclarationLine Line(TreatyRegistry registry, DeclarationFact fact, Language language) => new(
        fact.State, registry.States.Find(fact.State)!.NameIn(language), fact.Date, fact.Kind,
        fact.Article.Split(';', StringSplitOptions.RemoveEmptyEntries), fact.Topic, fact.Paraphrase,
        [.. registry.Reference.Effects.For(fact).Select(e => e.Why).Distinct(StringComparer.Ordinal)], fact.Source);
}
