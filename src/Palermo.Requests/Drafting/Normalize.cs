using System.Text.Json.Nodes;

namespace Palermo.Requests.Drafting;

/// <summary>Brings what people typed into the form the document asks for, where that changes nothing they meant.</summary>
internal static class Normalize
{
    private static readonly string[] StateMembers = ["state", "country"];

    /// <summary>States by name become their codes; names, documents and positions left empty are taken out.</summary>
    internal static void Entry(RequestsModule module, JsonObject content, string list, string id)
    {
        if ((content[list] as JsonArray)?.FirstOrDefault(n => n?["id"]?.ToString() == id) is not JsonObject entry) return;
        foreach (var member in StateMembers) State(module, entry, member);
        if (entry["nationalities"] is JsonArray nationalities)
            for (var i = 0; i < nationalities.Count; i++) nationalities[i] = CodeOf(module, nationalities[i]!.ToString());
        foreach (var name in new[] { "names", "documents" })
        {
            if (entry[name] is not JsonArray rows) continue;
            foreach (var row in rows.OfType<JsonObject>())
            {
                State(module, row, "state");
                // These members always stand in a name; left blank they are empty, not absent.
                if (name == "names" && (row["family"] is not null || row["given"] is not null)) (row["family"], row["given"]) = (row["family"]?.DeepClone() ?? "", row["given"]?.DeepClone() ?? "");
            }

            foreach (var empty in rows.Where(r => r is not JsonObject o || (name == "names" ? o["family"] is null : o["number"] is null && o["type"] is null)).ToList()) rows.Remove(empty);
        }
    }

    private static void State(RequestsModule module, JsonObject owner, string member)
    {
        if (owner[member] is JsonValue value) owner[member] = CodeOf(module, value.ToString());
    }

    /// <summary>The code of a state; what names none stays as typed and is named by the completeness check.</summary>
    private static string CodeOf(RequestsModule module, string text)
    {
        try
        {
            return module.Treaties.Reference.States.Resolve(text).Code;
        }
        catch (Kernel.RefusedException)
        {
            return text;
        }
    }
}
