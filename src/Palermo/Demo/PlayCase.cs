using System.Text;
using System.Text.Json.Nodes;
using Palermo.Data.Cases;
using Palermo.Kernel.Access;
using Palermo.Requests;
using Palermo.Requests.Cases;
using Palermo.Requests.Costs;
using Palermo.Requests.Document;
using Palermo.Requests.Drafting;
using Palermo.Requests.Evidence;
using Palermo.Requests.Files;
using Palermo.Requests.Life;
using Palermo.Requests.Threads;
using Palermo.Requests.Time;
using Palermo.Treaties.LegalBasis;

namespace Palermo.Demo;

/// <summary>Something that happens in the demonstration at a moment.</summary>
/// <param name="At">The moment.</param>
/// <param name="Happen">What happens.</param>
internal sealed record Moment(DateTimeOffset At, Func<CancellationToken, Task> Happen);

/// <summary>Plays one planned case: opened, written step by step, led through its life.</summary>
/// <param name="module">The Requests module, with the demonstration's clock.</param>
/// <param name="people">Who is who.</param>
/// <param name="plan">The case.</param>
internal sealed class PlayCase(RequestsModule module, IReadOnlyDictionary<string, Viewer> people, DemoCase plan)
{
    private static readonly TimeSpan PerStep = TimeSpan.FromMinutes(6);

    private Guid _request;
    private Guid? _file;

    /// <summary>Everything that happens, with its moment.</summary>
    internal IEnumerable<Moment> Moments(DateTimeOffset now)
    {
        var at = now.AddDays(-plan.Ago);
        yield return new(at, _ => Do(Open));
        foreach (var (step, content) in Parts())
            yield return new(at += PerStep, _ => Do(() => Save(step, content)));
        foreach (var one in plan.Life)
            yield return new(now.AddDays(-one.Ago), cancel => Happen(one, cancel));
    }

    private static Task Do(Action action)
    {
        action();
        return Task.CompletedTask;
    }

    private void Open()
    {
        var viewer = people[plan.By];
        var input = new NewRequest(plan.Kind, plan.Title, null, viewer.Standings[0].Organization, plan.Confidential);
        var states = module.Treaties.Reference.States;
        var (from, to) = (states.Resolve(plan.From), states.Resolve(plan.To));
        if (plan.TheirNumber.Length == 0) _request = OpenRequest.Outgoing(module, viewer, input, Question(plan.Basis!));
        else
        {
            _request = OpenRequest.Incoming(module, viewer, input, from, to, plan.TheirNumber, module.Today, plan.Channel);
            if (plan.Basis is { } basis) Save(Steps.Find(Steps.Basis)!, StepStore.ToContent(new RequestDocument { Basis = FreezeBasis.Of(module, Question(basis)) }));
        }

        foreach (var key in plan.List) ListOfCase.Add(module, viewer, Now().Case, people[key].Person);
    }

    private BasisQuery Question(DemoQuestion q) => BasisQuery.Read(
        module.Treaties.Reference.States, module.Clock, plan.From, plan.To, module.Kinds.Find(plan.Kind)!.FinderKind, q.Offence, null, q.MaxPenalty, q.Group, q.Transnational, q.OwnNational, null);

    /// <summary>The document, taken apart into the steps of the task list.</summary>
    private IEnumerable<(Step Step, JsonObject Content)> Parts()
    {
        var document = StepStore.ToDocument(plan.Document);
        document = document with { Translations = [.. document.Translations.Select(t => t with { Of = TranslationHash.Of(Original(document, t.Field)) })] };
        foreach (var step in Steps.All)
        {
            var part = StepStore.ToContent(new RequestDocument
            {
                Fields = Of(document.Fields, step), Absences = Of(document.Absences, step),
                RequestingAuthority = step.Name == Steps.Authority ? document.RequestingAuthority : null, RequestedAuthority = step.Name == Steps.Authority ? document.RequestedAuthority : null,
                Language = step.Name == Steps.Language ? document.Language : null, TargetLanguage = step.Name == Steps.Language ? document.TargetLanguage : null,
                Persons = step.Name == Steps.Persons ? document.Persons : [], Organizations = step.Name == Steps.Persons ? document.Organizations : [],
                Measures = step.Name == Steps.Measures ? document.Measures : [],
                Accounts = step.Name == Steps.Property ? document.Accounts : [], Vehicles = step.Name == Steps.Property ? document.Vehicles : [], Property = step.Name == Steps.Property ? document.Property : [],
                Firearms = step.Name == Steps.Property ? document.Firearms : [], Electronic = step.Name == Steps.Property ? document.Electronic : [],
                Annexes = step.Name == Steps.Annexes ? document.Annexes : [], Translations = step.Name == Steps.Language ? document.Translations : [],
            });
            if (part.Count > 0) yield return (step, part);
        }
    }

    private static Dictionary<string, string> Of(IReadOnlyDictionary<string, string> texts, Step step) =>
        texts.Where(t => t.Key.Split('.', '/')[0] is var first && (Steps.Find(first) ?? Steps.Holding(first)) == step).ToDictionary(StringComparer.Ordinal);

    private static string Original(RequestDocument document, string field) =>
        field.Split('/') is ["measures", var id, var part] ? document.Measures.First(m => m.Id == id) is var measure && part == "details" ? measure.Details : measure.Procedure : document.Field(field);

    /// <summary>Saves a step; what is there already, such as the frozen basis, stays.</summary>
    private void Save(Step step, JsonObject content)
    {
        SavedStep saved;
        using (var context = module.Database.Connect()) saved = StepStore.Latest(context, step.OfCase ? Now().Case : _request, step.Name);
        var merged = (JsonObject)saved.Content.DeepClone();
        foreach (var (name, value) in content) merged[name] = value?.DeepClone();
        SaveStep.Save(module, people[plan.By], _request, step, saved.Version, merged);
    }

    private async Task Happen(DemoEvent one, CancellationToken cancel)
    {
        var viewer = people[one.By];
        if (one.Act is { } act) MoveRequest.Make(module, viewer, _request, new Move(act, Now().Stage, null, one.Text, one.Grounds, one.TheirNumber, one.AnswerBy));
        if (one.Message is { } message) WriteMessage.Write(module, viewer, _request, one.Reply ? message with { Thread = LastThread() } : message);
        if (one.Cost is { } cost) EnterCost.Add(module, viewer, _request, cost);
        if (one.Deadline is { } deadline) KeepDeadline.Add(module, viewer, _request, deadline);
        if (one.Owner is { } owner) AssignRequest.Set(module, viewer, _request, people[owner].Person.ToString(), one.Deputy is { } deputy ? people[deputy].Person.ToString() : null);
        if (one.File is { } file)
        {
            using var content = new MemoryStream(Encoding.UTF8.GetBytes(file.Content));
            _file = await StoreFile.Store(module, FileSettings.Of(module), viewer, _request, new NewFile(file.Purpose, file.Title, file.Name), content, cancel);
        }

        if (one.Limit is { } limit) LimitUse.Add(module, viewer, _request, _file?.ToString(), limit);
    }

    private Request Now()
    {
        using var context = module.Database.Connect();
        return context.Set<Request>().First(r => r.Id == _request);
    }

    private long LastThread()
    {
        using var context = module.Database.Connect();
        return context.Set<ThreadMessage>().Where(m => m.Request == _request && m.Thread == null && m.Kind != MessageKinds.Note).Max(m => m.Id);
    }
}
