using System.Collections.Frozen;

namespace Palermo.Requests.Kinds;

/// <summary>When an item is asked for, in the closed vocabulary of <c>data/requests/items.csv</c>.</summary>
/// <param name="Kind">Which condition.</param>
/// <param name="Subject">The field, attribute or code it is about; empty when it needs none.</param>
/// <param name="Values">Values, codes or lists of which one is enough.</param>
public sealed record ItemCondition(ConditionKind Kind, string Subject, IReadOnlyList<string> Values)
{
    private static readonly FrozenDictionary<string, ConditionKind> Kinds = new Dictionary<string, ConditionKind>(StringComparer.Ordinal)
    {
        ["urgent"] = ConditionKind.Urgent,
        ["if-own-national"] = ConditionKind.OwnNational,
        ["if-field"] = ConditionKind.Field,
        ["if-filled"] = ConditionKind.Filled,
        ["if-measure"] = ConditionKind.Measure,
        ["unless-only-measure"] = ConditionKind.NotOnlyMeasure,
        ["unless-list"] = ConditionKind.NoList,
        ["if-relied"] = ConditionKind.Relied,
        ["if-required"] = ConditionKind.Required,
        ["if-open"] = ConditionKind.Open,
        ["entry"] = ConditionKind.Entry,
        ["unless-entry"] = ConditionKind.NotEntry,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The vocabulary, for the message about a word that is not in it.</summary>
    internal static string Vocabulary { get; } = string.Join(", ", Kinds.Keys.Order(StringComparer.Ordinal));

    /// <summary>Reads one condition; null when it is none of the vocabulary.</summary>
    internal static ItemCondition? Parse(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var word = colon < 0 ? text : text[..colon];
        var rest = colon < 0 ? "" : text[(colon + 1)..];
        if (!Kinds.TryGetValue(word, out var kind)) return null;
        if (kind is ConditionKind.Urgent or ConditionKind.OwnNational) return rest.Length == 0 ? new(kind, "", []) : null;
        if (rest.Length == 0) return null;
        if (kind is ConditionKind.Filled or ConditionKind.NotEntry) return new(kind, rest, []);
        if (kind is not (ConditionKind.Field or ConditionKind.Entry)) return new(kind, "", rest.Split('|'));
        var equals = rest.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 && equals < rest.Length - 1 ? new(kind, rest[..equals], rest[(equals + 1)..].Split('|')) : null;
    }
}

/// <summary>The conditions of <see cref="ItemCondition"/>.</summary>
public enum ConditionKind
{
    /// <summary><c>urgent</c>: the request says that it is urgent.</summary>
    Urgent,

    /// <summary><c>if-own-national</c>: the finder was told that the person is a national of the requested state.</summary>
    OwnNational,

    /// <summary><c>if-field:NAME=A|B</c>: the field has one of these values.</summary>
    Field,

    /// <summary><c>if-filled:NAME</c>: the field is not empty.</summary>
    Filled,

    /// <summary><c>if-measure:A|B</c>: one of these measures is asked for.</summary>
    Measure,

    /// <summary><c>unless-only-measure:A|B</c>: something else than these measures is asked for, or nothing yet.</summary>
    NotOnlyMeasure,

    /// <summary><c>unless-list:A|B</c>: all of these lists are empty.</summary>
    NoList,

    /// <summary><c>if-relied:A|B</c>: the request relies first of all on one of these instruments.</summary>
    Relied,

    /// <summary><c>if-required:CODE</c>: the basis or the requested state asks for it.</summary>
    Required,

    /// <summary><c>if-open:CODE</c>: the basis rests on this condition, and the finder was not told whether it is met.</summary>
    Open,

    /// <summary><c>entry:ATTRIBUTE=A|B</c>: only entries with one of these values are meant.</summary>
    Entry,

    /// <summary><c>unless-entry:ATTRIBUTE</c>: only entries without this attribute are meant.</summary>
    NotEntry,
}
