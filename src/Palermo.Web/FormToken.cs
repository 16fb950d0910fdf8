using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Palermo.Kernel;

namespace Palermo.Web;

/// <summary>The page's token in a form that a route without a page takes.</summary>
public static class FormToken
{
    /// <summary>Refuses a form without the page's token. The route carries <see cref="RequireAntiforgeryTokenAttribute"/>.</summary>
    /// <exception cref="RefusedException">The token is missing, another's, or made up.</exception>
    public static void Check(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        if (http.Features.Get<IAntiforgeryValidationFeature>() is not { IsValid: true }) throw new RefusedException("access.form-forged");
    }
}
