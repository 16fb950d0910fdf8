using System.Globalization;
using Palermo.Authorities;
using Palermo.Data;
using Palermo.Data.Audit;
using Palermo.Data.Cases;
using Palermo.Kernel.Access;
using Palermo.Requests;
using Palermo.Requests.Document;
using Palermo.Requests.Drafting;
using Palermo.Requests.Life;
using Palermo.Requests.Mail;
using Palermo.Tests.Support;

namespace Palermo.Tests.Requests;

/// <summary>A record with an office of people and requests at any stage, for tests of what belongs to a request's life.</summary>
internal sealed class LifeRecord : IDisposable
{
    private readonly string _state;
    private int _cases;

    internal LifeRecord(Provider provider, string state = "BRA")
    {
        _state = state;
        Record = TestRecord.Shipped(provider);
        Module = new RequestsModule(new AuthoritiesModule(Record.Open()), Repository.Data, Record.Folder) { Mail = MailSettings.Drop(MailFolder, "https://node.example") };
        Officer = Person(Role.Officer, "Ana Officer");
    }

    internal TestRecord Record { get; }

    internal RequestsModule Module { get; }

    internal TestPerson Officer { get; }

    internal string MailFolder => Path.Combine(Record.Folder, "mail");

    internal TestPerson Person(Role role, string name) => TestPeople.Make(Record.Database, Record.Clock, role, name: name, state: _state);

    internal Request Request(bool outgoing = true, string stage = Stages.Sent, bool confidential = false, string kind = "mla", string title = "Records of an account", params (string Field, string Text)[] handling) =>
        Request(Record.Database, Record.Clock, Officer, string.Create(CultureInfo.InvariantCulture, $"C-2026-{++_cases:00000}"), outgoing, stage, confidential, kind, title, handling);

    /// <summary>A request in a case of its own, owned by an officer, between Brazil and Italy.</summary>
    internal static Request Request(
        PalermoDatabase database, TimeProvider clock, TestPerson officer, string number, bool outgoing = true, string stage = Stages.Sent, bool confidential = false, string kind = "mla", string title = "Records of an account",
        params (string Field, string Text)[] handling) =>
        Change.Make(database, officer.Viewer.Actor, clock, change =>
        {
            var file = new CaseFile
            {
                Id = Guid.NewGuid(), Organization = officer.Organization.Id, OrganizationPath = officer.Organization.Path, Number = number, Title = title, Confidential = confidential, CreatedBy = officer.Id, CreatedAt = change.Now,
            };
            change.Context.Add(file);
            change.Context.Add(new CaseMember { Case = file.Id, Person = officer.Id });
            change.Context.SaveChanges();
            var request = new Request
            {
                Id = Guid.NewGuid(), Case = file.Id, OrganizationPath = file.OrganizationPath, Confidential = confidential, Outgoing = outgoing, Kind = kind,
                Requesting = outgoing ? "BRA" : "ITA", Requested = outgoing ? "ITA" : "BRA", Title = title, Stage = stage, StageSince = change.Now, WaitingFor = Stages.WaitingFor(outgoing, stage),
                Owner = officer.Id, CreatedBy = officer.Id, CreatedAt = change.Now, ChangedAt = change.Now,
            };
            change.Context.Add(request);
            if (handling.Length == 0) return request;
            var part = new RequestDocument { Fields = handling.ToDictionary(f => f.Field, f => f.Text, StringComparer.Ordinal) };
            change.Context.Add(new StepVersion
            {
                Subject = request.Id, Step = Steps.Handling, Version = 1, Content = StepStore.ToContent(part).ToJsonString(), By = officer.Id, ByName = officer.Name, At = change.Now,
            });
            return request;
        });

    internal void Move(Request request, string act, string text = "", DateOnly? answerBy = null, TestPerson? by = null) =>
        MoveRequest.Make(Module, (by ?? Officer).Viewer, request.Id, new Move(act, Read(c => c.Set<Request>().First(r => r.Id == request.Id).Stage), Text: text, AnswerBy: answerBy));

    internal T Read<T>(Func<PalermoContext, T> read)
    {
        using var context = Record.Database.Connect();
        return read(context);
    }

    internal IReadOnlyList<T> All<T>()
        where T : class => Read(c => c.Set<T>().ToList());

    internal Request Now(Request request) => Read(c => c.Set<Request>().First(r => r.Id == request.Id));

    internal IReadOnlyList<string> Audited(string act) => Read(c => c.Set<AuditEntry>().Where(a => a.Act == act).Select(a => a.Subject).ToList());

    public void Dispose() => Record.Dispose();
}
