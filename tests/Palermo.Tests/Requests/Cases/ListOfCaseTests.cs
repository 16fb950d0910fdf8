using Palermo.Data.Cases;
using Palermo.Kernel;
using Palermo.Kernel.Access;
using Palermo.Requests.Cases;
using Palermo.Tests.Support;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Requests.Cases;

/// <summary>A case's own list.</summary>
public sealed class ListOfCaseTests
{
    [Theory, EveryDatabase]
    public void WhoIsOnTheListSeesAConfidentialCaseAndNobodyElseDoes(Provider provider)
    {
        using var record = new LifeRecord(provider);
        var (drafter, officer) = (record.Person(Role.Drafter, "Dora Drafter"), record.Person(Role.Officer, "Bruno Second"));
        var id = Drafts.Begin(record.Module, record.Officer.Viewer);
        var of = record.Read(c => c.Set<Request>().Single(r => r.Id == id).Case);
        Sees(record, drafter, of).ShouldBeFalse();
        ListOfCase.Add(record.Module, record.Officer.Viewer, of, drafter.Id);
        ListOfCase.Add(record.Module, record.Officer.Viewer, of, drafter.Id);
        Sees(record, drafter, of).ShouldBeTrue();
        Sees(record, officer, of).ShouldBeTrue();

        ListOfCase.SetConfidential(record.Module, record.Officer.Viewer, of, true);
        Sees(record, officer, of).ShouldBeFalse();
        Sees(record, drafter, of).ShouldBeTrue();
        record.Read(c => c.Set<Request>().Single(r => r.Id == id).Confidential).ShouldBeTrue();
        Should.Throw<RefusedException>(() => ListOfCase.Add(record.Module, officer.Viewer, of, officer.Id)).NotFound.ShouldBeTrue();

        ListOfCase.Remove(record.Module, record.Officer.Viewer, of, drafter.Id);
        Sees(record, drafter, of).ShouldBeFalse();
        Should.Throw<RefusedException>(() => ListOfCase.Remove(record.Module, record.Officer.Viewer, of, record.Officer.Id)).Text.Key.ShouldBe("cases.members.last");
        record.Audited("case.member-added").ShouldBe([of.ToString()]);
        record.Audited("case.confidential").ShouldBe([of.ToString()]);
        record.Audited("case.member-removed").ShouldBe([of.ToString()]);
    }

    [Fact]
    public void NobodyLocksThemselvesOutAndNoReaderChangesTheList()
    {
        using var record = new LifeRecord(Provider.Sqlite);
        var (officer, reader) = (record.Person(Role.Officer, "Bruno Second"), record.Person(Role.Reader, "Rita Reader"));
        var of = record.Request(stage: "draft").Case;
        Should.Throw<RefusedException>(() => ListOfCase.SetConfidential(record.Module, officer.Viewer, of, true)).Forbidden.ShouldBeTrue();
        Should.Throw<RefusedException>(() => ListOfCase.Add(record.Module, reader.Viewer, of, reader.Id)).Forbidden.ShouldBeTrue();
        Should.Throw<RefusedException>(() => ListOfCase.Add(record.Module, officer.Viewer, of, Guid.NewGuid())).Text.Key.ShouldBe("cases.members.unknown");
    }

    [Theory, EveryDatabase]
    public void OnlyPeopleOfTheCasesOwnOfficesAreOfferedAndTaken(Provider provider)
    {
        using var record = new LifeRecord(provider);
        var (colleague, stranger) = (record.Person(Role.Reader, "Rita Reader"), TestPeople.Make(record.Record.Database, record.Record.Clock, Role.Officer, "Office of another state", "Otto Stranger", "ITA"));
        record.Person(Role.Administrator, "Alba Administrator");
        var of = record.Request().Case;
        record.Read(c => ListOfCase.Candidates(c, of)).Select(p => p.Id).ShouldBe([colleague.Id]);
        Should.Throw<RefusedException>(() => ListOfCase.Add(record.Module, record.Officer.Viewer, of, stranger.Id)).Text.Key.ShouldBe("cases.members.unknown");
        ListOfCase.Add(record.Module, record.Officer.Viewer, of, colleague.Id);
        record.Read(c => ListOfCase.Candidates(c, of)).ShouldBeEmpty();
    }

    private static bool Sees(LifeRecord record, TestPerson person, Guid of) => record.Read(c => Visible.Cases(c, person.Viewer).Any(f => f.Id == of));
}
