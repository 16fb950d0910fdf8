using System.Text.Json.Nodes;

namespace Palermo.Requests.Drafting;

/// <summary>Something that two people changed differently.</summary>
/// <param name="Path">Where: names and identifiers joined by slashes, for example <c>fields/facts.summary</c> or <c>persons/p1/born</c>.</param>
/// <param name="Mine">What the one who saves wrote.</param>
/// <param name="Theirs">What stands in the file meanwhile.</param>
public sealed record MergeConflict(string Path, string Mine, string Theirs);

/// <summary>Puts together what two people made of the same step: what only one changed is taken, what both changed differently is named.</summary>
/// <remarks>Objects are merged member by member, lists of things with an <c>id</c> thing by thing, everything else as a whole.</remarks>
internal static class ThreeWay
{
    /// <summary>Merges; where there is a conflict the result holds theirs, or mine when asked so.</summary>
    /// <param name="before">What both started from.</param>
    /// <param name="mine">What the one who saves made of it.</param>
    /// <param name="theirs">What stands in the file.</param>
    /// <param name="conflicts">What both changed differently.</param>
    /// <param name="mineWins">Whether the result holds mine where there is a conflict.</param>
    internal static JsonObject Merge(JsonObject before, JsonObject mine, JsonObject theirs, out List<MergeConflict> conflicts, bool mineWins = false)
    {
        conflicts = [];
        return Objects(before, mine, theirs, "", new(conflicts, mineWins));
    }

    private sealed record Found(List<MergeConflict> Conflicts, bool MineWins);

    private static JsonObject Objects(JsonObject? before, JsonObject mine, JsonObject theirs, string path, Found found)
    {
        var merged = new JsonObject();
        foreach (var name in theirs.Select(p => p.Key).Concat(mine.Select(p => p.Key)).Distinct(StringComparer.Ordinal))
        {
            if (Nodes(before?[name], mine[name], theirs[name], path + name, found) is { } node) merged[name] = node;
        }

        return merged;
    }

    private static JsonNode? Nodes(JsonNode? before, JsonNode? mine, JsonNode? theirs, string path, Found found)
    {
        if (JsonNode.DeepEquals(mine, theirs) || JsonNode.DeepEquals(before, mine)) return theirs?.DeepClone();
        if (JsonNode.DeepEquals(before, theirs)) return mine?.DeepClone();
        if (mine is JsonObject myObject && theirs is JsonObject theirObject) return Objects(before as JsonObject, myObject, theirObject, path + "/", found);
        if (mine is JsonArray myList && theirs is JsonArray theirList && Identified(myList) && Identified(theirList)) return Lists(before as JsonArray, myList, theirList, path + "/", found);
        found.Conflicts.Add(new MergeConflict(path, Text(mine), Text(theirs)));
        return (found.MineWins ? mine : theirs)?.DeepClone();
    }

    private static JsonArray Lists(JsonArray? before, JsonArray mine, JsonArray theirs, string path, Found found)
    {
        var merged = new JsonArray();
        foreach (var id in theirs.Select(Id).Concat(mine.Select(Id)).Distinct(StringComparer.Ordinal))
        {
            if (Nodes(Find(before, id), Find(mine, id), Find(theirs, id), path + id, found) is { } node) merged.Add(node);
        }

        return merged;
    }

    private static bool Identified(JsonArray list) => list.All(n => Key(n) is not null);

    private static string Id(JsonNode? node) => Key(node)!;

    /// <summary>What a thing of a list is known by: its identifier, or of a translation the field and the language.</summary>
    private static string? Key(JsonNode? node) => node is not JsonObject thing ? null : thing["id"]?.ToString() ?? (thing["field"] is { } field ? $"{field}|{thing["language"]}" : null);

    private static JsonNode? Find(JsonArray? list, string id) => list?.FirstOrDefault(n => Key(n) == id);

    private static string Text(JsonNode? node) => node switch
    {
        null => "",
        JsonValue value => value.ToString(),
        _ => node.ToJsonString(),
    };
}
