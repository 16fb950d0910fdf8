using Palermo.Data;
using Palermo.Kernel;
using Palermo.Treaties.Registry;

namespace Palermo.Treaties;

/// <summary>The Treaties module of one node: who is bound by what, and what carries a request.</summary>
public sealed class TreatyModule
{
    private const int RememberedDays = 8;

    private readonly Lock _lock = new();
    private readonly LinkedList<TreatyRegistry> _earlier = [];
    private TreatyRegistry? _current;
    private long _looked;

    private TreatyModule(PalermoDatabase database, TreatyReference reference, Texts texts, TimeProvider clock)
    {
        (Database, Reference, Texts, Clock) = (database, reference, texts, clock);
        Version = typeof(TreatyModule).Module.ModuleVersionId.ToString("N")[..8] + ShippedFacts.Hash(reference.Folder)[..8];
    }

    /// <summary>The node's record.</summary>
    public PalermoDatabase Database { get; }

    /// <summary>What does not depend on facts.</summary>
    public TreatyReference Reference { get; }

    /// <summary>The interface's texts.</summary>
    public Texts Texts { get; }

    /// <summary>The clock.</summary>
    public TimeProvider Clock { get; }

    /// <summary>Changes with the program and with the tables in <c>data/</c>.</summary>
    public string Version { get; }

    /// <summary>Today, in UTC.</summary>
    public DateOnly Today => DateOnly.FromDateTime(Clock.GetUtcNow().UtcDateTime);

    /// <summary>Reads <c>data/</c>, prepares the record and brings the shipped facts into it.</summary>
    /// <exception cref="DataFileException">A data file is broken.</exception>
    /// <exception cref="RefusedException">The record cannot be opened.</exception>
    public static TreatyModule Open(PalermoDatabase database, string dataFolder, Texts texts, TimeProvider clock)
    {
        var reference = TreatyReference.Load(dataFolder);
        database.Prepare();
        ShippedFacts.Bring(database, reference, clock);
        return new TreatyModule(database, reference, texts, clock);
    }

    /// <summary>What is known now. Looks once a second whether another program recorded something.</summary>
    public TreatyRegistry Registry()
    {
        var now = Clock.GetTimestamp();
        var current = Volatile.Read(ref _current);
        if (current is not null && Clock.GetElapsedTime(Volatile.Read(ref _looked), now) < TimeSpan.FromSeconds(1)) return current;
        lock (_lock)
        {
            if (_current is null || _current.Head != Database.Head())
            {
                var (head, facts) = Database.Read(null);
                Volatile.Write(ref _current, TreatyRegistry.Build(Reference, facts, null, head));
            }

            Volatile.Write(ref _looked, now);
            return _current!;
        }
    }

    /// <summary>What was known at the end of a day; today's knowledge when no day is given.</summary>
    public TreatyRegistry Registry(DateOnly? knownOn)
    {
        var current = Registry();
        if (knownOn is not { } day || day >= Today) return current;
        lock (_lock)
        {
            if (_earlier.FirstOrDefault(r => r.KnownOn == day && r.Head == current.Head) is { } found) return found;
            var (head, facts) = Database.Read(day.AddDays(1).ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc));
            var registry = TreatyRegistry.Build(Reference, facts, day, head);
            _earlier.AddFirst(registry);
            if (_earlier.Count > RememberedDays) _earlier.RemoveLast();
            return registry;
        }
    }

    /// <summary>Has the next question read the record afresh; called after recording something.</summary>
    internal void Refresh()
    {
        lock (_lock) Volatile.Write(ref _current, null);
    }
}
