using Palermo.Data;
using Palermo.Kernel;
using Palermo.Kernel.Access;

namespace Palermo.Access;

/// <summary>The Access module of one node: organizations, people, sign-in, tokens and the audit trail.</summary>
/// <param name="database">The node's record.</param>
/// <param name="texts">The interface's texts.</param>
/// <param name="clock">The clock.</param>
public sealed class AccessModule(PalermoDatabase database, Texts texts, TimeProvider clock)
{
    private int _version;

    /// <summary>The node's record.</summary>
    public PalermoDatabase Database { get; } = database;

    /// <summary>The interface's texts.</summary>
    public Texts Texts { get; } = texts;

    /// <summary>The clock.</summary>
    public TimeProvider Clock { get; } = clock;

    /// <summary>Now, UTC.</summary>
    internal DateTime Now => Clock.GetUtcNow().UtcDateTime;

    /// <summary>Grows with every change this process makes to people, roles, sessions and tokens; what was remembered before no longer counts.</summary>
    internal int Version => Volatile.Read(ref _version);

    /// <summary>Changes people, roles, sessions or tokens.</summary>
    internal T Change<T>(Actor actor, Func<Change, T> change)
    {
        try
        {
            return Data.Change.Make(Database, actor, Clock, change);
        }
        finally
        {
            Forget();
        }
    }

    /// <summary>Changes people, roles, sessions or tokens.</summary>
    internal void Change(Actor actor, Action<Change> change) => Change(actor, c =>
    {
        change(c);
        return true;
    });

    /// <summary>Has the next request read from the record who is asking.</summary>
    internal void Forget() => Interlocked.Increment(ref _version);
}
