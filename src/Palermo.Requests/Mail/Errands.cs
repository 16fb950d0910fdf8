using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Palermo.Requests.Time;

namespace Palermo.Requests.Mail;

/// <summary>What the node does by itself: every minute it sends what waits, every hour it reminds of what is due.</summary>
internal sealed partial class Errands(RequestsModule module, ILogger<Errands> log) : BackgroundService
{
    private const int MinutesBetweenReminders = 60;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            using var timer = new PeriodicTimer(TimeSpan.FromMinutes(1), module.Clock);
            for (var minute = 0; await timer.WaitForNextTickAsync(stoppingToken); minute++) await Round(minute % MinutesBetweenReminders == 0, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The node stops, perhaps before it had started; that is nothing to report.
        }
    }

    private async Task Round(bool remind, CancellationToken cancel)
    {
        try
        {
            await Run(module, remind, cancel);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // A database that is away for a moment must not end all reminders.
            Failed(log, e);
        }
    }

    /// <summary>One round. What fails keeps nothing else from being done.</summary>
    /// <exception cref="AggregateException">Something failed.</exception>
    internal static async Task Run(RequestsModule module, bool remind, CancellationToken cancel)
    {
        var failures = new List<Exception>();
        if (remind)
        {
            await Try(() => Task.FromResult(RemindOwners.Run(module)));
            await Try(() => Task.FromResult(module.Authorities.WriteDueReminders()));
            await Try(() => Task.FromResult(Cases.KeepReachable.Run(module)));
        }

        if (module.Mail.Sends) await Try(() => Outbox.Send(module, (mail, stop) => SendMail.Send(module.Mail, mail, stop), cancel));
        if (failures.Count > 0) throw new AggregateException(failures);

        async Task Try(Func<Task> errand)
        {
            try
            {
                await errand();
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                failures.Add(e);
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "Reminders or mails could not be worked through")]
    private static partial void Failed(ILogger log, Exception exception);
}
