using System.Globalization;
using System.Net;
using System.Text.Json;
using Palermo.Access.People;
using Palermo.Data;
using Palermo.Data.Audit;
using Palermo.Data.Cases;
using Palermo.Kernel.Access;
using Palermo.Tests.Support;
using Palermo.Tests.Web;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Access;

/// <summary>The chain is proved, and everybody sees of it what is theirs.</summary>
public sealed class AuditTrailTests
{
    [Theory, EveryDatabase]
    public void AnUnbrokenTrailIsProved(Provider provider)
    {
        using var record = Trail(provider, 5);
        var (code, check) = Verify(record);
        code.ShouldBe(0);
        check.GetProperty("ok").GetBoolean().ShouldBeTrue();
        check.GetProperty("entries").GetInt32().ShouldBe(5);
        var head = check.GetProperty("head").GetString()!;
        head.ShouldStartWith("5:");
        Verify(record, "--head", head).Code.ShouldBe(0);
        Add(record, 2);
        Verify(record, "--head", head).Code.ShouldBe(0);
    }

    [Theory, EveryDatabase]
    public void AChangedEntryIsNamed(Provider provider) => Broken(provider, "UPDATE audit SET after = 'x' WHERE number = 3", 3, "changed");

    [Theory, EveryDatabase]
    public void ARemovedEntryIsNamed(Provider provider) => Broken(provider, "DELETE FROM audit WHERE number = 2", 2, "missing");

    [Theory, EveryDatabase]
    public void AnInsertedEntryIsNamed(Provider provider) => Broken(
        provider, "UPDATE audit SET number = number + 1 WHERE number >= 5; INSERT INTO audit SELECT 5, at, person, name, \"from\", act, subject, part, before, after, hash FROM audit WHERE number = 4", 5, "changed");

    [Theory, EveryDatabase]
    public void ATrailCutOffAtItsEndIsSeenByWhoKeptTheHead(Provider provider)
    {
        using var record = Trail(provider, 5);
        var head = Verify(record).Check.GetProperty("head").GetString()!;
        Tamper(record, "DELETE FROM audit WHERE number >= 4");
        Verify(record).Code.ShouldBe(0);
        var (code, check) = Verify(record, "--head", head);
        code.ShouldBe(1);
        check.GetProperty("fault").GetString().ShouldBe("truncated");
        check.GetProperty("number").GetInt32().ShouldBe(4);
        Add(record, 3);
        Verify(record, "--head", head).Check.GetProperty("fault").GetString().ShouldBe("head");
    }

    [Theory, EveryDatabase]
    public void TheDatabaseItselfRefusesToChangeTheTrail(Provider provider)
    {
        using var record = Trail(provider, 2);
        using var connection = record.Database.Open();
        using var command = connection.CreateCommand();
        foreach (var sql in new[] { "UPDATE audit SET after = 'x'", "DELETE FROM audit" })
        {
            command.CommandText = sql;
            Should.Throw<System.Data.Common.DbException>(() => command.ExecuteNonQuery()).Message.ShouldContain("only grows");
        }
    }

    [Theory, EveryDatabase]
    public void TheExportHoldsEveryEntryWithItsHash(Provider provider)
    {
        using var record = Trail(provider, 3);
        using var output = new StringWriter();
        Program.Run(["audit", "export", "--format", "json", "--data", record.Connection], output, TextWriter.Null).ShouldBe(0);
        var lines = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(3);
        Verify(record).Check.GetProperty("head").GetString().ShouldEndWith(JsonDocument.Parse(lines[2]).RootElement.GetProperty("hash").GetString()!);
        using var csv = new StringWriter();
        Program.Run(["audit", "export", "--data", record.Connection], csv, TextWriter.Null).ShouldBe(0);
        csv.ToString().ShouldContain("'=1+1");
    }

    [Theory, EveryDatabase]
    public async Task AnAuditorSeesCasesOfOwnOrganizationsAndConfidentialOnesOnlyWhenListed(Provider provider)
    {
        await using var node = await TestNode.Start(provider);
        var auditor = node.SignIn(Role.Auditor, "Here");
        var administrator = node.SignIn(Role.Administrator, "Here");
        var stranger = node.SignIn(Role.Auditor, "Elsewhere");
        var (open, secret, listed, others) = (Case(node, auditor, false), Case(node, auditor, true), Case(node, auditor, true, auditor.Id), Case(node, stranger, false));
        (await Seen(node, auditor)).ShouldBe([open, listed], ignoreOrder: true);
        (await Seen(node, stranger)).ShouldBe([others]);
        (await Seen(node, administrator)).ShouldBeEmpty();
        using var page = await node.Get("/audit?subject=" + secret, auditor.Header);
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await SignInTests.Text(page)).ShouldContain("No entries");
        using var export = await node.Get("/audit/export?format=csv", auditor.Header);
        var csv = await SignInTests.Text(export);
        csv.ShouldContain(open);
        csv.ShouldNotContain(secret);
        csv.ShouldNotContain(stranger.Id.ToString());
    }

    [Fact]
    public async Task MailsAndTheirAddressesAreShownOnlyToTheTop()
    {
        await using var node = await TestNode.Start(Provider.Sqlite);
        var top = node.SignIn(Role.Administrator, "Ministry");
        var below = Change.Make(node.Record.Database, Actor.Node, node.Clock, change =>
        {
            change.Audit("test.mail", "mail", "1", "", "somebody@elsewhere.example");
            return Organizations.Create(change, "Unit", "BRA", top.Organization.Id);
        });
        (await Seen(node, top)).ShouldBe(["mail"]);
        foreach (var role in new[] { Role.Administrator, Role.Auditor })
        {
            var person = node.SignIn(role, below.Name);
            (await Seen(node, person)).ShouldBeEmpty();
            using var page = await node.Get("/mail", person.Header);
            page.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        }

        using var shown = await node.Get("/mail", top.Header);
        shown.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static async Task<string[]> Seen(TestNode node, TestPerson person)
    {
        using var export = await node.Get("/audit/export?format=json&act=test", person.Header);
        export.StatusCode.ShouldBe(HttpStatusCode.OK);
        return [.. (await SignInTests.Text(export)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement.GetProperty("subject").GetString()!)];
    }

    private static string Case(TestNode node, TestPerson owner, bool confidential, params Guid[] list) => Change.Make(node.Record.Database, Actor.Node, node.Clock, change =>
    {
        var id = Guid.NewGuid();
        change.Context.Add(new CaseFile
        {
            Id = id, Organization = owner.Organization.Id, OrganizationPath = owner.Organization.Path, Number = id.ToString(), Title = "Case", Confidential = confidential, CreatedBy = owner.Id, CreatedAt = change.Now,
        });
        foreach (var person in list) change.Context.Add(new CaseMember { Case = id, Person = person });
        change.Audit("test.seen", id.ToString());
        return id.ToString();
    });

    private static void Broken(Provider provider, string sql, int number, string fault)
    {
        using var record = Trail(provider, 6);
        Tamper(record, sql);
        var (code, check) = Verify(record);
        code.ShouldBe(1);
        check.GetProperty("number").GetInt32().ShouldBe(number);
        check.GetProperty("fault").GetString().ShouldBe(fault);
        using var output = new StringWriter();
        Program.Run(["audit", "verify", "--data", record.Connection], output, TextWriter.Null).ShouldBe(1);
        output.ToString().ShouldContain("entry " + number.ToString(CultureInfo.InvariantCulture));
    }

    private static TestRecord Trail(Provider provider, int entries)
    {
        var record = TestRecord.Shipped(provider);
        Add(record, entries);
        return record;
    }

    private static void Add(TestRecord record, int entries)
    {
        for (var i = 0; i < entries; i++)
            Change.Make(record.Database, Actor.CommandLine, record.Clock, change => change.Audit("test.made", Guid.NewGuid().ToString(), "", "", "=1+1"));
    }

    /// <summary>What somebody with the database's own rights can do.</summary>
    private static void Tamper(TestRecord record, string sql)
    {
        using var connection = record.Database.Open();
        using var command = connection.CreateCommand();
        var rows = record.Database.IsPostgres ? "ALTER TABLE audit DISABLE TRIGGER USER; " : "DROP TRIGGER audit_no_update; DROP TRIGGER audit_no_delete; DROP TRIGGER audit_no_replace; ";
        // Numbers are moved from the end, so that no two are ever the same.
        if (sql.StartsWith("UPDATE audit SET number", StringComparison.Ordinal)) sql = "UPDATE audit SET number = 7 WHERE number = 6; UPDATE audit SET number = 6 WHERE number = 5;" + sql[(sql.IndexOf(';', StringComparison.Ordinal) + 1)..];
        command.CommandText = rows + sql;
        command.ExecuteNonQuery();
    }

    private static (int Code, JsonElement Check) Verify(TestRecord record, params string[] more)
    {
        using var output = new StringWriter();
        var code = Program.Run(["audit", "verify", "--json", .. more, "--data", record.Connection], output, TextWriter.Null);
        return (code, JsonDocument.Parse(output.ToString()).RootElement);
    }
}
