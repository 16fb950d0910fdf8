using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Palermo.Data;
using Palermo.Kernel;
using Palermo.Kernel.Access;
using Palermo.Web;

namespace Palermo.Treaties.Bilateral;

/// <summary>A bilateral treaty as a program sends it; days as <c>YYYY-MM-DD</c>.</summary>
/// <param name="Id">Identifier.</param>
/// <param name="Title">Title.</param>
/// <param name="A">Code or name of one party.</param>
/// <param name="B">Code or name of the other party.</param>
/// <param name="Kinds">Codes of the kinds of cooperation it governs.</param>
/// <param name="Provisions">Articles that carry a request.</param>
/// <param name="SignedOn">When it was signed.</param>
/// <param name="InForceFrom">When it entered into force.</param>
/// <param name="InForceUntil">First day on which it is no longer in force.</param>
/// <param name="MinimumPenaltyYears">Lowest maximum penalty it asks for, in years.</param>
public sealed record BilateralInput(
    string? Id, string? Title, string? A, string? B, IReadOnlyList<string>? Kinds, IReadOnlyList<string>? Provisions,
    string? SignedOn, string? InForceFrom, string? InForceUntil, decimal? MinimumPenaltyYears);

/// <summary>API routes of the bilateral treaties.</summary>
internal static class BilateralRoutes
{
    private const int LargestBody = 32 << 10;

    internal static void Map(RouteGroupBuilder api, TreatyModule module)
    {
        api.MapGet("/bilateral", (HttpContext http, string? on) =>
                ApiResult.Of(http, ListBilateral.Lines(module.Registry(), TreatyRoutes.DayOf(on, module)), TreatyJson.Readable.IReadOnlyListBilateralLine))
            .WithSummary("The bilateral treaties on record, with their status on a day.");
        api.MapPost("/bilateral", (Delegate)((HttpContext http) => Enter(http, module)))
            .Accepts<BilateralInput>("application/json")
            .WithMetadata(new BodyLimit(LargestBody), new ForRolesAttribute(Role.Officer, Role.Approver, Role.Administrator) { Area = "treaties" })
            .WithSummary("Enters a bilateral treaty, or corrects the one of this identifier. If-Match may hold the entity tag of what was read before.");
    }

    private static async Task<IResult> Enter(HttpContext http, TreatyModule module)
    {
        var input = await Body(http);
        var treaty = EnterBilateralTreaty.Read(
            module.Reference.States, input.Id, input.Title, input.A, input.B, string.Join(';', input.Kinds ?? []), string.Join(';', input.Provisions ?? []),
            input.SignedOn, input.InForceFrom, input.InForceUntil, input.MinimumPenaltyYears?.ToString(CultureInfo.InvariantCulture));
        EnterBilateralTreaty.Record(module, treaty, BasedOn(http.Request, module));
        http.Response.Headers.ETag = EntityTags.Of(module, http.Request);
        var recorded = module.Registry().BilateralTreaties.Single(t => t.Id == treaty.Treaty);
        return ApiResult.Of<IReadOnlyList<BilateralLine>>(http, [BilateralLine.Of(recorded, module.Today)], TreatyJson.Readable.IReadOnlyListBilateralLine);
    }

    private static async Task<BilateralInput> Body(HttpContext http)
    {
        try
        {
            return await JsonSerializer.DeserializeAsync(http.Request.Body, TreatyJson.Default.BilateralInput, http.RequestAborted)
                ?? throw new RefusedException("bilateral.json");
        }
        catch (JsonException)
        {
            throw new RefusedException("bilateral.json");
        }
    }

    /// <summary>What the writer had seen, by the entity tag of what was read; the present state of the record when nothing is said.</summary>
    private static int BasedOn(HttpRequest request, TreatyModule module)
    {
        if (request.Headers.IfMatch.ToString() is { Length: > 0 } tag && tag != "*")
            return EntityTags.HeadOf(tag) ?? throw new RefusedException("refused.overtaken") { Conflict = true };
        using var context = module.Database.Connect();
        return FactLog.Head(context);
    }

    private sealed record BodyLimit(long? MaxRequestBodySize) : IRequestSizeLimitMetadata;
}
