using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using Palermo.Data;
using Palermo.Data.Facts;
using Palermo.Kernel;
using Palermo.Treaties.Registry;

namespace Palermo.Treaties.Import;

/// <summary>What a file would change.</summary>
/// <param name="Title">The file's name.</param>
/// <param name="Hash">SHA-256 of the file.</param>
/// <param name="BasedOn">Number of the last batch it was compared with.</param>
/// <param name="Changes">The differences.</param>
public sealed record ImportPlan(string Title, string Hash, int BasedOn, Changes Changes);

/// <summary>Takes in a depositary's file or one of our own CSV forms: all of it or nothing.</summary>
public static class ImportTreaties
{
    /// <summary>Larger files are refused; the longest status document is a tenth of this.</summary>
    private const int LargestFile = 50_000_000;

    /// <summary>Works out what a file would change, without changing anything.</summary>
    /// <param name="module">The module.</param>
    /// <param name="name">The file's name.</param>
    /// <param name="content">The file.</param>
    /// <param name="asAt">The day on which the depositary's file was current, when the caller knows it.</param>
    /// <exception cref="RefusedException">The file cannot be understood; the message names rows and columns.</exception>
    public static ImportPlan Plan(TreatyModule module, string name, byte[] content, DateOnly? asAt)
    {
        if (content.Length > LargestFile) throw new RefusedException("import.too-large", ("n", LargestFile / 1_000_000));
        using var context = module.Database.Connect();
        var head = FactLog.Head(context);
        var recorded = FactLog.Read(context, null);
        var changes = LooksLikeXml(content)
            ? DepositaryFile(module, context, recorded, content, asAt)
            : CsvForm.Changes(module.Reference, recorded, name, content);
        return new ImportPlan(name, Convert.ToHexStringLower(SHA256.HashData(content)), head, changes);
    }

    /// <summary>Records a plan.</summary>
    /// <exception cref="RefusedException">Somebody recorded something since the plan was made.</exception>
    public static void Carry(TreatyModule module, ImportPlan plan)
    {
        if (plan.Changes.None) return;
        using var context = module.Database.Connect();
        FactLog.Append(context, plan.BasedOn, "import", plan.Title, plan.Hash, plan.Changes, module.Clock);
        module.Refresh();
    }

    internal static Command Command(Func<ParseResult, TreatyModule> open)
    {
        var file = new Argument<FileInfo>("FILE") { Description = "The UN Treaty Collection's XML file of an instrument, or a CSV form (see docs/protocols/import-csv.md)." };
        var dry = new Option<bool>("--dry-run") { Description = "Show the differences and change nothing." };
        var asAt = new Option<string>("--as-at") { Description = "The day the depositary's file was downloaded, as YYYY-MM-DD." };
        var command = new Command("import", "Take in a depositary's file.") { file, dry, asAt };
        command.SetAction(result =>
        {
            var path = result.GetValue(file)!;
            if (!path.Exists) throw new RefusedException("import.no-file", ("given", RefusedException.Shorten(path.Name)));
            if (path.Length > LargestFile) throw new RefusedException("import.too-large", ("n", LargestFile / 1_000_000));
            var module = open(result);
            var plan = Plan(module, path.Name, File.ReadAllBytes(path.FullName), result.GetValue(asAt) is { } day ? Dates.Parse(day) : null);
            foreach (var line in Lines(plan.Changes)) TreatyCommands.Line(result, line);
            if (!result.GetValue(dry)) Carry(module, plan);
            TreatyCommands.Line(result, string.Create(CultureInfo.InvariantCulture, $"{plan.Changes.Added.Count} added, {plan.Changes.Withdrawn.Count} withdrawn{(result.GetValue(dry) ? "; dry run, nothing was changed" : "")}"));
        });
        return command;
    }

    /// <summary>The differences, a line each: <c>-</c> what is taken back, <c>+</c> what is added.</summary>
    internal static IEnumerable<string> Lines(Changes changes) =>
        changes.Withdrawn.Select(f => "- " + Describe(f)).Concat(changes.Added.Select(f => "+ " + Describe(f)));

    private static string Describe(Fact fact) => fact switch
    {
        ParticipationFact p => $"{p.Instrument} {p.State} {p.Action} {Dates.Iso(p.Date)}",
        KnownPartyFact k => $"{k.Instrument} {k.State} {k.Status} by {(k.KnownBy is { } by ? Dates.Iso(by) : "an unknown day")}",
        KnowledgeFact k => $"{k.Instrument} complete to {Dates.Iso(k.AsAt)}",
        DeclarationFact d => $"{d.Instrument} {d.State} {d.Kind} {d.Topic} {d.Value}".TrimEnd(),
        TreatyTextFact t => string.Create(CultureInfo.InvariantCulture, $"{t.Instrument} {t.State} {t.Section} ({t.Text.Length} characters, {t.Language})"),
        BilateralTreatyFact b => $"{b.Treaty} {b.PartyA} {b.PartyB} {b.Kinds}",
        _ => fact.Content.Replace('\u001f', ' '),
    };

    private static bool LooksLikeXml(byte[] content)
    {
        var start = content.AsSpan(0, Math.Min(content.Length, 200)).TrimStart("\uFEFF \t\r\n"u8.ToArray());
        return start.StartsWith("<"u8) || content is [0xFE, 0xFF, ..] or [0xFF, 0xFE, ..];
    }

    private static Changes DepositaryFile(TreatyModule module, PalermoContext context, List<Fact> recorded, byte[] content, DateOnly? asAt)
    {
        var file = Read(module, content);
        var instrument = InstrumentOf(module.Reference, file);
        var edge = asAt is { } given && given > file.LatestDate ? given : file.LatestDate;
        if (edge < module.Registry().Edge(instrument).AsAt)
            throw new RefusedException("import.older", ("instrument", instrument), ("asAt", module.Registry().Edge(instrument).AsAt), ("latest", file.LatestDate));
        if (edge > module.Today) throw new RefusedException("import.future", ("day", edge));

        var wanted = new List<Fact> { new KnowledgeFact { Instrument = instrument.Id, AsAt = edge, Dated = true } };
        foreach (var act in file.Acts)
        {
            // An act in brackets was undone or replaced on a day the file does not give: that it happened is kept, its end is not known.
            wanted.Add(act.Bracketed
                ? new KnownPartyFact { Instrument = instrument.Id, State = act.StateCode, Status = act.Action == "signature" ? "signatory" : "party", KnownBy = null, Note = $"{act.Action} of {Dates.Iso(act.Date)}, later undone or replaced" }
                : new ParticipationFact { Instrument = instrument.Id, State = act.StateCode, Action = act.Action, Date = act.Date, DateBasis = "stated", Confidence = "high" });
        }

        wanted.AddRange(file.Texts.Select(t => new TreatyTextFact { Instrument = instrument.Id, State = t.StateCode, Section = t.Section, Language = file.Language, Text = t.Text }));
        var current = recorded.Where(f => f switch
            {
                // The depositary's table has no column for denunciations: its silence takes none back.
                ParticipationFact p => p.Instrument == instrument.Id && p.Action != "denunciation",
                KnownPartyFact k => k.Instrument == instrument.Id,
                KnowledgeFact k => k.Instrument == instrument.Id,
                _ => false,
            })
            .Concat(FactLog.ReadTexts(context, instrument.Id).Where(t => t.Language == file.Language));
        return Changes.Between(SameActs(current, wanted), wanted);
    }

    /// <summary>An act recorded with a remark or another confidence is the same act when state, action and day agree; it stays as recorded.</summary>
    private static IEnumerable<Fact> SameActs(IEnumerable<Fact> current, List<Fact> wanted)
    {
        foreach (var fact in current)
        {
            if (fact is ParticipationFact p
                && wanted.FirstOrDefault(w => w is ParticipationFact q && q.State == p.State && q.Action == p.Action && q.Date == p.Date) is { } same)
                wanted.Remove(same);
            else
                yield return fact;
        }
    }

    private static UntcFile Read(TreatyModule module, byte[] content)
    {
        try
        {
            using var stream = new MemoryStream(content, writable: false);
            var file = UntcXml.Read(stream, module.Reference.States);
            return UntcXml.CountProblem(file) is { } problem ? throw new UntcProblemsException([problem]) : file;
        }
        catch (UntcProblemsException e)
        {
            throw new RefusedException("import.not-understood", ("problems", string.Join(Environment.NewLine, e.Problems.Select(p => string.Create(CultureInfo.InvariantCulture, $"  row {p.Row}, column {p.Column}: {p.Text}")))));
        }
    }

    /// <summary>The instrument a file is about: its whole title is the instrument's, and the days it gives are the instrument's too.</summary>
    private static Instrument InstrumentOf(TreatyReference reference, UntcFile file)
    {
        var found = ByTitle(reference, file.Title) ?? throw new RefusedException("import.instrument", ("given", RefusedException.Shorten(file.Title)), ("choices", reference.Instruments.Where(i => i.UntcNumber.Length > 0).Select(i => i.Id).ToArray()));
        if (file.ConcludedOn is { } concluded && concluded != found.AdoptedOn)
            throw new RefusedException("import.adopted", ("instrument", found), ("given", concluded), ("day", found.AdoptedOn));
        if (file.EntryIntoForce is { } entered && found.EntryIntoForce is { } known && entered != known)
            throw new RefusedException("import.entered", ("instrument", found), ("given", entered), ("day", known));
        return found;
    }

    /// <summary>The instrument whose whole title a file bears, in one of the seven languages, or null.</summary>
    internal static Instrument? ByTitle(TreatyReference reference, string title)
    {
        var candidates = TitlesIn(StateDirectory.Fold(title));
        return reference.Instruments.Where(i => i.UntcNumber.Length > 0)
            .FirstOrDefault(i => Language.All.Any(l => candidates.Contains(StateDirectory.Fold(i.TitleIn(l)), StringComparer.Ordinal)));
    }

    /// <summary>The title with and without the number before it (<c>12.</c>, for a protocol <c>12. a)</c>) and the footnote's digits behind it.</summary>
    private static List<string> TitlesIn(string folded)
    {
        char[] digits = [.. "0123456789"];
        var bare = folded.TrimStart(digits);
        var titles = new List<string> { folded, bare };
        if (bare.Length < folded.Length && bare.Length > 1) titles.Add(bare[1..]);
        titles.AddRange(titles.Select(t => t.TrimEnd(digits)).ToArray());
        return titles;
    }
}
