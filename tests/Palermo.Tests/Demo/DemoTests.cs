using System.Text.Json;
using Palermo.Access.Invitations;
using Palermo.Data;
using Palermo.Data.Access;
using Palermo.Data.Audit;
using Palermo.Data.Authorities;
using Palermo.Data.Cases;
using Palermo.Demo;
using Palermo.Kernel;
using Palermo.Kernel.Access;
using Palermo.Requests.Cases;
using Palermo.Requests.Completeness;
using Palermo.Requests.Document;
using Palermo.Requests.Drafting;
using Palermo.Requests.Life;
using Palermo.Requests.Time;
using Palermo.Tests.Support;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Demo;

/// <summary>What a newcomer finds in the demonstration.</summary>
public sealed class DemoTests(DemoTests.Filled filled) : IClassFixture<DemoTests.Filled>
{
    [Fact]
    public void EveryStageAndBothDirectionsAreThere()
    {
        var requests = filled.All<Request>();
        requests.Select(r => r.Stage).Order(StringComparer.Ordinal).ShouldBe(Stages.All.Order(StringComparer.Ordinal), "one case at each stage");
        requests.Select(r => r.Outgoing).Distinct().Count().ShouldBe(2);
        requests.Select(r => r.Kind).Distinct(StringComparer.Ordinal).Count().ShouldBeGreaterThanOrEqualTo(7);
        requests.Count(r => r.Confidential).ShouldBe(1);
        requests.Count(r => r.Urgent).ShouldBeGreaterThanOrEqualTo(1);
        requests.Count(r => r.DueOn < filled.Node.Treaties.Today).ShouldBeGreaterThanOrEqualTo(2);
        filled.All<Organization>().Count.ShouldBe(2);
        filled.All<Authority>().Select(a => a.State).Distinct(StringComparer.Ordinal).Count().ShouldBe(3);
    }

    [Fact]
    public void WhatWasApprovedOrAcceptedIsComplete()
    {
        using var context = filled.Record.Database.Connect();
        foreach (var frozen in context.Set<FrozenRequest>().AsEnumerable().ToList())
        {
            var document = JsonSerializer.Deserialize(frozen.Content, DocumentJson.Readable.RequestDocument)!;
            CheckCompleteness.Of(filled.Node.Requests.Kinds, document, CheckRequest.RequirementsOf(filled.Node.Requests, document), DateOnly.FromDateTime(frozen.At))
                .Where(CheckRequest.Blocks).Select(f => $"{document.Requesting}-{document.Requested} {f.Field} {f.Message.Key}").ShouldBeEmpty();
        }
    }

    [Fact]
    public void DraftAndPaperRequestLackSomethingAndTheOneInReviewNothing()
    {
        int Blocking(string stage)
        {
            using var context = filled.Record.Database.Connect();
            return CheckRequest.Findings(filled.Node.Requests, StepStore.Document(context, context.Set<Request>().First(r => r.Stage == stage))).Count(CheckRequest.Blocks);
        }

        Blocking(Stages.Draft).ShouldBeGreaterThan(3);
        Blocking(Stages.Received).ShouldBeGreaterThan(3);
        Blocking(Stages.InReview).ShouldBe(0);
    }

    [Fact]
    public void HistoriesRunInTheOrderOfTime()
    {
        using var context = filled.Record.Database.Connect();
        var at = context.Set<AuditEntry>().OrderBy(a => a.Number).Select(a => a.At).ToList();
        at.SequenceEqual(at.Order()).ShouldBeTrue("the trail's times run with its numbers");
        (context.Set<RequestEvent>().Max(e => e.At) - context.Set<RequestEvent>().Min(e => e.At)).TotalDays.ShouldBeGreaterThan(200);
    }

    [Fact]
    public void TheConfidentialCaseIsSeenByThoseOnItsListOnly()
    {
        using var context = filled.Record.Database.Connect();
        bool Sees(string email)
        {
            var person = context.Set<Person>().First(p => p.Email == email);
            return Visible.Requests(context, People.AsViewer(context, person.Id, "test")!).Any(r => r.Confidential);
        }

        Sees("officer@demo.example.org").ShouldBeTrue();
        Sees("approver@demo.example.org").ShouldBeTrue();
        Sees("reader@demo.example.org").ShouldBeFalse();
        Sees("auditor@demo.example.org").ShouldBeFalse();
    }

    [Fact]
    public async Task ASecondStartAddsNothing()
    {
        var before = (filled.All<AuditEntry>().Count, filled.All<Request>().Count, filled.All<StepVersion>().Count);
        (await FillDemo.Run(filled.Node, Repository.Data, TestContext.Current.CancellationToken)).ShouldBeFalse();
        (filled.All<AuditEntry>().Count, filled.All<Request>().Count, filled.All<StepVersion>().Count).ShouldBe(before);
    }

    [Fact]
    public void EverybodyGetsALinkThatWorksOnce()
    {
        using var record = TestRecord.Shipped(Provider.Sqlite);
        var people = DemoPlan.Load(Repository.Data, filled.Node.Treaties.Today).People;
        var node = Node.On(record.Open(), Repository.Data);
        DemoLinks.Lines(node, people, "http://localhost:5080").ShouldBeEmpty("nobody else's people get links");

        var lines = DemoLinks.Lines(filled.Node, people, "http://localhost:5080");
        lines.Count.ShouldBe(people.People.Count);
        var secret = lines[0].Split("/enter/")[1];
        string Enter() => filled.Node.Access.Change(Actor.CommandLine, change => Links.Use(change, LinkKind.Session, secret).Name);
        Enter().ShouldBe(people.People[0].Name);
        Should.Throw<RefusedException>(Enter).NotFound.ShouldBeTrue();
    }

    /// <summary>A record that the demonstration filled.</summary>
    public sealed class Filled : IAsyncLifetime
    {
        public TestRecord Record { get; } = TestRecord.Shipped(Provider.Sqlite);

        internal Node Node { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Node = Node.On(Record.Open(), Repository.Data);
            (await FillDemo.Run(Node, Repository.Data, CancellationToken.None)).ShouldBeTrue();
        }

        internal IReadOnlyList<T> All<T>()
            where T : class
        {
            using var context = Record.Database.Connect();
            return [.. context.Set<T>()];
        }

        public ValueTask DisposeAsync()
        {
            Record.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
