using Palermo.Data;
using Palermo.Data.Cases;
using Palermo.Kernel;
using Palermo.Kernel.Access;
using Palermo.Requests.Calendar;
using Palermo.Requests.Life;
using Palermo.Requests.Time;
using Palermo.Tests.Support;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Requests.Time;

public sealed class DeadlineTests
{
    [Theory, EveryDatabase]
    public void TheNextDayDueFollowsTheDeadlines(Provider provider)
    {
        using var record = new LifeRecord(provider);
        var request = record.Request();
        Add(record, request, "agreed", "2026-07-10");
        Add(record, request, "suggested", "2026-06-20", "them");
        record.Now(request).DueOn.ShouldBe(Shipped.Day("2026-06-20"));
        var suggested = record.All<Deadline>().Single(d => d.Kind == "suggested");
        KeepDeadline.Move(record.Module, record.Officer.Viewer, request.Id, suggested.Id, "2026-08-01");
        record.Now(request).DueOn.ShouldBe(Shipped.Day("2026-07-10"));
        KeepDeadline.Done(record.Module, record.Officer.Viewer, request.Id, record.All<Deadline>().Single(d => d.Kind == "agreed").Id);
        record.Now(request).DueOn.ShouldBe(Shipped.Day("2026-08-01"));
        record.Audited("request.deadline-set").ShouldBe([request.Case.ToString(), request.Case.ToString()]);
        Should.Throw<RefusedException>(() => KeepDeadline.Done(record.Module, record.Officer.Viewer, request.Id, long.MaxValue)).NotFound.ShouldBeTrue();
    }

    [Theory, EveryDatabase]
    public void TheDeadlineOfAnIncomingRequestBindsUsFromAcceptanceUntilExecution(Provider provider)
    {
        using var record = new LifeRecord(provider);
        var request = record.Request(outgoing: false, Stages.Received, handling: ("handling.deadline", "2026-06-30"));
        record.Move(request, "accept");
        var deadline = record.All<Deadline>().ShouldHaveSingleItem();
        (deadline.Kind, deadline.Ours, deadline.DueOn).ShouldBe(("suggested", true, Shipped.Day("2026-06-30")));
        record.Now(request).DueOn.ShouldBe(Shipped.Day("2026-06-30"));
        record.Move(request, "consult", "It would interfere with our own investigation; would later do?");
        record.Move(request, "postpone", "It would interfere with our own investigation.");
        record.Now(request).DueOn.ShouldBeNull();
        record.Move(request, "begin-execution");
        record.Now(request).DueOn.ShouldBe(Shipped.Day("2026-06-30"));
        record.Move(request, "execute");
        record.All<Deadline>().Single().DoneAt.ShouldNotBeNull();
        record.Now(request).DueOn.ShouldBeNull();
    }

    [Theory, EveryDatabase]
    public void AskingForClarificationMaySetADayForThem(Provider provider)
    {
        using var record = new LifeRecord(provider);
        var request = record.Request(outgoing: false, Stages.Received);
        record.Move(request, "ask-clarification", "Which account?", Shipped.Day("2026-06-15"));
        record.All<Deadline>().ShouldHaveSingleItem().Ours.ShouldBeFalse();
        record.Move(request, "clarification-came", "The one ending in 12.");
        record.All<Deadline>().Single().DoneAt.ShouldNotBeNull();
        var messages = record.All<ThreadMessage>().OrderBy(m => m.Id).ToList();
        messages.Select(m => (m.Kind, m.Ours)).ShouldBe([("clarification", true), ("answer", false)]);
        messages[1].Thread.ShouldBe(messages[0].Id);
    }

    [Theory, EveryDatabase]
    public void ClosingEndsNeitherASafeConductNorTheDutyToInform(Provider provider)
    {
        using var record = new LifeRecord(provider);
        var request = record.Request(outgoing: true, Stages.Executed);
        Add(record, request, "agreed", "2026-06-04");
        KeepDeadline.Add(record.Module, record.Officer.Viewer, request.Id, new("safe-conduct", "2026-06-01", "", "The expert", "us"));
        Change.Make(record.Record.Database, record.Officer.Viewer.Actor, record.Record.Clock, change =>
            KeepDeadline.Add(change, change.Context.Set<Request>().First(r => r.Id == request.Id), DeadlineKinds.Legal, Shipped.Day("2026-06-05"), WhatIsDue.Disclosure, ours: true));
        record.Move(request, "close", "Done.");
        record.All<Deadline>().Where(d => d.DoneAt is null).Select(d => d.Text).Order(StringComparer.Ordinal).ShouldBe(["@disclosure", "@safe-conduct: The expert"]);
        record.Now(request).DueOn.ShouldBe(Shipped.Day("2026-06-05"));
        record.Read(c => ListDue.For(c, record.Officer.Viewer, mine: true)).Count.ShouldBe(2);
        RemindOwners.Run(record.Module).ShouldBe(1);

        KeepDeadline.Add(record.Module, record.Officer.Viewer, request.Id, new("safe-conduct", "2026-06-02", "", "", "us"));
        Should.Throw<RefusedException>(() => Add(record, request, "agreed", "2026-07-01")).Text.Key.ShouldBe("time.ended");
        WhatIsDue.In(Shipped.Texts, Language.English, record.All<Deadline>().First(d => d.Text.EndsWith("expert", StringComparison.Ordinal))).ShouldBe("Safe conduct ends: The expert");
    }

    [Theory]
    [InlineData("agreed", "2026-13-01", "", "dueOn")]
    [InlineData("soon", "2026-06-10", "", "kind")]
    [InlineData("provisional-arrest", "2026-06-10", "", "days")]
    [InlineData("provisional-arrest", "2026-06-10", "4000", "days")]
    public void WhatCannotBeUnderstoodIsRefusedByItsField(string kind, string dueOn, string days, string field)
    {
        using var record = new LifeRecord(Provider.Sqlite);
        var request = record.Request();
        Should.Throw<RefusedException>(() => KeepDeadline.Add(record.Module, record.Officer.Viewer, request.Id, new(kind, dueOn, days, "Records", "us"))).Field.ShouldBe(field);
        record.All<Deadline>().ShouldBeEmpty();
    }

    [Fact]
    public void OnlyWhoMayWriteInTheCaseCanOwnIt()
    {
        using var record = new LifeRecord(Provider.Sqlite);
        var request = record.Request(confidential: true);
        var (colleague, reader) = (record.Person(Role.Officer, "Bela Officer"), record.Person(Role.Reader, "Caio Reader"));
        foreach (var nobody in new[] { colleague.Id.ToString(), reader.Id.ToString(), "x" })
            Should.Throw<RefusedException>(() => AssignRequest.Set(record.Module, record.Officer.Viewer, request.Id, record.Officer.Id.ToString(), nobody)).Field.ShouldBe("deputy");
        var open = record.Request();
        AssignRequest.Set(record.Module, record.Officer.Viewer, open.Id, colleague.Id.ToString(), record.Officer.Id.ToString());
        (record.Now(open).Owner, record.Now(open).Deputy).ShouldBe((colleague.Id, record.Officer.Id));
        Should.Throw<RefusedException>(() => AssignRequest.Set(record.Module, reader.Viewer, open.Id, "", "")).Forbidden.ShouldBeTrue();
    }

    private static void Add(LifeRecord record, Request request, string kind, string dueOn, string whose = "us") =>
        KeepDeadline.Add(record.Module, record.Officer.Viewer, request.Id, new(kind, dueOn, "", "Records", whose));
}
