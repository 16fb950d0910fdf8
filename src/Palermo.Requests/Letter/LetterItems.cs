using Palermo.Kernel;
using Palermo.Requests.Document;
using Palermo.Requests.Kinds;

namespace Palermo.Requests.Letter;

/// <summary>Which items of a document stand in which section of the letter, in the order in which its kind asks for them.</summary>
internal sealed class LetterItems
{
    /// <summary>The day of an oral request, which the opening names.</summary>
    internal const string MadeOrally = "handling.made-orally";

    /// <summary>Where an item stands when that is not the section of the task list it belongs to.</summary>
    private static readonly Dictionary<string, string> Moved = new(StringComparer.Ordinal)
    {
        ["proceedings.offence"] = "offences",
        ["proceedings.law"] = "offences",
        ["proceedings.penalty"] = "offences",
        ["proceedings.limitation"] = "offences",
        ["basis.dual-criminality"] = "offences",
        ["proceedings.purpose"] = "purpose",
        ["handling.urgent"] = "urgency",
        ["handling.urgent-reason"] = "urgency",
        ["handling.deadline"] = "urgency",
        ["handling.deadline-reason"] = "urgency",
        ["handling.confidential"] = "confidentiality",
        ["handling.confidential-reason"] = "confidentiality",
        ["handling.use-limitation"] = "assurances",
        ["handling.restrictions"] = "assurances",
        ["particulars.speciality"] = "assurances",
        ["particulars.fair-treatment"] = "assurances",
        ["particulars.other-assurances"] = "assurances",
        ["particulars.return-of-national"] = "assurances",
        ["particulars.request-follows"] = "assurances",
        ["particulars.custody"] = "assurances",
        ["particulars.return"] = "assurances",
        ["particulars.credit"] = "assurances",
        ["particulars.immunity"] = "assurances",
        ["particulars.dignity"] = "assurances",
        ["particulars.report"] = "assurances",
        ["handling.costs"] = "costs",
        ["particulars.costs"] = "costs",
        ["basis.reciprocity"] = "reciprocity",
    };

    /// <summary>The measure for which somebody comes to the requesting state in freedom (UNTOC art. 18(3)(h), (27)); who is transferred in custody cannot leave and has the immunity of art. 18(12).</summary>
    private const string Travelling = "voluntary-appearance";

    private static readonly string[] Lists = ["persons", "organizations", "accounts", "vehicles", "property", "firearms", "electronic", "measures", "annexes"];

    private readonly ILookup<string, string> _bySection;
    private readonly RequestDocument _document;
    private readonly KindCatalogue _catalogue;

    /// <summary>The items of a document: those its kind knows in its order, then what else somebody wrote.</summary>
    internal LetterItems(RequestDocument document, KindCatalogue catalogue)
    {
        (_document, _catalogue) = (document, catalogue);
        _bySection = catalogue.Items(document.Kind).Select(i => i.Name)
            .Concat(document.Fields.Keys.Order(StringComparer.Ordinal)).Concat(document.Absences.Keys.Order(StringComparer.Ordinal))
            .Except([.. Lists, MadeOrally], StringComparer.Ordinal).Distinct(StringComparer.Ordinal)
            .Where(name => document.Field(name).Length > 0 || document.Absences.ContainsKey(name))
            .ToLookup(SectionOf, StringComparer.Ordinal);
        SomebodyTravels = document.Measures.Any(m => m.Code == Travelling);
        Urgent = document.Field("handling.urgent") == "yes";
        Confidential = document.Field("handling.confidential") == "yes";
    }

    /// <summary>Whether safe conduct is to be promised (UNTOC art. 18(27)).</summary>
    internal bool SomebodyTravels { get; }

    /// <summary>Whether it is urgent (UNTOC art. 18(14)).</summary>
    internal bool Urgent { get; }

    /// <summary>Whether the fact and substance of the request are to be kept confidential (UNTOC art. 18(20)).</summary>
    internal bool Confidential { get; }

    /// <summary>The provision the kind rests on; null when the kind is unknown.</summary>
    internal Citation? MainProvision => _catalogue.Find(_document.Kind)?.Provision;

    /// <summary>Sections in which something stands.</summary>
    internal IEnumerable<string> Sections => _bySection.Select(g => g.Key);

    /// <summary>Items of a section.</summary>
    internal IEnumerable<string> In(string section) => _bySection[section];

    /// <summary>Whether an item is written in sentences, so that a translator works on it.</summary>
    internal bool IsText(string name) => FreeTexts.IsText(_catalogue, _document.Kind, name, otherwise: true);

    /// <summary>The provision that asks for an item, of the first instrument relied on that has one; null when none has.</summary>
    internal Citation? Provision(string name)
    {
        var articles = _catalogue.Item(_document.Kind, name)?.Articles ?? [];
        return (_document.Basis?.Relied ?? []).SelectMany(id => articles.Where(a => a.Instrument == id)).Select(a => (Citation?)a).FirstOrDefault();
    }

    /// <summary>The word for a choice; null when the text is none.</summary>
    internal static string? Choice(LetterWords words, string name, string text) => text switch
    {
        "yes" or "no" => words.Say("letter." + text),
        _ when words.Has($"request.choice.{name}.{text}") => words.Say($"request.choice.{name}.{text}"),
        _ => null,
    };

    /// <summary>Title of a section that this version of the letter has no heading for.</summary>
    internal static string SectionTitle(LetterWords words, string section) =>
        words.SayOr("letter.section." + section, words.SayOr("request.section." + section, words.Say("letter.section.particulars")));

    /// <summary>Title of an item, a list or a member of a list's entry.</summary>
    internal static string Title(LetterWords words, string path)
    {
        var parts = path.Split('/');
        if (parts is ["absences", var of]) return words.Say("letter.absent-of", ("item", Title(words, of)));
        if (parts is [var list, _, var member])
            return words.SayOr("letter.list." + list, SafeText.Line(list)) + " – " + words.SayOr("letter.of." + member, SafeText.Line(member));
        return words.SayOr("request.item." + path, words.SayOr("letter.list." + path, SafeText.Line(path)));
    }

    private string SectionOf(string name)
    {
        if (Moved.TryGetValue(name, out var moved)) return moved;
        var section = _catalogue.Item(_document.Kind, name)?.Section ?? (name.IndexOf('.', StringComparison.Ordinal) is var dot and > 0 ? name[..dot] : "particulars");
        return section switch { "basis" or "authority" => "proceedings", "handling" or "language" or "annexes" => "particulars", _ => section };
    }
}
