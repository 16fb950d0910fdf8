using Palermo.Data.Audit;
using Palermo.Data.Cases;
using Palermo.Kernel;
using Palermo.Kernel.Access;
using Palermo.Requests.Document;
using Palermo.Requests.Drafting;
using Palermo.Tests.Support;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Requests.Drafting;

/// <summary>Saving a step, alone and together with others.</summary>
public sealed class SaveStepTests
{
    private static readonly Step Facts = Steps.Find(Steps.Facts)!, Handling = Steps.Find(Steps.Handling)!, Persons = Steps.Find(Steps.Persons)!;

    [Theory, EveryDatabase]
    public void TwoPeopleOnOneStepKeepWhatEachWroteAndTheSecondLearnsOfTheFirst(Provider provider)
    {
        using var record = new LifeRecord(provider);
        var colleague = record.Person(Role.Officer, "Bruno Second");
        var id = Drafts.Begin(record.Module, record.Officer.Viewer);
        Drafts.Save(record.Module, record.Officer.Viewer, id, Steps.Handling, Of(("handling.deadline-reason", "First words")));
        SaveStep.Save(record.Module, colleague.Viewer, id, Handling, 1, Drafts.Fields(("handling.deadline-reason", "First words"), ("handling.urgent", "yes")));
        var merged = SaveStep.Save(record.Module, record.Officer.Viewer, id, Handling, 1, Drafts.Fields(("handling.deadline-reason", "Better words")));
        merged.Conflicts.ShouldBeEmpty();
        merged.MergedWith.ShouldBe("Bruno Second");
        merged.Saved.Version.ShouldBe(3);
        var now = Drafts.Document(record.Module, record.Officer.Viewer, id);
        (now.Field("handling.urgent"), now.Field("handling.deadline-reason")).ShouldBe(("yes", "Better words"));
        record.Read(c => c.Set<Request>().Single(r => r.Id == id).Urgent).ShouldBeTrue();
    }

    [Theory, EveryDatabase]
    public void WhatBothChangedDifferentlyIsShownAndNothingIsWritten(Provider provider)
    {
        using var record = new LifeRecord(provider);
        var colleague = record.Person(Role.Officer, "Bruno Second");
        var id = Drafts.Begin(record.Module, record.Officer.Viewer);
        Drafts.Save(record.Module, record.Officer.Viewer, id, Steps.Facts, Of(("facts.summary", "What happened")));
        SaveStep.Save(record.Module, colleague.Viewer, id, Facts, 1, Drafts.Fields(("facts.summary", "What Bruno knows")));
        var entries = record.Read(c => c.Set<AuditEntry>().Count());
        var result = SaveStep.Save(record.Module, record.Officer.Viewer, id, Facts, 1, Drafts.Fields(("facts.summary", "What Ana knows")));
        var conflict = result.Conflicts.ShouldHaveSingleItem();
        (conflict.Path, conflict.Mine, conflict.Theirs).ShouldBe(("fields/facts.summary", "What Ana knows", "What Bruno knows"));
        (result.Saved.Version, result.Saved.ByName).ShouldBe((2, "Bruno Second"));
        record.Read(c => c.Set<AuditEntry>().Count()).ShouldBe(entries);
        Drafts.Document(record.Module, record.Officer.Viewer, id).Field("facts.summary").ShouldBe("What Bruno knows");
    }

    [Theory, EveryDatabase]
    public void WritersAtTheSameTimeLoseNothing(Provider provider)
    {
        const int Writers = 8;
        using var record = new LifeRecord(provider);
        var id = Drafts.Begin(record.Module, record.Officer.Viewer);
        Parallel.For(0, Writers, new ParallelOptions { MaxDegreeOfParallelism = Writers }, n =>
            SaveStep.Save(record.Module, record.Officer.Viewer, id, Persons, 0, StepStore.ToContent(new RequestDocument { Persons = [new() { Id = $"p{n}", Names = [new($"Writer{n}")] }] })).Conflicts.ShouldBeEmpty());
        Drafts.Document(record.Module, record.Officer.Viewer, id).Persons.Select(p => p.Id).ShouldBe(Enumerable.Range(0, Writers).Select(n => $"p{n}"), ignoreOrder: true);
        Drafts.Saved(record.Module, record.Officer.Viewer, id, Steps.Persons).Version.ShouldBe(Writers);
        record.Read(c => c.Set<NamedThing>().Count()).ShouldBe(Writers);
    }

    [Fact]
    public void AStepOfTheCaseServesAllItsRequests()
    {
        using var record = new LifeRecord(Provider.Sqlite);
        var first = Drafts.Complete(record.Module, record.Officer.Viewer);
        var of = record.Read(c => c.Set<Request>().Single(r => r.Id == first).Case);
        var second = Palermo.Requests.Cases.OpenRequest.Outgoing(record.Module, record.Officer.Viewer, new("mla", "Another account", of, null, false), Shipped.Query("BRA", "FRA", "mla", "money-laundering", "2026-06-01"));
        Drafts.Save(record.Module, record.Officer.Viewer, second, Steps.Facts, Of(("facts.summary", "Known better now")));
        Drafts.Document(record.Module, record.Officer.Viewer, first).Field("facts.summary").ShouldBe("Known better now");
        Drafts.Document(record.Module, record.Officer.Viewer, second).Measures.ShouldBeEmpty();
        Drafts.Document(record.Module, record.Officer.Viewer, second).Persons.ShouldNotBeEmpty();
    }

    [Fact]
    public void WhatSaysTheSameIsNotSavedAgain()
    {
        using var record = new LifeRecord(Provider.Sqlite);
        var id = Drafts.Complete(record.Module, record.Officer.Viewer);
        var saved = Drafts.Saved(record.Module, record.Officer.Viewer, id, Steps.Persons);
        SaveStep.Save(record.Module, record.Officer.Viewer, id, Persons, saved.Version, saved.Content).Saved.Version.ShouldBe(saved.Version);
    }

    [Fact]
    public void AStepThatIsTooLongIsRefused()
    {
        using var record = new LifeRecord(Provider.Sqlite);
        var id = Drafts.Begin(record.Module, record.Officer.Viewer);
        Should.Throw<RefusedException>(() => SaveStep.Save(record.Module, record.Officer.Viewer, id, Facts, 0, Drafts.Fields(("facts.summary", new string('x', SaveStep.Longest))))).Text.Key.ShouldBe("drafting.too-long");
        Drafts.Saved(record.Module, record.Officer.Viewer, id, Steps.Facts).Version.ShouldBe(0);
    }

    [Fact]
    public void NothingIsSavedWhileSomebodyReviewsTheRequest()
    {
        using var record = new LifeRecord(Provider.Sqlite);
        var request = record.Request(stage: "in-review");
        var refused = Should.Throw<RefusedException>(() => SaveStep.Save(record.Module, record.Officer.Viewer, request.Id, Facts, 0, Drafts.Fields(("facts.summary", "Late"))));
        (refused.Text.Key, refused.Conflict).ShouldBe(("drafting.not-now", true));
    }

    [Theory]
    [InlineData(Role.Reader)]
    [InlineData(Role.Auditor)]
    public void WhoOnlyReadsDoesNotWrite(Role role)
    {
        using var record = new LifeRecord(Provider.Sqlite);
        var id = Drafts.Begin(record.Module, record.Officer.Viewer);
        Should.Throw<RefusedException>(() => SaveStep.Save(record.Module, record.Person(role, "Reads").Viewer, id, Facts, 0, Drafts.Fields(("facts.summary", "Mine")))).Forbidden.ShouldBeTrue();
    }

    [Theory]
    [InlineData(Role.Administrator)]
    [InlineData(Role.Officer)]
    [InlineData(Role.Approver)]
    [InlineData(Role.Drafter)]
    [InlineData(Role.Auditor)]
    public void AConfidentialRequestIsToOthersAsOneThatDoesNotExist(Role role)
    {
        using var record = new LifeRecord(Provider.Sqlite);
        var id = Drafts.Begin(record.Module, record.Officer.Viewer, confidential: true);
        var stranger = record.Person(role, "Stranger").Viewer;
        var (hidden, none) = (Refused(record, stranger, id), Refused(record, stranger, Guid.NewGuid()));
        hidden.NotFound.ShouldBeTrue();
        (hidden.Text.Key, hidden.Text.Fillings.Length, hidden.Status).ShouldBe((none.Text.Key, none.Text.Fillings.Length, none.Status));
    }

    private static RefusedException Refused(LifeRecord record, Viewer viewer, Guid id) =>
        Should.Throw<RefusedException>(() => SaveStep.Save(record.Module, viewer, id, Facts, 0, Drafts.Fields(("facts.summary", "Guess"))));

    private static RequestDocument Of(params (string Name, string Text)[] fields) => new() { Fields = fields.ToDictionary(f => f.Name, f => f.Text, StringComparer.Ordinal) };
}
