using Palermo.Kernel;
using Palermo.Requests.Document;
using Palermo.Requests.Kinds;
using Palermo.Treaties.LegalBasis;
using Palermo.Treaties.Registry;

namespace Palermo.Requests.Completeness;

/// <summary>Which article is cited for what a request must hold: one of the instruments relied on, otherwise one to compare.</summary>
/// <remarks>The Protocols are read together with the Convention, whose provisions apply to them (Protocols art. 1): who relies on one is bound by both.</remarks>
internal sealed class ReliedArticle
{
    private readonly List<string> _relied = [];

    internal ReliedArticle(RequestDocument request, TreatyReference reference)
    {
        if (request.Basis is not { } basis) return;
        _relied.AddRange(basis.Relied);
        foreach (var relied in basis.Relied)
            if (reference.Find(relied) is { ParentRequired: true, ParentId: { Length: > 0 } parent } && !_relied.Contains(parent, StringComparer.Ordinal)) _relied.Add(parent);
    }

    /// <summary>Of several articles the first of an instrument relied on, in that order; the first of all when none is.</summary>
    internal Citation Of(IReadOnlyList<Citation> articles)
    {
        foreach (var relied in _relied)
            foreach (var article in articles)
                if (article.Instrument == relied) return article;
        return articles[0];
    }

    /// <summary>Whether an article binds the two states in this request; so long as nothing is relied on, nobody knows otherwise.</summary>
    internal bool Binds(Citation article) => _relied.Count == 0 || article.Instrument is not { Length: > 0 } instrument || _relied.Contains(instrument, StringComparer.Ordinal);

    /// <summary>Whether no treaty asks for an item.</summary>
    internal static bool HasNone(RequestItem item) => item.Name == "basis.reciprocity";

    /// <summary>An article in a language, with a word before it when it only serves for comparison; empty when there is none.</summary>
    internal static string Cite(TreatyReference reference, Texts texts, Language language, Citation article, bool compared)
    {
        var cited = BasisTexts.Cite(reference, texts, language, article);
        return compared && cited.Length > 0 ? texts.Say(language, "request.compare", ("article", cited)) : cited;
    }
}
