using Palermo.Data;
using Palermo.Data.Cases;
using Palermo.Requests.Completeness;
using Palermo.Requests.Document;
using Palermo.Requests.Life;
using StateRequirements = Palermo.Requests.Completeness.StateRequirements;

namespace Palermo.Requests.Drafting;

/// <summary>Runs the one completeness check with what the directory knows of the requested state.</summary>
internal static class CheckRequest
{
    /// <summary>What is missing, wrong or worth knowing.</summary>
    internal static IReadOnlyList<Finding> Findings(RequestsModule module, RequestDocument document) =>
        CheckCompleteness.Of(module.Kinds, document, RequirementsOf(module, document), module.Today);

    /// <summary>What is to say about a request as it stands: against the day it was approved or came, so that time that passed since makes nothing of it wrong.</summary>
    internal static IReadOnlyList<Finding> Findings(RequestsModule module, PalermoContext context, Request request, IReadOnlyDictionary<string, SavedStep> steps) =>
        Findings(module, StepStore.Document(request, steps) with { Date = DayOf(context, request) });

    private static DateOnly? DayOf(PalermoContext context, Request request)
    {
        if (request.Outgoing && (Stages.MayEdit(request) || request.Stage == Stages.InReview)) return null;
        var act = request.Outgoing ? "approve" : "registered";
        return context.Set<RequestEvent>().Where(e => e.Request == request.Id && e.Act == act).Max(e => (DateOnly?)e.On);
    }

    /// <summary>What the requested state asks for, as the directory knows it; null when nothing is known.</summary>
    internal static StateRequirements? RequirementsOf(RequestsModule module, RequestDocument document)
    {
        if (module.Treaties.Reference.States.Find(document.Requested ?? "") is not { } state || module.Kinds.Find(document.Kind) is not { } kind) return null;
        var said = module.Authorities.RequirementsOf(state, kind.Code, ChooseAuthority.StageOf(document));
        return new StateRequirements
        {
            DualCriminality = said.DualCriminality switch { "yes" => true, "no" => false, _ => null },
            Languages = said.Languages.Count > 0 ? [.. said.Languages.SelectMany(l => l.Codes).Distinct(StringComparer.Ordinal)] : null,
            Forms = said.Forms.Count > 0 ? [.. said.Forms.Select(f => f.Text)] : null,
            Certification = said.CertificationRequired switch { "yes" => true, "no" => false, _ => null },
            CertificationSaid = said.Certification.Count > 0 ? string.Join("; ", said.Certification.Select(c => c.Text)) : null,
            EvidentiaryStandard = said.EvidentiaryStandard.Count > 0 ? string.Join("; ", said.EvidentiaryStandard.Select(e => e.Text)) : null,
        };
    }

    /// <summary>Whether a finding keeps the request from being approved.</summary>
    internal static bool Blocks(Finding finding) => finding.Severity != Severities.Note;
}
