using Palermo.Authorities.Entries;
using Palermo.Data.Authorities;
using Palermo.Data.Cases;
using Palermo.Kernel.Access;
using Palermo.Tests.Support;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Authorities;

public sealed class DueRemindersTests
{
    [Theory, EveryDatabase]
    public void AnOwnerIsRemindedOfAStaleEntryAtMostOnceIn30Days(Provider provider)
    {
        using var record = TestRecord.Shipped(provider);
        var module = Entry.Module(record);
        var owner = TestPeople.Make(record.Database, record.Clock, Role.Officer);
        var id = EnterAuthority.New(module, owner.Viewer, Entry.Input(confirmedOn: "2025-06-01"));
        EnterAuthority.New(module, Actor.Node, Entry.Input(name: "Nobody's", confirmedOn: null));
        EnterAuthority.New(module, Actor.Node, Entry.Input(name: "The organization's", confirmedOn: null), ownerOrganization: owner.Organization.Id);
        module.WriteDueReminders().ShouldBe(1);
        record.Clock.Advance(TimeSpan.FromDays(1));
        module.WriteDueReminders().ShouldBe(1);
        module.WriteDueReminders().ShouldBe(0);
        record.Clock.Advance(TimeSpan.FromDays(30));
        module.WriteDueReminders().ShouldBe(1);
        record.Clock.Advance(TimeSpan.FromDays(2));
        EnterAuthority.Confirm(module, owner.Viewer, id, 1);
        module.WriteDueReminders().ShouldBe(0);

        using var context = record.Database.Connect();
        var mails = context.Set<OutgoingMail>().OrderBy(m => m.Id).ToArray();
        mails.ShouldAllBe(m => m.To == owner.Email);
        mails.Select(m => m.Subject).ShouldBe(["Please confirm: The organization's", "Please confirm: Invented Office", "Please confirm: The organization's"]);
        mails[1].Body.ShouldContain($"/authorities/{id}");
        context.Set<Authority>().Count(a => a.RemindedAt != null).ShouldBe(1);
    }
}
