using Palermo.Data.Cases;
using Palermo.Kernel;
using Palermo.Kernel.Access;
using Palermo.Requests.Cases;
using Palermo.Requests.Drafting;
using Palermo.Tests.Support;
using Palermo.Treaties.Bilateral;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Requests.Cases;

/// <summary>How requests begin, and that what they rest on stays what it was that day.</summary>
public sealed class OpenRequestTests
{
    [Theory, EveryDatabase]
    public void TheFindersAnswerIsFrozenWithItsReasonsUntilItIsAskedAgain(Provider provider)
    {
        using var record = new LifeRecord(provider);
        var viewer = record.Officer.Viewer;
        var id = Drafts.Begin(record.Module, viewer);
        var frozen = Drafts.Saved(record.Module, viewer, id, Steps.Basis).Content.ToJsonString();
        var basis = Drafts.Document(record.Module, viewer, id).Basis!;
        basis.AskedOn.ShouldBe(record.Module.Today);
        basis.Relied.ShouldContain("untoc");
        basis.Report.Available.First(a => a.Instrument == "untoc").Because.ShouldNotBeEmpty();
        basis.Report.Available.ShouldNotContain(a => a.Instrument == "bra-ita-1989");

        EnterBilateralTreaty.Record(record.Module.Treaties, Shipped.BrazilItaly(), record.Record.Head());
        record.Record.Clock.Advance(TimeSpan.FromDays(1));
        Drafts.Saved(record.Module, viewer, id, Steps.Basis).Content.ToJsonString().ShouldBe(frozen);

        RelyOn.First(record.Module, viewer, id, "uncac");
        RelyOn.Again(record.Module, viewer, id);
        var again = Drafts.Document(record.Module, viewer, id).Basis!;
        again.Report.Available.ShouldContain(a => a.Instrument == "bra-ita-1989");
        (again.AskedOn, again.Relied[0]).ShouldBe((record.Module.Today, "uncac"));
        record.Read(c => c.Set<Request>().Single(r => r.Id == id).Basis).ShouldBe("uncac");
        Should.Throw<RefusedException>(() => RelyOn.First(record.Module, viewer, id, "berne-1886")).Text.Key.ShouldBe("drafting.basis.not-listed");
    }

    [Theory, EveryDatabase]
    public void ACopyTakesTheFactsAlongAndAsksTheFinderAnew(Provider provider)
    {
        using var record = new LifeRecord(provider);
        var viewer = record.Officer.Viewer;
        var id = Drafts.Complete(record.Module, viewer);
        var copy = OpenRequest.Copy(record.Module, viewer, id, Shipped.Query("BRA", "FRA", "mla", "money-laundering", "2026-06-01", 10, true, true));
        var (from, to) = (Drafts.Document(record.Module, viewer, id), Drafts.Document(record.Module, viewer, copy));
        (to.Requesting, to.Requested, to.Kind).ShouldBe(("BRA", "FRA", "mla"));
        to.Field("facts.summary").ShouldBe(from.Field("facts.summary"));
        to.Persons.Count.ShouldBe(from.Persons.Count);
        to.Measures.Select(m => m.Code).ShouldBe(from.Measures.Select(m => m.Code));
        to.Field("handling.deadline-reason").ShouldBe(from.Field("handling.deadline-reason"));
        to.Basis!.Report.Query.To.ShouldBe("FRA");
        to.RequestedAuthority.ShouldBeNull();
        to.TargetLanguage.ShouldBeNull();
        var rows = record.Read(c => c.Set<Request>().Where(r => r.Id == id || r.Id == copy).ToList());
        rows.Select(r => r.Case).Distinct().ShouldHaveSingleItem();
        CheckRequest.Findings(record.Module, to).Where(CheckRequest.Blocks).ShouldNotBeEmpty();
    }

    [Fact]
    public void WhatCameOnPaperIsRegisteredWithItsDayAndNumber()
    {
        using var record = new LifeRecord(Provider.Sqlite);
        var id = Register(record, "ITA", "2026-05-20", "IT/12\u202E\u0000 bis", "by courier");
        var request = record.Read(c => c.Set<Request>().Single(r => r.Id == id));
        (request.Outgoing, request.Stage, request.WaitingFor, request.Number, request.TheirNumber).ShouldBe((false, "received", "us", null, "IT/12 bis"));
        var registered = record.Read(c => c.Set<RequestEvent>().Single(e => e.Request == id));
        (registered.Act, registered.On, registered.Text).ShouldBe(("registered", new DateOnly(2026, 5, 20), "by courier"));
        Should.Throw<RefusedException>(() => OpenRequest.Copy(record.Module, record.Officer.Viewer, id, Shipped.Query("BRA", "FRA", "mla", "other", "2026-06-01"))).Text.Key.ShouldBe("cases.copy-ours");
    }

    [Fact]
    public void WhatCameOrallyIsToBeConfirmedByThemTheNextDay()
    {
        using var record = new LifeRecord(Provider.Sqlite);
        var id = OpenRequest.Incoming(record.Module, record.Officer.Viewer, new NewRequest("mla", "By telephone", null, null, false), Shipped.State("ITA"), Shipped.State("BRA"), "", Dates.Parse("2026-06-01"), "telephone", madeOrally: true);
        var deadline = record.All<Deadline>().ShouldHaveSingleItem();
        (deadline.Request, deadline.Kind, deadline.Ours, deadline.Text, deadline.DueOn).ShouldBe((id, "legal", false, "@confirmation", new DateOnly(2026, 6, 2)));
        record.Read(c => c.Set<Request>().Single(r => r.Id == id).DueOn).ShouldBe(deadline.DueOn);
    }

    [Theory]
    [InlineData("BRA", "2026-05-20", "from")]
    [InlineData("ITA", "2026-06-02", "receivedOn")]
    public void WhatCannotHaveComeIsRefusedAtItsField(string from, string on, string field)
    {
        using var record = new LifeRecord(Provider.Sqlite);
        Should.Throw<RefusedException>(() => Register(record, from, on, "", "")).Field.ShouldBe(field);
        record.All<CaseFile>().ShouldBeEmpty();
    }

    [Fact]
    public void NobodyBeginsInACaseOrOfficeThatIsNotTheirs()
    {
        using var record = new LifeRecord(Provider.Sqlite);
        var hidden = Drafts.Begin(record.Module, record.Officer.Viewer, confidential: true);
        var of = record.Read(c => c.Set<Request>().Single(r => r.Id == hidden).Case);
        var colleague = record.Person(Role.Officer, "Bruno Second").Viewer;
        var query = Shipped.Query("BRA", "ITA", "mla", "other", "2026-06-01");
        Should.Throw<RefusedException>(() => OpenRequest.Outgoing(record.Module, colleague, new("mla", "Mine", of, null, false), query)).NotFound.ShouldBeTrue();
        var elsewhere = TestPeople.Make(record.Record.Database, record.Record.Clock, Role.Officer, "Another office");
        Should.Throw<RefusedException>(() => OpenRequest.Outgoing(record.Module, colleague, new("mla", "Mine", null, elsewhere.Organization.Id, false), query)).Field.ShouldBe("organization");
        Should.Throw<RefusedException>(() => OpenRequest.Outgoing(record.Module, record.Person(Role.Reader, "Reads").Viewer, new("mla", "Mine", null, null, false), query)).Forbidden.ShouldBeTrue();
        Should.Throw<RefusedException>(() => OpenRequest.Outgoing(record.Module, colleague, new("mla", " \u202E ", null, null, false), query)).Field.ShouldBe("title");
        Should.Throw<RefusedException>(() => OpenRequest.Outgoing(record.Module, colleague, new("dance", "Mine", null, null, false), query)).Field.ShouldBe("kind");
    }

    private static Guid Register(LifeRecord record, string from, string on, string number, string channel) => OpenRequest.Incoming(
        record.Module, record.Officer.Viewer, new NewRequest("mla", "Their request", null, null, false), Shipped.State(from), Shipped.State("BRA"), number, Dates.Parse(on), channel);
}
