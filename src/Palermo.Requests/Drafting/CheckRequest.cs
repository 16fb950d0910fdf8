using Palermo.Requests.Completeness;
using Palermo.Requests.Document;

namespace Palermo.Requests.Drafting;

/// <summary>Runs the one completeness check with what the directory knows of the requested state.</summary>
internal static class CheckRequest
{
    /// <summary>What is missing, wrong or worth knowing.</summary>
    internal static IReadOnlyList<Finding> Findings(RequestsModule module, RequestDocument document) =>
        CheckCompleteness.Of(module.Kinds, document, RequirementsOf(module, document), module.Today);

    /// <summary>What the requested state asks for, as the directory knows it; null when nothing is known.</summary>
    internal static StateRequirements? RequirementsOf(RequestsModule module, RequestDocument document) => null;
}
