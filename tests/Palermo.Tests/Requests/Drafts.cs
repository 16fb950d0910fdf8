using System.Text.Json.Nodes;
using Palermo.Kernel;
using Palermo.Kernel.Access;
using Palermo.Requests;
using Palermo.Requests.Cases;
using Palermo.Requests.Document;
using Palermo.Requests.Drafting;
using Palermo.Tests.Support;
using Shouldly;

namespace Palermo.Tests.Requests;

/// <summary>Requests that are begun and filled the way people do it: from the finder's question, step by step.</summary>
internal static class Drafts
{
    /// <summary>The shipped example of a request for assistance.</summary>
    internal static RequestDocument Example { get; } = ReadRequest.FromJson(File.ReadAllBytes(Path.Combine(Repository.Data, "requests", "examples", "mla.json")));

    /// <summary>Begins an outgoing request to Italy in a case of its own.</summary>
    internal static Guid Begin(RequestsModule module, Viewer viewer, string title = "Records of an account", bool confidential = false, string from = "BRA") =>
        OpenRequest.Outgoing(module, viewer, new NewRequest("mla", title, null, null, confidential), Shipped.Query(from, "ITA", "mla", "money-laundering", "2026-06-01", 10, true, true));

    /// <summary>Begins one and fills in every step, so that nothing is missing.</summary>
    internal static Guid Complete(RequestsModule module, Viewer viewer, string title = "Records of an account", bool confidential = false, string from = "BRA")
    {
        var id = Begin(module, viewer, title, confidential, from);
        foreach (var step in Steps.All.Where(s => s.Name != Steps.Basis)) Save(module, viewer, id, step.Name, Part(module, step));
        CheckRequest.Findings(module, Document(module, viewer, id)).Where(CheckRequest.Blocks).Select(f => $"{f.Field} {f.Message.Key}").ShouldBeEmpty();
        return id;
    }

    /// <summary>Saves a step as it is after what stands there now.</summary>
    internal static SaveResult Save(RequestsModule module, Viewer viewer, Guid id, string step, RequestDocument part) =>
        SaveStep.Save(module, viewer, id, Steps.Find(step)!, Saved(module, viewer, id, step).Version, StepStore.ToContent(part));

    /// <summary>A step as it stands.</summary>
    internal static SavedStep Saved(RequestsModule module, Viewer viewer, Guid id, string step)
    {
        using var context = module.Database.Connect();
        return StepStore.All(context, Visible.Request(context, viewer, id)).GetValueOrDefault(step) ?? new SavedStep(0, []);
    }

    /// <summary>The whole document as it stands.</summary>
    internal static RequestDocument Document(RequestsModule module, Viewer viewer, Guid id)
    {
        using var context = module.Database.Connect();
        return StepStore.Document(context, Visible.Request(context, viewer, id));
    }

    /// <summary>One field as a step's content.</summary>
    internal static JsonObject Fields(params (string Name, string Text)[] fields) =>
        StepStore.ToContent(new RequestDocument { Fields = fields.ToDictionary(f => f.Name, f => f.Text, StringComparer.Ordinal) });

    /// <summary>What of the example belongs to a step.</summary>
    private static RequestDocument Part(RequestsModule module, Step step)
    {
        var items = module.Kinds.Items("mla", step.Name).Select(i => i.Name).ToHashSet(StringComparer.Ordinal);
        bool Here(string name) => items.Contains(name) || step.Lists.Contains(name.Split('/')[0]);
        var part = new RequestDocument
        {
            Fields = Example.Fields.Where(f => Here(f.Key)).ToDictionary(StringComparer.Ordinal), Absences = Example.Absences.Where(f => Here(f.Key)).ToDictionary(StringComparer.Ordinal),
        };
        // A day yet to come, whenever the test plays.
        if (part.Fields.ContainsKey("handling.deadline"))
            part = part with { Fields = new Dictionary<string, string>(part.Fields, StringComparer.Ordinal) { ["handling.deadline"] = Dates.Iso(module.Today.AddDays(90)) } };
        return step.Name switch
        {
            Steps.Authority => part with { RequestingAuthority = Example.RequestingAuthority, RequestedAuthority = Example.RequestedAuthority },
            Steps.Persons => part with { Persons = Example.Persons, Organizations = Example.Organizations },
            Steps.Measures => part with { Measures = Example.Measures },
            Steps.Property => part with { Accounts = Example.Accounts },
            Steps.Language => part with { Language = Example.Language, TargetLanguage = Example.TargetLanguage },
            Steps.Annexes => part with { Annexes = Example.Annexes },
            _ => part,
        };
    }
}
