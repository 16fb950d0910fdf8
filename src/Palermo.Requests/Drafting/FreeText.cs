using System.Security.Cryptography;
using System.Text;
using Palermo.Requests.Document;
using Palermo.Requests.Kinds;
using Palermo.Web;

namespace Palermo.Requests.Drafting;

/// <summary>A free text of a request that goes into another language, and what a translator made of it.</summary>
/// <param name="Path">Its path: <c>facts.summary</c> or <c>measures/m1/details</c>.</param>
/// <param name="Text">The original.</param>
/// <param name="Translation">The translation into the target language; null when there is none.</param>
internal sealed record FreeText(string Path, string Text, TranslationEntry? Translation)
{
    /// <summary><c>fresh</c>, <c>stale</c> (the original changed since) or <c>none</c>.</summary>
    internal string State => Translation is null ? "none" : Translation.Of == HashOf(Text) ? "fresh" : "stale";

    /// <summary>The free texts of a request; none when it is written in the language it goes out in.</summary>
    internal static IReadOnlyList<FreeText> Of(KindCatalogue kinds, RequestDocument document)
    {
        if (document.TargetLanguage is not { Length: > 0 } target || target == document.Language) return [];
        var texts = kinds.Items(document.Kind).Where(i => i is { IsFreeText: true, IsField: true }).Select(i => i.Name).Distinct(StringComparer.Ordinal).Select(n => (Path: n, Text: document.Field(n)))
            .Concat(document.Measures.SelectMany(m => new[] { (Path: $"measures/{m.Id}/details", Text: m.Details), (Path: $"measures/{m.Id}/procedure", Text: m.Procedure) }));
        return [.. texts.Where(t => t.Text.Length > 0).Select(t => new FreeText(t.Path, t.Text, document.Translations.FirstOrDefault(e => e.Field == t.Path && e.Language == target)))];
    }

    /// <summary>The hash by which a translation knows its original.</summary>
    internal static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>What it is, in the reader's language.</summary>
    internal string NameIn(PageContext page) => Path.Split('/') is ["measures", var id, var part] ? $"{page.Say("request.list.measures")} {id}: {page.Say("request.entry.measures." + part)}" : page.Say("request.item." + Path);
}
