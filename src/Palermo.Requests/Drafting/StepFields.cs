using Palermo.Kernel;
using Palermo.Requests.Completeness;
using Palermo.Requests.Document;
using Palermo.Requests.Kinds;
using Palermo.Web;

namespace Palermo.Requests.Drafting;

/// <summary>The fields of a step's form, from the tables of what a kind asks for.</summary>
internal sealed class StepFields(RequestsModule module, PageContext page, string kind, RequestDocument document)
{
    private const int LongestText = 200_000, LongestReason = 2000;

    private readonly ReliedArticle _relied = new(document, module.Treaties.Reference);

    /// <summary>The fields of a step; each expected one is followed by the reason for its absence, where there is one or one is due.</summary>
    internal IReadOnlyList<FormField> Of(Step step, Func<string, bool> absenceDue)
    {
        var fields = new List<FormField>();
        foreach (var item in module.Kinds.Items(kind, step.Name))
        {
            if (Field(item) is { } field) fields.Add(field);
            if (item.Level == ItemLevel.Expected && (absenceDue(item.Name) || document.Absences.ContainsKey(item.Name)))
                fields.Add(new FormField($"absences/{item.Name}", page.Say("drafting.absence", ("item", new Message(item.TextKey)))) { Longest = LongestReason, IsAbsence = true, Finding = item.Name });
        }

        return fields;
    }

    /// <summary>The measures of the kind to choose from.</summary>
    internal IReadOnlyList<(string, string)> Measures() =>
        [.. module.Kinds.Measures(kind).Select(m => (m.Code, $"{page.Say("request.measure." + m.Code)} ({Cite(m.Articles)})"))];

    /// <summary>An item's article as the reader's language writes it: that of an instrument relied on, otherwise one to compare.</summary>
    internal string Cite(IReadOnlyList<Citation> articles)
    {
        var article = _relied.Of(articles);
        return ReliedArticle.Cite(module.Treaties.Reference, page.Texts, page.Language, article, compared: !_relied.Binds(article));
    }

    private FormField? Field(RequestItem item)
    {
        var hint = item.TextKey.Replace("request.item.", "request.hint.", StringComparison.Ordinal);
        var field = new FormField(item.IsField ? $"fields/{item.Name}" : item.Name.Replace('.', '/'), page.Say(item.TextKey))
        {
            Finding = item.Name, Source = ReliedArticle.HasNone(item) ? null : Cite(item.Articles), Hint = page.Texts.Has(hint) ? page.Say(hint) : null,
        };
        return item.Type switch
        {
            ItemType.Text => field,
            ItemType.LongText => field with { Type = "long-text", Longest = LongestText },
            ItemType.Day => field with { Type = "day" },
            ItemType.YesNo => field with { Type = "yes-no" },
            ItemType.Assurance => field with { Type = "assurance" },
            ItemType.Choice => field with { Type = "choice", Choices = [.. item.Choices.Select(c => (c, page.Say($"request.choice.{item.Name}.{c}")))] },
            ItemType.Member when item.Name is "language" => field with { Type = "choice", Choices = LanguageChoices.Own(module, document) },
            ItemType.Member when item.Name is "targetLanguage" => field with { Type = "choice", Choices = LanguageChoices.Target(module, document) },
            ItemType.Member when item.Name.Contains("Authority.address", StringComparison.Ordinal) => field with { Type = "long-text", Longest = 2000 },
            ItemType.Member when item.Name.Contains("Authority.", StringComparison.Ordinal) => field,
            _ => null,
        };
    }
}
