using Microsoft.AspNetCore.Routing;

namespace Palermo.Exchange.Delivery;

/// <summary><c>POST /as4</c>: where other nodes' messages come in.</summary>
internal static class DeliveryRoutes
{
    internal static void Map(IEndpointRouteBuilder app, ExchangeModule module)
    {
    }
}
