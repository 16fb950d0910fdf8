using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Palermo.Exchange.Evidence.Storage;
using Palermo.Exchange.Nodes.Registry;

namespace Palermo.Exchange.Delivery;

/// <summary>What the node does by itself: sends what waits, fetches what waits elsewhere, asks the registry.</summary>
internal sealed partial class ExchangeErrands(ExchangeModule module, ILogger<ExchangeErrands> log) : BackgroundService
{
    private const int RoundsBetweenPulls = 2, RoundsBetweenRegistries = 60;
    private Task _asking = Task.CompletedTask, _sending = Task.CompletedTask, _pulling = Task.CompletedTask, _moving = Task.CompletedTask, _storing = Task.CompletedTask;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            using var timer = new PeriodicTimer(TimeSpan.FromSeconds(2), module.Clock);
            for (var round = 0; await timer.WaitForNextTickAsync(stoppingToken); round++) Round(round, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The node stops; that is nothing to report.
        }

        await Task.WhenAll(_asking, _sending, _pulling, _moving, _storing);
        await Task.WhenAll(module.Sending.Idle(), module.Pulling.Idle(), module.Moving.Idle());
        await Guarded(
            () =>
            {
                module.Refusals.SayLeftOut(ofThisMinuteToo: true);
                return Task.CompletedTask;
            },
            stoppingToken);
    }

    /// <summary>Begins what is due and not going on still. What is to be done with other nodes is only put into their lanes: one that does not answer keeps nothing else waiting.</summary>
    private void Round(int round, CancellationToken cancel)
    {
        if (round % RoundsBetweenRegistries == 0 && _asking.IsCompleted) _asking = Go(async () =>
        {
            await FollowRegistry.Run(module, cancel);
            Relay.Sweep(module);
            ClearAway.Run(module);
            module.Refusals.SayLeftOut();
        });
        if (_sending.IsCompleted) _sending = Begin(() => SendWaiting.Begin(module, e => Failed(log, e), cancel));
        if (round % RoundsBetweenPulls == 0 && _pulling.IsCompleted) _pulling = Begin(() => PullWaiting.Begin(module, (party, why) => NotReached(log, party, why), cancel));
        if (_moving.IsCompleted) _moving = Begin(() => MoveEvidence.Begin(module, (package, why) => NotMoved(log, package, why), cancel));
        if (_storing.IsCompleted) _storing = Go(() => StoreAway.Run(module, (package, why) => NotMoved(log, package, why), cancel));

        Task Begin(Action errand) => Go(() =>
        {
            errand();
            return Task.CompletedTask;
        });
        Task Go(Func<Task> errand) => Task.Run(() => Guarded(errand, cancel), CancellationToken.None);
    }

    private async Task Guarded(Func<Task> errand, CancellationToken cancel)
    {
        try
        {
            if (module.Trust.HasIdentity) await errand();
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The node stops; what was not finished goes on when it serves again.
        }
        catch (Exception e)
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
