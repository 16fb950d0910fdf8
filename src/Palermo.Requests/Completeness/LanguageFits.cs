using Palermo.Kernel;
using Palermo.Requests.Document;
using Palermo.Requests.Drafting;

namespace Palermo.Requests.Completeness;

/// <summary>Whether the requested state will be able to read the request (UNTOC art. 18(14)).</summary>
internal static class LanguageFits
{
    internal static void Check(FindingList findings, StateRequirements? requirements)
    {
        var request = findings.Request;
        Code(findings, "language", request.Language);
        Code(findings, "targetLanguage", request.TargetLanguage);
        if (request.TargetLanguage is not { Length: > 0 } target) return;
        var accepted = requirements?.Languages ?? OfBasis(request);
        if (accepted is null)
        {
            if (request.Requested is { Length: > 0 })
                findings.Add("language", "targetLanguage", findings.ArticleOf("targetLanguage"), Severities.Note, "request.finding.language-not-known", ("state", BasisHolds.Named(findings, request.Requested)));
        }
        else if (accepted.Count > 0 && !accepted.Contains(target, StringComparer.OrdinalIgnoreCase))
        {
            findings.Add("language", "targetLanguage", findings.ArticleOf("targetLanguage"), Severities.Wrong, "request.finding.language-not-accepted",
                ("state", BasisHolds.Named(findings, request.Requested)), ("given", RefusedException.Shorten(target)), ("languages", accepted));
        }

        if (request.Language is { Length: > 0 } language) Translated(findings, requirements, target, readsOriginal: accepted?.Contains(language, StringComparer.OrdinalIgnoreCase) == true);
    }

    /// <summary>
    /// Whether everything in words goes out in the language of the requested state, or need not: the state reads the original, or the whole is translated in an annex.
    /// It is put right where the translations stand, so the findings are about the target language.
    /// </summary>
    private static void Translated(FindingList findings, StateRequirements? requirements, string target, bool readsOriginal)
    {
        var request = findings.Request;
        var article = findings.ArticleOf("targetLanguage");
        var absent = readsOriginal || IsAnnexed(request) ? Severities.Note : Severities.Missing;
        foreach (var text in FreeText.Of(findings.Catalogue, request))
        {
            var item = text.Item(findings.Catalogue, request.Kind);
            if (text.State == "none") findings.Add("language", "targetLanguage", article, absent, "request.finding.not-translated", ("item", item), ("language", RefusedException.Shorten(target)));
            else if (text.State == "stale") findings.Add("language", "targetLanguage", article, Severities.Wrong, "request.finding.translation-stale", ("item", item));
            else if (requirements?.Certification == true && string.IsNullOrWhiteSpace(text.Translation!.Certification)) findings.Add("language", "targetLanguage", article, Severities.Missing, "request.finding.translation-not-certified", ("item", item));
        }
    }

    private static bool IsAnnexed(RequestDocument request)
    {
        foreach (var annex in request.Annexes)
            if (annex.Type == AnnexEntry.Translation) return true;
        return false;
    }

    /// <summary>Languages the requested state accepts as the frozen basis has it; null when it does not say.</summary>
    internal static IReadOnlyList<string>? OfBasis(RequestDocument request) =>
        ItemApplies.Requirement(request, "language")?.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Whether a text is a code of ISO 639.</summary>
    internal static bool IsCode(string code) => code.Length is 2 or 3 && code.All(char.IsAsciiLetterLower);

    private static void Code(FindingList findings, string field, string? code)
    {
        if (code is not { Length: > 0 } || IsCode(code)) return;
        findings.Add("language", field, findings.ArticleOf(field), Severities.Wrong, "request.finding.language-code", ("given", RefusedException.Shorten(code)));
    }
}
