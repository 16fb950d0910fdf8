namespace Palermo.Access.SignIn;

/// <summary>
/// Counts failures and makes whoever fails wait, longer each time. Failures count for an account from one network, or for an account from
/// one device that signed in before: what strangers try elsewhere never makes the owner wait. Kept in memory, bounded.
/// </summary>
internal sealed class Guesses(TimeProvider clock)
{
    /// <summary>Failures that cost nothing.</summary>
    internal const int Free = 5;

    private const int Most = 50_000;
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Forgotten = TimeSpan.FromHours(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Count> _counts = new(StringComparer.Ordinal);

    /// <summary>Counts a try as failed until it succeeds, so that many at once do not slip through; answers how long to wait instead, zero when it may be made.</summary>
    /// <param name="key">Whose tries.</param>
    /// <param name="free">Failures that cost nothing.</param>
    /// <param name="fades">After how long one failure is forgotten while others go on; null when only a quiet hour forgets.</param>
    internal TimeSpan Begin(string key, int free = Free, TimeSpan? fades = null)
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            var (failures, last, since) = _counts.TryGetValue(key, out var found) && now - found.Last < Forgotten ? found : new Count(0, now, now);
            if (fades is { } each && (int)((now - since) / each) is > 0 and var faded) (failures, since) = (Math.Max(0, failures - faded), since + (faded * each));
            if (failures >= free)
            {
                var wait = Delay(failures - free) - (now - last);
                if (wait > TimeSpan.Zero) return wait;
            }

            if (_counts.Count >= Most && !_counts.ContainsKey(key)) Shrink(now);
            _counts[key] = new(failures + 1, now, since);
            return TimeSpan.Zero;
        }
    }

    /// <summary>The try succeeded: nothing counts any more.</summary>
    internal void Succeeded(string key)
    {
        lock (_lock) _counts.Remove(key);
    }

    /// <summary>The try succeeded, but the key is shared: only this try stops counting, so that whoever has an account of their own cannot wipe out what failed elsewhere.</summary>
    internal void TakeBack(string key)
    {
        lock (_lock)
        {
            if (_counts.TryGetValue(key, out var found)) _counts[key] = found with { Failures = Math.Max(0, found.Failures - 1) };
        }
    }

    /// <summary>One second after the free failures, then twice as long each time, up to a quarter of an hour.</summary>
    internal static TimeSpan Delay(int over) => over >= 10 ? Longest : TimeSpan.FromSeconds(Math.Min(Longest.TotalSeconds, 1 << over));

    private void Shrink(DateTimeOffset now)
    {
        foreach (var (key, count) in _counts)
            if (now - count.Last >= Forgotten) _counts.Remove(key);
        if (_counts.Count < Most) return;
        foreach (var (key, _) in _counts.OrderBy(c => c.Value.Last).Take(Most / 10).ToArray()) _counts.Remove(key);
    }

    [System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
    private readonly record struct Count(int Failures, DateTimeOffset Last, DateTimeOffset Since);
}
