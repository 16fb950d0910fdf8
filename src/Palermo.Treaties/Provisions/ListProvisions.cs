using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Palermo.Kernel;
using Palermo.Treaties.Registry;
using Palermo.Web;

namespace Palermo.Treaties.Provisions;

/// <summary>One provision in the catalogue.</summary>
/// <param name="Number">Its number, for example <c>18(7)</c>.</param>
/// <param name="Heading">Heading in the reader's language.</param>
/// <param name="Topic">Code of its topic.</param>
/// <param name="Kind"><c>mandatory</c>, <c>conditional</c> or <c>optional</c>.</param>
/// <param name="Summary">Summary in our own words, in the reader's language.</param>
public sealed record ProvisionLine(string Number, string Heading, string Topic, string Kind, string Summary);

/// <summary>The catalogue of an instrument's provisions.</summary>
internal static class ListProvisions
{
    /// <summary>All provisions in the treaty's order; empty when the instrument has no catalogue.</summary>
    internal static IReadOnlyList<ProvisionLine> Lines(TreatyReference reference, Instrument instrument, Language language) =>
        [.. reference.Provisions.Of(instrument).Select(p => new ProvisionLine(p.Number, p.Headings[language.Index], p.Topic, p.Kind, p.Summaries[language.Index]))];

    internal static void Map(IEndpointRouteBuilder api, TreatyModule module) =>
        api.MapGet("/treaties/{instrument}/provisions", (HttpContext http, string instrument) =>
                ApiResult.Of(http, Lines(module.Reference, module.Reference.Resolve(instrument), PageContext.LanguageOf(http.Request)), TreatyJson.Readable.IReadOnlyListProvisionLine))
            .WithSummary("The provisions of an instrument with heading, topic, kind and summary.");
}
