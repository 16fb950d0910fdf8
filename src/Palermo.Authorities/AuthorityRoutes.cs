using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Palermo.Authorities.Finding;
using Palermo.Authorities.Hours;
using Palermo.Authorities.Transfer;
using Palermo.Web;

namespace Palermo.Authorities;

/// <summary>The module's addresses: API routes and the entries of the module line.</summary>
public static class AuthorityRoutes
{
    /// <summary>Entries of the line below the header.</summary>
    public static IReadOnlyList<ModuleEntry> Modules { get; } = [new("/authorities", "module.authorities")];

    /// <summary>Maps the module's routes.</summary>
    public static void Map(IEndpointRouteBuilder app, AuthoritiesModule module)
    {
        ArgumentNullException.ThrowIfNull(app);
        ArgumentNullException.ThrowIfNull(module);
        var api = app.MapGroup("/api/v1");
        FindAuthorities.Map(api, module);
        ExportAuthorities.Map(api, module);
        ImportAuthorities.Map(api, module);
        CalendarRoute.Map(app, module);
    }
}
