using System.Security.Cryptography;
using System.Text;
using Palermo.Requests.Document;
using Palermo.Requests.Kinds;

namespace Palermo.Requests.Letter;

/// <summary>How far the translation of a text is.</summary>
internal enum TranslationState
{
    /// <summary>The text is in the language asked for, or holds no words.</summary>
    NotNeeded,

    /// <summary>There is a translation of the text as it stands.</summary>
    Fresh,

    /// <summary>The text was changed after it was translated.</summary>
    Stale,

    /// <summary>There is none.</summary>
    Missing,
}

/// <summary>A text as it goes into a letter.</summary>
/// <param name="Text">The translation when there is a fresh one, otherwise the original.</param>
/// <param name="Language">The language it is in; empty when the document does not say.</param>
/// <param name="State">How far its translation is.</param>
internal readonly record struct ShownText(string Text, string Language, TranslationState State);

/// <summary>The texts of a document that a translator works on, by path.</summary>
/// <remarks>Source: UNTOC art. 18(14), requests are made in a language acceptable to the requested State Party.</remarks>
internal static class FreeTexts
{
    /// <summary>Path and text of everything that is written in sentences and not empty, in the order of the letter.</summary>
    /// <param name="document">The request.</param>
    /// <param name="isText">Whether a field, named <c>section.item</c>, is written in sentences; numbers, days and choices are not.</param>
    internal static IEnumerable<(string Path, string Text)> Of(RequestDocument document, Func<string, bool> isText)
    {
        var all = document.Fields.Where(f => isText(f.Key)).Select(f => (f.Key, f.Value))
            .Concat(document.Absences.Select(a => (Absence(a.Key), a.Value)))
            .Concat(document.Measures.SelectMany(m => new[] { (Path("measures", m.Id, "details"), m.Details), (Path("measures", m.Id, "procedure"), m.Procedure) }))
            .Concat(document.Persons.Select(p => (Path("persons", p.Id, "description"), p.Description)))
            .Concat(document.Organizations.Select(o => (Path("organizations", o.Id, "role"), o.Role)))
            .Concat(document.Vehicles.Select(v => (Path("vehicles", v.Id, "description"), v.Description)))
            .Concat(document.Property.Select(p => (Path("property", p.Id, "description"), p.Description)))
            .Concat(document.Firearms.SelectMany(f => new[] { (Path("firearms", f.Id, "markings"), f.Markings), (Path("firearms", f.Id, "found"), f.Found) }))
            .Concat(document.Annexes.Select(a => (Path("annexes", a.Id, "title"), a.Title)));
        return all.Where(t => SafeText.HasWords(t.Item2)).Select(t => (t.Item1, t.Item2));
    }

    /// <summary>Whether a field is written in sentences, so that a translator works on it; a file number is the same in every language.</summary>
    internal static bool IsText(KindCatalogue kinds, string? kind, string name, bool otherwise) => name != "proceedings.reference" && (kinds.Item(kind, name)?.IsFreeText ?? otherwise);

    /// <summary>Path of a member of a list's entry.</summary>
    internal static string Path(string list, string id, string member) => $"{list}/{id}/{member}";

    /// <summary>Path of the reason why something is absent.</summary>
    internal static string Absence(string of) => $"absences/{of}";

    /// <summary>SHA-256 of a text's UTF-8 bytes, lower-case hexadecimal: what a translation names as its original.</summary>
    internal static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>The text at a path in a language, as far as it is translated.</summary>
    internal static ShownText In(RequestDocument document, string path, string text, string language)
    {
        var own = document.Language ?? "";
        if (own.Length == 0 || Same(own, language) || !SafeText.HasWords(text)) return new(text, own, TranslationState.NotNeeded);
        var translation = document.Translations.LastOrDefault(t => t.Field == path && Same(t.Language, language) && !string.IsNullOrWhiteSpace(t.Text));
        if (translation is null) return new(text, own, TranslationState.Missing);
        return IsOf(translation, text) ? new(translation.Text, language, TranslationState.Fresh) : new(text, own, TranslationState.Stale);
    }

    /// <summary>Whether a translation was made of exactly this text.</summary>
    internal static bool IsOf(TranslationEntry translation, string text) =>
        string.Equals(translation.Of, Hash(text), StringComparison.OrdinalIgnoreCase) || string.Equals(translation.Of, Hash(text.Trim()), StringComparison.OrdinalIgnoreCase);

    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
