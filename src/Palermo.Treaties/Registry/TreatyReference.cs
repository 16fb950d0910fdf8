using System.Collections.Frozen;
using Palermo.Kernel;
using Palermo.Treaties.Declarations;
using Palermo.Treaties.LegalBasis;
using Palermo.Treaties.Provisions;

namespace Palermo.Treaties.Registry;

/// <summary>A source of facts, as in <c>sources.csv</c>.</summary>
/// <param name="Id">Identifier that facts carry.</param>
/// <param name="Title">What it is.</param>
/// <param name="Address">Where it is.</param>
/// <param name="AsAt">As of when.</param>
/// <param name="Note">How much of it could be read.</param>
public sealed record Source(string Id, string Title, string Address, string AsAt, string Note);

/// <summary>
/// Everything in <c>data/</c> that does not depend on who did what when: instruments, states, what each instrument covers,
/// what declarations do. Read once at the start; a broken file stops the start.
/// </summary>
public sealed class TreatyReference
{
    private readonly FrozenDictionary<string, Instrument> _byId;
    private readonly Lazy<ProvisionCatalogue> _provisions;

    private TreatyReference(string folder, StateDirectory states, Instrument[] instruments)
    {
        Folder = folder;
        States = states;
        Instruments = instruments;
        _provisions = new(() => ProvisionCatalogue.Read(Path.Combine(folder, "provisions"), instruments));
        _byId = instruments.ToFrozenDictionary(i => i.Id, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The folder <c>data/</c>.</summary>
    public string Folder { get; }

    /// <summary>All states.</summary>
    public StateDirectory States { get; }

    /// <summary>All instruments, in the order of <c>instruments.csv</c>.</summary>
    public IReadOnlyList<Instrument> Instruments { get; }

    /// <summary>What the instruments cover and ask for.</summary>
    public Coverage Coverage { get; private init; } = null!;

    /// <summary>What declarations do to the finder.</summary>
    public DeclarationEffects Effects { get; private init; } = null!;

    /// <summary>The catalogue of provisions; read when first asked for, because most commands do not need it.</summary>
    /// <exception cref="DataFileException">A file cannot be understood.</exception>
    public ProvisionCatalogue Provisions => _provisions.Value;

    /// <summary>Where facts are from, by identifier.</summary>
    public IReadOnlyDictionary<string, Source> Sources { get; private init; } = null!;

    /// <summary>When a state succeeded its predecessor, by state code.</summary>
    public IReadOnlyDictionary<string, DateOnly> Successions { get; private init; } = null!;

    /// <summary>Reads the folder <c>data/</c>.</summary>
    /// <exception cref="DataFileException">A file cannot be understood.</exception>
    public static TreatyReference Load(string folder)
    {
        var states = StateDirectory.Load(Path.Combine(folder, "states"));
        var treaties = Path.Combine(folder, "treaties");
        var instruments = InstrumentFile.Read(treaties);
        var reference = new TreatyReference(folder, states, instruments);
        var coverage = Coverage.Read(treaties, instruments);
        return new TreatyReference(folder, states, instruments)
        {
            Coverage = coverage,
            Effects = DeclarationEffects.Read(treaties, states, reference),
            Sources = DataFile.Read(Path.Combine(treaties, "sources.csv"), "id", "title", "address", "as_at", "note").Rows
                .ToFrozenDictionary(r => r.Required("id"), r => new Source(r["id"], r["title"], r["address"], r["as_at"], r["note"]), StringComparer.Ordinal),
            Successions = DataFile.Read(Path.Combine(folder, "states", "successions.csv"), "alpha3", "date", "predecessor", "source").Rows
                .ToFrozenDictionary(
                    r => states.Find(r.Required("alpha3"))?.Code ?? throw r.Wrong("alpha3", "unknown state"),
                    r => r.Day("date") ?? throw r.Wrong("date", "a day was expected"), StringComparer.Ordinal),
        };
    }

    /// <summary>The instrument with this identifier, or null.</summary>
    public Instrument? Find(string? id) => id is null ? null : _byId.GetValueOrDefault(id.Trim());

    /// <summary>The instrument with this identifier.</summary>
    /// <exception cref="RefusedException">There is none.</exception>
    public Instrument Resolve(string? id) => Find(id)
        ?? throw new RefusedException("refused.instrument", ("given", RefusedException.Shorten(id)), ("choices", Instruments.Select(i => i.Id).ToArray())) { NotFound = true };
}
