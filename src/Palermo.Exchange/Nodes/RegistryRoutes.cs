using Microsoft.AspNetCore.Routing;

namespace Palermo.Exchange.Nodes;

/// <summary>Where a node publishes the registry, when it does.</summary>
internal static class RegistryRoutes
{
    internal static void Map(IEndpointRouteBuilder app, ExchangeModule module)
    {
    }
}
