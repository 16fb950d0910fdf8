using Microsoft.AspNetCore.Http;

namespace Palermo.Access.Sessions;

/// <summary>The cookie that holds a session's key and nothing else.</summary>
internal static class SessionCookie
{
    private const string Name = "palermo-session";

    /// <summary>The cookie's name: over HTTPS with the prefix that keeps other hosts of the domain from setting it.</summary>
    internal static string NameFor(bool https) => https ? "__Host-" + Name : Name;

    /// <summary>The key in the cookie; null when there is none.</summary>
    internal static string? Read(HttpRequest request) => request.Cookies[NameFor(request.IsHttps)] is { } key && Secrets.Possible(key) ? key : null;

    /// <summary>Whether a request carries the cookie, whatever is in it.</summary>
    internal static bool IsIn(HttpRequest request) => request.Cookies.ContainsKey(NameFor(https: true)) || request.Cookies.ContainsKey(NameFor(https: false));

    /// <summary>Gives the cookie to the browser until it is closed.</summary>
    internal static void Write(HttpContext http, string key) => http.Response.Cookies.Append(NameFor(http.Request.IsHttps), key, Options(http));

    /// <summary>Takes it back.</summary>
    internal static void Delete(HttpContext http) => http.Response.Cookies.Delete(NameFor(http.Request.IsHttps), Options(http));

    private static CookieOptions Options(HttpContext http) =>
        new() { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps, Path = "/", IsEssential = true };
}
