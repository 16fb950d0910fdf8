using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace Palermo.Access.SignIn;

/// <summary>A signed cookie given after a successful sign-in. It lets nobody in; it only has a device's failures counted apart from those of strangers.</summary>
internal sealed class Devices(IDataProtectionProvider protection)
{
    private const string Cookie = "palermo-device";
    private const int MostPeople = 8;
    private const int LongestCookie = 2000;

    private readonly IDataProtector _protector = protection.CreateProtector("palermo.device");

    /// <summary>The device's identifier when this person signed in from it before; null otherwise.</summary>
    internal string? Of(HttpRequest request, Guid person) => Read(request) is [var device, .. var people] && people.Contains(person.ToString("N")) ? device : null;

    /// <summary>Remembers that a person signed in from this device.</summary>
    internal void Remember(HttpContext http, Guid person)
    {
        var (device, people) = Read(http.Request) is [var known, .. var others] ? (known, others) : (Secrets.New(), []);
        var id = person.ToString("N");
        if (people.Contains(id)) return;
        var content = string.Join(' ', [device, .. people.Append(id).TakeLast(MostPeople)]);
        http.Response.Cookies.Append(Cookie, _protector.Protect(content), new CookieOptions
        {
            HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps, Path = "/sign-in", MaxAge = TimeSpan.FromDays(365), IsEssential = true,
        });
    }

    private string[] Read(HttpRequest request)
    {
        if (request.Cookies[Cookie] is not { Length: > 0 and <= LongestCookie } cookie) return [];
        try
        {
            return _protector.Unprotect(cookie).Split(' ');
        }
        catch (CryptographicException)
        {
            return [];
        }
    }
}
