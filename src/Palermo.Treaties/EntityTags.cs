using System.Globalization;
using Microsoft.AspNetCore.Http;
using Palermo.Web;

namespace Palermo.Treaties;

/// <summary>
/// A weak entity tag for everything that is read from the record: it changes with the record, the form of answer, the
/// reader's language and the day. A reader who has the same answer already gets 304, once the question proved to be a good one.
/// </summary>
internal sealed class EntityTags(TreatyModule module)
{
    internal async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
        if (!HttpMethods.IsGet(request.Method)) return await next(context);
        var tag = Of(module, request);
        var answer = await next(context);
        context.HttpContext.Response.Headers.ETag = tag;
        context.HttpContext.Response.Headers.CacheControl = "no-cache";
        return request.Headers.IfNoneMatch.Any(v => v is not null && v.Split(',').Any(t => t.Trim() == tag || t.Trim() == "*"))
            ? Results.StatusCode(StatusCodes.Status304NotModified) : answer;
    }

    internal static string Of(TreatyModule module, HttpRequest request) =>
        string.Create(CultureInfo.InvariantCulture, $"W/\"{module.Version}-{module.Registry().Head}-{PageContext.LanguageOf(request).Code}-{(ApiResult.WantsCsv(request) ? "csv" : "own")}-{module.Today:yyyyMMdd}\"");

    /// <summary>Number of the last batch that the reader of a tag had seen; null when the tag is not one of ours.</summary>
    internal static int? HeadOf(string tag) =>
        tag.Split('-') is [_, var head, _, _, _] && int.TryParse(head, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
