using System.Collections.Concurrent;

namespace Palermo.Requests.Figures;

/// <summary>What is made once and kept for a while; of those who ask for the same at once one makes it. A failure is not kept.</summary>
/// <param name="clock">The clock.</param>
/// <param name="lasts">How long.</param>
/// <param name="most">How many are kept; when there are more, all are forgotten.</param>
internal sealed class Kept<TKey, TValue>(TimeProvider clock, TimeSpan lasts, int most)
    where TKey : notnull
{
    private readonly ConcurrentDictionary<TKey, (DateTimeOffset At, Lazy<TValue> Value)> _made = new();

    /// <summary>The value of a key, made when there is none or it is too old.</summary>
    internal TValue Of(TKey key, Func<TValue> make)
    {
        var now = clock.GetUtcNow();
        foreach (var old in _made.Where(m => now - m.Value.At >= lasts)) _made.TryRemove(old);
        if (_made.Count >= most) _made.Clear();
        var entry = _made.GetOrAdd(key, _ => (now, new Lazy<TValue>(make)));
        try
        {
            return entry.Value.Value;
        }
        catch
        {
            _made.TryRemove(new KeyValuePair<TKey, (DateTimeOffset, Lazy<TValue>)>(key, entry));
            throw;
        }
    }
}
