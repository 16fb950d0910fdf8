using System.Collections.Concurrent;
using Palermo.Kernel;

namespace Palermo.Exchange.Delivery;

/// <summary>
/// Which packages did not move, how often and until when they rest: what fails again and again must neither keep others waiting nor be read anew all the
/// time. It is kept in memory only; a node that starts anew tries at once.
/// </summary>
/// <param name="clock">The clock.</param>
internal sealed class FailedMoves(TimeProvider clock)
{
    /// <summary>A line that comes back is not left unused.</summary>
    private static readonly TimeSpan LongestOfLine = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<Guid, (int Failures, DateTimeOffset Until)> _failed = new();

    /// <summary>Everything that failed.</summary>
    internal IReadOnlyList<Guid> All => [.. _failed.Keys];

    /// <summary>What failed and has rested enough, the longest rested first.</summary>
    internal IReadOnlyList<Guid> Rested => [.. _failed.Where(f => f.Value.Until <= clock.GetUtcNow()).OrderBy(f => f.Value.Until).Select(f => f.Key)];

    /// <summary>Whether a package rests now.</summary>
    internal bool Rests(Guid package) => _failed.TryGetValue(package, out var failed) && clock.GetUtcNow() < failed.Until;

    /// <summary>Does something with a package, and keeps in mind whether it failed.</summary>
    internal async Task Watch(Guid package, Func<Task> move, CancellationToken cancel)
    {
        try
        {
            await move();
            _failed.TryRemove(package, out _);
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            Failed(package, e);
            throw;
        }
    }

    /// <summary>A package did not move.</summary>
    internal void Failed(Guid package, Exception e)
    {
        var now = clock.GetUtcNow();
        _failed.AddOrUpdate(package, _ => (1, now + Pause(1, e)), (_, known) => (known.Failures + 1, now + Pause(known.Failures + 1, e)));
    }

    private static TimeSpan Pause(int failures, Exception e)
    {
        var pause = Attempts.WaitAfter(failures);
        return pause > LongestOfLine && (LineFault.Is(e) || e is RefusedException { Text.Key: "package.line.given-up" }) ? LongestOfLine : pause;
    }
}
