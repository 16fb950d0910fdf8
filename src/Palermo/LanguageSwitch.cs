using Microsoft.AspNetCore.Mvc;
using Palermo.Kernel;
using Palermo.Web;

namespace Palermo;

/// <summary>The language switch: keeps the choice in a cookie and goes back to the page.</summary>
internal static class LanguageSwitch
{
    internal static void Map(WebApplication app) => app.MapPost("/language", Change).DisableAntiforgery().WithMetadata(new PublicAttribute()).ExcludeFromDescription();

    private static IResult Change(HttpContext context, [FromForm] string? language, [FromForm] string? back)
    {
        if (Language.Find(language) is { } chosen)
        {
            context.Response.Cookies.Append(PageContext.LanguageCookie, chosen.Code, new CookieOptions
            {
                HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps, MaxAge = TimeSpan.FromDays(365), IsEssential = true,
            });
        }

        var local = back is { Length: > 0 and <= 4000 } && back[0] == '/' && (back.Length == 1 || back[1] is not ('/' or '\\')) && !back.Any(char.IsControl);
        return Results.LocalRedirect(local ? back! : "/");
    }
}
