using Palermo.Kernel;
using Palermo.Requests.Document;
using Palermo.Requests.Kinds;

namespace Palermo.Requests.Completeness;

/// <summary>The findings about one request while they are collected.</summary>
internal sealed class FindingList(KindCatalogue catalogue, RequestDocument request)
{
    /// <summary>No more is collected than a person could ever read.</summary>
    internal const int Most = 2_000;

    private readonly List<Finding> _findings = [];
    private readonly ReliedArticle _relied = new(request, catalogue.Reference);
    private Dictionary<string, string>? _lists;

    internal KindCatalogue Catalogue { get; } = catalogue;

    internal RequestDocument Request { get; } = request;

    /// <summary>The instrument the request relies on first of all; null when it relies on none.</summary>
    internal string? Relied { get; } = request.Basis is { Relied.Count: > 0 } basis ? basis.Relied[0] : null;

    internal void Add(string section, string field, Citation article, string severity, Message message)
    {
        if (_findings.Count < Most) _findings.Add(new(field, article, severity, message) { Section = section, Compared = !_relied.Binds(article) });
    }

    internal void Add(string section, string field, Citation article, string severity, string key, params (string, object?)[] fillings) =>
        Add(section, field, article, severity, new Message(key, fillings));

    /// <summary>Of several articles the one of an instrument the request relies on.</summary>
    internal Citation Article(IReadOnlyList<Citation> articles) => _relied.Of(articles);

    /// <summary>The article that asks for an item; none for the assurance of reciprocity, which stands in for a treaty.</summary>
    internal Citation Article(RequestItem item) => ReliedArticle.HasNone(item) ? default : Article(item.Articles);

    /// <summary>The article of an item of this kind; none when the kind does not ask for it.</summary>
    internal Citation ArticleOf(string item) => Catalogue.Item(Request.Kind, item) is { } found ? Article(found) : default;

    /// <summary>Name of the list in which an entry of this identifier stands; null when none does.</summary>
    internal string? ListOf(string id)
    {
        if (_lists is null)
        {
            _lists = new(StringComparer.Ordinal);
            foreach (var list in DocumentShape.All)
                foreach (var entry in list.Entries(Request)) _lists.TryAdd(list.Id(entry), list.Name);
        }

        return _lists.GetValueOrDefault(id);
    }

    internal IReadOnlyList<Finding> InOrder()
    {
        if (_findings.Count == 0) return [];
        return [.. _findings.OrderBy(f => Place(f.Section))];
    }

    private static int Place(string section)
    {
        for (var i = 0; i < KindCatalogue.Sections.Count; i++)
            if (KindCatalogue.Sections[i] == section) return i;
        return KindCatalogue.Sections.Count;
    }
}
