using System.Globalization;
using System.Security.Cryptography;
using Palermo.Kernel;
using Palermo.Web;

namespace Palermo.Requests.Drafting;

/// <summary>The fields of things a request names: persons, accounts, vehicles …</summary>
internal static class EntryFields
{
    private const int Names = 4, Documents = 3;

    private static readonly Dictionary<string, (string Name, string Type)[]> Plainly = new(StringComparer.Ordinal)
    {
        ["organizations"] = [("name", "text"), ("role", "text"), ("registration", "text"), ("state", "state"), ("address", "long-text")],
        ["accounts"] = [("type", "choice:iban|number|wallet"), ("number", "text"), ("institution", "text"), ("holder", "text"), ("from", "day"), ("until", "day")],
        ["vehicles"] = [("type", "choice:road|vessel|aircraft"), ("number", "text"), ("registration", "text"), ("state", "state"), ("description", "text")],
        ["property"] = [("type", "choice:real-estate|cash|valuables|shares|cultural|other"), ("description", "long-text"), ("location", "text"), ("value", "number"), ("currency", "text"), ("owner", "text")],
        ["firearms"] = [("type", "text"), ("make", "text"), ("model", "text"), ("calibre", "text"), ("serial", "text"), ("country", "state"), ("markings", "text"), ("found", "long-text")],
        ["electronic"] = [("type", "choice:email|telephone|ip|domain|url|imei|account|other"), ("value", "text"), ("provider", "text"), ("from", "text"), ("until", "text")],
    };

    /// <summary>Letters with which identifiers of a list's entries begin.</summary>
    private static readonly Dictionary<string, string> Initials = new(StringComparer.Ordinal)
    {
        ["persons"] = "p", ["organizations"] = "o", ["accounts"] = "a", ["vehicles"] = "v", ["property"] = "t", ["firearms"] = "f", ["electronic"] = "e", ["measures"] = "m",
    };

    /// <summary>A new identifier for an entry. It is drawn, not counted, so that two people who add something at once add two things, and one that was removed never comes back as another.</summary>
    internal static string NewId(string list) => Initials[list] + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4));

    /// <summary>Whether a form may name this as the identifier of a new entry.</summary>
    internal static bool IsId(string list, string id) => id.Length is > 1 and <= 20 && id.StartsWith(Initials[list], StringComparison.Ordinal) && id.All(char.IsAsciiLetterOrDigit);

    /// <summary>The fields of one entry.</summary>
    internal static IReadOnlyList<FormField> Of(PageContext page, string list, string id, Func<IReadOnlyList<(string, string)>> measures) => list switch
    {
        "persons" => [.. Person(page, id)],
        "measures" =>
        [
            new($"measures/{id}/code", page.Say("request.entry.measures.code"), "choice") { Choices = measures() },
            new($"measures/{id}/details", page.Say("request.entry.measures.details"), "long-text") { Hint = page.Say("request.entry-hint.measures.details"), Longest = 50_000 },
            new($"measures/{id}/procedure", page.Say("request.entry.measures.procedure"), "long-text") { Hint = page.Say("request.entry-hint.measures.procedure"), Longest = 20_000 },
            new($"measures/{id}/concerns", page.Say("request.entry.measures.concerns"), "concerns"),
        ],
        _ => [.. Plainly[list].Select(f => Field(page, list, $"{list}/{id}/{f.Name}", f.Name, f.Type))],
    };

    private static IEnumerable<FormField> Person(PageContext page, string id)
    {
        var at = $"persons/{id}/";
        yield return Field(page, "persons", at + "role", "role", "choice:suspect|accused|convicted|sought|witness|expert|victim|detained|other");
        for (var i = 0; i < Names; i++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{at}names/{i}/");
            yield return Field(page, "persons", name + "family", "family", "text") with { Heading = page.Say(i == 0 ? "request.entry.persons.name" : "request.entry.persons.other-name", ("n", i + 1)), Folded = i > 0 };
            yield return Field(page, "persons", name + "given", "given", "text");
            yield return Field(page, "persons", name + "script", "script", "choice:Latn|Cyrl|Arab|Hans|Hant|Grek|Hebr|Deva|Jpan|Kore|Other");
            yield return Field(page, "persons", name + "kind", "kind", "choice:official|alias|former");
        }

        yield return Field(page, "persons", at + "born", "born", "text") with { Heading = page.Say("request.entry.persons.identity") };
        yield return Field(page, "persons", at + "birthPlace", "birthPlace", "text");
        yield return Field(page, "persons", at + "sex", "sex", "choice:female|male|other");
        yield return Field(page, "persons", at + "nationalities", "nationalities", "many");
        yield return Field(page, "persons", at + "location", "location", "long-text");
        yield return Field(page, "persons", at + "description", "description", "long-text");
        for (var i = 0; i < Documents; i++)
        {
            var document = string.Create(CultureInfo.InvariantCulture, $"{at}documents/{i}/");
            yield return Field(page, "persons", document + "type", "document", "choice:passport|identity-card|other") with { Heading = page.Say("request.entry.persons.document-n", ("n", i + 1)), Folded = i > 0 };
            yield return Field(page, "persons", document + "number", "documentNumber", "text");
            yield return Field(page, "persons", document + "state", "documentState", "state");
            yield return Field(page, "persons", document + "validUntil", "documentUntil", "day");
        }
    }

    private static FormField Field(PageContext page, string list, string path, string name, string type)
    {
        var hint = $"request.entry-hint.{list}.{name}";
        var field = new FormField(path, page.Say($"request.entry.{list}.{name}")) { Hint = page.Texts.Has(hint) ? page.Say(hint) : null, Finding = path };
        if (type.StartsWith("choice:", StringComparison.Ordinal))
            return field with { Type = "choice", Choices = [.. type[7..].Split('|').Select(c => (c, page.Say($"request.entry-choice.{list}.{name}.{c}")))] };
        return type switch
        {
            "state" => field with { List = "state-codes", Longest = 60 },
            "long-text" => field with { Type = type, Longest = 20_000 },
            "many" => field with { Type = type, List = "state-codes", Longest = 200 },
            _ => field with { Type = type },
        };
    }
}
