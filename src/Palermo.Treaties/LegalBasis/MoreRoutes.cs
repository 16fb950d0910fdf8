using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Palermo.Treaties.LegalBasis;

/// <summary>API routes of the finder's other questions.</summary>
internal static class MoreRoutes
{
    /// <summary>Any offence will do where the question is about all of them.</summary>
    internal const string AnyOffence = "other";

    internal static void Map(RouteGroupBuilder api, TreatyModule module)
    {
        api.MapGet("/basis/reverse", (HttpContext http, string? from, string? to, string? kind, string? on, string? maxPenalty, string? group, string? transnational, string? ownNational, string? territory) =>
            {
                var query = BasisQuery.Read(module.Reference.States, module.Clock, from, to, kind, AnyOffence, on, maxPenalty, group, transnational, ownNational, territory);
                return ApiResult.Of<IReadOnlyList<OffenceLine>>(http, [.. ReverseQuestion.Answers(module.Registry(), query).Select(OffenceLine.Of)], TreatyJson.Readable.IReadOnlyListOffenceLine);
            })
            .WithSummary("For which offences a state could help another on a day, and on which treaties.");
        api.MapGet("/basis/matrix", (HttpContext http, string? state, string? side, string? kind, string? offence, string? on, string? maxPenalty, string? group, string? transnational, string? ownNational) =>
            {
                var question = MatrixQuestion.Read(module.Reference.States, module.Clock, state, side, kind, offence, on, maxPenalty, group, transnational, ownNational);
                return ApiResult.Of<IReadOnlyList<MatrixLine>>(http, [.. Matrix.Answers(module.Registry(), question).Select(MatrixLine.Of)], TreatyJson.Readable.IReadOnlyListMatrixLine);
            })
            .WithSummary("One question between one state and every other.");
    }
}
