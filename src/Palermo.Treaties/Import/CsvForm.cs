using System.Globalization;
using System.Text;
using Palermo.Data;
using Palermo.Data.Facts;
using Palermo.Kernel;
using Palermo.Treaties.Bilateral;
using Palermo.Treaties.Registry;

namespace Palermo.Treaties.Import;

/// <summary>
/// Our own CSV forms, described in <c>docs/protocols/import-csv.md</c>: acts of participation, and bilateral treaties.
/// The header row says which one it is.
/// </summary>
internal static class CsvForm
{
    internal static readonly string[] Participation = ["instrument", "state", "action", "date", "note"];
    internal static readonly string[] Bilateral =
        ["treaty", "title", "party_a", "party_b", "kinds", "provisions", "signed_on", "in_force_from", "in_force_until", "minimum_penalty_years"];

    internal static Changes Changes(TreatyReference reference, IReadOnlyList<Fact> recorded, string name, byte[] content)
    {
        try
        {
            return Header(content) is { } header && header.Contains("treaty", StringComparison.Ordinal)
                ? BilateralChanges(reference, recorded, DataFile.Read(name, content, Bilateral))
                : ParticipationChanges(reference, recorded, DataFile.Read(name, content, Participation));
        }
        catch (DataFileException e)
        {
            throw new RefusedException("import.not-understood", ("problems", "  " + e.Message));
        }
    }

    /// <summary>
    /// A row says what a state did; another day for the same act of the same state corrects the recorded one,
    /// unless the state left the treaty between the two days: then both acts happened.
    /// </summary>
    private static Changes ParticipationChanges(TreatyReference reference, IReadOnlyList<Fact> recorded, DataFile file)
    {
        var rows = file.Rows.Select(row => (Row: row, Fact: Act(reference, row))).ToList();
        var acts = recorded.OfType<ParticipationFact>().ToLookup(p => (p.Instrument, p.State));
        var written = rows.Select(r => r.Fact).ToLookup(p => (p.Instrument, p.State));
        var (added, withdrawn, seen) = (new List<Fact>(), new HashSet<Fact>(), new List<ParticipationFact>());
        foreach (var (row, fact) in rows)
        {
            var key = (fact.Instrument, fact.State);
            ParticipationFact[] known = [.. acts[key], .. written[key]];
            if (seen.Any(s => (s.Instrument, s.State) == key && SamePeriod(known, s, fact))) throw row.Wrong("action", "the act stands twice");
            seen.Add(fact);
            if (acts[key].Any(a => a.Action == fact.Action && a.Date == fact.Date)) continue;
            withdrawn.UnionWith(acts[key].Where(a => SamePeriod(known, a, fact) && !written[key].Any(w => w.Action == a.Action && w.Date == a.Date)));
            added.Add(fact);
        }

        return new Changes(added, [.. withdrawn]);
    }

    /// <summary>Whether two rows tell of one act: no denunciation lies between them, or, for denunciations, no return to the treaty.</summary>
    private static bool SamePeriod(IEnumerable<ParticipationFact> known, ParticipationFact one, ParticipationFact other)
    {
        if (one.Action != other.Action) return false;
        var (first, last) = one.Date < other.Date ? (one.Date, other.Date) : (other.Date, one.Date);
        return !known.Any(k => k.Action != "signature" && (k.Action == "denunciation") != (one.Action == "denunciation") && k.Date > first && k.Date < last);
    }

    private static ParticipationFact Act(TreatyReference reference, DataRow row) => new()
    {
        Instrument = reference.Find(row["instrument"])?.Id ?? throw row.Wrong("instrument", $"an instrument was expected, found “{RefusedException.Shorten(row["instrument"])}”"),
        State = StateIn(reference, row, "state"),
        Action = row.OneOf("action", ShippedFacts.Actions),
        Date = row.Day("date") ?? throw row.Wrong("date", "a day as YYYY-MM-DD was expected, the cell is empty"),
        DateBasis = "stated",
        Confidence = "high",
        Note = row["note"],
    };

    private static Changes BilateralChanges(TreatyReference reference, IReadOnlyList<Fact> recorded, DataFile file)
    {
        var wanted = new List<Fact>();
        foreach (var row in file.Rows)
        {
            try
            {
                var fact = EnterBilateralTreaty.Read(reference.States, row["treaty"], row["title"], row["party_a"], row["party_b"], row["kinds"], row["provisions"], row["signed_on"], row["in_force_from"], row["in_force_until"], row["minimum_penalty_years"]);
                if (reference.Find(fact.Treaty) is not null) throw new RefusedException("bilateral.id", ("given", fact.Treaty));
                if (wanted.OfType<BilateralTreatyFact>().Any(b => b.Treaty == fact.Treaty)) throw row.Wrong("treaty", "the treaty stands twice");
                wanted.Add(fact);
            }
            catch (RefusedException e)
            {
                throw new RefusedException("import.row", ("n", row.Line), ("why", e.Text));
            }
        }

        var named = wanted.OfType<BilateralTreatyFact>().Select(b => b.Treaty).ToHashSet(StringComparer.Ordinal);
        return Data.Changes.Between(recorded.OfType<BilateralTreatyFact>().Where(b => named.Contains(b.Treaty)), wanted);
    }

    private static string StateIn(TreatyReference reference, DataRow row, string column)
    {
        try
        {
            return reference.States.Resolve(row[column]).Code;
        }
        catch (RefusedException)
        {
            throw row.Wrong(column, $"one state was expected, found “{RefusedException.Shorten(row[column])}”");
        }
    }

    private static string? Header(byte[] content)
    {
        var end = Array.IndexOf(content, (byte)'\n');
        return end is > 0 and < 2000 ? Encoding.UTF8.GetString(content, 0, end) : null;
    }
}
