using System.Security.Claims;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Palermo.Access.Sessions;
using Palermo.Access.SignIn;
using Palermo.Access.Tokens;
using Palermo.Access.Trail;
using Palermo.Kernel;
using Palermo.Kernel.Access;
using Palermo.Web;

namespace Palermo.Access.Gate;

/// <summary>Says who is asking, and lets nobody pass whom the route does not name. What it turns away is audited.</summary>
internal sealed class Gatekeeper(RequestDelegate next, SessionKeeper sessions, TokenKeeper tokens, Guesses guesses, RefusalLog log)
{
    /// <summary>The longest form that is received only to be refused, in bytes.</summary>
    private const long ReceivedInVain = 32 << 20;

    private const int FreePerNetwork = 50;

    /// <summary>Handles one request.</summary>
    public async Task InvokeAsync(HttpContext http)
    {
        // The page that says why a request was refused is shown to whoever made it.
        var again = http.Items.ContainsKey(PageContext.AskedFor);
        var viewer = again ? http.Features.Get<Viewer>() : Who(http);
        if (!again) Introduce(http, viewer);
        // Routing itself answers a wrong method or type of content with an endpoint that has no metadata and says nothing else.
        if (http.GetEndpoint() is { Metadata.Count: > 0 } or RouteEndpoint) Admit(http, http.GetEndpoint()!, viewer);
        // Reading such a form would fail and be taken for a forged one.
        if (!again && await IsTooLarge(http)) throw new RefusedException("access.form-too-large");
        try
        {
            await next(http);
        }
        catch (Exception e) when (!again && e is RefusedException or BadHttpRequestException)
        {
            if (IsTooLong(http)) throw new RefusedException("access.form-too-large");
            if (IsForged(http)) log.Note(viewer, http, "form.forged", "");
            else if (e is RefusedException { Forbidden: true } or RefusedException { NotFound: true } && IsGuarded(http)) log.Note(viewer, http, "access.refused", e.Message);
            throw;
        }

        if (again) return;
        if (IsTooLong(http) && !http.Response.HasStarted) throw new RefusedException("access.form-too-large");
        if (IsForged(http)) log.Note(viewer, http, "form.forged", "");
        else if (http.Response.StatusCode == StatusCodes.Status403Forbidden) log.Note(viewer, http, "access.refused", "");
        // Razor's own answer to a forged form is an empty page.
        if (IsForged(http) && !http.Response.HasStarted && http.Response.StatusCode == StatusCodes.Status400BadRequest) throw new RefusedException("access.form-forged");
    }

    /// <summary>Whether a form holds more than its page takes. What can still be received is, so that the browser reads the answer instead of a broken line.</summary>
    private static async Task<bool> IsTooLarge(HttpContext http)
    {
        if (http.Request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) != true) return false;
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is not { } limit || !(http.Request.ContentLength > limit.MaxRequestBodySize)) return false;
        if (http.Request.ContentLength > ReceivedInVain || limit.IsReadOnly) return true;
        limit.MaxRequestBodySize = ReceivedInVain;
        await http.Request.Body.CopyToAsync(Stream.Null, http.RequestAborted);
        return true;
    }

    /// <summary>Whether the form's token was read and is not the page's.</summary>
    private static bool IsForged(HttpContext http) => http.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: false } && !IsTooLong(http);

    /// <summary>Whether the form could not be read to its end: too much in all, or too many fields.</summary>
    private static bool IsTooLong(HttpContext http) => http.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: false, Error.InnerException: InvalidDataException or IOException };

    private void Admit(HttpContext http, Endpoint route, Viewer? viewer)
    {
        switch (Admissions.Of(route.Metadata, viewer, http.Request.Method))
        {
            case Admission.Open: return;
            case Admission.Closed: throw new RefusedException("access.closed") { NotFound = true };
            case Admission.Refused:
                log.Note(viewer, http, "access.refused", "");
                throw new RefusedException(viewer!.Scopes is null ? "access.refused" : "access.refused.token") { Forbidden = true };
            default:
                if (IsApi(http)) throw new RefusedException("access.token-first") { Stranger = true };
                if (!Admissions.Reads(http.Request.Method)) throw new RefusedException("access.session-over") { Stranger = true };
                http.SetEndpoint(new Endpoint(ToSignIn, new EndpointMetadataCollection(new PublicAttribute(), new NotCachedAttribute()), "sign in first"));
                return;
        }
    }

    private static Task ToSignIn(HttpContext http)
    {
        http.Response.Redirect("/sign-in?back=" + Uri.EscapeDataString(http.Request.Path + http.Request.QueryString));
        return Task.CompletedTask;
    }

    /// <summary>A program's token where one is given; otherwise a browser's session, which never counts for writing through the API.</summary>
    private Viewer? Who(HttpContext http)
    {
        var from = NetworkAddress.Of(http);
        if (http.Request.Headers.Authorization.Count > 0)
            return tokens.Find(http.Request.Headers.Authorization.ToString(), from) ?? throw WrongToken(http);
        if (IsApi(http) && !Admissions.Reads(http.Request.Method)) return null;
        return SessionCookie.Read(http.Request) is { } key ? sessions.Find(key, from) : null;
    }

    private RefusedException WrongToken(HttpContext http)
    {
        log.Note(null, http, "token.refused", "");
        var wait = guesses.Begin("token|" + NetworkAddress.NetworkOf(http), FreePerNetwork);
        return wait > TimeSpan.Zero ? new("access.wait", ("n", (int)Math.Ceiling(wait.TotalSeconds))) { TooOften = true } : new("access.token-unknown") { Stranger = true };
    }

    private static void Introduce(HttpContext http, Viewer? viewer)
    {
        if (viewer is null) return;
        http.Features.Set(viewer);
        // Form tokens are bound to this identity.
        http.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, viewer.Person.ToString())], "palermo"));
    }

    private static bool IsApi(HttpContext http) => http.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase);

    private static bool IsGuarded(HttpContext http) => http.GetEndpoint()?.Metadata.GetMetadata<ForRolesAttribute>() is not null;
}
