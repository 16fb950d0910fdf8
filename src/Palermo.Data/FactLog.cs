using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using Palermo.Data.Facts;
using Palermo.Kernel;

namespace Palermo.Data;

/// <summary>What a batch is about to record.</summary>
/// <param name="Added">New facts.</param>
/// <param name="Withdrawn">Facts taken back.</param>
public sealed record Changes(IReadOnlyList<Fact> Added, IReadOnlyList<Fact> Withdrawn)
{
    /// <summary>Whether there is nothing to record.</summary>
    public bool None => Added.Count == 0 && Withdrawn.Count == 0;

    /// <summary>What leads from one set of facts to another: what says the same stays, the rest is taken back or added.</summary>
    public static Changes Between(IEnumerable<Fact> current, IEnumerable<Fact> wanted)
    {
        var have = current.GroupBy(Key).ToDictionary(g => g.Key, g => new Queue<Fact>(g));
        var added = new List<Fact>();
        foreach (var fact in wanted)
        {
            if (have.TryGetValue(Key(fact), out var same) && same.Count > 0) same.Dequeue();
            else added.Add(fact);
        }

        return new Changes(added, [.. have.Values.SelectMany(q => q)]);

        static (Type, string) Key(Fact fact) => (fact.GetType(), fact.Content);
    }
}

/// <summary>Reads and extends the append-only record.</summary>
public static class FactLog
{
    /// <summary>SQLITE_CONSTRAINT_UNIQUE and SQLITE_CONSTRAINT_PRIMARYKEY; other constraints are faults of the program, not other writers.</summary>
    private const int UniqueViolation = 2067, PrimaryKeyViolation = 1555, TriggerViolation = 1811;

    /// <summary>Number of the last batch, 0 for an empty record. It changes whenever anything is recorded.</summary>
    public static int Head(PalermoContext context) =>
        context.Batches.OrderByDescending(b => b.Number).Select(b => b.Number).FirstOrDefault();

    /// <summary>All facts that counted at a time, by the order in which they were recorded.</summary>
    /// <param name="context">The record.</param>
    /// <param name="knownBefore">Only what was learned before this instant (UTC); null for everything known now.</param>
    public static List<Fact> Read(PalermoContext context, DateTime? knownBefore)
    {
        context.Database.OpenConnection();
        return FactReader.Read(context.Database.GetDbConnection(), knownBefore, context.Database.CurrentTransaction?.GetDbTransaction());
    }

    /// <summary>The texts of a depositary's file that count now.</summary>
    public static List<TreatyTextFact> ReadTexts(PalermoContext context, string instrument) => [.. Texts(context, instrument).OrderBy(t => t.Id)];

    /// <summary>How many of those texts had been learned before an instant (UTC), or at all; counted by the database, because they can be long.</summary>
    public static int CountTexts(PalermoContext context, string instrument, DateTime? learnedBefore) =>
        learnedBefore is { } until ? Texts(context, instrument).Count(t => t.LearnedAt < until) : Texts(context, instrument).Count();

    private static IQueryable<TreatyTextFact> Texts(PalermoContext context, string instrument)
    {
        var table = TableOf(typeof(TreatyTextFact));
        return context.TreatyTexts.AsNoTracking()
            .Where(t => t.Instrument == instrument && !context.Withdrawals.Any(w => w.FactTable == table && w.FactId == t.Id));
    }

    /// <summary>Records changes as one batch, all of it or nothing.</summary>
    /// <param name="context">The record.</param>
    /// <param name="basedOn">The <see cref="Head"/> the changes were worked out on.</param>
    /// <param name="origin">shipped, import or entry.</param>
    /// <param name="title">For a person.</param>
    /// <param name="hash">SHA-256 of the file, or empty.</param>
    /// <param name="changes">What to record. Facts that carry no <see cref="Fact.LearnedAt"/> are learned now.</param>
    /// <param name="clock">The clock.</param>
    /// <returns>The batch's number.</returns>
    /// <exception cref="RefusedException">Somebody recorded something since <paramref name="basedOn"/>; nothing was written.</exception>
    public static int Append(PalermoContext context, int basedOn, string origin, string title, string hash, Changes changes, TimeProvider clock)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var number = basedOn + 1;
        try
        {
            using var transaction = context.Database.BeginTransaction();
            if (Head(context) != basedOn) throw Overtaken();
            context.Batches.Add(new Batch { Number = number, Origin = origin, Title = title, Hash = hash, RecordedAt = now });
            foreach (var fact in changes.Added)
            {
                fact.Batch = number;
                if (fact.LearnedAt == default) fact.LearnedAt = now;
                if (fact.Source.Length == 0) fact.Source = $"batch:{number}";
                context.Add(fact);
            }

            foreach (var fact in changes.Withdrawn)
                context.Withdrawals.Add(new Withdrawal { Batch = number, LearnedAt = now, FactTable = TableOf(fact.GetType()), FactId = fact.Id });
            context.SaveChanges();
            transaction.Commit();
            return number;
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } or SqliteException { SqliteExtendedErrorCode: UniqueViolation or PrimaryKeyViolation or TriggerViolation })
        {
            throw Overtaken();
        }
        catch (Exception e) when ((e as SqliteException ?? e.InnerException as SqliteException) is { SqliteErrorCode: 5 or 6 })
        {
            throw new RefusedException("refused.busy") { Conflict = true };
        }

        static RefusedException Overtaken() => new("refused.overtaken") { Conflict = true };
    }

    internal static string TableOf(Type fact) => fact.Name;
}
