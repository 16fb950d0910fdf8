using System.Collections.Concurrent;

namespace Palermo.Exchange.Delivery;

/// <summary>
/// How long a node that was not reached several times in a row is left alone. That a line is down is no fault of the messages: they wait together,
/// one finds out for all, and all go out as soon as the line is back. A single cut connection says nothing yet. It is kept in memory only; a node
/// that starts anew tries at once.
/// </summary>
internal sealed class LinePace
{
    private static readonly TimeSpan[] Waits = [TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2)];
    private static readonly TimeSpan LongestAsked = TimeSpan.FromMinutes(15);
    private const int InARow = 3;
    private readonly ConcurrentDictionary<string, (int Failures, DateTimeOffset Until)> _resting = new(StringComparer.Ordinal);

    /// <summary>Whether a node is left alone now.</summary>
    internal bool Rests(string party, DateTimeOffset now) => _resting.TryGetValue(party, out var resting) && now < resting.Until;

    /// <summary>Whether a node was not reached when it was tried last.</summary>
    internal bool InDoubt(string party) => _resting.ContainsKey(party);

    /// <summary>A node was not reached. Several that find it out while it is left alone count once.</summary>
    /// <param name="party">The node.</param>
    /// <param name="now">Now.</param>
    /// <param name="after">When it asked to be tried again, which is followed up to a quarter of an hour; null when it did not.</param>
    internal void Failed(string party, DateTimeOffset now, TimeSpan? after = null) =>
        _resting.AddOrUpdate(party, _ => (1, now + Pause(1, after)), (_, known) => now < known.Until ? known : (known.Failures + 1, now + Pause(known.Failures + 1, after)));

    /// <summary>A node answered, whatever it said.</summary>
    internal void Reached(string party) => _resting.TryRemove(party, out _);

    private static TimeSpan Pause(int failures, TimeSpan? after)
    {
        var pause = failures < InARow ? TimeSpan.Zero : Waits[Math.Min(failures - InARow, Waits.Length - 1)];
        return after is not { } asked || asked < pause ? pause : asked < LongestAsked ? asked : LongestAsked;
    }
}
