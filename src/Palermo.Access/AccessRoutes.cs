using Microsoft.AspNetCore.Routing;
using Palermo.Web;

namespace Palermo.Access;

/// <summary>The module's addresses: API routes and the entries of the module line.</summary>
public static class AccessRoutes
{
    /// <summary>Entries of the line below the header.</summary>
    public static IReadOnlyList<ModuleEntry> Modules { get; } = [];

    /// <summary>Maps the module's routes.</summary>
    public static void Map(IEndpointRouteBuilder app, AccessModule module)
    {
        ArgumentNullException.ThrowIfNull(app);
        ArgumentNullException.ThrowIfNull(module);
    }
}
