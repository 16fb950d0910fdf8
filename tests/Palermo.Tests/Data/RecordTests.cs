using Microsoft.EntityFrameworkCore;
using Palermo.Data;
using Palermo.Data.Audit;
using Palermo.Data.Facts;
using Palermo.Kernel;
using Palermo.Tests.Support;
using Palermo.Treaties;
using Palermo.Treaties.Participation;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Data;

/// <summary>The append-only record, on both databases.</summary>
public sealed class RecordTests
{
    [Theory, EveryDatabase]
    public void AnEmptyDatabaseTakesTheShippedFactsAsTheyAre(Provider provider)
    {
        using var record = TestRecord.Empty(provider);
        var module = record.Open();
        record.Head().ShouldBe(1);
        module.Registry().Facts.Select(Sorted).Order(StringComparer.Ordinal).ShouldBe(Shipped.Facts.Select(Sorted).Order(StringComparer.Ordinal));
    }

    [Theory, EveryDatabase]
    public void TheShippedFactsGiveTheSameResultsAsWithoutADatabase(Provider provider)
    {
        using var record = TestRecord.Shipped(provider);
        var registry = record.Open().Registry();
        foreach (var instrument in Shipped.Reference.Instruments)
        {
            foreach (var day in new[] { "1990-11-11", "2003-09-29", "2013-04-25", "2014-07-10", "2014-07-11", "2026-06-01" })
            {
                var (stored, direct) = (StatusOn.Report(registry, registry.Instrument(instrument.Id), Shipped.Day(day)), StatusOn.Report(Shipped.Registry, instrument, Shipped.Day(day)));
                System.Text.Json.JsonSerializer.Serialize(stored).ShouldBe(System.Text.Json.JsonSerializer.Serialize(direct));
            }
        }
    }

    [Theory, EveryDatabase]
    public void OpeningAgainRecordsNothing(Provider provider)
    {
        using var record = TestRecord.Empty(provider);
        record.Open();
        record.Open();
        using var context = record.Database.Connect();
        context.Batches.Count().ShouldBe(1);
        context.Withdrawals.Count().ShouldBe(0);
        context.Participation.Count().ShouldBe(Shipped.Facts.OfType<ParticipationFact>().Count());
    }

    [Theory, EveryDatabase]
    public async Task TwoProgramsThatStartAtOnceOnANewRecordBothGoOn(Provider provider)
    {
        using var record = TestRecord.Empty(provider);
        record.Database.Prepare();
        using var gate = new Barrier(2);
        var parties = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Factory.StartNew(() =>
        {
            gate.SignalAndWait();
            return record.Open().Registry().Facts.Count;
        }, TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        parties.ShouldBe([Shipped.Facts.Count, Shipped.Facts.Count]);
        record.Head().ShouldBe(1);
    }

    [Theory, EveryDatabase]
    public void NewShippedFactsAddAndWithdrawWithoutOverwriting(Provider provider)
    {
        using var record = TestRecord.Shipped(provider);
        using var folder = new TestFolder();
        TestFolder.Copy(Repository.Data, folder.Path);
        var file = folder.File("treaties/participation.csv");
        var lines = File.ReadAllLines(file);
        File.WriteAllLines(file, lines.Where((_, i) => i != 1).Append("untoc,IRN,Iran,ratification,2026-05-30,recalled,stated,low,,"));

        var module = record.Open(folder.Path);
        record.Head().ShouldBe(2);
        using var context = record.Database.Connect();
        context.Withdrawals.Count().ShouldBe(1);
        context.Participation.Count().ShouldBe(Shipped.Facts.OfType<ParticipationFact>().Count() + 1);
        var iran = module.Registry().Facts.OfType<ParticipationFact>().Single(f => f is { State: "IRN", Instrument: "untoc", Action: "ratification" });
        iran.LearnedAt.ShouldBe(record.Clock.GetUtcNow().UtcDateTime, TimeSpan.FromSeconds(1));
        module.Registry().Facts.Count.ShouldBe(Shipped.Facts.Count);
        module.Registry(Shipped.Day("2026-05-31")).Facts.OfType<ParticipationFact>().ShouldNotContain(f => f.State == "IRN" && f.Action == "ratification" && f.Instrument == "untoc");
    }

    [Theory, EveryDatabase]
    public void TheDatabaseItselfRefusesToChangeOrDelete(Provider provider)
    {
        using var record = TestRecord.Shipped(provider);
        using var context = record.Database.Connect();
        string[] tables = ["batches", "withdrawals", "participation", "known_parties", "declarations", "territorial", "knowledge", "treaty_texts", "bilateral_treaties"];
        Withdraw(record);
        var onlyGrows = context.Model.GetEntityTypes().Where(t => typeof(Fact).IsAssignableFrom(t.ClrType) || typeof(IOnlyGrows).IsAssignableFrom(t.ClrType) || t.ClrType == typeof(Batch) || t.ClrType == typeof(Withdrawal))
            .Select(t => t.GetTableName()!).ToList();
        onlyGrows.ShouldBe(tables.Concat(["audit", "step_versions", "frozen_requests", "request_events", "thread_messages", "authority_versions", "authority_confirmations", "custody_entries"]), ignoreOrder: true);
        var triggers = context.Database.SqlQueryRaw<string>(provider == Provider.Sqlite
            ? "SELECT name AS \"Value\" FROM sqlite_master WHERE type = 'trigger'" : "SELECT tgname::text AS \"Value\" FROM pg_trigger").ToList();
        foreach (var table in onlyGrows)
            foreach (var trigger in provider == Provider.Sqlite ? new[] { "no_update", "no_delete", "no_replace" } : ["only_grows"]) triggers.ShouldContain($"{table}_{trigger}");
        foreach (var table in tables)
        {
            var column = table == "batches" ? "number" : "batch";
            if (table is "treaty_texts" or "bilateral_treaties" && provider == Provider.Sqlite) continue; // no rows, and SQLite asks row by row
            foreach (var sql in new[] { $"UPDATE {table} SET {column} = {column}", $"DELETE FROM {table}" })
                Should.Throw<System.Data.Common.DbException>(() => context.Database.ExecuteSqlRaw(sql), sql).Message.ShouldContain("the record only grows");
        }

        if (provider == Provider.Postgres)
            Should.Throw<System.Data.Common.DbException>(() => context.Database.ExecuteSqlRaw("TRUNCATE participation CASCADE")).Message.ShouldContain("the record only grows");
    }

    [Theory]
    [InlineData("INSERT OR REPLACE INTO batches SELECT * FROM batches")]
    [InlineData("INSERT OR REPLACE INTO participation SELECT * FROM participation LIMIT 1")]
    [InlineData("INSERT OR REPLACE INTO withdrawals SELECT * FROM withdrawals")]
    [InlineData("INSERT OR REPLACE INTO withdrawals (batch, learned_at, fact_table, fact_id) SELECT batch, learned_at, fact_table, fact_id FROM withdrawals")]
    public void SqliteRefusesToReplace(string sql)
    {
        using var record = TestRecord.Shipped(Provider.Sqlite);
        Withdraw(record);
        using var context = record.Database.Connect();
        Should.Throw<System.Data.Common.DbException>(() => context.Database.ExecuteSqlRaw(sql)).Message.ShouldContain("the record only grows");
    }

    [Theory, EveryDatabase]
    public async Task TheProgramRefusesToChangeOrDelete(Provider provider)
    {
        using var record = TestRecord.Shipped(provider);
        await using var context = record.Database.Connect();
        var fact = context.Participation.First();
        fact.Source = "changed";
        Should.Throw<InvalidOperationException>(() => context.SaveChanges());
        await Should.ThrowAsync<InvalidOperationException>(() => context.SaveChangesAsync(TestContext.Current.CancellationToken));
        context.ChangeTracker.Clear();
        context.Remove(context.Participation.First());
        Should.Throw<InvalidOperationException>(() => context.SaveChanges());
        await using var again = record.Database.Connect();
        again.Participation.Any(p => p.Source == "changed").ShouldBeFalse();
    }

    [Theory, EveryDatabase]
    public void OfTwoWritersFromTheSameStateTheSecondIsToldAndNothingIsLost(Provider provider)
    {
        using var record = TestRecord.Shipped(provider);
        using var first = record.Database.Connect();
        using var second = record.Database.Connect();
        Append(first, 1, "IRN", record).ShouldBe(2);
        var told = Should.Throw<RefusedException>(() => Append(second, 1, "JPN", record));
        (told.Text.Key, told.Conflict).ShouldBe(("refused.overtaken", true));

        using var fresh = record.Database.Connect();
        fresh.Batches.Count().ShouldBe(2);
        Append(fresh, 2, "JPN", record).ShouldBe(3);
        FactLog.Read(fresh, null).OfType<ParticipationFact>().Count(f => f.Note == "test").ShouldBe(2);
    }

    [Theory, EveryDatabase]
    public async Task OfManyWritersAtOnceExactlyOneWins(Provider provider)
    {
        using var record = TestRecord.Shipped(provider);
        using var gate = new Barrier(4);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Task.Factory.StartNew(() =>
        {
            using var context = record.Database.Connect();
            gate.SignalAndWait();
            try
            {
                Append(context, 1, new[] { "IRN", "JPN", "COG", "PLW" }[i], record);
                return true;
            }
            catch (RefusedException e) when (e.Conflict)
            {
                return false;
            }
        }, TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        outcomes.Count(won => won).ShouldBe(1);
        using var context = record.Database.Connect();
        FactLog.Read(context, null).OfType<ParticipationFact>().Count(f => f.Note == "test").ShouldBe(1);
        record.Head().ShouldBe(2);
    }

    [Theory, EveryDatabase]
    public void ACrashInTheMiddleLeavesNothing(Provider provider)
    {
        using var record = TestRecord.Shipped(provider);
        using (var context = record.Database.Connect())
        {
            // The second fact cannot be stored, after the batch and the first fact went to the database.
            var broken = new ParticipationFact { Instrument = null!, State = "JPN", Action = "ratification", Date = Shipped.Day("2017-07-11"), DateBasis = "stated", Confidence = "high" };
            Should.Throw<DbUpdateException>(() => FactLog.Append(context, 1, "entry", "broken", "", new Changes([Fact("IRN"), broken], []), record.Clock));
        }

        Untouched(record);
    }

    [Theory, EveryDatabase]
    public void AnInterruptionBeforeTheEndLeavesNothing(Provider provider)
    {
        using var record = TestRecord.Shipped(provider);
        using (var context = record.Database.Connect())
        {
            context.SavedChanges += (_, _) => throw new InvalidOperationException("power cut");
            Should.Throw<InvalidOperationException>(() => Append(context, 1, "IRN", record)).Message.ShouldBe("power cut");
        }

        Untouched(record);
    }

    [Theory, EveryDatabase]
    public void AWithdrawnFactNoLongerCountsAndStaysReadableAsWhatWasKnown(Provider provider)
    {
        using var record = TestRecord.Shipped(provider);
        Withdraw(record);
        var module = record.Open();
        var before = module.Registry(Shipped.Day("2026-05-31"));
        module.Registry().Facts.Count.ShouldBe(Shipped.Facts.Count - 1);
        before.Facts.Count.ShouldBe(Shipped.Facts.Count);
        before.KnownOn.ShouldBe(Shipped.Day("2026-05-31"));
    }

    [Theory, EveryDatabase]
    public void WhatWasLearnedLaterWasNotKnownBefore(Provider provider)
    {
        using var record = TestRecord.Shipped(provider);
        var module = record.Open();
        int Parties(string? known) => StatusOn.Report(module.Registry(known is null ? null : Shipped.Day(known)), module.Reference.Find("firearms-protocol")!, Shipped.Day("2013-04-25")).Parties;
        Parties(null).ShouldBe(98);
        Parties("2014-03-01").ShouldBe(97);
        Parties("2014-03-18").ShouldBe(97);
        Parties("2014-03-19").ShouldBe(98);
        var report = StatusOn.Report(module.Registry(Shipped.Day("2014-03-01")), module.Reference.Find("firearms-protocol")!, Shipped.Day("2014-03-02"));
        (report.Complete, report.AsAt, report.Known).ShouldBe((false, Shipped.Day("2014-03-01"), Shipped.Day("2014-03-01")));
    }

    [Theory, EveryDatabase]
    public void AnotherProgramsEntryIsSeenAfterASecond(Provider provider)
    {
        using var record = TestRecord.Shipped(provider);
        var module = record.Open();
        module.Registry().Head.ShouldBe(1);
        using (var other = record.Database.Connect()) Append(other, 1, "IRN", record);
        record.Clock.Advance(TimeSpan.FromSeconds(2));
        module.Registry().Head.ShouldBe(2);
    }

    [Theory, EveryDatabase]
    public void TextsOfEveryScriptComeBackAsTheyWere(Provider provider)
    {
        using var record = TestRecord.Shipped(provider);
        const string Text = "Ünïcödé Россия العربية 中文 😀 'quoted' \"double\" \\ back\nline";
        using (var context = record.Database.Connect())
            FactLog.Append(context, 1, "entry", Text, "", new Changes([new TreatyTextFact { Instrument = "untoc", Section = "end-notes", Language = "en", Text = Text }], []), record.Clock);
        using var again = record.Database.Connect();
        FactLog.ReadTexts(again, "untoc").ShouldHaveSingleItem().Text.ShouldBe(Text);
        again.Batches.Single(b => b.Number == 2).Title.ShouldBe(Text);
    }

    private static void Untouched(TestRecord record)
    {
        using var context = record.Database.Connect();
        context.Batches.Count().ShouldBe(1);
        context.Participation.Count().ShouldBe(Shipped.Facts.OfType<ParticipationFact>().Count());
        Append(context, 1, "IRN", record).ShouldBe(2);
    }

    private static void Withdraw(TestRecord record)
    {
        using var context = record.Database.Connect();
        var fact = FactLog.Read(context, null).OfType<ParticipationFact>().First(f => f is { Instrument: "untoc", State: "ITA", Action: "ratification" });
        FactLog.Append(context, 1, "entry", "withdrawn", "", new Changes([], [fact]), record.Clock);
    }

    private static int Append(PalermoContext context, int basedOn, string state, TestRecord record) =>
        FactLog.Append(context, basedOn, "entry", state, "", new Changes([Fact(state)], []), record.Clock);

    private static ParticipationFact Fact(string state) =>
        new() { Instrument = "untoc", State = state, Action = "accession", Date = new DateOnly(2026, 5, 1), DateBasis = "stated", Confidence = "high", Note = "test" };

    private static string Sorted(Fact fact) => $"{fact.GetType().Name} {fact.Content} {fact.Source} {fact.LearnedAt:O}";
}
