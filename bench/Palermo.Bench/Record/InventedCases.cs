using System.Globalization;
using System.Text.Json;
using Palermo.Data.Access;
using Palermo.Data.Cases;
using Palermo.Requests.Document;
using Palermo.Requests.Identifiers;
using Palermo.Requests.Life;

namespace Palermo.Bench.Record;

/// <summary>A case with its requests and everything that hangs on them.</summary>
internal sealed record InventedCase(CaseFile File, IReadOnlyList<CaseMember> Members, IReadOnlyList<StepVersion> Steps, IReadOnlyList<NamedThing> Things, IReadOnlyList<InventedRequest> Requests);

/// <summary>A request with its life and what it says.</summary>
internal sealed record InventedRequest(Request Request, IReadOnlyList<RequestEvent> Events, IReadOnlyList<StepVersion> Steps, IReadOnlyList<Deadline> Deadlines);

/// <summary>Invents cases of one state's authority.</summary>
internal sealed class InventedCases(Invented invented, IReadOnlyList<Organization> organizations, IReadOnlyList<Person> people, IReadOnlyList<string> kinds, IReadOnlyList<string> states, string basis, DateOnly today)
{
    private static readonly string[] Life = [Stages.Draft, Stages.InReview, Stages.Approved, Stages.Sent, Stages.Received, Stages.Accepted, Stages.InExecution, Stages.Executed, Stages.Closed];
    private static readonly string[] Acts = ["begin", "submit", "approve", "send", "receipt", "accepted", "execution-began", "executed", "close"];
    private static readonly string[] Grounds = ["form", "sovereignty", "own-law", "legal-system", "dual-criminality", "no-basis"];
    private static readonly string[] Missing = ["facts.summary", "persons", "measures.details", "proceedings.law", "handling.use-limitation"];

    private int _requests;

    internal InventedCase Next(int number, int requests, int persons)
    {
        var (organization, owner, opened) = (invented.OneOf(organizations), invented.OneOf(people), At(invented.Number(1500) + 1));
        var file = new CaseFile
        {
            Id = invented.Id(), Organization = organization.Id, OrganizationPath = organization.Path, Number = string.Create(CultureInfo.InvariantCulture, $"C-{opened.Year}-{number:00000}"),
            Title = invented.Words(5), Confidential = invented.Chance(0.05), CreatedBy = owner.Id, CreatedAt = opened,
        };
        var members = new List<CaseMember> { new() { Case = file.Id, Person = owner.Id } };
        if (file.Confidential && invented.OneOf(people) is var second && second.Id != owner.Id) members.Add(new CaseMember { Case = file.Id, Person = second.Id });
        var named = new RequestDocument { Persons = [.. Enumerable.Range(1, persons).Select(Person)] };
        var facts = new RequestDocument { Fields = new Dictionary<string, string>(StringComparer.Ordinal) { ["facts.summary"] = invented.Words(60), ["facts.group"] = invented.Words(10) } };
        return new(
            file, members, [Step(file.Id, "persons", named, owner, opened), Step(file.Id, "facts", facts, owner, opened)],
            [.. ThingKeys.Of(named).Select(t => new NamedThing { Case = file.Id, Subject = file.Id, Step = "persons", Kind = t.Kind, Name = t.Name, Key = t.Key })],
            [.. Enumerable.Range(0, requests).Select(_ => Request(file, owner, opened))]);
    }

    private InventedRequest Request(CaseFile file, Person owner, DateTime opened)
    {
        var outgoing = invented.Chance(0.6);
        var (first, last) = (outgoing ? 0 : 4, invented.Chance(0.6) ? 8 : invented.Number(9));
        last = Math.Max(first, last);
        var (stage, other, number) = (Life[last], invented.OneOf(states), ++_requests);
        var events = new List<RequestEvent>();
        var (id, on) = (invented.Id(), DateOnly.FromDateTime(opened));
        for (var at = first; at <= last; at++)
        {
            Add(at == first ? "" : Life[at - 1], Life[at], at == first && !outgoing ? "registered" : Acts[at], "");
            if (at == 5 && invented.Chance(0.15)) Add(Life[at], Life[at], outgoing ? "clarification-asked" : "ask-clarification", invented.OneOf(Missing));
            if (at == 7 && last == 8 && invented.Chance(0.1)) Add(Life[at], Life[at], outgoing ? "partly-refused" : "refuse-in-part", invented.OneOf(Grounds));
        }

        var open = stage != Stages.Closed;
        DateOnly? due = open && invented.Chance(0.7) ? today.AddDays(invented.Number(240) - 60) : null;
        var reached = events[^1].At;
        var request = new Request
        {
            Id = id, Case = file.Id, OrganizationPath = file.OrganizationPath, Confidential = file.Confidential, Outgoing = outgoing, Kind = invented.OneOf(kinds),
            Requesting = outgoing ? "BRA" : other, Requested = outgoing ? other : "BRA", Title = invented.Words(6),
            Number = outgoing && last >= 2 ? string.Create(CultureInfo.InvariantCulture, $"BRA-{opened.Year}-{number:00000}") : null,
            TheirNumber = outgoing ? null : string.Create(CultureInfo.InvariantCulture, $"{other}/{number}/{opened.Year}"), Stage = stage, StageSince = reached, WaitingFor = Stages.WaitingFor(outgoing, stage),
            Urgent = invented.Chance(0.05), Owner = owner.Id, DueOn = due, Basis = invented.Chance(0.9) ? "untoc" : "", CreatedBy = owner.Id, CreatedAt = opened, ChangedAt = reached,
        };
        var measures = new RequestDocument { Measures = [new MeasureEntry { Id = "m1", Code = "documents", Details = invented.Words(25) }] };
        var steps = new List<StepVersion> { Step(id, "measures", measures, owner, opened) };
        // A frozen answer is long; as many as a page is measured with have one.
        if (number % 50 == 0) steps.Add(new StepVersion { Subject = id, Step = "basis", Version = 1, Content = basis, By = owner.Id, ByName = owner.Name, At = opened });
        return new(request, events, steps, due is { } day ? [new Deadline { Request = id, Kind = "agreed", DueOn = day, Text = "Answer", Ours = request.WaitingFor == "us" }] : []);

        void Add(string from, string to, string act, string grounds)
        {
            events.Add(new RequestEvent { Request = id, Number = events.Count + 1, From = from, To = to, Act = act, Grounds = grounds, Text = "", On = on, By = owner.Id, ByName = owner.Name, At = At(on) });
            if (on < today.AddDays(-30)) on = on.AddDays(invented.Number(30));
        }
    }

    private PersonEntry Person(int number)
    {
        var (family, given, script) = invented.Name();
        return new()
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"p{number}"), Role = "suspect", Names = [new NameEntry(family, given, script)], Born = string.Create(CultureInfo.InvariantCulture, $"{1940 + invented.Number(60)}"),
            Nationalities = [invented.OneOf(states)],
        };
    }

    private static StepVersion Step(Guid subject, string step, RequestDocument part, Person by, DateTime at) => new()
    {
        Subject = subject, Step = step, Version = 1, Content = JsonSerializer.Serialize(part, DocumentJson.Readable.RequestDocument), By = by.Id, ByName = by.Name, At = at,
    };

    private DateTime At(int daysAgo) => At(today.AddDays(-daysAgo));

    private DateTime At(DateOnly day) => day.ToDateTime(new TimeOnly(8 + invented.Number(9), invented.Number(60), invented.Number(60)), DateTimeKind.Utc);
}
