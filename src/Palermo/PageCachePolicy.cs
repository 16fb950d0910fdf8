using Microsoft.AspNetCore.OutputCaching;
using Microsoft.AspNetCore.ResponseCompression;
using Palermo.Access;
using Palermo.Treaties;
using Palermo.Web;

namespace Palermo;

/// <summary>
/// Keeps rendered public pages until the record changes. The key holds the address, the language, the theme, the
/// form of answer and the record's last batch, so nobody gets another reader's page and nothing stale is shown.
/// </summary>
internal sealed class PageCachePolicy(TreatyModule treaties) : IOutputCachePolicy
{
    public ValueTask CacheRequestAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        var request = context.HttpContext.Request;
        var cacheable = HttpMethods.IsGet(request.Method) && !context.HttpContext.Items.ContainsKey(typeof(Refusals)) && request.Headers.Authorization.Count == 0
            && !AccessRoutes.IsPersonal(context.HttpContext)
            && context.HttpContext.GetEndpoint() is { } endpoint && endpoint.Metadata.GetMetadata<NotCachedAttribute>() is null
            && endpoint.Metadata.GetMetadata<PublicAttribute>() is not null && endpoint.Metadata.GetMetadata<ForRolesAttribute>() is null;
        context.EnableOutputCaching = cacheable;
        context.AllowCacheLookup = cacheable;
        context.AllowCacheStorage = cacheable;
        // What is not kept must not need the record: health and the pages of errors answer without a database.
        if (!cacheable) return ValueTask.CompletedTask;
        context.AllowLocking = true;
        context.CacheVaryByRules.QueryKeys = "*";
        context.CacheVaryByRules.VaryByValues["language"] = PageContext.LanguageOf(request).Code;
        context.CacheVaryByRules.VaryByValues["theme"] = request.Cookies[PageContext.ThemeCookie] is "dark" ? "dark" : request.Cookies[PageContext.ThemeCookie] is "light" ? "light" : "";
        context.CacheVaryByRules.VaryByValues["head"] = treaties.Registry().Head.ToString(System.Globalization.CultureInfo.InvariantCulture);
        context.CacheVaryByRules.VaryByValues["day"] = Kernel.Dates.Iso(treaties.Today);
        // Reduced to what matters, so that a stranger's headers do not fill the cache with copies.
        context.CacheVaryByRules.VaryByValues["accept"] = request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) && ApiResult.WantsCsv(request) ? "csv" : "";
        context.CacheVaryByRules.VaryByValues["encoding"] = Encoding(context.HttpContext);
        context.ResponseExpirationTimeSpan = TimeSpan.FromHours(1);
        return ValueTask.CompletedTask;
    }

    public ValueTask ServeFromCacheAsync(OutputCacheContext context, CancellationToken cancellation) => ValueTask.CompletedTask;

    public ValueTask ServeResponseAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        var response = context.HttpContext.Response;
        if (response.StatusCode != StatusCodes.Status200OK || response.Headers.SetCookie.Count > 0) context.AllowCacheStorage = false;
        return ValueTask.CompletedTask;
    }

    private static string Encoding(HttpContext http) =>
        http.RequestServices.GetRequiredService<IResponseCompressionProvider>().GetCompressionProvider(http)?.EncodingName ?? "";
}
