using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Palermo.Access.Gate;
using Palermo.Access.Sessions;
using Palermo.Kernel;
using Palermo.Kernel.Access;
using Palermo.Web;

namespace Palermo.Access;

/// <summary>The module's addresses: API routes and the entries of the module line.</summary>
public static class AccessRoutes
{
    /// <summary>Entries of the line below the header.</summary>
    public static IReadOnlyList<ModuleEntry> Modules { get; } =
        [new("/admin", "module.admin", [Role.Administrator]), new("/audit", "module.audit", [Role.Auditor, Role.Administrator])];

    /// <summary>Puts the gate behind routing and before everything that answers, the output cache included.</summary>
    public static void Use(IApplicationBuilder app) => app.UseMiddleware<Gatekeeper>();

    /// <summary>Whether a request says who is asking, rightly or not: its answer is nobody else's.</summary>
    public static bool IsPersonal(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        return http.Features.Get<Viewer>() is not null || SessionCookie.IsIn(http.Request);
    }

    /// <summary>Maps the module's routes.</summary>
    public static void Map(IEndpointRouteBuilder app, AccessModule module)
    {
        ArgumentNullException.ThrowIfNull(module);
        app.MapPost("/sign-out", SignOut).WithMetadata(new ForRolesAttribute(), new NotCachedAttribute(), new RequireAntiforgeryTokenAttribute()).ExcludeFromDescription();
        app.MapGet("/admin", () => Results.LocalRedirect("/admin/people")).WithMetadata(new ForRolesAttribute(Role.Administrator), new NotCachedAttribute()).ExcludeFromDescription();
        Trail.AuditRoutes.Map(app, module);
    }

    private static IResult SignOut(HttpContext http, SessionKeeper sessions)
    {
        FormToken.Check(http);
        if (SessionCookie.Read(http.Request) is { } key) sessions.End(http.Features.Get<Viewer>()!, SessionKeeper.HashOf(key), "sign-out");
        SessionCookie.Delete(http);
        return Results.LocalRedirect("/");
    }
}
