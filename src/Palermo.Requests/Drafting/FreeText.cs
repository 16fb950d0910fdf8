using Palermo.Kernel;
using Palermo.Requests.Document;
using Palermo.Requests.Kinds;
using Palermo.Requests.Letter;
using Palermo.Web;

namespace Palermo.Requests.Drafting;

/// <summary>A free text of a request that goes into another language, and what a translator made of it.</summary>
/// <param name="Path">Its path: <c>facts.summary</c> or <c>measures/m1/details</c>.</param>
/// <param name="Text">The original.</param>
/// <param name="Translation">The translation into the target language; null when there is none.</param>
internal sealed record FreeText(string Path, string Text, TranslationEntry? Translation)
{
    /// <summary><c>fresh</c>, <c>stale</c> (the original changed since) or <c>none</c>.</summary>
    internal string State => Translation is null ? "none" : FreeTexts.IsOf(Translation, Text) ? "fresh" : "stale";

    /// <summary>The free texts of a request, as the letter shows them; none when it is written in the language it goes out in.</summary>
    internal static IReadOnlyList<FreeText> Of(KindCatalogue kinds, RequestDocument document)
    {
        if (document.TargetLanguage is not { Length: > 0 } target || target == document.Language) return [];
        var translations = new Dictionary<string, TranslationEntry>(StringComparer.Ordinal);
        foreach (var entry in document.Translations)
            if (entry.Language == target && !string.IsNullOrWhiteSpace(entry.Text)) translations[entry.Field] = entry;
        return [.. FreeTexts.Of(document, name => FreeTexts.IsText(kinds, document.Kind, name, otherwise: false))
            .Select(t => new FreeText(t.Path, t.Text, translations.GetValueOrDefault(t.Path)))];
    }

    /// <summary>What it is, for a sentence; by its path where the tables do not know it.</summary>
    internal object Item(KindCatalogue kinds, string? kind) => Path.Split('/') switch
    {
        ["absences", ..] => new Message("letter.absent-of", ("item", Known(kinds, kind, Path["absences/".Length..]))),
        ["annexes", ..] => new Message("request.item.annexes"),
        [var list, _, var member] => new Message($"request.entry.{list}.{member}"),
        _ => Known(kinds, kind, Path),
    };

    /// <summary>What it is, in the reader's language.</summary>
    internal string NameIn(PageContext page) => Path.Split('/') switch
    {
        ["absences", ..] => Absence(page, Path["absences/".Length..]),
        ["annexes", var id, _] => $"{page.Say("drafting.step.annexes")}: {id}",
        [var list, var id, var member] => $"{page.Say("request.list." + list)} {id}: {page.Say($"request.entry.{list}.{member}")}",
        _ => page.Say("request.item." + Path),
    };

    private static object Known(KindCatalogue kinds, string? kind, string name) => kinds.Item(kind, name) is { } item ? new Message(item.TextKey) : RefusedException.Shorten(name);

    private static string Absence(PageContext page, string item) =>
        page.Texts.Has("request.item." + item) ? page.Say("drafting.absence", ("item", new Message("request.item." + item))) : page.Say("drafting.absence", ("item", item));
}
