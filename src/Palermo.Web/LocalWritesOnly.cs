using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Palermo.Kernel;

namespace Palermo.Web;

/// <summary>
/// Until people can sign in, nobody may change the record over HTTP unless whoever started the node switched it on, and then only
/// the machine itself: a caller from a loopback address, who names the
/// server by a local name (no rebinding of names), with no trace of a proxy, and whose browser, if it is one, was on a page of this server.
/// </summary>
/// <remarks>
/// A proxy that passes requests on under a local name and adds no header at all cannot be told from the machine itself;
/// writing is therefore never switched on behind a proxy.
/// </remarks>
public static class LocalWritesOnly
{
    /// <summary>Refuses what does not come from the machine itself, or was sent by another site's page.</summary>
    /// <exception cref="RefusedException">It does not (status 403).</exception>
    public static void Check(HttpContext http)
    {
        if (!MayWrite(http) || !IsOwnPage(http.Request)) throw new RefusedException("refused.not-local") { Forbidden = true };
    }

    /// <summary>Whether writing is switched on and a request comes from the machine itself.</summary>
    public static bool MayWrite(HttpContext http) => http.RequestServices.GetService<Site>() is { LocalWrites: true } && IsLocal(http);

    /// <summary>Whether a request comes from the machine itself. A proxy's headers leave a trace even where they were taken at their word: <c>X-Original-For</c>.</summary>
    private static bool IsLocal(HttpContext http) =>
        http.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address)
        && http.Request.Host.Host.ToLowerInvariant() is "localhost" or "127.0.0.1" or "[::1]"
        && !http.Request.Headers.Keys.Any(OfProxy);

    private static bool OfProxy(string header) =>
        header.StartsWith("X-Forwarded-", StringComparison.OrdinalIgnoreCase)
        || header.StartsWith("X-Original-", StringComparison.OrdinalIgnoreCase)
        || header.Equals("X-Real-IP", StringComparison.OrdinalIgnoreCase)
        || header.Equals("Forwarded", StringComparison.OrdinalIgnoreCase)
        || header.Equals("Via", StringComparison.OrdinalIgnoreCase);

    /// <summary>A browser says where a form was sent from; other programs say nothing.</summary>
    private static bool IsOwnPage(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"].ToString() is "" or "same-origin" or "none"
        && (request.Headers.Origin.ToString() is not { Length: > 0 } origin
            || string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase));
}
