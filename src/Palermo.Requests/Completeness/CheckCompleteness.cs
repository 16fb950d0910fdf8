using Palermo.Kernel;
using Palermo.Requests.Document;
using Palermo.Requests.Kinds;

namespace Palermo.Requests.Completeness;

/// <summary>Whether a request holds everything its kind must hold. The drafter while typing, the approver and the requested state on receipt ask this one function.</summary>
public static class CheckCompleteness
{
    /// <summary>Everything there is to say about a request, in the order of the task list.</summary>
    /// <param name="catalogue">What each kind asks for.</param>
    /// <param name="request">The request, as <see cref="AssembleRequest"/> or <see cref="ReadRequest"/> gives it.</param>
    /// <param name="requirements">What the requested state asks for besides; null when not known.</param>
    /// <param name="today">The day on which it is asked.</param>
    [Rule("RQ-01", "Complete", "UNTOC arts. 13(3), 14, 16, 17, 18(9)-(20), 18(24), 18(27)-(28), 19-21, 24, 25, 27; UNCAC arts. 44-50, 55, 57; 1988 Convention arts. 5-8, 11, 17; Trafficking Protocol arts. 6, 8; Smuggling Protocol arts. 8, 9, 18; Firearms Protocol arts. 8, 12")]
    public static IReadOnlyList<Finding> Of(KindCatalogue catalogue, RequestDocument request, StateRequirements? requirements, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(catalogue);
        ArgumentNullException.ThrowIfNull(request);
        var findings = new FindingList(catalogue, request);
        if (catalogue.Find(request.Kind) is null)
        {
            findings.Add("basis", "kind", default, request.Kind is { Length: > 0 } ? Severities.Wrong : Severities.Missing,
                request.Kind is { Length: > 0 } kind
                    ? new Message("request.finding.kind-unknown", ("given", RefusedException.Shorten(kind)), ("choices", catalogue.Kinds.Select(k => k.Code).ToArray()))
                    : new Message("request.finding.kind-missing", ("choices", catalogue.Kinds.Select(k => k.Code).ToArray())));
        }

        RequiredItems.Check(findings, requirements);
        BasisHolds.Check(findings, requirements, today);
        EntriesAgree.Check(findings);
        IdentifiersHold.Check(findings);
        LanguageFits.Check(findings, requirements);
        return findings.InOrder();
    }

    /// <summary>Whether nothing is missing, unexplained or wrong.</summary>
    public static bool IsComplete(IReadOnlyList<Finding> findings)
    {
        ArgumentNullException.ThrowIfNull(findings);
        foreach (var finding in findings)
            if (finding.Severity != Severities.Note) return false;
        return true;
    }
}
