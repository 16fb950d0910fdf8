using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Palermo.Data;
using Palermo.Data.Cases;
using Palermo.Requests.Document;

namespace Palermo.Requests.Drafting;

/// <summary>A step as it stands.</summary>
/// <param name="Version">Its version; 0 when nothing has been saved.</param>
/// <param name="Content">What it holds.</param>
/// <param name="ByName">Who saved it last; empty when nobody has.</param>
/// <param name="At">When, UTC.</param>
internal sealed record SavedStep(int Version, JsonObject Content, string ByName = "", DateTime At = default);

/// <summary>Reads the saved steps of cases and requests.</summary>
internal static class StepStore
{
    /// <summary>The last version of a step.</summary>
    internal static SavedStep Latest(PalermoContext context, Guid subject, string step) =>
        context.Set<StepVersion>().AsNoTracking().Where(s => s.Subject == subject && s.Step == step).OrderByDescending(s => s.Version).FirstOrDefault() is { } saved ? Read(saved) : new(0, []);

    /// <summary>One version of a step.</summary>
    internal static SavedStep Version(PalermoContext context, Guid subject, string step, int version) =>
        context.Set<StepVersion>().AsNoTracking().FirstOrDefault(s => s.Subject == subject && s.Step == step && s.Version == version) is { } saved ? Read(saved) : new(0, []);

    /// <summary>The last versions of all steps of a case and one of its requests, by name.</summary>
    internal static Dictionary<string, SavedStep> All(PalermoContext context, Request request)
    {
        var (id, of) = (request.Id, request.Case);
        var latest = context.Set<StepVersion>().AsNoTracking()
            .Where(s => (s.Subject == id || s.Subject == of) && !context.Set<StepVersion>().Any(n => n.Subject == s.Subject && n.Step == s.Step && n.Version > s.Version))
            .ToList();
        return latest.ToDictionary(s => s.Step, Read, StringComparer.Ordinal);
    }

    /// <summary>The whole document of a request as it stands.</summary>
    internal static RequestDocument Document(Request request, IReadOnlyDictionary<string, SavedStep> steps) =>
        AssembleRequest.Of([Head(request), .. Steps.All.Where(s => steps.ContainsKey(s.Name)).Select(s => ToDocument(steps[s.Name].Content))]);

    /// <summary>The whole document of a request as it stands.</summary>
    internal static RequestDocument Document(PalermoContext context, Request request) => Document(request, All(context, request));

    /// <summary>A step's members as a document.</summary>
    internal static RequestDocument ToDocument(JsonObject content) => content.Deserialize(DocumentJson.Readable.RequestDocument)!;

    /// <summary>A document's members as a step; what says nothing is left out.</summary>
    internal static JsonObject ToContent(RequestDocument part)
    {
        var content = (JsonObject)JsonSerializer.SerializeToNode(part, DocumentJson.Readable.RequestDocument)!;
        content.Remove("schema");
        foreach (var name in content.Where(p => p.Value is JsonArray { Count: 0 } or JsonObject { Count: 0 }).Select(p => p.Key).ToList()) content.Remove(name);
        return content;
    }

    private static RequestDocument Head(Request request) =>
        new() { Id = request.Id, Number = request.Number, Kind = request.Kind, Requesting = request.Requesting, Requested = request.Requested };

    private static SavedStep Read(StepVersion saved) => new(saved.Version, (JsonObject)JsonNode.Parse(saved.Content)!, saved.ByName, saved.At);
}
