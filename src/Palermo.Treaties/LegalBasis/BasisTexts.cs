using Palermo.Kernel;
using Palermo.Treaties.InForce;
using Palermo.Treaties.Registry;

namespace Palermo.Treaties.LegalBasis;

/// <summary>A sentence and the provision it rests on.</summary>
/// <param name="Text">The sentence.</param>
/// <param name="Citation">The provision as lawyers cite it; empty when it rests on none.</param>
/// <param name="Source">The provision for links.</param>
public sealed record Because(string Text, string Citation, Citation Source);

/// <summary>Puts an answer into words, in any of the seven languages.</summary>
public sealed class BasisTexts(TreatyReference reference, Texts texts, Language language, BasisQuery query)
{
    /// <summary>A provision as lawyers cite it.</summary>
    public string Cite(Citation citation) => Cite(reference, texts, language, citation);

    /// <summary>A provision as lawyers cite it.</summary>
    public static string Cite(TreatyReference reference, Texts texts, Language language, Citation citation)
    {
        if (citation.Instrument is null or "domestic-law") return "";
        object name = citation.Instrument == "vclt" ? new Message("citation.vclt")
            : reference.Find(citation.Instrument) is { } instrument ? (language.Code == "en" ? instrument.Abbreviation : instrument)
            : citation.Instrument;
        return citation.Provision.Length == 0
            ? texts.Say(language, "citation.whole", ("instrument", name))
            : texts.Say(language, "citation.provision", ("instrument", name), ("provision", citation.Provision.Replace(";", ", ", StringComparison.Ordinal)));
    }

    /// <summary>What a condition asks for.</summary>
    public string Condition(AvailableBasis basis, BasisCondition condition) =>
        texts.Say(language, $"basis.condition.{condition.Code}", ("state", query.To), ("instrument", basis.Instrument), ("years", Years(basis, condition)));

    /// <summary>What a requirement asks for, with what the requested state notified.</summary>
    public string Requirement(BasisRequirement requirement) => requirement.Code switch
    {
        "language" when requirement.Value is { } codes => texts.Say(
            language, "basis.requirement.language", ("state", query.To), ("languages", codes.Split(';').Select(c => (object)LanguageName(c)).ToArray())),
        "central-authority" when requirement.Value is { } authority => texts.Say(
            language, "basis.requirement.central-authority", ("state", query.To), ("authority", authority)),
        "language" or "central-authority" => texts.Say(language, $"basis.requirement.{requirement.Code}.not-known", ("state", query.To)),
        _ => texts.Say(language, $"basis.requirement.{requirement.Code}.{requirement.Value}", ("state", query.To)),
    };

    /// <summary>What a warning says. A declaration's own content follows in English, as the data has it.</summary>
    public string Warning(AvailableBasis basis, BasisWarning warning) => texts.Say(
        language, $"basis.warning.{warning.Code}", ("state", query.To), ("instrument", basis.Instrument), ("articles", warning.Declaration?.Article.Replace(";", ", ", StringComparison.Ordinal)),
        ("edge", basis.Edge));

    /// <summary>Why an instrument does not carry the request.</summary>
    public string Excluded(ExcludedBasis excluded)
    {
        var key = $"basis.excluded.{excluded.Reason}";
        if (excluded.Reason == Exclusion.NotYetInForce && excluded.Standing.Bond is null) key += ".instrument";
        else if (excluded.Reason == Exclusion.NoLongerInForce && excluded.Standing.Bond?.Until is null) key += ".instrument";
        return texts.Say(
            language, key,
            ("instrument", (object?)excluded.Instrument ?? excluded.Bilateral), ("state", excluded.State), ("on", query.On),
            ("deposited", excluded.Standing.Bond?.Deposited), ("since", excluded.Standing.Since), ("until", excluded.Standing.Bond?.Until),
            ("other", excluded.State?.Equals(query.To) == true ? query.From : query.To), ("territory", query.Territory));
    }

    /// <summary>What is not known.</summary>
    public string Unknown(UnknownBasis unknown) => texts.Say(
        language, $"basis.unknown.{unknown.Missing}", ("instrument", unknown.Instrument), ("state", unknown.State ?? query.To), ("on", query.On), ("territory", query.Territory));

    /// <summary>What would settle it.</summary>
    public string Settle(UnknownBasis unknown) => texts.Say(
        language, $"basis.settle.{unknown.Missing}", ("instrument", unknown.Instrument), ("state", unknown.State ?? query.To), ("on", query.On), ("territory", query.Territory));

    /// <summary>The chain of reasons of an available basis: the dates of both states, the offence, the article, and the rules around it.</summary>
    public IEnumerable<Because> Reasons(AvailableBasis basis)
    {
        if (basis.Instrument is { } instrument)
        {
            yield return Date(instrument, query.From, basis.InForce.First);
            yield return Date(instrument, query.To, basis.InForce.Second);
            if (basis.InForceSince is { } since)
                yield return Say("basis.because.towards", new Citation("vclt", "24"), ("instrument", instrument), ("a", query.From), ("b", query.To), ("since", since));
            yield return Say("basis.because.offence", new Citation(instrument.Id, basis.OffenceProvision), ("offence", new Message($"offence.{Codes.Of(query.Offence)}")));
            yield return Say("basis.because.article", new Citation(instrument.Id, string.Join(", ", basis.Articles)), ("kind", new Message($"kind.{Codes.Of(query.Kind)}")), ("articles", string.Join(", ", basis.Articles)), ("instrument", instrument));
        }
        else if (basis.Bilateral is { } treaty)
        {
            yield return Say("basis.because.bilateral", new Citation(treaty.Id, string.Join(", ", treaty.Provisions)), ("instrument", treaty), ("a", treaty.A), ("b", treaty.B), ("since", treaty.InForceFrom));
        }

        foreach (var reason in basis.Reasons)
            yield return Say($"basis.because.{reason.Code}", reason.Source, ("state", query.To), ("instrument", basis.Instrument));
    }

    /// <summary>The arithmetic that led to the day from which a state is bound.</summary>
    public Because Date(Instrument instrument, State state, StandingOn standing)
    {
        var source = instrument.EntryIntoForceArticle.Length > 0 ? new Citation(instrument.Id, instrument.EntryIntoForceArticle) : new Citation("vclt", "24");
        if (standing.Bond is not { From: { } from } bond)
            return Say("basis.because.known-by-name", new Citation("vclt", "77"), ("state", state), ("instrument", instrument));
        var key = bond.Action == "succession" ? "succession"
            : from == instrument.EntryIntoForce && instrument.LaterPartyDays is { } d && bond.Deposited.AddDays(d) <= from ? "first"
            : "days";
        return Say(
            $"basis.because.date.{key}", source, ("state", state), ("instrument", instrument), ("action", new Message($"action.{bond.Action}")),
            ("deposited", bond.Deposited), ("n", instrument.LaterPartyDays ?? 0), ("since", from));
    }

    private Because Say(string key, Citation source, params (string, object?)[] fillings) => new(texts.Say(language, key, fillings), Cite(source), source);

    private string LanguageName(string code) =>
        texts.Has($"language.{code}") ? texts.Say(language, $"language.{code}") : code;

    private string Years(AvailableBasis basis, BasisCondition condition) =>
        (condition.Code == "minimum-penalty"
            ? basis.Bilateral?.MinimumPenaltyYears ?? reference.Coverage.Offence(basis.Instrument!, query.Offence)?.Tests.FirstOrDefault(t => t.Kind == ScopeTestKind.MinimumPenalty)?.Years ?? 0
            : 4m).ToString("0.##", System.Globalization.CultureInfo.InvariantCulture);
}
