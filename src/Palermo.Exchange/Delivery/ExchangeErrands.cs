using Microsoft.Extensions.Hosting;

namespace Palermo.Exchange.Delivery;

/// <summary>What the node does by itself: sends what waits, pulls what waits elsewhere, asks the registry.</summary>
internal sealed class ExchangeErrands : BackgroundService
{
    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.CompletedTask;
}
