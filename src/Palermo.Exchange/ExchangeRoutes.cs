using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Palermo.Exchange.Delivery;
using Palermo.Exchange.Evidence;
using Palermo.Exchange.Evidence.Line;
using Palermo.Exchange.Nodes;
using Palermo.Exchange.Nodes.Trust;

namespace Palermo.Exchange;

/// <summary>The module's addresses: for other nodes, and for people.</summary>
public static class ExchangeRoutes
{
    /// <summary>The addresses of the listener for nodes, each with its port.</summary>
    /// <param name="urls">Addresses beginning with https, joined by semicolons; port 0 is replaced by a free one.</param>
    /// <exception cref="Palermo.Kernel.RefusedException">One is none.</exception>
    public static IReadOnlyList<string> Addresses(string urls) => ExchangeTls.Addresses(urls);

    /// <summary>Has the server answer nodes, with their certificates asked for, on these of its addresses.</summary>
    public static void Listen(KestrelServerOptions kestrel, ExchangeModule module, IReadOnlyList<string> addresses) => ExchangeTls.Configure(kestrel, module.Trust, addresses);

    /// <summary>Keeps nodes and people apart, before everything that answers.</summary>
    public static void Use(IApplicationBuilder app, ExchangeModule module) => app.UseMiddleware<NodeGate>(module);

    /// <summary>Maps the module's routes.</summary>
    public static void Map(IEndpointRouteBuilder app, ExchangeModule module)
    {
        DeliveryRoutes.Map(app, module);
        RegistryRoutes.Map(app, module);
        EvidenceRoutes.Map(app, module);
    }

    /// <summary>Adds what the module does by itself: sending, pulling, asking the registry; and what its listener reads with.</summary>
    public static void AddErrands(IServiceCollection services)
    {
        services.AddSingleton<IMemoryPoolFactory<byte>, LargeReads>();
        services.AddHostedService<ExchangeErrands>();
    }
}
