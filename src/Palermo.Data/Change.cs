using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Palermo.Data.Audit;
using Palermo.Kernel;
using Palermo.Kernel.Access;

namespace Palermo.Data;

/// <summary>
/// One change of the record with its audit entries: all of it is written, or nothing. Changes follow one another: each holds the
/// writer's place from its beginning (SQLite's write lock, PostgreSQL's advisory lock), so what it read cannot be overtaken.
/// </summary>
public sealed class Change
{
    private const long ChainLock = 0x50414c45524d4f;
    private const int Attempts = 5;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly byte[] First = new byte[32];

    private readonly List<(string Act, string Subject, string Part, string Before, string After)> _entries = [];

    private Change(PalermoContext context, Actor actor, DateTime now) => (Context, Actor, Now) = (context, actor, now);

    /// <summary>The record, within the change's transaction; the change saves it.</summary>
    public PalermoContext Context { get; }

    /// <summary>Who changes.</summary>
    public Actor Actor { get; }

    /// <summary>The change's time, UTC.</summary>
    public DateTime Now { get; }

    /// <summary>Adds an entry to the audit trail.</summary>
    /// <param name="act">Code such as <c>request.approved</c>.</param>
    /// <param name="subject">What it was done to: the identifier of a case for everything within it.</param>
    /// <param name="part">More precisely within the subject.</param>
    /// <param name="before">Before; empty when there was nothing.</param>
    /// <param name="after">After; empty when there is nothing.</param>
    public void Audit(string act, string subject, string part = "", string before = "", string after = "") =>
        _entries.Add((act, subject, Whole(part), Whole(before), Whole(after)));

    /// <summary>A text as both databases keep it whole: without NUL, at which one would cut it, and without halves of characters, which the other refuses.</summary>
    private static string Whole(string text)
    {
        if (!text.Any(c => c == '\0' || char.IsSurrogate(c))) return text;
        var whole = new System.Text.StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            if (rune.Value != 0) whole.Append(rune);
        return whole.ToString();
    }

    /// <summary>Makes a change. The function may run again when the database was busy, so it must do nothing but change the context.</summary>
    /// <exception cref="RefusedException">Thrown by the function, or the record stayed busy (conflict); nothing was written.</exception>
    public static T Make<T>(PalermoDatabase database, Actor actor, TimeProvider clock, Func<Change, T> change)
    {
        var began = clock.GetTimestamp();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var context = database.Connect();
                using var transaction = context.Database.BeginTransaction();
                if (database.IsPostgres) context.Database.ExecuteSql($"SELECT set_config('lock_timeout', '5s', true), pg_advisory_xact_lock({ChainLock})");
                var made = new Change(context, actor with { Name = Whole(actor.Name), From = Whole(actor.From) }, clock.GetUtcNow().UtcDateTime);
                var result = change(made);
                context.SaveChanges();
                made.Chain();
                transaction.Commit();
                return result;
            }
            catch (Exception e) when (IsBusy(e))
            {
                if (attempt == Attempts || clock.GetElapsedTime(began) > Patience) throw new RefusedException("refused.busy") { Conflict = true };
            }
        }
    }

    /// <summary>Makes a change that answers nothing.</summary>
    /// <inheritdoc cref="Make{T}"/>
    public static void Make(PalermoDatabase database, Actor actor, TimeProvider clock, Action<Change> change) =>
        Make(database, actor, clock, c =>
        {
            change(c);
            return true;
        });

    private void Chain()
    {
        if (_entries.Count == 0) return;
        var last = Context.Set<AuditEntry>().OrderByDescending(a => a.Number).Select(a => new { a.Number, a.Hash }).FirstOrDefault();
        var (number, hash) = (last?.Number ?? 0, last?.Hash ?? First);
        var at = new DateTimeOffset(Now, TimeSpan.Zero).ToUnixTimeMilliseconds();
        var person = Actor.Person?.ToString() ?? "";
        foreach (var (act, subject, part, before, after) in _entries)
        {
            number++;
            hash = AuditEntry.HashOf(hash, number, at, person, Actor.Name, Actor.From, act, subject, part, before, after);
            Context.Add(new AuditEntry
            {
                Number = number, At = at, Person = person, Name = Actor.Name, From = Actor.From, Act = act, Subject = subject, Part = part, Before = before, After = after, Hash = hash,
            });
        }

        Context.SaveChanges();
    }

    /// <summary>Whether the database refused because others write, and the same may succeed a moment later.</summary>
    public static bool IsBusy(Exception e)
    {
        ArgumentNullException.ThrowIfNull(e);
        return (e as SqliteException ?? e.InnerException as SqliteException) is { SqliteErrorCode: 5 or 6 }
            || (e as PostgresException ?? e.InnerException as PostgresException) is { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.LockNotAvailable }
            || (e as NpgsqlException ?? e.InnerException as NpgsqlException) is { InnerException: TimeoutException };
    }
}
