using Palermo.Requests.Completeness;
using Palermo.Requests.Document;
using StateRequirements = Palermo.Requests.Completeness.StateRequirements;

namespace Palermo.Requests.Drafting;

/// <summary>Runs the one completeness check with what the directory knows of the requested state.</summary>
internal static class CheckRequest
{
    /// <summary>What is missing, wrong or worth knowing.</summary>
    internal static IReadOnlyList<Finding> Findings(RequestsModule module, RequestDocument document) =>
        CheckCompleteness.Of(module.Kinds, document, RequirementsOf(module, document), module.Today);

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
