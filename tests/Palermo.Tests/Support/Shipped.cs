using Palermo.Data.Facts;
using Palermo.Kernel;
using Palermo.Treaties.Bilateral;
using Palermo.Treaties.LegalBasis;
using Palermo.Treaties.Registry;

namespace Palermo.Tests.Support;

/// <summary>What ships in <c>data/</c>, read once and without a database, and small changes to it.</summary>
public static class Shipped
{
    public static TreatyReference Reference { get; } = TreatyReference.Load(Repository.Data);

    public static IReadOnlyList<Fact> Facts { get; } = ShippedFacts.Read(Reference);

    public static TreatyRegistry Registry { get; } = TreatyRegistry.Build(Reference, Facts, null, 1);

    public static Texts Texts { get; } = Program.LoadTexts();

    /// <summary>The shipped facts and some more.</summary>
    public static TreatyRegistry With(params IEnumerable<Fact> more) => TreatyRegistry.Build(Reference, [.. Facts, .. more], null, 1);

    /// <summary>Nothing but these facts.</summary>
    public static TreatyRegistry Only(params IEnumerable<Fact> facts) => TreatyRegistry.Build(Reference, [.. facts], null, 1);

    public static State State(string code) => Reference.States.Find(code) ?? throw new ArgumentException(code, nameof(code));

    public static Instrument Instrument(string id) => Reference.Find(id) ?? throw new ArgumentException(id, nameof(id));

    public static DateOnly Day(string iso) => Dates.Parse(iso);

    public static ParticipationFact Act(string instrument, string state, string action, string date) => new()
    {
        Instrument = instrument, State = state, Action = action, Date = Day(date), DateBasis = "stated", Confidence = "high", Source = "test",
    };

    public static KnownPartyFact Known(string instrument, string state, string? by, string status = "party") => new()
    {
        Instrument = instrument, State = state, Status = status, KnownBy = by is null ? null : Day(by), Source = "test",
    };

    public static KnowledgeFact Complete(string instrument, string asAt, bool dated = true) => new()
    {
        Instrument = instrument, AsAt = Day(asAt), Dated = dated, Source = "test",
    };

    public static DeclarationFact Declared(string instrument, string state, string topic, string value, string article = "", string kind = "declaration") => new()
    {
        Instrument = instrument, State = state, Date = null, Kind = kind, Article = article, Topic = topic, Value = value, Paraphrase = "test", Source = "test",
    };

    public static TerritorialFact Territorial(string instrument, string state, string code, string effect, string? from) => new()
    {
        Instrument = instrument, State = state, Territory = code, TerritoryCode = code, Effect = effect, From = from is null ? null : Day(from), Source = "test",
    };

    /// <summary>The bilateral treaty on assistance between Brazil and Italy, in force since 1 August 1993.</summary>
    public static BilateralTreatyFact BrazilItaly(string kinds = "mla", string? from = "1993-08-01", string? until = null, string? penalty = null)
    {
        var fact = EnterBilateralTreaty.Read(Reference.States, "bra-ita-1989", "Treaty between Brazil and Italy", "BRA", "ITA", kinds, "1;2", "1989-10-17", from, until, penalty);
        fact.Source = "test";
        return fact;
    }

    public static BasisQuery Query(
        string from, string to, string kind, string offence, string on, decimal? penalty = null, bool? group = null, bool? transnational = null, bool? national = null, string? territory = null) =>
        new(State(from), State(to), Codes.Kind(kind)!.Value, Codes.Offence(offence)!.Value, Day(on), penalty, group, transnational, national,
            territory is null ? null : Reference.States.ResolveTerritory(territory));
}
