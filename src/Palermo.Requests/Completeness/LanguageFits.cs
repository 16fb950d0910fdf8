using Palermo.Kernel;
using Palermo.Requests.Document;
using Palermo.Requests.Kinds;

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

        if (request.Language is not { Length: > 0 } language || language == target) return;
        var translations = new Dictionary<string, TranslationEntry>(StringComparer.Ordinal);
        foreach (var translation in request.Translations)
            if (translation.Language == target && translation.Text.Length > 0) translations[translation.Field] = translation;
        foreach (var item in findings.Catalogue.Items(request.Kind))
            if (item.IsFreeText && request.Field(item.Name) is { Length: > 0 } text && item.Earlier < 0)
                Translated(findings, requirements, translations, item.Section, item.Name, text, new Message(item.TextKey), target);
        foreach (var measure in request.Measures)
        {
            if (measure.Details.Trim() is { Length: > 0 } details) Translated(findings, requirements, translations, "measures", $"measures/{measure.Id}/details", details, new Message("request.item.measures.details"), target);
            if (measure.Procedure.Trim() is { Length: > 0 } procedure) Translated(findings, requirements, translations, "measures", $"measures/{measure.Id}/procedure", procedure, new Message("request.item.measures.procedure"), target);
        }
    }

    private static void Translated(FindingList findings, StateRequirements? requirements, Dictionary<string, TranslationEntry> translations, string section, string field, string original, Message item, string target)
    {
        var article = findings.ArticleOf("targetLanguage");
        if (!translations.TryGetValue(field, out var found)) findings.Add(section, field, article, Severities.Note, "request.finding.not-translated", ("item", item), ("language", RefusedException.Shorten(target)));
        else if (!string.Equals(found.Of, TranslationHash.Of(original), StringComparison.OrdinalIgnoreCase)) findings.Add(section, field, article, Severities.Wrong, "request.finding.translation-stale", ("item", item));
        else if (requirements?.Certification == true && string.IsNullOrWhiteSpace(found.Certification)) findings.Add(section, field, article, Severities.Missing, "request.finding.translation-not-certified", ("item", item));
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
