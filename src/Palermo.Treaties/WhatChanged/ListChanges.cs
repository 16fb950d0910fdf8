using Microsoft.EntityFrameworkCore;
using Palermo.Data;
using Palermo.Data.Facts;
using Palermo.Kernel;
using Palermo.Treaties.InForce;
using Palermo.Treaties.Registry;

namespace Palermo.Treaties.WhatChanged;

/// <summary>One act of participation.</summary>
/// <param name="Date">Day of the act.</param>
/// <param name="Instrument">Identifier.</param>
/// <param name="State">Alpha-3 code.</param>
/// <param name="Action">What was done, as a code.</param>
/// <param name="Effective">From when it binds, or for a denunciation from when it no longer does, if known.</param>
/// <param name="LearnedOn">When it became known, in UTC.</param>
/// <param name="Source">Where it is from.</param>
public sealed record HappenedLine(DateOnly Date, string Instrument, string State, string Action, DateOnly? Effective, DateOnly LearnedOn, string Source);

/// <summary>One fact that was recorded or taken back.</summary>
/// <param name="LearnedOn">When, in UTC.</param>
/// <param name="Change">recorded, corrected (recorded in place of what the same batch took back) or withdrawn.</param>
/// <param name="Fact">participation, known-party, declaration, territorial, knowledge, text or bilateral.</param>
/// <param name="Instrument">Identifier of the instrument or bilateral treaty.</param>
/// <param name="States">Alpha-3 codes of the states it is about.</param>
/// <param name="What">What the fact says, as a code; of a bilateral treaty its title.</param>
/// <param name="Date">The fact's own day, if it has one.</param>
/// <param name="Batch">Number of the batch.</param>
/// <param name="BatchTitle">Title of the batch.</param>
public sealed record LearnedLine(
    DateOnly LearnedOn, string Change, string Fact, string Instrument, IReadOnlyList<string> States, string What, DateOnly? Date, int Batch, string BatchTitle);

/// <summary>What happened, and what was learned, since a day; newest first.</summary>
/// <param name="Since">The day.</param>
/// <param name="Happened">Acts by their own day.</param>
/// <param name="HappenedComplete">False when older acts were left out.</param>
/// <param name="Learned">Facts by the time they were recorded or taken back.</param>
/// <param name="LearnedComplete">False when older ones were left out.</param>
public sealed record ChangesReport(
    DateOnly Since, IReadOnlyList<HappenedLine> Happened, bool HappenedComplete, IReadOnlyList<LearnedLine> Learned, bool LearnedComplete);

/// <summary>What changed since a day.</summary>
public static class ListChanges
{
    /// <summary>The largest number of lines of either kind.</summary>
    public const int Most = 500;

    /// <summary>One year before the newest act, so that there is something to read; today's record may end years ago.</summary>
    public static DateOnly DefaultSince(TreatyRegistry registry) =>
        registry.Facts.OfType<ParticipationFact>().Select(f => (DateOnly?)f.Date).Max() is { } newest ? newest.AddYears(-1) : new DateOnly(2000, 11, 15);

    /// <summary>Both lists since a day.</summary>
    public static ChangesReport Report(TreatyModule module, DateOnly since)
    {
        var happened = Happened(module.Registry(), since);
        var learned = Learned(module, since);
        return new ChangesReport(since, [.. happened.Take(Most)], happened.Count <= Most, [.. learned.Take(Most)], learned.Count <= Most);
    }

    /// <summary>Acts since a day, newest first, one more than <see cref="Most"/> when there are more.</summary>
    public static IReadOnlyList<HappenedLine> Happened(TreatyRegistry registry, DateOnly since) =>
    [
        .. registry.Facts.OfType<ParticipationFact>().Where(f => f.Date >= since)
            .OrderByDescending(f => f.Date).ThenBy(f => registry.Instrument(f.Instrument).Index).ThenBy(f => f.State, StringComparer.Ordinal).ThenBy(f => f.Action, StringComparer.Ordinal)
            .Take(Most + 1)
            .Select(f => new HappenedLine(f.Date, f.Instrument, f.State, f.Action, Effective(registry, f), DateOnly.FromDateTime(f.LearnedAt), f.Source)),
    ];

    private static DateOnly? Effective(TreatyRegistry registry, ParticipationFact act)
    {
        var bonds = registry.Standing(registry.Instrument(act.Instrument), registry.States.Find(act.State)!)?.Bonds ?? [];
        return act.Action == "denunciation"
            ? bonds.FirstOrDefault(b => b.Denounced == act.Date)?.Until
            : bonds.FirstOrDefault(b => b.Deposited == act.Date && b.Action == act.Action)?.From;
    }

    private static List<LearnedLine> Learned(TreatyModule module, DateOnly since)
    {
        using var context = module.Database.Connect();
        var from = since.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
        var withdrawals = context.Withdrawals.AsNoTracking().Where(w => w.LearnedAt >= from)
            .OrderByDescending(w => w.LearnedAt).ThenByDescending(w => w.Id).Take(Most + 1).ToArray();
        var ids = withdrawals.ToLookup(w => w.FactTable, w => w.FactId, StringComparer.Ordinal);
        var recorded = new List<Fact>();
        var takenBack = new Dictionary<(string, long), Fact>();
        Add(context.Participation);
        Add(context.KnownParties);
        Add(context.Declarations);
        Add(context.Territorial);
        Add(context.Knowledge);
        Add(context.BilateralTreaties);
        Add(context.TreatyTexts.Select(t => new TreatyTextFact
        {
            Id = t.Id, Batch = t.Batch, LearnedAt = t.LearnedAt, Source = t.Source, Instrument = t.Instrument, State = t.State, Section = t.Section, Language = t.Language, Text = "",
        }));

        var titles = context.Batches.AsNoTracking().ToDictionary(b => b.Number, b => b.Title);
        var replaced = withdrawals.Where(w => takenBack.ContainsKey((w.FactTable, w.FactId)))
            .Select(w => (w.Batch, About(takenBack[(w.FactTable, w.FactId)]))).ToHashSet();
        var lines = recorded.Select(f => (At: f.LearnedAt, f.Id, Line: Line(f, f.LearnedAt, replaced.Contains((f.Batch, About(f))) ? "corrected" : "recorded", f.Batch, titles[f.Batch])))
            .Concat(withdrawals.Where(w => takenBack.ContainsKey((w.FactTable, w.FactId)))
                .Select(w => (At: w.LearnedAt, w.Id, Line: Line(takenBack[(w.FactTable, w.FactId)], w.LearnedAt, "withdrawn", w.Batch, titles[w.Batch]))));
        return [.. lines.OrderByDescending(l => l.At).ThenBy(l => l.Line.Fact, StringComparer.Ordinal).ThenByDescending(l => l.Id).Select(l => l.Line).Take(Most + 1)];

        void Add<T>(IQueryable<T> table) where T : Fact
        {
            recorded.AddRange(table.AsNoTracking().Where(f => f.LearnedAt >= from).OrderByDescending(f => f.LearnedAt).ThenByDescending(f => f.Id).Take(Most + 1));
            var wanted = ids[typeof(T).Name].ToArray();
            if (wanted.Length == 0) return;
            foreach (var fact in table.AsNoTracking().Where(f => wanted.Contains(f.Id))) takenBack[(typeof(T).Name, fact.Id)] = fact;
        }
    }

    /// <summary>What a fact is about: two facts about the same, one taken back and one added in one batch, are a correction.</summary>
    private static (string Fact, string Instrument, string State) About(Fact fact)
    {
        var line = Line(fact, default, "", 0, "");
        return (line.Fact, line.Instrument, string.Join(';', line.States));
    }

    private static LearnedLine Line(Fact fact, DateTime at, string change, int batch, string title)
    {
        var (kind, instrument, states, what, date) = fact switch
        {
            ParticipationFact f => ("participation", f.Instrument, new[] { f.State }, f.Action, (DateOnly?)f.Date),
            KnownPartyFact f => ("known-party", f.Instrument, [f.State], f.Status, f.KnownBy),
            DeclarationFact f => ("declaration", f.Instrument, [f.State], f.Topic, f.Date),
            TerritorialFact f => ("territorial", f.Instrument, [f.State], f.Effect, f.From),
            KnowledgeFact f => ("knowledge", f.Instrument, [], f.Dated ? "dated" : "names-only", f.AsAt),
            TreatyTextFact f => ("text", f.Instrument, f.State.Length > 0 ? [f.State] : [], f.Section, null),
            BilateralTreatyFact f => ("bilateral", f.Treaty, [f.PartyA, f.PartyB], f.Title, f.InForceFrom),
            _ => throw new InvalidOperationException($"{fact.GetType().Name} is not listed among the changes."),
        };
        return new LearnedLine(DateOnly.FromDateTime(at), change, kind, instrument, states, what, date, batch, title);
    }
}
