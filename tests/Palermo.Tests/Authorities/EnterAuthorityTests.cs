using Microsoft.EntityFrameworkCore;
using Palermo.Authorities;
using Palermo.Authorities.Entries;
using Palermo.Data.Audit;
using Palermo.Data.Authorities;
using Palermo.Kernel;
using Palermo.Kernel.Access;
using Palermo.Tests.Support;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Authorities;

public sealed class EnterAuthorityTests
{
    [Theory, EveryDatabase]
    public void EveryChangeKeepsWhatWasSaidBefore(Provider provider)
    {
        using var record = TestRecord.Shipped(provider);
        var module = Entry.Module(record);
        var id = EnterAuthority.New(module, Entry.Officer, Entry.Input());
        EnterAuthority.Edit(module, Entry.Officer, id, 1, Entry.Input(name: "Renamed Office", confirmedOn: null));
        EnterAuthority.Confirm(module, Entry.Officer, id, 2);
        EnterAuthority.End(module, Entry.Officer, id, 2, "merged");

        using var context = module.Database.Connect();
        context.Set<AuthorityVersion>().OrderBy(v => v.Version).Select(v => v.Act).ToArray().ShouldBe(["entered", "changed", "ended"]);
        ContentJson.Content(context.Set<AuthorityVersion>().Single(v => v.Version == 1).Content).Name.ShouldBe("Invented Office");
        context.Set<AuthorityConfirmation>().OrderBy(c => c.Id).Select(c => c.On).ToArray().ShouldBe([new DateOnly(2026, 5, 1), Entry.Today]);
        context.Set<AuditEntry>().Where(a => a.Subject == id.ToString()).OrderBy(a => a.Number).Select(a => a.Act).ToArray()
            .ShouldBe(["authority.entered", "authority.changed", "authority.confirmed", "authority.ended"]);
        module.Find(Shipped.State("LVA"), "mla", null, null, restricted: true).ShouldNotContain(a => a.Content.Name == "Renamed Office");
        foreach (var statement in new[] { "UPDATE authority_versions SET content = ''", "DELETE FROM authority_versions", "DELETE FROM authority_confirmations" })
            Should.Throw<System.Data.Common.DbException>(() => context.Database.ExecuteSqlRaw(statement)).Message.ShouldContain("only grows");
    }

    [Theory, EveryDatabase]
    public void OfTwoEditorsTheSecondIsTold(Provider provider)
    {
        using var record = TestRecord.Shipped(provider);
        var module = Entry.Module(record);
        var id = EnterAuthority.New(module, Entry.Officer, Entry.Input());
        EnterAuthority.Edit(module, Entry.Officer, id, 1, Entry.Input(name: "First"));
        Should.Throw<RefusedException>(() => EnterAuthority.Edit(module, Entry.Person("B", Role.Approver), id, 1, Entry.Input(name: "Second"))).Conflict.ShouldBeTrue();
        ReadDirectory.Find(module, id.ToString(), restricted: true)!.Content.Name.ShouldBe("First");
    }

    [Theory, EveryDatabase]
    public void TheOwnEntryIsFoundFirstAndItsRequirementsAreTold(Provider provider)
    {
        using var record = TestRecord.Shipped(provider);
        var module = Entry.Module(record);
        EnterAuthority.New(module, Actor.Node, Entry.Input(more: [("dual_criminality", "yes"), ("languages", "lv;en"), ("forms", "Form 7"), ("channels", "direct;post")]));
        var found = module.Find(Shipped.State("LVA"), "mla", null, null, restricted: false);
        found.ShouldHaveSingleItem().Reasons.Count(r => r.Code == "stands-for").ShouldBe(2);
        var asked = module.RequirementsOf(Shipped.State("LVA"), "mla");
        asked.DualCriminality.ShouldBe("yes");
        asked.Forms.ShouldHaveSingleItem().Source.ShouldBe("Invented for a test");
        asked.Languages.Select(l => string.Join(';', l.Codes)).ShouldBe(["lv;en", "en;lv"]);
        asked.Languages[1].Notified.ShouldBe(new Citation("untoc", "18(14)"));
        module.RequirementsOf(Shipped.State("BRA"), "mla").DualCriminality.ShouldBe("not-known");
    }

    [Fact]
    public void OnlyThoseWhoMayWriteDo()
    {
        using var record = TestRecord.Shipped(Provider.Sqlite);
        var module = Entry.Module(record);
        foreach (var viewer in new[] { null, Entry.Person("D", Role.Drafter), Entry.Person("R", Role.Reader, Role.Auditor), Entry.Officer with { Scopes = new HashSet<string> { "authorities:read" } } })
            Should.Throw<RefusedException>(() => EnterAuthority.New(module, viewer, Entry.Input())).Forbidden.ShouldBeTrue();
        foreach (var role in new[] { Role.Officer, Role.Approver, Role.Administrator }) EnterAuthority.New(module, Entry.Person("W", role), Entry.Input());
        ReadDirectory.Entries(module, null, restricted: false).Count.ShouldBe(3);
    }

    [Theory]
    [InlineData("state", "Atlantis")]
    [InlineData("names", "Ministry")]
    [InlineData("names", "")]
    [InlineData("kinds", "")]
    [InlineData("kinds", "Mutual help!")]
    [InlineData("stage", "later")]
    [InlineData("instruments", "magna-carta")]
    [InlineData("email", "a@b@c")]
    [InlineData("telephone", "=1+1")]
    [InlineData("web", "javascript:alert(1)")]
    [InlineData("laws", "Code | javascript:alert(1)")]
    [InlineData("laws", "https://example.org")]
    [InlineData("time_zone", "Mars/Olympus")]
    [InlineData("hours", "Mon-Fri 09:00-17:00")]
    [InlineData("languages", "français")]
    [InlineData("channels", "pigeon")]
    [InlineData("dual_criminality", "maybe")]
    [InlineData("said_on", "2026-06-02")]
    [InlineData("source", "\u202e")]
    [InlineData("officers", "BRA | Brasília | Name")]
    public void AFieldThatCannotBeTakenIsNamed(string field, string text) =>
        Should.Throw<RefusedException>(() => Entry.Input(more: (field, text))).Field.ShouldBe(field);

    [Fact]
    public void LongTextsAreRefusedAndMarksOfDirectionAreTakenOut()
    {
        Should.Throw<RefusedException>(() => Entry.Input(more: ("address", new string('x', 10_000_000)))).Field.ShouldBe("address");
        Entry.Input(more: ("names", "en: Of\u202efice")).Content.Name.ShouldBe("Office");
    }

    [Fact]
    public void FieldsComeBackAsTheyWere()
    {
        var input = Entry.Input(more: [("names", "lv: Ģenerālprokuratūra\nru: Генпрокуратура"), ("laws", "Law | https://example.org/law"), ("liaison", "BRA | Brasília"), ("officers", "BRA | Brasília | N. N. | +55 1 | a@example.org"), ("kinds", "mla;boarding"), ("address", "Street 1\nCity")]);
        var fields = EntryFields.Write(input.Content).Concat(EntryFields.Write(input.Restricted!)).ToDictionary();
        EntryFields.Write(EntryFields.Content(Shipped.Reference, Entry.Today, f => fields[f])).ShouldBe(EntryFields.Write(input.Content));
        fields.Keys.ShouldBe([.. EntryFields.Public, .. EntryFields.Restricted]);
        ContentJson.Write(ContentJson.Content(ContentJson.Write(input.Content))).ShouldBe(ContentJson.Write(input.Content));
    }
}
