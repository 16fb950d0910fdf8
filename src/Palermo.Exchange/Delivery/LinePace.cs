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
    private const int InARow = 3;
    private readonly ConcurrentDictionary<string, (int Failures, DateTimeOffset Until)> _resting = new(StringComparer.Ordinal);

    /// <summary>Whether a node is left alone now.</summary>
    internal bool Rests(string party, DateTimeOffset now) => _resting.TryGetValue(party, out var resting) && now < resting.Until;

    /// <summary>A node was not reached. Several that find it out while it is left alone count once.</summary>
    internal void Failed(string party, DateTimeOffset now) =>
        _resting.AddOrUpdate(party, _ => (1, now), (_, known) => now < known.Until ? known : (known.Failures + 1, known.Failures + 1 < InARow ? now : now + Waits[Math.Min(known.Failures + 1 - InARow, Waits.Length - 1)]));

    /// <summary>A node answered, whatever it said.</summary>
    internal void Reached(string party) => _resting.TryRemove(party, out _);
}
