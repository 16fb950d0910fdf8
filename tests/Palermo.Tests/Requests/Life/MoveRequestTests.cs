using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Palermo.Data.Audit;
using Palermo.Data.Cases;
using Palermo.Kernel;
using Palermo.Kernel.Access;
using Palermo.Requests.Cases;
using Palermo.Requests.Document;
using Palermo.Requests.Drafting;
using Palermo.Requests.Letter;
using Palermo.Requests.Life;
using Palermo.Tests.Support;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Requests.Life;

/// <summary>A request's way through its life, and what is refused on it.</summary>
public sealed class MoveRequestTests
{
    [Theory, EveryDatabase]
    public void AnOutgoingRequestGoesItsWholeLifeAndEveryStepIsKept(Provider provider)
    {
        using var record = new LifeRecord(provider);
        var approver = record.Person(Role.Approver, "Carla Approver");
        var id = Drafts.Complete(record.Module, record.Officer.Viewer);
        Walk(record, id, [("submit", record.Officer, ""), ("send-back", approver, "The account's number is missing"), ("submit", record.Officer, ""), ("approve", approver, ""), ("send", record.Officer, ""),
            ("receipt", record.Officer, ""), ("clarification-asked", record.Officer, "Which branch?"), ("clarified", record.Officer, "The one in Milan"), ("accepted", record.Officer, ""),
            ("execution-began", record.Officer, ""), ("partly-executed", record.Officer, "Statements of 2024"), ("executed", record.Officer, ""), ("close", record.Officer, "")]);
        Ended(record, id, ["begin", "submit", "send-back", "submit", "approve", "send", "receipt", "clarification-asked", "clarified", "accepted", "execution-began", "partly-executed", "executed", "close"], Stages.Closed);
        record.Read(c => c.Set<ThreadMessage>().Where(m => m.Request == id).OrderBy(m => m.Id).Select(m => m.Text).ToList()).ShouldBe(["Which branch?", "The one in Milan", "Statements of 2024"]);
    }

    [Theory, EveryDatabase]
    public void AnIncomingRequestGoesItsWholeLifeAndEveryStepIsKept(Provider provider)
    {
        using var record = new LifeRecord(provider);
        var approver = record.Person(Role.Approver, "Carla Approver");
        var id = Register(record);
        Walk(record, id, [("ask-clarification", record.Officer, "Whose account?"), ("clarification-came", record.Officer, "The company's"), ("accept", record.Officer, ""), ("consult", record.Officer, "Our trial comes first"), ("postpone", record.Officer, "Our trial comes first"),
            ("begin-execution", record.Officer, ""), ("refuse-in-part", approver, "One measure is not known here"), ("execute-in-part", record.Officer, "First half"), ("execute", record.Officer, ""), ("close", record.Officer, "")]);
        Ended(record, id, ["registered", "ask-clarification", "clarification-came", "accept", "consult", "postpone", "begin-execution", "refuse-in-part", "execute-in-part", "execute", "close"], Stages.Closed);
        record.Read(c => c.Set<FrozenRequest>().Single(f => f.Request == id).Reason).ShouldBe("received");
    }

    [Fact]
    public void WhatIsIncompleteIsNeitherSubmittedNorApproved()
    {
        using var record = new LifeRecord(Provider.Sqlite);
        var approver = record.Person(Role.Approver, "Carla Approver");
        Refused(record, record.Officer, Drafts.Begin(record.Module, record.Officer.Viewer), "submit", Stages.Draft).Text.Key.ShouldBe("life.incomplete");

        // The facts belong to the case: another request of it can take them away while this one is reviewed.
        var id = Drafts.Complete(record.Module, record.Officer.Viewer);
        Walk(record, id, [("submit", record.Officer, "")]);
        Drafts.Save(record.Module, record.Officer.Viewer, Another(record, id), Steps.Facts, new RequestDocument());
        Refused(record, approver, id, "approve", Stages.InReview).Text.Key.ShouldBe("life.incomplete");
        record.Read(c => c.Set<Request>().Single(r => r.Id == id).Number).ShouldBeNull();
    }

    [Fact]
    public void NeitherWhoMadeItNorWhoSubmittedItApproves()
    {
        using var record = new LifeRecord(Provider.Sqlite);
        var (maker, second, third) = (record.Person(Role.Approver, "Made it"), record.Person(Role.Approver, "Submits it"), record.Person(Role.Approver, "Neither"));
        var id = Drafts.Complete(record.Module, maker.Viewer);
        Walk(record, id, [("submit", second, "")]);
        foreach (var own in new[] { maker, second })
        {
            var refused = Refused(record, own, id, "approve", Stages.InReview);
            (refused.Text.Key, refused.Forbidden).ShouldBe(("life.second-person", true));
        }

        Refused(record, record.Officer, id, "approve", Stages.InReview).Text.Key.ShouldBe("life.not-you");
        Walk(record, id, [("approve", third, "")]);
    }

    [Theory, EveryDatabase]
    public void OfTwoWhoActAtOnceTheSecondIsTold(Provider provider)
    {
        using var record = new LifeRecord(provider);
        var approvers = new[] { record.Person(Role.Approver, "First"), record.Person(Role.Approver, "Second") };
        var id = Drafts.Complete(record.Module, record.Officer.Viewer);
        Walk(record, id, [("submit", record.Officer, "")]);
        var refused = 0;
        Parallel.ForEach(approvers, approver =>
        {
            try
            {
                MoveRequest.Make(record.Module, approver.Viewer, id, new Move("approve", Stages.InReview));
            }
            catch (RefusedException e) when (e.Conflict && e.Text.Key == "life.overtaken")
            {
                Interlocked.Increment(ref refused);
            }
        });
        refused.ShouldBe(1);
        record.Read(c => c.Set<RequestEvent>().Count(e => e.Request == id && e.Act == "approve")).ShouldBe(1);
        record.Read(c => c.Set<FrozenRequest>().Count()).ShouldBe(1);
    }

    [Theory]
    [InlineData("2026-06-02")]
    [InlineData("2026-05-31")]
    public void ADayAheadOrBeforeWhatHappenedLastIsRefused(string on)
    {
        using var record = new LifeRecord(Provider.Sqlite);
        var id = Register(record);
        var refused = Refused(record, record.Officer, id, "accept", Stages.Received, on: Dates.Parse(on));
        (refused.Text.Key, refused.Field).ShouldBe(("life.day", "on"));
    }

    [Fact]
    public void BankSecrecyAloneIsNoGroundOfRefusal()
    {
        using var record = new LifeRecord(Provider.Sqlite);
        var approver = record.Person(Role.Approver, "Carla Approver");
        var id = Register(record);
        Walk(record, id, [("consult", record.Officer, "We may have to refuse")]);
        var refused = Refused(record, approver, id, "refuse", Stages.Received, "The bank does not answer", ["bank-secrecy"]);
        Shipped.Texts.Say(Language.English, refused.Text).ShouldContain("18(8)");
        Refused(record, approver, id, "refuse", Stages.Received, "No", []).Text.Key.ShouldBe("life.grounds");
        Refused(record, approver, id, "refuse", Stages.Received, "No", ["weather"]).Text.Key.ShouldBe("life.grounds");
        Refused(record, approver, id, "refuse", Stages.Received, " ", ["sovereignty"]).Text.Key.ShouldBe("life.reasons");
        Refused(record, record.Officer, id, "refuse", Stages.Received, "No", ["sovereignty"]).Text.Key.ShouldBe("life.not-you");
        MoveRequest.Make(record.Module, approver.Viewer, id, new Move("refuse", Stages.Received, Text: "It would prejudice security", Grounds: ["bank-secrecy", "sovereignty"]));
        record.Read(c => c.Set<RequestEvent>().Single(e => e.Act == "refuse").Grounds).ShouldBe("bank-secrecy;sovereignty");
    }

    [Theory, EveryDatabase]
    public void ApprovedRequestsAreNumberedWithoutAGapByStateAndYear(Provider provider)
    {
        using var record = new LifeRecord(provider);
        var approver = record.Person(Role.Approver, "Carla Approver");
        string Approved(string from = "BRA")
        {
            var id = Drafts.Complete(record.Module, record.Officer.Viewer, from: from);
            Walk(record, id, [("submit", record.Officer, ""), ("approve", approver, "")]);
            return record.Read(c => c.Set<Request>().Single(r => r.Id == id).Number)!;
        }

        (Approved(), Approved(), Approved("PRT"), Approved()).ShouldBe(("BRA-2026-00001", "BRA-2026-00002", "PRT-2026-00001", "BRA-2026-00003"));
        record.Record.Clock.Advance(TimeSpan.FromDays(214));
        Approved().ShouldBe("BRA-2027-00001");
    }

    [Theory, EveryDatabase]
    public void WhatWasApprovedStaysAsItWas(Provider provider)
    {
        using var record = new LifeRecord(provider);
        var approver = record.Person(Role.Approver, "Carla Approver");
        var id = Drafts.Complete(record.Module, record.Officer.Viewer);
        Walk(record, id, [("submit", record.Officer, ""), ("approve", approver, "")]);
        var frozen = record.Read(c => c.Set<FrozenRequest>().Single(f => f.Request == id));
        frozen.Sha256.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(frozen.Content))));

        Drafts.Save(record.Module, record.Officer.Viewer, Another(record, id), Steps.Facts, new RequestDocument { Fields = new Dictionary<string, string>(StringComparer.Ordinal) { ["facts.summary"] = "Told otherwise later" } });
        var letter = LetterRoute.Document(record.Module, record.Officer.Viewer, id, out _);
        (letter.Field("facts.summary"), letter.Number, letter.Date).ShouldBe((Drafts.Example.Field("facts.summary"), "BRA-2026-00001", new DateOnly(2026, 6, 1)));
        record.Read(c => c.Set<FrozenRequest>().Single(f => f.Request == id)).Content.ShouldBe(frozen.Content);
        Should.Throw<RefusedException>(() => Drafts.Save(record.Module, record.Officer.Viewer, id, Steps.Facts, new RequestDocument())).Conflict.ShouldBeTrue();
    }

    [Theory]
    [InlineData("approve", Stages.Draft, "life.not-now")]
    [InlineData("send", Stages.Sent, "life.overtaken")]
    [InlineData("dance", Stages.Draft, "life.not-now")]
    public void WhatMayNotHappenNowDoesNot(string act, string seen, string key)
    {
        using var record = new LifeRecord(Provider.Sqlite);
        Refused(record, record.Officer, Drafts.Begin(record.Module, record.Officer.Viewer), act, seen).Text.Key.ShouldBe(key);
    }

    private static Guid Register(LifeRecord record) => OpenRequest.Incoming(
        record.Module, record.Officer.Viewer, new NewRequest("mla", "Their request", null, null, false), Shipped.State("ITA"), Shipped.State("BRA"), "IT/12", Dates.Parse("2026-06-01"), "by post");

    private static Guid Another(LifeRecord record, Guid id) => OpenRequest.Outgoing(
        record.Module, record.Officer.Viewer, new NewRequest("mla", "Another", record.Read(c => c.Set<Request>().Single(r => r.Id == id).Case), null, false), Shipped.Query("BRA", "FRA", "mla", "money-laundering", "2026-06-01"));

    private static void Walk(LifeRecord record, Guid id, IEnumerable<(string Act, TestPerson By, string Text)> acts)
    {
        foreach (var (act, by, text) in acts)
        {
            var stage = record.Read(c => c.Set<Request>().Single(r => r.Id == id).Stage);
            MoveRequest.Make(record.Module, by.Viewer, id, new Move(act, stage, Text: text, Grounds: act.StartsWith("refuse", StringComparison.Ordinal) ? ["own-law"] : null));
        }
    }

    private static void Ended(LifeRecord record, Guid id, IReadOnlyList<string> acts, string stage)
    {
        var events = record.Read(c => c.Set<RequestEvent>().Where(e => e.Request == id).OrderBy(e => e.Number).ToList());
        events.Select(e => e.Act).ShouldBe(acts);
        events.Select(e => e.Number).ShouldBe(Enumerable.Range(1, acts.Count));
        events.Skip(1).Select(e => e.From).ShouldBe(events.SkipLast(1).Select(e => e.To));
        var request = record.Read(c => c.Set<Request>().Single(r => r.Id == id));
        (request.Stage, request.WaitingFor, request.DueOn).ShouldBe((stage, "none", null));
        var audited = record.Read(c => c.Set<AuditEntry>().Where(a => a.Part == id.ToString() && a.Act.StartsWith("request.")).OrderBy(a => a.Number).Select(a => a.Act).ToList());
        acts.Select(a => "request." + a).ShouldBeSubsetOf(audited);
        Should.Throw<RefusedException>(() => MoveRequest.Make(record.Module, record.Officer.Viewer, id, new Move("withdraw", stage))).Conflict.ShouldBeTrue();
    }

    /// <summary>What is refused; it has words, and nothing was written.</summary>
    private static RefusedException Refused(LifeRecord record, TestPerson by, Guid id, string act, string seen, string text = "", IReadOnlyList<string>? grounds = null, DateOnly? on = null)
    {
        var entries = record.Read(c => c.Set<AuditEntry>().Count() + c.Set<RequestEvent>().Count());
        var refused = Should.Throw<RefusedException>(() => MoveRequest.Make(record.Module, by.Viewer, id, new Move(act, seen, on, text, grounds)));
        foreach (var language in Language.All) Shipped.Texts.Say(language, refused.Text).ShouldNotBeEmpty(string.Create(CultureInfo.InvariantCulture, $"{refused.Text.Key} {language.Code}"));
        record.Read(c => c.Set<AuditEntry>().Count() + c.Set<RequestEvent>().Count()).ShouldBe(entries);
        return refused;
    }
}
