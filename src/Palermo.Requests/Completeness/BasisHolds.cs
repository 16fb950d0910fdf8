using Palermo.Kernel;
using Palermo.Requests.Kinds;

namespace Palermo.Requests.Completeness;

/// <summary>Whether the frozen basis carries this very request, and whether it is still fresh.</summary>
internal static class BasisHolds
{
    /// <summary>After so many days participation and declarations may have changed enough to ask again.</summary>
    internal const int FreshDays = 180;

    internal static void Check(FindingList findings, StateRequirements? requirements, DateOnly today)
    {
        var request = findings.Request;
        State(findings, "requesting", request.Requesting);
        State(findings, "requested", request.Requested);
        if (request.Requesting is { Length: > 0 } a && a == request.Requested) Add(Severities.Wrong, "requested", "request.finding.same-state");
        if (Dates.TryParse(request.Field("handling.deadline"), out var deadline) && deadline < today)
            findings.Add("handling", "handling.deadline", findings.ArticleOf("handling.deadline"), deadline < (request.Date ?? today) ? Severities.Wrong : Severities.Note, "request.finding.deadline-past", ("day", deadline));
        if (requirements is null && request.Requested is { Length: > 0 }) Add(Severities.Note, "requested", "request.finding.requirements-not-known", ("state", Named(findings, request.Requested)));
        if (requirements?.Forms is { Count: > 0 } forms) findings.Add("annexes", "annexes", default, Severities.Note, "request.finding.forms", ("state", Named(findings, request.Requested)), ("forms", forms));
        if (requirements?.CertificationSaid is { Length: > 0 } said) findings.Add("language", "targetLanguage", default, Severities.Note, "request.finding.certification", ("state", Named(findings, request.Requested)), ("said", said));
        if (requirements?.EvidentiaryStandard is { Length: > 0 } standard) findings.Add("facts", "facts.summary", default, Severities.Note, "request.finding.evidentiary-standard", ("state", Named(findings, request.Requested)), ("standard", standard));
        if (request.Basis is not { } basis) return;

        var query = basis.Report.Query;
        if (request.Requesting is { Length: > 0 } from && from != query.From || request.Requested is { Length: > 0 } to && to != query.To)
            Add(Severities.Wrong, "basis", "request.finding.basis-other-states", ("a", query.From), ("b", query.To));
        if (findings.Catalogue.Find(request.Kind) is { } kind && kind.FinderKind != query.Kind)
            Add(Severities.Wrong, "basis", "request.finding.basis-other-kind", ("kind", query.Kind), ("expected", kind.FinderKind));
        foreach (var relied in basis.Relied)
            if (!basis.Report.Available.Any(b => b.Instrument == relied))
                Add(Severities.Wrong, "basis", "request.finding.basis-not-available", ("instrument", RefusedException.Shorten(relied)));
        if (findings.Catalogue.Find(request.Kind) is { IsParticular: true } particular && basis.Relied.Count > 0 && !Carries(findings, particular, basis.Relied))
            findings.Add("basis", "basis", default, Severities.Wrong, "request.finding.basis-without-provision", ("kind", new Message("request.kind." + particular.Code)),
                ("article", new Message("citation.provision", ("instrument", findings.Catalogue.Reference.Find(particular.Provision.Instrument)), ("provision", particular.Provision.Provision))));
        if (today.DayNumber - basis.AskedOn.DayNumber > FreshDays)
            Add(Severities.Note, "basis", "request.finding.basis-old", ("day", basis.AskedOn));

        void Add(string severity, string field, string key, params (string, object?)[] fillings) =>
            findings.Add("basis", field, findings.ArticleOf(field), severity, key, fillings);
    }

    /// <summary>Whether something relied on provides for the kind: the instrument it rests on or one that its measures are taken from, or what the two states agreed on between themselves, and so without a treaty.</summary>
    private static bool Carries(FindingList findings, RequestKind kind, IReadOnlyList<string> relied)
    {
        foreach (var instrument in relied)
        {
            if (instrument == kind.Provision.Instrument || findings.Catalogue.Reference.Find(instrument) is null) return true;
            foreach (var measure in findings.Catalogue.Measures(kind.Code))
                foreach (var article in measure.Articles)
                    if (article.Instrument == instrument) return true;
        }

        return false;
    }

    internal static object? Named(FindingList findings, string? code) => (object?)findings.Catalogue.Reference.States.Find(code) ?? RefusedException.Shorten(code);

    private static void State(FindingList findings, string field, string? code)
    {
        if (code is { Length: > 0 } && findings.Catalogue.Reference.States.Find(code)?.Code != code)
            findings.Add("basis", field, findings.ArticleOf(field), Severities.Wrong, "request.finding.state", ("given", RefusedException.Shorten(code)));
    }
}
