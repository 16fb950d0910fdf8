using Palermo.Kernel;
using Palermo.Requests.Document;
using Palermo.Treaties.LegalBasis;

namespace Palermo.Requests.Letter;

/// <summary>What the request rests on, in full sentences.</summary>
internal static class LetterBasis
{
    private const string UseLimitation = "letter.say.handling.use-limitation.yes";

    /// <summary>One sentence for each instrument relied on, the primary one first; of the instrument the kind rests on its very provision is named.</summary>
    internal static IEnumerable<Paragraph> Sentences(LetterWriter to, Citation? main)
    {
        foreach (var item in Relied(to.Document))
        {
            if (item.Role == BasisReport.RoleCode(BasisRole.Fallback)) continue;
            var role = item.Role is "primary" or "supplementary" or "adds-offence" ? item.Role : "supplementary";
            var articles = main?.Instrument == item.Instrument && role != "adds-offence" ? [main.Value.Provision] : item.Articles;
            var since = item.InForceSince is null ? "undated" : "since";
            yield return to.Say(
                ParagraphRole.Body, $"letter.basis.{role}.{since}",
                ("articles", new Message("letter.articles", ("n", articles.Count), ("articles", articles.Select(SafeText.Line).ToArray()))),
                ("title", to.Words.Title(item.Instrument) ?? SafeText.Line(item.Title)),
                ("since", item.InForceSince));
        }
    }

    /// <summary>Whether the request rests on no treaty, so that reciprocity is assured.</summary>
    internal static bool IsReciprocity(RequestDocument document) => Relied(document).Any(i => i.Role == BasisReport.RoleCode(BasisRole.Fallback));

    /// <summary>The provision under which a person who comes has safe conduct, of the first instrument relied on that has one.</summary>
    /// <remarks>Source: UNTOC art. 18(27); UNCAC art. 46(27); 1988 Convention art. 7(18).</remarks>
    internal static Citation? SafeConduct(RequestDocument document) => Relied(document).Select(i => i.Instrument switch
    {
        "untoc" => new Citation("untoc", "18(27)"),
        "uncac" => new Citation("uncac", "46(27)"),
        "drugs-1988" => new Citation("drugs-1988", "7(18)"),
        _ => (Citation?)null,
    }).FirstOrDefault(c => c is not null);

    /// <summary>Key of an item's sentence: the assurance on use leaves room for what is exculpatory, unless it is given under a treaty that knows no such room.</summary>
    /// <remarks>Source: UNTOC art. 18(19); UNCAC art. 46(19); without the reservation 1988 Convention art. 7(13), Terrorist Financing Convention art. 12(3), Inter-American MLA Convention art. 25.</remarks>
    internal static string Sentence(string key, Citation? provision) =>
        key == UseLimitation && provision?.Instrument is not ("drugs-1988" or "terrorist-financing-1999" or "oas-mla-1992") ? key + ".exculpatory" : key;

    /// <summary>A sentence with the provision it rests on in parentheses.</summary>
    internal static Paragraph Cited(LetterWriter to, string key, Citation? source) => to.Of(
        ParagraphRole.Body,
        to.Fixed(source is { } citation && to.Words.Title(citation.Instrument) is { } title
            ? to.Words.Say("letter.cited", ("sentence", to.Words.Say(key)), ("articles", citation.Provision), ("title", title))
            : to.Words.Say("letter.uncited", ("sentence", to.Words.Say(key)))));

    private static IEnumerable<BasisReport.AvailableItem> Relied(RequestDocument document) => document.Basis is { Relied: { } relied, Report.Available: { } available }
        ? relied.Select(id => available.FirstOrDefault(a => a.Instrument == id)).OfType<BasisReport.AvailableItem>()
        : [];
}
