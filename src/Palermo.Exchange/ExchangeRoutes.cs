using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Palermo.Exchange.Delivery;
using Palermo.Exchange.Evidence;
using Palermo.Exchange.Nodes;

namespace Palermo.Exchange;

/// <summary>The module's addresses: for other nodes, and for people.</summary>
public static class ExchangeRoutes
{
    /// <summary>Maps the module's routes.</summary>
    public static void Map(IEndpointRouteBuilder app, ExchangeModule module)
    {
        DeliveryRoutes.Map(app, module);
        RegistryRoutes.Map(app, module);
        EvidenceRoutes.Map(app, module);
    }

    /// <summary>Adds what the module does by itself: sending, pulling, asking the registry.</summary>
    public static void AddErrands(IServiceCollection services) => services.AddHostedService<ExchangeErrands>();
}
