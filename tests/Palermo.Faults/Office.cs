using Microsoft.EntityFrameworkCore;
using Palermo.Access.People;
using Palermo.Data;
using Palermo.Data.Cases;
using Palermo.Kernel;
using Palermo.Kernel.Access;
using Palermo.Requests;
using Palermo.Requests.Cases;
using Palermo.Requests.Document;
using Palermo.Requests.Drafting;
using Palermo.Requests.Life;
using Palermo.Treaties;
using Palermo.Treaties.LegalBasis;

namespace Palermo.Faults;

/// <summary>The people at a node: they write, approve and send requests, and answer those that came, in the node's own record.</summary>
internal sealed class Office
{
    private static readonly string[] Answers = ["accept", "begin-execution", "execute"];
    private readonly RequestsModule _module;
    private readonly Viewer _officer, _approver;
    private readonly List<(Step Step, System.Text.Json.Nodes.JsonObject Content)> _parts;

    internal Office(ServedNode node)
    {
        _module = node.Node.Requests;
        (_officer, _approver) = (Person(Role.Officer, node.Plan.State), Person(Role.Approver, node.Plan.State));
        var example = ReadRequest.FromJson(File.ReadAllBytes(Path.Combine(Palermo.Program.DataFolder, "requests", "examples", "mla.json")));
        _parts = [.. Steps.All.Where(s => s.Name != Steps.Basis).Select(s => (s, StepStore.ToContent(Part(example, s))))];
    }

    /// <summary>Who writes.</summary>
    internal Viewer Officer => _officer;

    /// <summary>Begins a request to Italy.</summary>
    internal Guid Begin()
    {
        State Of(string code) => _module.Treaties.Reference.States.Find(code)!;
        var query = new BasisQuery(Of("BRA"), Of("ITA"), Codes.Kind("mla")!.Value, Codes.Offence("money-laundering")!.Value, new DateOnly(2026, 6, 1), 10, true, true, null, null);
        return Patiently(() => OpenRequest.Outgoing(_module, _officer, new NewRequest("mla", "Records of an account", null, null, Confidential: false), query));
    }

    /// <summary>Writes a request to Italy, has it approved and sends it to a node.</summary>
    internal Guid Send(string party)
    {
        var id = Begin();
        foreach (var (step, content) in _parts)
            Patiently(() => SaveStep.Save(_module, _officer, id, step, Version(id, step), (System.Text.Json.Nodes.JsonObject)content.DeepClone()));
        Move(id, "submit", Stages.Draft);
        Move(id, "approve", Stages.InReview);
        Move(id, "send", Stages.Approved, party);
        return id;
    }

    /// <summary>Answers what came and was not answered.</summary>
    /// <returns>How many requests were answered.</returns>
    internal int AnswerAll()
    {
        List<Guid> came;
        using (var context = _module.Database.Connect()) came = [.. context.Set<Request>().Where(r => !r.Outgoing && r.Stage == Stages.Received).OrderBy(r => r.CreatedAt).Select(r => r.Id).Take(50)];
        foreach (var id in came)
            foreach (var (act, stage) in Answers.Zip([Stages.Received, Stages.Accepted, Stages.InExecution])) Move(id, act, stage);
        return came.Count;
    }

    private void Move(Guid id, string act, string stage, string node = "") => Patiently(() =>
    {
        MoveRequest.Make(_module, act == "approve" ? _approver : _officer, id, new Move(act, stage) { Node = node });
        return true;
    });

    /// <summary>As a person does who is told that the record is busy.</summary>
    private static T Patiently<T>(Func<T> act)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return act();
            }
            catch (RefusedException e) when (e.Text.Key == "refused.busy" && attempt < 20)
            {
                // Again.
            }
        }
    }

    private int Version(Guid id, Step step)
    {
        using var context = _module.Database.Connect();
        return StepStore.All(context, context.Set<Request>().AsNoTracking().First(r => r.Id == id)).GetValueOrDefault(step.Name)?.Version ?? 0;
    }

    private Viewer Person(Role role, string state) => Change.Make(_module.Database, Actor.CommandLine, _module.Clock, change =>
    {
        var where = Organizations.Named(change, "Ministry of Justice", state);
        var person = PersonChanges.Create(change, "Ana " + role, $"{Guid.NewGuid():N}@example.org");
        change.Context.SaveChanges();
        PersonChanges.Grant(change, person.Id, where, role);
        return new Viewer(person.Id, person.Name, "harness", [new Standing(role, where.Id, where.Path)]);
    });

    /// <summary>What of the example belongs to a step.</summary>
    private RequestDocument Part(RequestDocument example, Step step)
    {
        var items = _module.Kinds.Items("mla", step.Name).Select(i => i.Name).ToHashSet(StringComparer.Ordinal);
        bool Here(string name) => items.Contains(name) || step.Lists.Contains(name.Split('/')[0]);
        var fields = example.Fields.Where(f => Here(f.Key)).ToDictionary(StringComparer.Ordinal);
        if (fields.ContainsKey("handling.deadline")) fields["handling.deadline"] = Dates.Iso(_module.Today.AddDays(90));
        var part = new RequestDocument { Fields = fields, Absences = example.Absences.Where(f => Here(f.Key)).ToDictionary(StringComparer.Ordinal) };
        return step.Name switch
        {
            Steps.Authority => part with { RequestingAuthority = example.RequestingAuthority, RequestedAuthority = example.RequestedAuthority },
            Steps.Persons => part with { Persons = example.Persons, Organizations = example.Organizations },
            Steps.Measures => part with { Measures = example.Measures },
            Steps.Property => part with { Accounts = example.Accounts },
            Steps.Language => part with { Language = example.Language, TargetLanguage = example.TargetLanguage },
            Steps.Annexes => part with { Annexes = example.Annexes },
            _ => part,
        };
    }
}
