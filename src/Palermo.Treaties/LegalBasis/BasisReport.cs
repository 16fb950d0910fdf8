using Palermo.Kernel;
using Palermo.Treaties.Registry;

namespace Palermo.Treaties.LegalBasis;

/// <summary>The finder's answer for programs; stable.</summary>
/// <param name="Query">The question.</param>
/// <param name="Available">What carries the request.</param>
/// <param name="Excluded">What does not.</param>
/// <param name="Unknown">What the record does not say.</param>
public sealed record BasisReport(
    BasisReport.Question Query, IReadOnlyList<BasisReport.AvailableItem> Available,
    IReadOnlyList<BasisReport.ExcludedItem> Excluded, IReadOnlyList<BasisReport.UnknownItem> Unknown)
{
    /// <summary>The question.</summary>
    public sealed record Question(
        string From, string To, string Kind, string Offence, DateOnly On, decimal? MaxPenalty, bool? Group, bool? Transnational, bool? OwnNational, string? Territory);

    /// <summary>A code with its sentence.</summary>
    public sealed record Condition(string Code, bool? Met, string Text, string Citation);

    /// <summary>A requirement; <c>value</c> is null when not known.</summary>
    public sealed record Requirement(string Code, string? Value, string Text, string Citation);

    /// <summary>A warning; <c>declaration</c> is the state's statement in our own words, in English.</summary>
    public sealed record Warning(string Code, string Text, string? Declaration);

    /// <summary>A reason.</summary>
    public sealed record Reason(string Text, string Citation);

    /// <summary>An available basis.</summary>
    public sealed record AvailableItem(
        string Instrument, string Title, IReadOnlyList<string> Articles, string Role, DateOnly? InForceSince, IReadOnlyList<Condition> Conditions,
        IReadOnlyList<Requirement> Requirements, IReadOnlyList<Warning> Warnings, IReadOnlyList<Reason> Because);

    /// <summary>An excluded instrument.</summary>
    public sealed record ExcludedItem(string Instrument, string Reason, string? State, string Text, string Citation);

    /// <summary>An instrument of which the record does not say.</summary>
    public sealed record UnknownItem(string Instrument, string Missing, string? State, string Text, string Settle, string Citation);

    /// <summary>Puts an answer into words.</summary>
    public static BasisReport Of(TreatyReference reference, Texts texts, Language language, BasisAnswer answer)
    {
        var say = new BasisTexts(reference, texts, language, answer.Query);
        var q = answer.Query;
        return new BasisReport(
            new(q.From.Code, q.To.Code, Codes.Of(q.Kind), Codes.Of(q.Offence), q.On, q.MaxPenaltyYears, q.Group, q.Transnational, q.OwnNational, q.Territory?.Code),
            [.. answer.Available.Select(a => new AvailableItem(
                a.Id, a.Instrument?.NameIn(language) ?? a.Bilateral?.Title ?? texts.Say(language, "basis.none"), a.Articles, RoleCode(a.Role), a.InForceSince,
                [.. a.Conditions.Select(c => new Condition(c.Code, c.Met, say.Condition(a, c), say.Cite(c.Source)))],
                [.. a.Requirements.Select(r => new Requirement(r.Code, r.Value, say.Requirement(r), say.Cite(r.Source)))],
                [.. a.Warnings.Select(w => new Warning(w.Code, say.Warning(a, w), w.Declaration?.Paraphrase))],
                [.. say.Reasons(a).Select(b => new Reason(b.Text, b.Citation))]))],
            [.. answer.Excluded.Select(e => new ExcludedItem(e.Id, e.Reason, e.State?.Code, say.Excluded(e), say.Cite(e.Source)))],
            [.. answer.Unknown.Select(u => new UnknownItem(u.Instrument.Id, u.Missing, u.State?.Code, say.Unknown(u), say.Settle(u), say.Cite(u.Source)))]);
    }

    /// <summary>The code of a role.</summary>
    public static string RoleCode(BasisRole role) => role switch
    {
        BasisRole.Primary => "primary",
        BasisRole.Supplementary => "supplementary",
        BasisRole.AddsOffence => "adds-offence",
        _ => "fallback",
    };
}
