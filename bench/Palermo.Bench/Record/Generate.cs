using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Palermo.Data;
using Palermo.Data.Access;
using Palermo.Data.Audit;
using Palermo.Data.Cases;
using Palermo.Requests.Document;
using Palermo.Requests.Drafting;
using Palermo.Requests.Search;
using Palermo.Treaties.LegalBasis;

namespace Palermo.Bench.Record;

/// <summary>Fills an empty record with an invented office's work: the size issue 3 asks for, the same from the same seed.</summary>
internal static class Generate
{
    private const int People = 50, Units = 10;

    internal static void Run(Node node, int requests, int persons, long audit, TextWriter say)
    {
        var database = node.Treaties.Database;
        var invented = new Invented(3);
        using var context = database.Connect();
        if (context.Set<CaseFile>().Any()) throw new InvalidOperationException("The record holds cases already; give the path of a new one.");
        var organizations = Organizations(invented);
        var people = PeopleOf(invented, node.Treaties.Clock.GetUtcNow().UtcDateTime);
        context.AddRange(organizations);
        context.AddRange(people);
        context.AddRange(people.Select((p, i) => new Membership { Person = p.Id, Organization = organizations[OrganizationOf(i)].Id, Role = RoleOf(i), Since = p.CreatedAt }));
        context.SaveChanges();

        var basis = JsonSerializer.Serialize(new RequestDocument { Basis = FreezeBasis.Of(node.Requests, Question(node)) }, DocumentJson.Readable.RequestDocument);
        var states = node.Treaties.Reference.States.All.Where(s => !s.IsOrganization && s.Code != "BRA").Select(s => s.Code).ToArray();
        var cases = new InventedCases(invented, organizations, people, [.. node.Requests.Kinds.Kinds.Select(k => k.Code)], states, basis, node.Treaties.Today);
        var began = node.Treaties.Clock.GetTimestamp();
        using var sqlite = database.IsPostgres ? null : (SqliteConnection)database.Open();
        if (sqlite is not null) Execute(sqlite, "PRAGMA synchronous = OFF; PRAGMA cache_size = -200000");
        using var transaction = sqlite?.BeginTransaction();
        Write(database, context, sqlite, cases, requests, persons);
        say.WriteLine($"cases and requests: {Seconds(node, began)} s");
        began = node.Treaties.Clock.GetTimestamp();
        Audit(database, context, sqlite, people, audit, node.Treaties.Clock.GetUtcNow());
        transaction?.Commit();
        say.WriteLine($"audit trail: {Seconds(node, began)} s");
        if (sqlite is not null) Execute(sqlite, "PRAGMA wal_checkpoint(TRUNCATE); ANALYZE");
        else context.Database.ExecuteSqlRaw("ANALYZE");
    }

    private static void Write(PalermoDatabase database, PalermoContext context, SqliteConnection? sqlite, InventedCases cases, int requests, int persons)
    {
        var (perCase, count) = (2, Math.Max(1, requests / 2));
        // A case is written whole before its requests: PostgreSQL checks that a request's case is there when COPY ends.
        var all = new List<InventedRequest>(requests);
        using (var words = new WordRows(database, sqlite))
        {
            using (var files = new Bulk<CaseFile>(database, context, sqlite))
            using (var members = new Bulk<CaseMember>(database, context, sqlite))
            using (var steps = new Bulk<StepVersion>(database, context, sqlite))
            using (var things = new Bulk<NamedThing>(database, context, sqlite))
            {
                for (var i = 1; i <= count; i++)
                {
                    var one = cases.Next(i, perCase, Math.Max(1, persons / count));
                    files.Add(one.File);
                    foreach (var member in one.Members) members.Add(member);
                    foreach (var step in one.Steps.Concat(one.Requests.SelectMany(r => r.Steps))) steps.Add(step);
                    foreach (var thing in one.Things) things.Add(thing);
                    words.Add(one.File.Id, one.File.Id, null, [one.File.Number, one.File.Title, .. one.Things.Select(t => t.Name), .. one.Steps.Select(Said)]);
                    foreach (var request in one.Requests) words.Add(request.Request.Id, one.File.Id, request.Request.Id, [request.Request.Number, request.Request.TheirNumber, request.Request.Title, Said(request.Steps[0])]);
                    all.AddRange(one.Requests);
                }
            }
        }

        using (var rows = new Bulk<Request>(database, context, sqlite)) foreach (var one in all) rows.Add(one.Request);
        using (var rows = new Bulk<RequestEvent>(database, context, sqlite)) foreach (var one in all.SelectMany(r => r.Events)) rows.Add(one);
        using (var rows = new Bulk<Deadline>(database, context, sqlite)) foreach (var one in all.SelectMany(r => r.Deadlines)) rows.Add(one);
    }

    private static string Said(StepVersion step)
    {
        var part = JsonSerializer.Deserialize(step.Content, DocumentJson.Readable.RequestDocument)!;
        return string.Join(' ', [.. part.Fields.Values, .. part.Measures.Select(m => m.Details)]);
    }

    /// <summary>Continues the chain from its last entry.</summary>
    private static void Audit(PalermoDatabase database, PalermoContext context, SqliteConnection? sqlite, List<Person> people, long count, DateTimeOffset now)
    {
        var last = context.Set<AuditEntry>().OrderByDescending(a => a.Number).FirstOrDefault();
        var (number, hash, subject) = (last?.Number ?? 0, last?.Hash ?? new byte[32], context.Set<Organization>().First().Id.ToString());
        using var rows = new Bulk<AuditEntry>(database, context, sqlite);
        var at = now.AddDays(-1500).ToUnixTimeMilliseconds();
        for (long i = 0; i < count; i++)
        {
            number++;
            at += 129_000;
            var person = people[(int)(i % people.Count)];
            var (id, part, before, after) = (person.Id.ToString(), $"{subject}/facts", "", "{\"fields\":{\"facts.summary\":\"an invented sentence about a payment\"}}");
            hash = AuditEntry.HashOf(hash, number, at, id, person.Name, "10.0.0.1", "request.step-saved", subject, part, before, after);
            rows.Add(new AuditEntry { Number = number, At = at, Person = id, Name = person.Name, From = "10.0.0.1", Act = "request.step-saved", Subject = subject, Part = part, Before = before, After = after, Hash = hash });
        }
    }

    private static List<Organization> Organizations(Invented invented)
    {
        var owner = invented.Id();
        var top = new Organization { Id = owner, Path = owner + "/", Name = "Invented Ministry of Justice", State = "BRA" };
        return [top, .. Enumerable.Range(1, Units).Select(i => invented.Id() is var id ? new Organization { Id = id, Parent = owner, Path = $"{owner}/{id}/", Name = $"Unit {i.ToString(CultureInfo.InvariantCulture)}", State = "BRA" } : top)];
    }

    private static List<Person> PeopleOf(Invented invented, DateTime now) =>
        [.. Enumerable.Range(0, People).Select(i => new Person { Id = invented.Id(), Name = $"Officer {i.ToString(CultureInfo.InvariantCulture)}", Email = $"officer{i.ToString(CultureInfo.InvariantCulture)}@example.org", NormalizedEmail = $"OFFICER{i.ToString(CultureInfo.InvariantCulture)}@EXAMPLE.ORG", SecurityStamp = invented.Id().ToString(), CreatedAt = now })];

    /// <summary>Of ten people four work for the whole office, five for one unit, and one drafts outside it.</summary>
    private static int OrganizationOf(int person) => person % 10 < 4 ? 0 : 1 + (person % Units);

    private static string RoleOf(int person) => (person % 10) switch
    {
        0 => "approver",
        9 => "drafter",
        _ => "officer",
    };

    private static BasisQuery Question(Node node) =>
        BasisQuery.Read(node.Treaties.Reference.States, node.Treaties.Clock, "BRA", "ITA", "mla", "organized-group", null, "8", "yes", "yes", null, null);

    private static string Seconds(Node node, long began) => node.Treaties.Clock.GetElapsedTime(began).TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this file.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
