using System.Globalization;
using System.Runtime.CompilerServices;
using Palermo.Authorities.Entries;
using Palermo.Data.Facts;
using Palermo.Kernel;
using Palermo.Treaties.Declarations;
using Palermo.Treaties.LegalBasis;
using Palermo.Treaties.Registry;

namespace Palermo.Authorities.Finding;

/// <summary>What states notified to depositaries about authorities and languages, read from the registry as entries of the directory.</summary>
internal static class Notifications
{
    private const string AuthorityTopic = "central-authority", LanguageTopic = "request-language";
    private static readonly ConditionalWeakTable<TreatyRegistry, IReadOnlyList<DirectoryEntry>> Known = [];

    /// <summary>Words in brackets behind a name, and the stage of proceedings they mean.</summary>
    private static readonly (string Words, string Stage)[] Stages =
        [("pre-trial", "before-trial"), ("investigation", "before-trial"), ("trial", "trial"), ("court decisions", "trial"), ("execution", "enforcement"), ("enforcement", "enforcement")];

    /// <summary>All of them.</summary>
    internal static IReadOnlyList<DirectoryEntry> All(TreatyRegistry registry) => Known.GetValue(registry, Read);

    /// <summary>The languages a state notified, by instrument.</summary>
    internal static IEnumerable<(DeclarationFact Fact, IReadOnlyList<string> Codes)> Languages(TreatyRegistry registry, State state) =>
        registry.Facts.OfType<DeclarationFact>().Where(d => d.Topic == LanguageTopic && d.State == state.Code && d.Value.Length > 0)
            .OrderBy(d => registry.Instrument(d.Instrument).Index).Select(d => (d, (IReadOnlyList<string>)d.Value.Split(';')));

    /// <summary>Kinds of cooperation a declaration is about, as codes, after the table of effects.</summary>
    internal static IReadOnlyList<string> Kinds(TreatyRegistry registry, DeclarationFact fact)
    {
        var kinds = registry.Reference.Effects.For(fact)
            .Where(e => e.Kind is EffectKind.Requirement or EffectKind.Unreadable).Aggregate(CooperationKinds.None, (set, e) => set | e.Kinds);
        if (kinds != CooperationKinds.None) return [.. Codes.Kinds.Where(c => (kinds & Codes.Kind(c)!.Value) != 0)];
        // Article 17 of the 1988 Convention and article 8 of the Migrant Smuggling Protocol are about boarding ships.
        return (fact.Instrument, fact.Article.Split('(')[0]) is ("drugs-1988", "17") or ("som-protocol", "8") ? ["boarding"] : [];
    }

    private static List<DirectoryEntry> Read(TreatyRegistry registry)
    {
        var entries = new List<DirectoryEntry>();
        foreach (var group in registry.Facts.OfType<DeclarationFact>().Where(d => d.Topic == AuthorityTopic)
            .OrderBy(d => registry.Instrument(d.Instrument).Index).ThenBy(d => d.State, StringComparer.Ordinal).ThenBy(d => d.Date).ThenBy(d => d.Value, StringComparer.Ordinal)
            .GroupBy(d => (d.Instrument, d.State)))
        {
            var number = 0;
            foreach (var fact in group)
                foreach (var (name, stage) in Authorities(fact.Value))
                    entries.Add(Entry(registry, fact, string.Create(CultureInfo.InvariantCulture, $"notified-{fact.Instrument}-{fact.State}-{++number}"), name, stage));
        }

        return entries;
    }

    private static DirectoryEntry Entry(TreatyRegistry registry, DeclarationFact fact, string id, string name, string stage)
    {
        var state = registry.States.Find(fact.State)!;
        var languages = Languages(registry, state).FirstOrDefault(l => l.Fact.Instrument == fact.Instrument).Codes;
        var source = registry.Reference.Sources.GetValueOrDefault(fact.Source.Split(':')[0])?.Title ?? fact.Source;
        return new DirectoryEntry(id, state, new AuthorityContent
        {
            State = fact.State,
            Names = name.Length == 0 ? [] : [new NameIn("en", name)],
            Kinds = Kinds(registry, fact),
            Stage = stage,
            Instruments = [fact.Instrument],
            Languages = languages ?? [],
            Source = source,
            SaidOn = fact.Date,
        })
        {
            LastConfirmedOn = fact.Date,
            Notified = new Citation(fact.Instrument, fact.Article),
            Origin = fact.Source,
            Paraphrase = fact.Paraphrase,
        };
    }

    /// <summary>A notification may name one authority before trial and another during it: <c>A (pre-trial); B (trial)</c>.</summary>
    internal static IEnumerable<(string Name, string Stage)> Authorities(string value)
    {
        foreach (var part in value.Split(';', StringSplitOptions.TrimEntries))
        {
            var open = part.LastIndexOf('(');
            if (open <= 0 || part[^1] != ')')
            {
                yield return (part, "any");
                continue;
            }

            var words = part[(open + 1)..^1];
            yield return (part[..open].Trim(), Array.Find(Stages, s => s.Words == words).Stage ?? "any");
        }
    }
}
