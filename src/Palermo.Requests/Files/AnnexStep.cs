using System.Globalization;
using System.Text.Json.Nodes;
using Palermo.Data;
using Palermo.Data.Cases;
using Palermo.Kernel.Access;
using Palermo.Requests.Document;
using Palermo.Requests.Drafting;

namespace Palermo.Requests.Files;

/// <summary>Keeps the step <c>annexes</c> of a request in step with the files annexed to it. Entries without a file, such as annexes on paper, stay as they are.</summary>
internal static class AnnexStep
{
    /// <summary>Adds a file to the annexes.</summary>
    internal static void Add(Change change, Viewer viewer, Request request, Attachment file)
    {
        var entry = new AnnexEntry(file.Id.ToString(), file.Title, file.FileName, file.Size, file.Sha256, file.Purpose == AnnexEntry.Translation ? AnnexEntry.Translation : file.Type);
        Save(change, viewer, request, annexes =>
        {
            if (!annexes.Any(a => IsOf(a, file.Id))) annexes.Add(StepStore.ToContent(new RequestDocument { Annexes = [entry] })["annexes"]![0]!.DeepClone());
        });
    }

    /// <summary>Takes a file out of the annexes.</summary>
    internal static void Remove(Change change, Viewer viewer, Request request, Guid file) =>
        Save(change, viewer, request, annexes =>
        {
            foreach (var entry in annexes.Where(a => IsOf(a, file)).ToList()) annexes.Remove(entry);
        });

    private static void Save(Change change, Viewer viewer, Request request, Action<JsonArray> edit)
    {
        var latest = StepStore.Latest(change.Context, request.Id, Steps.Annexes);
        var content = (JsonObject)latest.Content.DeepClone();
        var annexes = content["annexes"] as JsonArray;
        if (annexes is null) content["annexes"] = annexes = [];
        edit(annexes);
        if (annexes.Count == 0) content.Remove("annexes");
        SaveStep.Save(change, viewer, request.Id, Steps.Find(Steps.Annexes)!, latest.Version, content);
    }

    private static bool IsOf(JsonNode? entry, Guid file) => entry?["id"]?.ToString() is { } id && string.Equals(id, file.ToString("D", CultureInfo.InvariantCulture), StringComparison.OrdinalIgnoreCase);
}
