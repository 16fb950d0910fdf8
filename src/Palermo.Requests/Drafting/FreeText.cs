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
        return [.. FreeTexts.Of(document, name => kinds.Item(document.Kind, name)?.IsFreeText == true)
            .Select(t => new FreeText(t.Path, t.Text, document.Translations.LastOrDefault(e => e.Field == t.Path && e.Language == target)))];
    }

    /// <summary>What it is, in the reader's language.</summary>
    internal string NameIn(PageContext page) => Path.Split('/') switch
    {
        ["absences", .. var about] when string.Join('/', about) is var item => page.Texts.Has("request.item." + item) ? page.Say("drafting.absence", ("item", new Message("request.item." + item))) : page.Say("drafting.absence", ("item", item)),
        ["annexes", var id, _] => $"{page.Say("drafting.step.annexes")}: {id}",
        [var list, var id, var member] => $"{page.Say("request.list." + list)} {id}: {page.Say($"request.entry.{list}.{member}")}",
        _ => page.Say("request.item." + Path),
    };
}
