using Palermo.Authorities.Entries;
using Palermo.Kernel;
using Palermo.Requests.Drafting;
using Palermo.Tests.Authorities;
using Palermo.Tests.Support;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Requests.Drafting;

/// <summary>Taking the requested authority out of the directory.</summary>
public sealed class ChooseAuthorityTests
{
    [Theory, EveryDatabase]
    public void AnEntryIsTakenAsItStandsThatDayAndOnlyOneThatReceivesTheRequest(Provider provider)
    {
        using var record = new LifeRecord(provider);
        var viewer = record.Officer.Viewer;
        var italian = EnterAuthority.New(record.Module.Authorities, viewer, Entry.Input("ITA", "Invented Office", "2026-05-01", ("telephone", "+39 06 5555"), ("contacts", "Ms Invented")));
        var latvian = EnterAuthority.New(record.Module.Authorities, viewer, Entry.Input());
        var id = Drafts.Begin(record.Module, viewer);
        Drafts.Save(record.Module, viewer, id, Steps.Authority, new() { RequestingAuthority = Drafts.Example.RequestingAuthority });
        ChooseAuthority.Use(record.Module, viewer, id, italian.ToString());
        var document = Drafts.Document(record.Module, viewer, id);
        var chosen = document.RequestedAuthority!;
        (chosen.Entry, chosen.Name, chosen.Telephone, chosen.Officer).ShouldBe((italian.ToString(), "Invented Office", "+39 06 5555", "Ms Invented"));
        document.RequestingAuthority!.Name.ShouldBe(Drafts.Example.RequestingAuthority!.Name);
        foreach (var wrong in new[] { latvian.ToString(), Guid.NewGuid().ToString(), "", "\u0000" })
            Should.Throw<RefusedException>(() => ChooseAuthority.Use(record.Module, viewer, id, wrong)).Text.Key.ShouldBe("drafting.authority.none");
    }
}
