using System.Collections.Concurrent;

namespace Palermo.Access;

/// <summary>What was read from the record a moment ago, so that a page with its parts asks once. Bounded; dropped when this process changes anything.</summary>
internal sealed class Remembered<T>(AccessModule access)
    where T : class
{
    private const int Most = 10_000;
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, (T Value, DateTime At, int Version)> _entries = new(StringComparer.Ordinal);

    /// <summary>What is remembered under a key; null when it has to be read.</summary>
    internal T? Find(string key) =>
        _entries.TryGetValue(key, out var entry) && entry.Version == access.Version && access.Now - entry.At < Fresh ? entry.Value : null;

    /// <summary>Remembers what was read while the module was at a version.</summary>
    internal void Keep(string key, T value, int version)
    {
        if (_entries.Count >= Most) _entries.Clear();
        _entries[key] = (value, access.Now, version);
    }
}
