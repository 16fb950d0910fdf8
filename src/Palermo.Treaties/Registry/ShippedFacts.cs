using System.Security.Cryptography;
using Palermo.Data;
using Palermo.Data.Facts;
using Palermo.Kernel;

namespace Palermo.Treaties.Registry;

/// <summary>The facts in <c>data/treaties</c>, and how they come into a node's record.</summary>
internal static class ShippedFacts
{
    internal const string Origin = "shipped";

    private static readonly string[] Files = ["participation.csv", "known_parties.csv", "declarations.csv", "territorial.csv", "instruments.csv"];
    /// <summary>What a state can do about a treaty, in our tables and in the form for acts.</summary>
    internal static readonly string[] Actions = ["signature", "ratification", "acceptance", "approval", "accession", "succession", "formal-confirmation", "definitive-signature", "denunciation"];

    /// <summary>What is known without a date counts as known from the beginning.</summary>
    private static readonly DateTime Beginning = new(1900, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>SHA-256 over the files that hold facts.</summary>
    internal static string Hash(string folder)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in Files) hash.AppendData(File.ReadAllBytes(Path.Combine(folder, "treaties", file)));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Brings a record up to the shipped facts; does nothing when it holds them already.</summary>
    /// <remarks>What a node imported from a depositary later than the shipped facts stays as it is.</remarks>
    internal static void Bring(PalermoDatabase database, TreatyReference reference, TimeProvider clock)
    {
        var hash = Hash(reference.Folder);
        if (database.LastHash(Origin) == hash) return;

        using var context = database.Connect();
        var head = FactLog.Head(context);
        var shipped = context.Batches.Where(b => b.Origin == Origin).Select(b => b.Number).ToHashSet();
        var recorded = FactLog.Read(context, null);
        var wanted = Read(reference);
        var imported = recorded.OfType<KnowledgeFact>().Where(k => !shipped.Contains(k.Batch))
            .Where(k => wanted.OfType<KnowledgeFact>().Any(w => w.Instrument == k.Instrument && w.AsAt <= k.AsAt))
            .Select(k => k.Instrument).ToHashSet(StringComparer.Ordinal);
        bool Ours(Fact fact) => fact switch
        {
            ParticipationFact p => !imported.Contains(p.Instrument),
            KnownPartyFact k => !imported.Contains(k.Instrument),
            KnowledgeFact k => !imported.Contains(k.Instrument),
            _ => true,
        };
        var changes = Changes.Between(recorded.Where(f => shipped.Contains(f.Batch) && Ours(f)), wanted.Where(Ours));
        if (head > 0)
            foreach (var fact in changes.Added) fact.LearnedAt = default;
        try
        {
            FactLog.Append(context, head, Origin, "data/treaties", hash, changes, clock);
        }
        catch (RefusedException e) when (e.Conflict && database.LastHash(Origin) == hash)
        {
            // Another program of this node brought the same facts at the same moment; there is nothing left to do.
        }
    }

    /// <summary>All shipped facts, validated.</summary>
    /// <exception cref="DataFileException">A file cannot be understood.</exception>
    internal static List<Fact> Read(TreatyReference reference)
    {
        var folder = Path.Combine(reference.Folder, "treaties");
        var facts = new List<Fact>(6000);
        facts.AddRange(Participation(DataFile.Read(
            Path.Combine(folder, "participation.csv"),
            "instrument_id", "state", "state_name_in_source", "action", "date", "source", "date_basis", "confidence", "note", "learned_on"), reference));
        foreach (var row in DataFile.Read(Path.Combine(folder, "known_parties.csv"), "instrument_id", "state", "status", "known_by", "source", "note").Rows)
        {
            var known = row.Day("known_by");
            facts.Add(new KnownPartyFact
            {
                Instrument = InstrumentIn(row, reference),
                State = StateIn(row, reference),
                Status = row.OneOf("status", "party", "signatory"),
                KnownBy = known,
                Note = row["note"],
                Source = SourceIn(row, reference),
                LearnedAt = Learned(known),
            });
        }

        facts.AddRange(Declarations(DataFile.Read(
            Path.Combine(folder, "declarations.csv"), "instrument_id", "state", "date", "kind", "article", "topic", "value", "paraphrase", "source"), reference));
        foreach (var row in DataFile.Read(Path.Combine(folder, "territorial.csv"), "instrument_id", "state", "territory", "territory_code", "effect", "from_date", "source", "note").Rows)
        {
            facts.Add(new TerritorialFact
            {
                Instrument = InstrumentIn(row, reference),
                State = StateIn(row, reference),
                Territory = row.Required("territory"),
                TerritoryCode = row["territory_code"],
                Effect = row.OneOf("effect", "applies", "excluded", "control-limited"),
                From = row.Day("from_date"),
                Note = row["note"],
                Source = SourceIn(row, reference),
                LearnedAt = Beginning,
            });
        }

        foreach (var row in InstrumentFile.Rows(folder))
        {
            facts.Add(new KnowledgeFact
            {
                Instrument = row["id"],
                AsAt = row.Day("as_at") ?? throw row.Wrong("as_at", "a day was expected"),
                Dated = row.OneOf("dated", "yes", "no") == "yes",
                Source = row["source"],
                LearnedAt = Beginning,
            });
        }

        return facts;
    }

    private static IEnumerable<Fact> Participation(DataFile file, TreatyReference reference)
    {
        var seen = new HashSet<(string, string, string, DateOnly)>();
        foreach (var row in file.Rows)
        {
            var fact = new ParticipationFact
            {
                Instrument = InstrumentIn(row, reference),
                State = StateIn(row, reference),
                Action = row.OneOf("action", Actions),
                Date = row.Day("date") ?? throw row.Wrong("date", "a day was expected, the cell is empty"),
                DateBasis = row.OneOf("date_basis", "stated", "derived-from-entry-into-force", "inferred"),
                Confidence = row.OneOf("confidence", "high", "medium", "low"),
                Note = row["note"],
                Source = SourceIn(row, reference),
            };
            if (!seen.Add((fact.Instrument, fact.State, fact.Action, fact.Date))) throw row.Wrong("date", "the act stands twice");
            fact.LearnedAt = Learned(row.Day("learned_on") ?? fact.Date);
            yield return fact;
        }
    }

    private static IEnumerable<Fact> Declarations(DataFile file, TreatyReference reference)
    {
        foreach (var row in file.Rows)
        {
            var fact = new DeclarationFact
            {
                Instrument = InstrumentIn(row, reference),
                State = StateIn(row, reference),
                Date = row.Day("date"),
                Kind = row.OneOf("kind", "reservation", "declaration", "notification", "objection"),
                Article = row["article"],
                Topic = row.Required("topic"),
                Value = row["value"],
                Paraphrase = row.Required("paraphrase"),
                Source = SourceIn(row, reference),
            };
            if (!reference.Effects.For(fact).Any())
                throw row.Wrong("value", $"declaration-effects.csv has no row for “{fact.Topic}” with “{fact.Value}”");
            fact.LearnedAt = Learned(fact.Date);
            yield return fact;
        }
    }

    private static DateTime Learned(DateOnly? day) => day?.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc) ?? Beginning;

    private static string InstrumentIn(DataRow row, TreatyReference reference) =>
        reference.Find(row["instrument_id"])?.Id ?? throw row.Wrong("instrument_id", $"unknown instrument “{row["instrument_id"]}”");

    private static string StateIn(DataRow row, TreatyReference reference) =>
        reference.States.Find(row["state"])?.Code ?? throw row.Wrong("state", $"unknown state “{row["state"]}”");

    private static string SourceIn(DataRow row, TreatyReference reference)
    {
        var source = row.Required("source");
        var id = source.Split(':')[0];
        return reference.Sources.ContainsKey(id) ? source : throw row.Wrong("source", $"sources.csv has no “{id}”");
    }
}
