using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Palermo.Data;
using Palermo.Data.Cases;
using Palermo.Kernel;
using Palermo.Kernel.Access;
using Palermo.Requests.Cases;
using Palermo.Requests.Completeness;
using Palermo.Requests.Document;
using Palermo.Requests.Identifiers;
using Palermo.Requests.Life;
using Palermo.Requests.Search;

namespace Palermo.Requests.Drafting;

/// <summary>What became of saving a step.</summary>
/// <param name="Saved">The step as it stands now.</param>
/// <param name="Conflicts">What somebody else changed differently meanwhile; then nothing was written.</param>
/// <param name="MergedWith">Who had changed other parts of the step meanwhile; empty when nobody had.</param>
internal sealed record SaveResult(SavedStep Saved, IReadOnlyList<MergeConflict> Conflicts, string MergedWith = "")
{
    /// <summary>After a conflict, what to show for saving again: everything of both, and the writer's own where they collide.</summary>
    internal JsonObject? Proposed { get; init; }
}

/// <summary>Saves one step of a request. Two people may work on it at once: what only one changed is kept, and what both changed is shown to the second.</summary>
internal static class SaveStep
{
    /// <summary>Longest content of a step, in characters of JSON.</summary>
    internal const int Longest = 4 << 20;

    /// <summary>Saves a step.</summary>
    /// <param name="module">The module.</param>
    /// <param name="viewer">Who saves.</param>
    /// <param name="requestId">The request; a step of the case is saved with the case.</param>
    /// <param name="step">The step.</param>
    /// <param name="basedOn">The version the writer started from.</param>
    /// <param name="mine">What the writer made of that version.</param>
    /// <exception cref="RefusedException">Not to be seen, not to be written, or too long; nothing was written.</exception>
    internal static SaveResult Save(RequestsModule module, Viewer viewer, Guid requestId, Step step, int basedOn, JsonObject mine) =>
        Change.Make(module.Database, viewer.Actor, module.Clock, change => Save(change, viewer, requestId, step, basedOn, mine));

    /// <summary>Saves a step within a change.</summary>
    internal static SaveResult Save(Change change, Viewer viewer, Guid requestId, Step step, int basedOn, JsonObject mine)
    {
        var context = change.Context;
        var request = Visible.Request(context, viewer, requestId);
        Visible.MustWrite(context, viewer, request.Case, request.OrganizationPath);
        if (!Stages.MayEdit(request)) throw new RefusedException("drafting.not-now", ("stage", new Message("request.stage." + request.Stage))) { Conflict = true };
        var subject = step.OfCase ? request.Case : request.Id;
        var latest = StepStore.Latest(context, subject, step.Name);
        var (content, mergedWith) = (mine, "");
        if (latest.Version != basedOn)
        {
            content = ThreeWay.Merge(StepStore.Version(context, subject, step.Name, basedOn).Content, mine, latest.Content, out var conflicts);
            if (conflicts.Count > 0)
                return new SaveResult(latest, conflicts) { Proposed = ThreeWay.Merge(StepStore.Version(context, subject, step.Name, basedOn).Content, mine, latest.Content, out _, mineWins: true) };
            mergedWith = latest.ByName;
        }

        if (JsonNode.DeepEquals(content, latest.Content)) return new SaveResult(latest, [], mergedWith);
        var (before, after) = (latest.Content.ToJsonString(DocumentJson.Readable.Settings), content.ToJsonString(DocumentJson.Readable.Settings));
        if (after.Length > Longest) throw new RefusedException("drafting.too-long", ("n", Longest >> 20));
        context.Add(new StepVersion { Subject = subject, Step = step.Name, Version = latest.Version + 1, Content = after, By = viewer.Person, ByName = viewer.Name, At = change.Now });
        change.Audit("request.step-saved", request.Case.ToString(), $"{request.Id}/{step.Name}", latest.Version == 0 ? "" : before, after);
        Derive(context, request, step, subject, StepStore.ToDocument(content));
        request.ChangedAt = change.Now;
        if (step.Name != Steps.Basis) SearchIndex.Put(change, request, step.OfCase);
        return new SaveResult(new SavedStep(latest.Version + 1, content, viewer.Name, change.Now), [], mergedWith);
    }

    /// <summary>Keeps the columns by which requests are searched and sorted in step with what the step says.</summary>
    internal static void Derive(PalermoContext context, Request request, Step step, Guid subject, RequestDocument part)
    {
        if (step.Name == Steps.Basis) request.Basis = part.Basis is { Relied: [var first, ..] } ? Plain.Text(first.Take(100)) : "";
        if (step.Name == Steps.Handling) request.Urgent = part.Field("handling.urgent") == "yes";
        if (step.Name is not (Steps.Persons or Steps.Property)) return;
        context.Set<NamedThing>().Where(t => t.Subject == subject && t.Step == step.Name).ExecuteDelete();
        context.AddRange(ThingKeys.Of(part).Select(t => new NamedThing { Case = request.Case, Subject = subject, Step = step.Name, Kind = t.Kind, Name = t.Name, Key = t.Key }));
    }
}
