using Palermo.Kernel;
using Palermo.Treaties.Registry;

namespace Palermo.Treaties.LegalBasis;

/// <summary>The articles of an instrument that carry one kind of cooperation.</summary>
/// <param name="Articles">The articles.</param>
/// <param name="Warning">Code of a warning that always goes with them, or empty.</param>
/// <param name="BasisOption">For extradition: where the requested state may take the instrument as the basis; null when it has no such clause.</param>
/// <param name="AddsOffence">For extradition: where the offences are taken into extradition treaties.</param>
/// <param name="StepsBack">For assistance: where the instrument lets another treaty govern; null when it says nothing of it.</param>
public sealed record CoveredKind(IReadOnlyList<string> Articles, string Warning, Citation? BasisOption, Citation? AddsOffence, Citation? StepsBack);

/// <summary>An offence of an instrument, and what must be so for it to be one.</summary>
/// <param name="Provision">Where the instrument names it.</param>
/// <param name="Tests">What must be so.</param>
public sealed record CoveredOffence(string Provision, IReadOnlyList<ScopeTest> Tests);

/// <summary>One thing that must be so for an offence to fall under an instrument.</summary>
/// <param name="Kind">What is tested.</param>
/// <param name="Code">For <see cref="ScopeTestKind.ToShow"/> the condition's code.</param>
/// <param name="Protocol">For <see cref="ScopeTestKind.SeriousUnlessProtocol"/> the protocol.</param>
/// <param name="Years">For <see cref="ScopeTestKind.MinimumPenalty"/> the years.</param>
public sealed record ScopeTest(ScopeTestKind Kind, string Code = "", Instrument? Protocol = null, decimal Years = 0);

/// <summary>What a <see cref="ScopeTest"/> tests.</summary>
public enum ScopeTestKind
{
    /// <summary>An organized criminal group is involved (UNTOC arts. 2(a), 3(1)).</summary>
    Group,

    /// <summary>The offence is transnational (UNTOC art. 3(2)).</summary>
    Transnational,

    /// <summary>Serious crime (UNTOC art. 2(b)).</summary>
    Serious,

    /// <summary>Serious crime, unless a Protocol makes it a Convention offence.</summary>
    SeriousUnlessProtocol,

    /// <summary>Bribery of a public official (UNTOC art. 8), or else serious crime.</summary>
    PublicOfficialOrSerious,

    /// <summary>A lowest maximum penalty.</summary>
    MinimumPenalty,

    /// <summary>Not purely domestic; the articles on assistance apply all the same (Terrorist Financing Convention art. 3).</summary>
    NotPurelyDomesticExceptAssistance,

    /// <summary>Not purely domestic.</summary>
    NotPurelyDomestic,

    /// <summary>Something the question has no field for, always to be shown.</summary>
    ToShow,
}

/// <summary>What a request on an instrument must observe.</summary>
/// <param name="Code">Code of the requirement or rule.</param>
/// <param name="Provision">Article and paragraph.</param>
public sealed record RequestRule(string Code, string Provision);

/// <summary>What the instruments cover: the tables <c>coverage.csv</c>, <c>scope.csv</c> and <c>request-rules.csv</c>.</summary>
public sealed class Coverage
{
    private readonly CoveredKind?[][] _kinds;
    private readonly CoveredOffence?[][] _offences;
    private readonly RequestRule[][][] _rules;

    private Coverage(CoveredKind?[][] kinds, CoveredOffence?[][] offences, RequestRule[][][] rules) =>
        (_kinds, _offences, _rules) = (kinds, offences, rules);

    /// <summary>The articles for a kind of cooperation, or null when the instrument has none.</summary>
    public CoveredKind? Kind(Instrument instrument, CooperationKinds kind) => _kinds[instrument.Index][Codes.IndexOf(kind)];

    /// <summary>The offence as the instrument knows it, or null when it is not one of its offences.</summary>
    public CoveredOffence? Offence(Instrument instrument, Offences offence) => _offences[instrument.Index][Codes.IndexOf(offence)];

    /// <summary>What a request of a kind on the instrument must observe.</summary>
    public IReadOnlyList<RequestRule> Rules(Instrument instrument, CooperationKinds kind) => _rules[instrument.Index][Codes.IndexOf(kind)];

    internal static Coverage Read(string folder, Instrument[] instruments)
    {
        var kinds = instruments.Select(_ => new CoveredKind?[Codes.Kinds.Count]).ToArray();
        foreach (var row in DataFile.Read(Path.Combine(folder, "coverage.csv"), "instrument", "kind", "articles", "warning", "basis_option", "adds_offence", "steps_back").Rows)
        {
            kinds[In(row, instruments).Index][KindIn(row)] = new CoveredKind(
                row.Required("articles").Split(';'), row["warning"],
                CitationIn(row, "basis_option", instruments), CitationIn(row, "adds_offence", instruments), CitationIn(row, "steps_back", instruments));
        }


        var offences = instruments.Select(_ => new CoveredOffence?[Codes.Offences.Count]).ToArray();
        foreach (var row in DataFile.Read(Path.Combine(folder, "scope.csv"), "instrument", "offence", "provision", "tests").Rows)
        {
            var offence = Codes.Offence(row["offence"]) ?? throw row.Wrong("offence", "unknown offence");
            offences[In(row, instruments).Index][Codes.IndexOf(offence)] = new CoveredOffence(
                row.Required("provision"), [.. row["tests"].Split(';', StringSplitOptions.RemoveEmptyEntries).Select(t => Test(row, t, instruments))]);
        }

        var rules = instruments.Select(_ => Codes.Kinds.Select(_ => new List<RequestRule>()).ToArray()).ToArray();
        foreach (var row in DataFile.Read(Path.Combine(folder, "request-rules.csv"), "instrument", "kind", "code", "provision").Rows)
            rules[In(row, instruments).Index][KindIn(row)].Add(new RequestRule(row.Required("code"), row.Required("provision")));
        return new Coverage(kinds, offences, [.. rules.Select(i => i.Select(k => k.ToArray()).ToArray())]);
    }

    private static Instrument In(DataRow row, Instrument[] instruments) =>
        Array.Find(instruments, i => i.Id == row["instrument"]) ?? throw row.Wrong("instrument", "unknown instrument");

    /// <summary>A provision of the row's instrument, or of another one written before a colon; null when the cell is empty.</summary>
    private static Citation? CitationIn(DataRow row, string column, Instrument[] instruments)
    {
        if (row[column].Length == 0) return null;
        if (row[column].Split(':', 2) is not [var instrument, var provision]) return new Citation(row["instrument"], row[column]);
        return Array.Exists(instruments, i => i.Id == instrument) ? new Citation(instrument, provision) : throw row.Wrong(column, $"unknown instrument “{instrument}”");
    }

    private static int KindIn(DataRow row) => Codes.IndexOf(Codes.Kind(row["kind"]) ?? throw row.Wrong("kind", "unknown kind of cooperation"));

    private static ScopeTest Test(DataRow row, string text, Instrument[] instruments)
    {
        var (name, argument) = text.Split(':', 2) is [var n, var a] ? (n, a) : (text, "");
        return name switch
        {
            "group" => new(ScopeTestKind.Group),
            "transnational" => new(ScopeTestKind.Transnational),
            "serious" => new(ScopeTestKind.Serious),
            "serious-unless" => new(ScopeTestKind.SeriousUnlessProtocol, Protocol: Array.Find(instruments, i => i.Id == argument) ?? throw row.Wrong("tests", $"unknown instrument “{argument}”")),
            "public-official-or-serious" => new(ScopeTestKind.PublicOfficialOrSerious),
            "penalty" => new(ScopeTestKind.MinimumPenalty, Years: decimal.TryParse(argument, System.Globalization.CultureInfo.InvariantCulture, out var years) ? years : throw row.Wrong("tests", "penalty:YEARS was expected")),
            "not-purely-domestic" => new(ScopeTestKind.NotPurelyDomestic),
            "not-purely-domestic-except-assistance" => new(ScopeTestKind.NotPurelyDomesticExceptAssistance),
            "corruption-predicate" or "drug-predicate" or "convention-proceedings" or "narcotic-drug" or "psychotropic-substance"
                or "exploitation-of-prostitution" or "fiscal" => new(ScopeTestKind.ToShow, name),
            _ => throw row.Wrong("tests", $"unknown test “{text}”"),
        };
    }
}
