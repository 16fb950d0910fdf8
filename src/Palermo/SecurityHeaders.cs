namespace Palermo;

/// <summary>Headers that keep a browser from doing on a page what the page did not mean.</summary>
internal static class SecurityHeaders
{
    private const string ContentSecurityPolicy =
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>Sets the headers of one answer.</summary>
    internal static Task Add(HttpContext context, RequestDelegate next)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()";
        context.Response.OnStarting(OfPage, context.Response);
        return next(context);
    }

    /// <summary>A page depends on its reader's cookies: the browser asks anew, and nobody in between keeps it. The node's own cache is not meant.</summary>
    private static Task OfPage(object state)
    {
        var response = (HttpResponse)state;
        if (response.ContentType?.StartsWith("text/html", StringComparison.OrdinalIgnoreCase) != true) return Task.CompletedTask;
        if (response.Headers.CacheControl.Count == 0) response.Headers.CacheControl = "private, no-cache";
        response.Headers.Vary = "Accept-Language, Cookie, Accept-Encoding";
        return Task.CompletedTask;
    }
}
