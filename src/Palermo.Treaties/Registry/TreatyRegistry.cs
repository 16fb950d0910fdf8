using Palermo.Data.Facts;
using Palermo.Kernel;
using Palermo.Treaties.Bilateral;
using Palermo.Treaties.Declarations;
using Palermo.Treaties.InForce;
using Palermo.Treaties.LegalBasis;

namespace Palermo.Treaties.Registry;

/// <summary>How far an instrument's record is complete.</summary>
/// <param name="AsAt">Up to this day, silence means no.</param>
/// <param name="Dated">False when some parties are known by name only.</param>
public readonly record struct KnowledgeEdge(DateOnly AsAt, bool Dated)
{
    /// <summary>Whether the record of that day is complete.</summary>
    public bool Covers(DateOnly on) => Dated && on <= AsAt;
}

/// <summary>All that was known at one time about who is bound by what; immutable, held in memory.</summary>
public sealed class TreatyRegistry
{
    private static readonly DeclaredEffect[] NoEffects = [];
    private static readonly TerritorialFact[] NoTerritories = [];
    private static readonly BilateralTreaty[] NoTreaties = [];

    private readonly Standing?[] _standings;
    private readonly DeclaredEffect[]?[] _effects;
    private readonly TerritorialFact[]?[] _territorial;
    private readonly KnowledgeEdge[] _edges;
    private readonly Dictionary<(int, int), BilateralTreaty[]> _bilateral;
    private readonly Dictionary<string, Instrument> _byId;

    private TreatyRegistry(TreatyReference reference, IReadOnlyList<Fact> facts, DateOnly? knownOn, int head)
    {
        Reference = reference;
        States = reference.States;
        Facts = facts;
        KnownOn = knownOn;
        Head = head;
        _byId = reference.Instruments.ToDictionary(i => i.Id, StringComparer.Ordinal);
        var cells = reference.Instruments.Count * States.All.Count;
        _standings = new Standing?[cells];
        _effects = new DeclaredEffect[cells][];
        _territorial = new TerritorialFact[cells][];
        _edges = new KnowledgeEdge[reference.Instruments.Count];
        _bilateral = [];
    }

    /// <summary>What does not depend on facts.</summary>
    public TreatyReference Reference { get; }

    /// <summary>All states.</summary>
    public StateDirectory States { get; }

    /// <summary>All instruments.</summary>
    public IReadOnlyList<Instrument> Instruments => Reference.Instruments;

    /// <summary>The facts it was built from.</summary>
    public IReadOnlyList<Fact> Facts { get; }

    /// <summary>The day whose knowledge this is; null for today's.</summary>
    public DateOnly? KnownOn { get; }

    /// <summary>Number of the last batch it holds.</summary>
    public int Head { get; }

    /// <summary>All bilateral treaties, by identifier.</summary>
    public IReadOnlyList<BilateralTreaty> BilateralTreaties { get; private set; } = [];

    /// <summary>Builds the registry from facts.</summary>
    /// <param name="reference">Instruments, states and tables.</param>
    /// <param name="facts">The facts that counted at the time.</param>
    /// <param name="knownOn">The day whose knowledge this is; null for today's.</param>
    /// <param name="head">Number of the last batch.</param>
    public static TreatyRegistry Build(TreatyReference reference, IReadOnlyList<Fact> facts, DateOnly? knownOn, int head)
    {
        var registry = new TreatyRegistry(reference, facts, knownOn, head);
        registry.FillEdges();
        registry.FillStandings();
        registry.FillDeclarations();
        foreach (var group in facts.OfType<TerritorialFact>().GroupBy(f => registry.Cell(f.Instrument, f.State)))
            registry._territorial[group.Key] = [.. group];
        registry.BilateralTreaties = [.. facts.OfType<BilateralTreatyFact>().Select(f => BilateralTreaty.From(f, reference.States)).OrderBy(t => t.Id, StringComparer.Ordinal)];
        foreach (var pair in registry.BilateralTreaties.GroupBy(t => Pair(t.A, t.B))) registry._bilateral[pair.Key] = [.. pair];
        return registry;
    }

    /// <summary>The instrument with this identifier, which must exist.</summary>
    public Instrument Instrument(string id) => _byId[id];

    /// <summary>What the record says of an instrument and a state, or null.</summary>
    public Standing? Standing(Instrument instrument, State state) => _standings[Cell(instrument, state)];

    /// <summary>How far an instrument's record is complete.</summary>
    public KnowledgeEdge Edge(Instrument instrument) => _edges[instrument.Index];

    /// <summary>Where a state stands towards an instrument on a day.</summary>
    public StandingOn On(Instrument instrument, State state, DateOnly on) =>
        BoundOn.On(instrument, state, Standing(instrument, state), Edge(instrument), on);

    /// <summary>A state's declarations to an instrument made by a day, with what they do.</summary>
    public DeclaredEffect[] EffectsBy(Instrument instrument, State state, DateOnly on)
    {
        var effects = _effects[Cell(instrument, state)];
        if (effects is null) return NoEffects;
        return Array.TrueForAll(effects, e => e.MadeBy(on)) ? effects : Array.FindAll(effects, e => e.MadeBy(on));
    }

    /// <summary>What a state said of its territories.</summary>
    public IReadOnlyList<TerritorialFact> TerritorialBy(Instrument instrument, State state) => _territorial[Cell(instrument, state)] ?? NoTerritories;

    /// <summary>The bilateral treaties of two states.</summary>
    public IReadOnlyList<BilateralTreaty> BilateralBetween(State a, State b) =>
        _bilateral.Count == 0 ? NoTreaties : _bilateral.GetValueOrDefault(Pair(a, b)) ?? NoTreaties;

    private static (int, int) Pair(State a, State b) => (Math.Min(a.Index, b.Index), Math.Max(a.Index, b.Index));

    private int Cell(Instrument instrument, State state) => (instrument.Index * States.All.Count) + state.Index;

    private int Cell(string instrument, string state) => Cell(_byId[instrument], States.Find(state)!);

    private void FillEdges()
    {
        foreach (var instrument in Instruments) _edges[instrument.Index] = new KnowledgeEdge(instrument.AdoptedOn.AddDays(-1), true);
        foreach (var fact in Facts.OfType<KnowledgeFact>())
        {
            var edge = fact.AsAt;
            if (KnownOn is { } known && known < edge) edge = known;
            var index = _byId[fact.Instrument].Index;
            if (edge >= _edges[index].AsAt) _edges[index] = new KnowledgeEdge(edge, fact.Dated);
        }
    }

    private void FillStandings()
    {
        var acts = Facts.OfType<ParticipationFact>().ToLookup(f => Cell(f.Instrument, f.State));
        var names = Facts.OfType<KnownPartyFact>().ToLookup(f => Cell(f.Instrument, f.State));
        foreach (var instrument in Instruments)
        {
            foreach (var state in States.All)
            {
                var cell = Cell(instrument, state);
                var (own, named) = (acts[cell].ToArray(), names[cell].ToArray());
                if (own.Length == 0 && named.Length == 0) continue;
                var parties = named.Where(n => n.Status == "party").ToArray();
                _standings[cell] = new Standing(
                    instrument, state,
                    own.Where(a => a.Action == "signature").Select(a => (DateOnly?)a.Date).Min(),
                    Bonds(instrument, state, own),
                    parties.Min(n => n.KnownBy),
                    parties.Any(n => n.KnownBy is null),
                    named.Where(n => n.Status == "signatory").Min(n => n.KnownBy));
            }
        }
    }

    private Bond[] Bonds(Instrument instrument, State state, ParticipationFact[] acts)
    {
        DateOnly? succession = Reference.Successions.TryGetValue(state.Code, out var day) ? day : null;
        var deposits = acts.Where(a => a.Action is not ("signature" or "denunciation")).OrderBy(a => a.Date).ToArray();
        var bonds = new Bond[deposits.Length];
        for (var i = 0; i < deposits.Length; i++)
        {
            var act = deposits[i];
            DateOnly? next = i + 1 < deposits.Length ? deposits[i + 1].Date : null;
            var denounced = acts.Where(a => a.Action == "denunciation" && a.Date >= act.Date && (next is null || a.Date < next)).Min(a => (DateOnly?)a.Date);
            bonds[i] = new Bond(
                act.Action, act.Date, EffectiveFrom.Of(instrument, act.Action, act.Date, succession), denounced,
                denounced is { } received ? EffectiveFrom.Denunciation(instrument, received) : null);
        }

        return bonds;
    }

    private void FillDeclarations()
    {
        foreach (var group in Facts.OfType<DeclarationFact>().GroupBy(f => Cell(f.Instrument, f.State)))
        {
            var effects = new List<DeclaredEffect>();
            foreach (var declaration in group)
            {
                var instrument = _byId[declaration.Instrument];
                foreach (var effect in Reference.Effects.For(declaration))
                {
                    var kinds = effect.CitedOnly ? Cited(instrument, declaration) : effect.Kinds;
                    if (effect.Kind != EffectKind.Nothing && kinds != CooperationKinds.None)
                        effects.Add(new DeclaredEffect(declaration, States.Find(declaration.State)!, effect, kinds));
                }
            }

            _effects[group.Key] = [.. effects];
        }
    }

    /// <summary>The kinds of cooperation whose articles a declaration names; all when it names none.</summary>
    private CooperationKinds Cited(Instrument instrument, DeclarationFact declaration)
    {
        if (declaration.Article.Length == 0) return CooperationKinds.All;
        var articles = declaration.Article.Split(';').Select(ArticleOf).ToHashSet(StringComparer.Ordinal);
        var kinds = CooperationKinds.None;
        for (var i = 0; i < Codes.Kinds.Count; i++)
        {
            var kind = (CooperationKinds)(1 << i);
            if (Reference.Coverage.Kind(instrument, kind) is { } covered && covered.Articles.Any(a => articles.Contains(ArticleOf(a)))) kinds |= kind;
        }

        return kinds;
    }

    private static string ArticleOf(string provision)
    {
        var number = provision[(provision.IndexOf(':', StringComparison.Ordinal) + 1)..];
        var end = number.IndexOf('(', StringComparison.Ordinal);
        return end < 0 ? number : number[..end];
    }
}
