using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Palermo.Exchange.Delivery;

/// <summary>What the node does by itself: sends what waits, fetches what waits elsewhere, asks the registry.</summary>
internal sealed partial class ExchangeErrands(ExchangeModule module, ILogger<ExchangeErrands> log) : BackgroundService
{
    private const int RoundsBetweenPulls = 2, RoundsBetweenRegistries = 60;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            using var timer = new PeriodicTimer(TimeSpan.FromSeconds(2), module.Clock);
            for (var round = 0; await timer.WaitForNextTickAsync(stoppingToken); round++) await Round(round, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The node stops; that is nothing to report.
        }
    }

    private Task _moving = Task.CompletedTask;

    private async Task Move(CancellationToken cancel)
    {
        try
        {
            await MoveEvidence.Run(module, (package, why) => NotMoved(log, package, why), cancel);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Failed(log, e);
        }
    }

    private async Task Round(int round, CancellationToken cancel)
    {
        if (!module.Trust.HasIdentity) return;
        try
        {
            if (round % RoundsBetweenRegistries == 0) await module.Trust.Refresh(cancel);
            await SendWaiting.Run(module, cancel);
            if (round % RoundsBetweenPulls == 0) await PullWaiting.Run(module, (node, why) => NotReached(log, node.Party, why), cancel);
            // Evidence may take days; messages go on meanwhile.
            if (_moving.IsCompleted) _moving = Task.Run(() => Move(cancel), cancel);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // A database that is away for a moment must not end the exchange.
            Failed(log, e);
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Party} was not reached: {Why}")]
    private static partial void NotReached(ILogger log, string party, string why);

    [LoggerMessage(LogLevel.Warning, "Evidence {Package} did not move: {Why}")]
    private static partial void NotMoved(ILogger log, Guid package, string why);

    [LoggerMessage(LogLevel.Error, "Messages could not be worked through")]
    private static partial void Failed(ILogger log, Exception exception);
}
