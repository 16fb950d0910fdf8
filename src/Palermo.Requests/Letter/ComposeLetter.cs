using Palermo.Kernel;
using Palermo.Requests.Document;
using Palermo.Treaties.Registry;

namespace Palermo.Requests.Letter;

/// <summary>The letter of request of a document: its sections in the customary order, in one language.</summary>
/// <remarks>Source: UNTOC art. 18(14)–(15), 18(19)–(20), 18(24), 18(27)–(28).</remarks>
internal static class ComposeLetter
{
    /// <summary>Sections in the customary order; what a kind has besides stands before the urgency.</summary>
    private static readonly string[] Before = ["proceedings", "persons", "facts", "offences", "measures", "purpose", "property"], After = ["urgency", "confidentiality", "assurances", "costs", "reciprocity"];

    /// <summary>Items whose title the heading of their section already says.</summary>
    private static readonly string[] Headed = ["facts.summary", "proceedings.purpose", "handling.costs", "particulars.costs"];

    private static readonly string[] Things = ["accounts", "vehicles", "property", "firearms", "electronic"];

    /// <summary>The letter.</summary>
    /// <param name="document">The request.</param>
    /// <param name="items">What its kind asks for, in order.</param>
    /// <param name="texts">The interface's texts.</param>
    /// <param name="reference">Instruments and states.</param>
    /// <param name="language">ISO 639 code of the letter's language.</param>
    internal static LetterOfRequest Of(RequestDocument document, LetterItems items, Texts texts, TreatyReference reference, string language)
    {
        var words = new LetterWords(texts, reference, language);
        var to = new LetterWriter(document, words);
        var head = new LetterHead(to, items);
        var sections = new List<LetterSection> { new("head", null, [.. head.Blocks()]), new("opening", null, [.. head.Opening()]) };
        foreach (var key in Before.Concat(items.Sections.Except(Before, StringComparer.Ordinal).Except(After, StringComparer.Ordinal)).Concat(After)) Add(key, LetterItems.SectionTitle(words, key), Content(to, items, key));
        if (items.SomebodyTravels) Add("safe-conduct", words.Say("letter.section.safe-conduct"), [LetterBasis.Cited(to, "letter.safe-conduct", LetterBasis.SafeConduct(document))]);
        Add("closing", null, head.Closing());
        Add("signature", words.Say("letter.section.signature"), head.Signature());
        Add("annexes", words.Say("letter.section.annexes"), document.Annexes.Count > 0 ? [LetterTables.Annexes(to)] : Absent(to, "annexes", null));
        Add("translations", words.Say("letter.section.translations"), to.IsTranslated ? [to.Say(ParagraphRole.Body, "letter.translated"), LetterTables.Translations(to, path => LetterItems.Title(words, path))] : []);
        return new(language, words.Language, head.Title, head.Running, words.Say("letter.page"), head.Draft, sections, document);

        void Add(string key, string? heading, IEnumerable<Block> blocks)
        {
            Block[] all = [.. blocks];
            if (all.Length > 0) sections.Add(new(key, heading, all));
        }
    }

    private static IEnumerable<Block> Content(LetterWriter to, LetterItems items, string section)
    {
        IEnumerable<Block> lists = section switch
        {
            "persons" => LetterTables.Persons(to).Concat(Absent(to, "persons", null)).Concat(Absent(to, "organizations", "letter.list.organizations")),
            "measures" => Measures(to).Concat(Absent(to, "measures", null)),
            "property" => LetterTables.Things(to).Concat(Things.SelectMany(l => Absent(to, l, "letter.list." + l))),
            "reciprocity" when LetterBasis.IsReciprocity(to.Document) => [to.Say(ParagraphRole.Body, "letter.reciprocity")],
            _ => [],
        };
        return items.In(section).SelectMany(item => Item(to, items, item)).Concat(lists);
    }

    /// <summary>One item: as a sentence where the letter has one for its value, otherwise under its title; a reason where it is absent.</summary>
    private static IEnumerable<Block> Item(LetterWriter to, LetterItems items, string name)
    {
        var text = to.Document.Field(name);
        if (text.Length == 0)
        {
            foreach (var block in Absent(to, name, LetterItems.Title(to.Words, name))) yield return block;
            yield break;
        }

        if (to.Words.Has($"letter.say.{name}.{text}"))
        {
            var provision = items.Provision(name);
            yield return LetterBasis.Cited(to, LetterBasis.Sentence($"letter.say.{name}.{text}", provision), provision);
            yield break;
        }

        if (!Headed.Contains(name, StringComparer.Ordinal)) yield return to.Of(ParagraphRole.Label, to.Fixed(LetterItems.Title(to.Words, name)));
        if (LetterItems.Choice(to.Words, name, text) is { } choice) yield return to.Of(ParagraphRole.Body, to.Fixed(choice));
        else if (to.Words.Day(text) is { } day) yield return to.Of(ParagraphRole.Body, to.Fixed(day));
        else if (!items.IsText(name)) foreach (var line in to.Named(ParagraphRole.Body, text)) yield return line;
        else foreach (var line in to.Free(ParagraphRole.Body, name, to.Document.Fields[name])) yield return line;
    }

    /// <summary>What is asked for, numbered (UNTOC art. 18(3), 18(15)(d)).</summary>
    private static IEnumerable<Block> Measures(LetterWriter to)
    {
        if (to.Document.Measures.Count == 0) yield break;
        yield return to.Say(ParagraphRole.Body, "letter.measures");
        foreach (var measure in to.Document.Measures)
        {
            yield return to.Of(ParagraphRole.Item, to.Fixed(to.Words.SayOr("request.measure." + measure.Code, SafeText.Line(measure.Code))));
            foreach (var line in to.Free(ParagraphRole.ItemText, FreeTexts.Path("measures", measure.Id, "details"), measure.Details)) yield return line;
            if (measure.Concerns.Count > 0)
            {
                var pieces = new List<Piece> { to.Fixed(to.Words.Say("letter.concerns") + to.Colon) };
                foreach (var (i, id) in measure.Concerns.Index())
                {
                    if (i > 0) pieces.Add(to.Fixed("; "));
                    pieces.Add(LetterTables.Called(to, id) ?? LetterWriter.Code(id));
                }

                yield return to.Of(ParagraphRole.ItemText, [.. pieces]);
            }

            if (string.IsNullOrWhiteSpace(measure.Procedure)) continue;
            yield return to.Say(ParagraphRole.ItemText, "letter.procedure");
            foreach (var line in to.Free(ParagraphRole.ItemText, FreeTexts.Path("measures", measure.Id, "procedure"), measure.Procedure)) yield return line;
        }
    }

    /// <summary>That something is absent, and why.</summary>
    /// <param name="to">The letter.</param>
    /// <param name="name">The item, or the list.</param>
    /// <param name="title">Its title, or the key of its title; null where the heading says it.</param>
    private static IEnumerable<Block> Absent(LetterWriter to, string name, string? title)
    {
        if (!to.Document.Absences.TryGetValue(name, out var reason) || string.IsNullOrWhiteSpace(reason)) yield break;
        if (title is not null) yield return to.Of(ParagraphRole.Label, to.Fixed(to.Words.SayOr(title, title)));
        yield return to.Say(ParagraphRole.Body, "letter.absent");
        foreach (var line in to.Free(ParagraphRole.Body, FreeTexts.Absence(name), reason)) yield return line;
    }
}
