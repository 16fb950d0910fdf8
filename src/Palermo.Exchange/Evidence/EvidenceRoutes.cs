using Microsoft.AspNetCore.Routing;

namespace Palermo.Exchange.Evidence;

/// <summary>Where evidence is taken in and given out, and the pages that show it.</summary>
internal static class EvidenceRoutes
{
    internal static void Map(IEndpointRouteBuilder app, ExchangeModule module)
    {
    }
}
