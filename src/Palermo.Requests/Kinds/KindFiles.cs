using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Palermo.Kernel;
using Palermo.Treaties.LegalBasis;
using Palermo.Treaties.Registry;

namespace Palermo.Requests.Kinds;

/// <summary>Reads the tables in <c>data/requests</c> and says where one of them is wrong.</summary>
internal static partial class KindFiles
{
    private static readonly FrozenDictionary<string, ItemType> Types = new Dictionary<string, ItemType>(StringComparer.Ordinal)
    {
        ["text"] = ItemType.Text, ["long-text"] = ItemType.LongText, ["day"] = ItemType.Day, ["yes-no"] = ItemType.YesNo, ["assurance"] = ItemType.Assurance,
        ["choice"] = ItemType.Choice, ["member"] = ItemType.Member, ["list"] = ItemType.List, ["attribute"] = ItemType.Attribute,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    internal static KindCatalogue Read(TreatyReference reference)
    {
        var folder = Path.Combine(reference.Folder, "requests");
        var kinds = ReadKinds(reference, folder);
        var items = DataFile.Read(Path.Combine(folder, "items.csv"), "kinds", "section", "item", "type", "level", "article", "condition").Rows
            .Select(row => (Kinds: Meant(row, kinds), Row: row, Item: ReadItem(reference, row))).ToArray();
        var measures = DataFile.Read(Path.Combine(folder, "measures.csv"), "kinds", "code", "article", "needs").Rows
            .Select(row => (Kinds: Meant(row, kinds), Row: row, Measure: ReadMeasure(reference, row))).ToArray();
        return new KindCatalogue(kinds, Of, ReadIban(folder), reference);

        KindCatalogue.OneKind Of(RequestKind kind)
        {
            var own = measures.Where(m => m.Kinds.Contains(kind)).ToArray();
            foreach (var twice in own.GroupBy(m => m.Measure.Code, StringComparer.Ordinal).Where(g => g.Count() > 1))
                throw twice.Last().Row.Wrong("code", $"the measure stands twice for {kind.Code}");
            var rows = items.Where(i => i.Kinds.Contains(kind)).ToArray();
            var names = rows.Where(r => r.Item.IsField).Select(r => r.Item.Name).ToHashSet(StringComparer.Ordinal);
            foreach (var (_, row, item) in rows) CheckConditions(kind, row, item, names, own);
            foreach (var same in rows.GroupBy(r => r.Item.Name, StringComparer.Ordinal))
            {
                if (same.Select(r => (r.Item.Type, r.Item.Section)).Distinct().Count() > 1) throw same.Last().Row.Wrong("type", $"section and type must be the same in all rows of {same.Key} for {kind.Code}");
                var alternatives = same.Where(r => r.Item.Type != ItemType.Attribute && !r.Item.Conditions.Any(c => c.Kind == ConditionKind.Entry)).ToArray();
                if (alternatives.SkipLast(1).FirstOrDefault(r => r.Item.Conditions.Count == 0) is { Item: not null } hidden)
                    throw hidden.Row.Wrong("condition", $"a later row of {same.Key} for {kind.Code} would never count; the row without a condition stands last");
            }

            return new(kind, [.. rows.Select((r, i) => r.Item with { Articles = [.. r.Item.Articles.Select(a => a.Instrument == "*" ? kind.Provision : a)], Earlier = Array.FindLastIndex(rows, Math.Max(i - 1, 0), i, e => e.Item.Name == r.Item.Name) })], [.. own.Select(m => m.Measure)]);
        }
    }

    private static RequestKind[] ReadKinds(TreatyReference reference, string folder)
    {
        var rows = DataFile.Read(Path.Combine(folder, "kinds.csv"), "number", "code", "provision", "finder_kind").Rows;
        var kinds = new List<RequestKind>();
        foreach (var row in rows)
        {
            var code = row.Required("code");
            if (!CodePattern().IsMatch(code)) throw row.Wrong("code", "small letters and hyphens were expected");
            if (kinds.Any(k => k.Code == code)) throw row.Wrong("code", "the code stands twice");
            var provision = row.Required("provision");
            var colon = provision.IndexOf(':', StringComparison.Ordinal);
            if (colon < 1 || reference.Find(provision[..colon]) is null) throw row.Wrong("provision", "INSTRUMENT:ARTICLE was expected, with an identifier from instruments.csv");
            kinds.Add(new(row.Number("number") ?? throw row.Wrong("number", "a number was expected"), code,
                new(provision[..colon], provision[(colon + 1)..]), row.OneOf("finder_kind", Codes.Kinds)));
        }

        return [.. kinds.OrderBy(k => k.Number)];
    }

    private static HashSet<RequestKind> Meant(DataRow row, RequestKind[] kinds)
    {
        var meant = new HashSet<RequestKind>();
        foreach (var part in row.Required("kinds").Split(';', StringSplitOptions.TrimEntries))
        {
            if (part == "*")
            {
                meant.UnionWith(kinds);
                continue;
            }

            var kind = kinds.FirstOrDefault(k => k.Code == part.TrimStart('-')) ?? throw row.Wrong("kinds", $"“{RefusedException.Shorten(part)}” is not in kinds.csv");
            if (part[0] == '-' ? !meant.Remove(kind) : !meant.Add(kind)) throw row.Wrong("kinds", $"{part} changes nothing here");
        }

        return meant;
    }

    private static RequestItem ReadItem(TreatyReference reference, DataRow row)
    {
        var section = row.OneOf("section", KindCatalogue.Sections);
        var name = row.Required("item");
        var text = row.Required("type");
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (!Types.TryGetValue(colon < 0 ? text : text[..colon], out var type) || colon >= 0 != (type == ItemType.Choice))
            throw row.Wrong("type", $"one of {string.Join(", ", Types.Keys.Order(StringComparer.Ordinal))} was expected, choice with its codes as choice:a|b; found “{RefusedException.Shorten(text)}”");
        var known = type switch
        {
            ItemType.Member => DocumentShape.Members.ContainsKey(name),
            ItemType.List => DocumentShape.Lists.ContainsKey(name),
            ItemType.Attribute => name.Split('.') is [var list, var attribute] && DocumentShape.Lists.TryGetValue(list, out var shape) && shape.Attributes.ContainsKey(attribute),
            _ => FieldPattern().IsMatch(name) && name.StartsWith(section + ".", StringComparison.Ordinal),
        };
        if (!known) throw row.Wrong("item", $"a {(colon < 0 ? text : "choice")} of this name does not exist; a field is called {section}.SOMETHING");
        return new(section, name, type, colon < 0 ? [] : text[(colon + 1)..].Split('|'),
            row.OneOf("level", "mandatory", "expected", "optional") switch { "mandatory" => ItemLevel.Mandatory, "expected" => ItemLevel.Expected, _ => ItemLevel.Optional },
            Articles(reference, row, star: true),
            [.. row["condition"].Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Select(c => ItemCondition.Parse(c) ?? throw row.Wrong("condition", $"“{RefusedException.Shorten(c)}” was not understood; the words are {ItemCondition.Vocabulary}"))]);
    }

    private static RequestMeasure ReadMeasure(TreatyReference reference, DataRow row)
    {
        var code = row.Required("code");
        if (!CodePattern().IsMatch(code)) throw row.Wrong("code", "small letters and hyphens were expected");
        string[] needs = [.. row["needs"].Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
        if (Array.Find(needs, n => !DocumentShape.Lists.ContainsKey(n)) is { } unknown) throw row.Wrong("needs", $"“{RefusedException.Shorten(unknown)}” is not a list of the document");
        return new(code, Articles(reference, row, star: false), needs);
    }

    private static Citation[] Articles(TreatyReference reference, DataRow row, bool star)
    {
        var text = row.Required("article");
        if (star && text == "*") return [new("*", "")];
        return [.. text.Split(';', StringSplitOptions.TrimEntries).Select(One)];

        Citation One(string article)
        {
            var space = article.IndexOf(' ', StringComparison.Ordinal);
            if (space < 1 || reference.Find(article[..space]) is null || article.Length == space + 1)
                throw row.Wrong("article", $"“untoc 18(15)(c)” or the like was expected, found “{RefusedException.Shorten(article)}”");
            return new(article[..space], article[(space + 1)..]);
        }
    }

    private static void CheckConditions(RequestKind kind, DataRow row, RequestItem item, HashSet<string> fields, (HashSet<RequestKind>, DataRow, RequestMeasure Measure)[] measures)
    {
        foreach (var condition in item.Conditions)
        {
            var wrong = condition.Kind switch
            {
                ConditionKind.Field or ConditionKind.Filled when !fields.Contains(condition.Subject) => condition.Subject,
                ConditionKind.Measure or ConditionKind.NotOnlyMeasure => condition.Values.FirstOrDefault(v => !measures.Any(m => m.Measure.Code == v)),
                ConditionKind.NoList => condition.Values.FirstOrDefault(v => !DocumentShape.Lists.ContainsKey(v)),
                ConditionKind.Entry or ConditionKind.NotEntry when !DocumentShape.Lists.TryGetValue(item.ListName ?? item.Name, out var list) || !list.Attributes.ContainsKey(condition.Subject) => condition.Subject,
                _ => null,
            };
            if (wrong is not null) throw row.Wrong("condition", $"{kind.Code} has no “{RefusedException.Shorten(wrong)}”");
        }
    }

    private static FrozenDictionary<string, int> ReadIban(string folder)
    {
        var lengths = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var row in DataFile.Read(Path.Combine(folder, "iban-lengths.csv"), "country", "length").Rows)
        {
            var country = row.Required("country");
            if (country.Length != 2 || !country.All(char.IsAsciiLetterUpper)) throw row.Wrong("country", "two capital letters were expected");
            if (row.Number("length") is not (>= 15 and <= 34) and var length) throw row.Wrong("length", $"15 to 34 was expected, found “{length}”");
            if (!lengths.TryAdd(country, row.Number("length")!.Value)) throw row.Wrong("country", "the country stands twice");
        }

        return lengths.ToFrozenDictionary(StringComparer.Ordinal);
    }

    [GeneratedRegex("^[a-z]+(-[a-z]+)*$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex CodePattern();

    [GeneratedRegex(@"^[a-z]+\.[a-z]+(-[a-z]+)*$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex FieldPattern();
}
