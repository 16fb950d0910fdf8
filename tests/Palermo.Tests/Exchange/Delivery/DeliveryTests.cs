using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Palermo.Data.Cases;
using Palermo.Exchange.As4;
using Palermo.Exchange.Delivery;
using Palermo.Exchange.Nodes.Identity;
using Palermo.Requests.Document;
using Palermo.Requests.Drafting;
using Palermo.Requests.Exchange;
using Palermo.Requests.Files;
using Palermo.Tests.Requests;
using Palermo.Tests.Support;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Exchange.Delivery;

/// <summary>Requests between two nodes: delivered exactly once, in order, receipted, whatever the line does.</summary>
public sealed class DeliveryTests
{
    [Theory, EveryDatabase]
    public async Task ARequestLivesItsLifeOnBothSides(Provider provider)
    {
        using var sides = new Sides(provider, brazils: NodeKeys.Rsa, italys: NodeKeys.Rsa);
        var (brazil, italy) = (sides.Brazil, sides.Italy);
        var id = brazil.Send(italy);
        await brazil.Run();

        var there = italy.Request(id);
        (there.Outgoing, there.Stage, there.Requesting, there.TheirNumber, there.Node).ShouldBe((false, "received", "BRA", "BRA-2026-00001", "palermo:bra"));
        var sent = brazil.Life.Read(c => c.Set<FrozenRequest>().Single(f => f.Request == id)).Content;
        italy.Life.Read(c => Same(StepStore.Document(c, c.Set<Request>().Single(r => r.Id == id)))).ShouldBe(Same(ReadRequest.Trusted(sent)));
        brazil.Outbox().ShouldHaveSingleItem().State.ShouldBe("received");
        brazil.Outbox()[0].Receipt.ShouldContain("NonRepudiationInformation");

        await sides.Settle();
        brazil.Request(id).Stage.ShouldBe("received");
        brazil.Request(id).TheirNumber.ShouldBe(italy.Life.Read(c => c.Set<CaseFile>().Single(f => f.Id == there.Case).Number));

        italy.Move(id, "ask-clarification", "Which of the two accounts?");
        await sides.Settle();
        brazil.Request(id).Stage.ShouldBe("clarification-asked");
        brazil.Life.Read(c => c.Set<ThreadMessage>().Single(m => m.Request == id)).Text.ShouldBe("Which of the two accounts?");
        brazil.Move(id, "clarified", "The one opened in 2013.");
        await sides.Settle();
        foreach (var act in new[] { "accept", "begin-execution", "execute" }) italy.Move(id, act);
        await sides.Settle();
        brazil.Request(id).Stage.ShouldBe("executed");
        italy.Acts(id).ShouldBe(["registered", "ask-clarification", "clarification-came", "accept", "begin-execution", "execute"]);
        brazil.Acts(id).ShouldBe(["begin", "submit", "approve", "send", "receipt", "clarification-asked", "clarified", "accepted", "execution-began", "executed"]);
        brazil.Inbox().Concat(italy.Inbox()).ShouldAllBe(m => m.Problem.Length == 0 && m.TakenAt != null);
        brazil.TrailHolds();
        italy.TrailHolds();
    }

    [Fact]
    public async Task WhatCameTwiceIsInTheFileOnceAndHasTheSameReceipt()
    {
        using var sides = new Sides();
        var id = sides.Brazil.Send(sides.Italy);
        await sides.Brazil.Run();
        var (_, type, bytes) = sides.Line.Carried.First();
        var again = await sides.Line.Hand(sides.Italy, type, bytes);
        var third = await sides.Line.Hand(sides.Italy, type, bytes);
        again!.Value.Bytes.ShouldBe(third!.Value.Bytes);
        sides.Italy.Inbox().ShouldHaveSingleItem();
        sides.Italy.Acts(id).ShouldBe(["registered"]);
        sides.Italy.Outbox().ShouldHaveSingleItem().Act.ShouldBe("receipt");
    }

    [Fact]
    public async Task WhatCameInTheWrongOrderIsTakenInTheRightOne()
    {
        using var sides = new Sides();
        var (brazil, italy) = (sides.Brazil, sides.Italy);
        var id = brazil.Send(italy);
        await sides.Settle();
        sides.Line.Fate = to => to == brazil.Party ? Fate.Lost : Fate.Carried;
        foreach (var act in new[] { "accept", "begin-execution", "execute" }) italy.Move(id, act);
        await italy.Run();
        sides.Line.Fate = _ => Fate.Carried;
        var waiting = italy.Outbox().Where(m => m.State == "waiting").OrderByDescending(m => m.Sequence).ToList();
        waiting.Select(m => m.Act).ShouldBe(["execution", "execution-began", "acceptance"]);
        foreach (var message in waiting)
        {
            var packed = await SendWaiting.Pack(italy.Module, message, italy.Module.Trust.Find(brazil.Party)!, CancellationToken.None);
            var answer = await sides.Line.Hand(brazil, packed.ContentType, await TakeMessage.Bytes(packed, CancellationToken.None));
            Encoding.UTF8.GetString(answer!.Value.Bytes).ShouldContain("NonRepudiationInformation");
        }

        brazil.Acts(id).TakeLast(3).ShouldBe(["accepted", "execution-began", "executed"]);
    }

    [Fact]
    public async Task AFaultyLineLosesNothingAndDoublesNothing()
    {
        using var sides = new Sides();
        var (brazil, italy) = (sides.Brazil, sides.Italy);
        var random = new Random(1);
        sides.Line.Fate = _ => (Fate)random.Next(0, 4);
        var ids = Enumerable.Range(0, 6).Select(_ => brazil.Send(italy)).ToList();
        await sides.Settle();
        foreach (var id in ids) foreach (var act in new[] { "accept", "begin-execution", "execute" }) italy.Move(id, act);
        await sides.Settle();
        foreach (var id in ids)
        {
            italy.Acts(id).ShouldBe(["registered", "accept", "begin-execution", "execute"]);
            brazil.Acts(id).TakeLast(4).ShouldBe(["receipt", "accepted", "execution-began", "executed"]);
        }

        brazil.Outbox().Concat(italy.Outbox()).ShouldAllBe(m => m.State == "received");
        brazil.Inbox().Select(m => m.Payload).ShouldBe(italy.Outbox().Select(m => m.Id), ignoreOrder: true);
        italy.Inbox().Select(m => m.Payload).ShouldBe(brazil.Outbox().Select(m => m.Id), ignoreOrder: true);
        brazil.TrailHolds();
        italy.TrailHolds();
    }

    [Fact]
    public async Task AFileAnnexedGoesAlongAndIsTheSameThere()
    {
        using var sides = new Sides();
        var (brazil, italy) = (sides.Brazil, sides.Italy);
        var id = Drafts.Complete(brazil.Life.Module, brazil.Life.Officer.Viewer);
        var content = Enumerable.Range(0, 300_000).Select(i => (byte)(i * 7)).ToArray();
        await StoreFile.Store(brazil.Life.Module, FileSettings.Of(brazil.Life.Module), brazil.Life.Officer.Viewer, id, new NewFile("annex", "Statement", "statement.bin"), new MemoryStream(content), CancellationToken.None);
        brazil.Move(id, "submit");
        brazil.Move(id, "approve");
        brazil.Move(id, "send", node: italy.Party);
        await sides.Settle();
        var file = italy.Life.Read(c => c.Set<Attachment>().Single());
        (file.Title, file.FileName, file.Size, file.Purpose).ShouldBe(("Statement", "statement.bin", content.LongLength, "annex"));
        using var read = new MemoryStream();
        await ReadFile.CopyTo(italy.Life.Module, FileSettings.Of(italy.Life.Module), italy.Life.Officer.Viewer, file, read, CancellationToken.None);
        read.ToArray().ShouldBe(content);
        italy.Life.Read(c => StepStore.Document(c, c.Set<Request>().Single(r => r.Id == id))).Annexes.ShouldContain(a => a.Id == file.Id.ToString());
    }

    [Fact]
    public async Task ANodeThatOnlyDialsOutPullsAndReceipts()
    {
        using var sides = new Sides(italyPulls: true);
        var (brazil, italy) = (sides.Brazil, sides.Italy);
        var id = brazil.Send(italy);
        (await brazil.Run()).ShouldBe(0);
        sides.Line.Carried.ShouldBeEmpty();
        (await italy.Pull()).ShouldBe(1);
        italy.Problems.ShouldBeEmpty();
        italy.Request(id).Stage.ShouldBe("received");
        brazil.Outbox().ShouldHaveSingleItem().State.ShouldBe("received");
        await italy.Run();
        brazil.Request(id).Stage.ShouldBe("received");
        (await italy.Pull()).ShouldBe(0);
    }

    [Fact]
    public async Task APulledMessageIsHeldUntilItsReceipt()
    {
        using var sides = new Sides(italyPulls: true);
        var (brazil, italy) = (sides.Brazil, sides.Italy);
        var id = brazil.Send(italy);
        var calls = 0;
        // The request to pull is answered; the receipt, the second call, gets lost.
        sides.Line.Fate = _ => ++calls == 2 ? Fate.Lost : Fate.Carried;
        await italy.Pull();
        brazil.Outbox().ShouldHaveSingleItem().State.ShouldBe("waiting");
        brazil.Life.Record.Clock.Advance(TimeSpan.FromMinutes(1));
        await italy.Pull();
        brazil.Outbox().ShouldHaveSingleItem().State.ShouldBe("received");
        italy.Acts(id).ShouldBe(["registered"]);
    }

    [Fact]
    public async Task WhatPeopleDidByHandMeanwhileIsNotOverwritten()
    {
        using var sides = new Sides();
        var (brazil, italy) = (sides.Brazil, sides.Italy);
        var id = brazil.Send(italy);
        await sides.Settle();
        brazil.Move(id, "withdraw", "No longer needed.");
        italy.Move(id, "accept");
        await sides.Settle();
        brazil.Request(id).Stage.ShouldBe("withdrawn");
        brazil.Said(brazil.Inbox().Single(m => m.Act == "acceptance").Problem).ShouldContain("Withdrawn");
        italy.Request(id).Stage.ShouldBe("withdrawn");
    }

    [Fact]
    public async Task TheReceiptOfAnEarlierAttemptIsTheMessagesReceiptEvenWhenTheLastOneSignedSomethingElse()
    {
        using var sides = new Sides();
        var (brazil, italy) = (sides.Brazil, sides.Italy);
        sides.Line.Fate = _ => Fate.AnswerLost;
        brazil.Send(italy);
        await brazil.Run();
        // As after an upgrade: what is said is the same, its bytes are not.
        brazil.Life.Read(c => c.Database.ExecuteSqlRaw("UPDATE outgoing_messages SET payload = payload || ' '"));
        sides.Line.Fate = _ => Fate.Carried;
        await sides.Settle();
        brazil.Outbox().ShouldHaveSingleItem().State.ShouldBe("received");
        italy.Inbox().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task AfterAnOutageEverythingGoesOutAtOnceAndMeanwhileOneMessageFindsOutForAll()
    {
        using var sides = new Sides();
        var (brazil, italy) = (sides.Brazil, sides.Italy);
        for (var i = 0; i < 8; i++) brazil.Send(italy);
        var tried = 0;
        sides.Line.Fate = _ =>
        {
            tried++;
            return Fate.Lost;
        };
        for (var hour = 0; hour < 12; hour++)
        {
            await brazil.Run();
            brazil.Life.Record.Clock.Advance(TimeSpan.FromHours(1));
        }

        // Eight messages in twelve hours would be 96; three in a row find out, and then at most those side by side.
        tried.ShouldBeLessThanOrEqualTo(3 + (12 * 4));
        sides.Line.Fate = _ => Fate.Carried;
        (await brazil.Run()).ShouldBe(8);
    }

    [Fact]
    public async Task WhatTheOtherSideRefusesIsTriedLessAndLess()
    {
        using var sides = new Sides();
        var (brazil, italy) = (sides.Brazil, sides.Italy);
        var id = brazil.Send(italy);
        brazil.Life.Read(c => c.Database.ExecuteSqlRaw("UPDATE outgoing_messages SET payload = replace(payload, 'palermo-message/1', 'palermo-message/9')"));
        for (var minute = 0; minute < 60; minute++)
        {
            await brazil.Run();
            brazil.Life.Record.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        sides.Line.Carried.Count.ShouldBe(6);
        brazil.Outbox().ShouldHaveSingleItem().Problem.ShouldContain("EBMS:0004");
        brazil.Request(id).Stage.ShouldBe("sent");
    }

    [Fact]
    public async Task NotesOfTheOfficeNeverLeaveIt()
    {
        using var sides = new Sides();
        var id = sides.Brazil.Send(sides.Italy);
        await sides.Settle();
        foreach (var (kind, text) in new[] { ("note", "SECRET of the office"), ("consultation", "Would June do?") })
            Palermo.Requests.Threads.WriteMessage.Write(sides.Italy.Life.Module, sides.Italy.Life.Officer.Viewer, id, new(kind, "us", text, null));
        await sides.Settle();
        sides.Italy.Outbox().ShouldAllBe(m => !m.Payload.Contains("SECRET"));
        sides.Brazil.Life.Read(c => c.Set<ThreadMessage>().Where(m => m.Request == id).ToList()).ShouldHaveSingleItem().Text.ShouldBe("Would June do?");
    }

    [Fact]
    public async Task AReceiptForAnotherMessageIsNone()
    {
        using var sides = new Sides();
        var (brazil, italy) = (sides.Brazil, sides.Italy);
        brazil.Send(italy);
        await brazil.Run();
        var (_, type, bytes) = sides.Line.Carried.First();
        var receipt = (await sides.Line.Hand(italy, type, bytes))!.Value;
        sides.Line.Fate = _ => Fate.Lost;
        brazil.Send(italy);
        await brazil.Run();
        var waiting = brazil.Outbox().Single(m => m.State == "waiting");
        // The receipt of the first, said to be the second's: its signature no longer holds.
        var forged = Encoding.UTF8.GetString(receipt.Bytes).Replace(brazil.Outbox()[0].Id.ToString(), waiting.Id.ToString(), StringComparison.Ordinal);
        var answer = await sides.Line.Hand(brazil, receipt.ContentType, Encoding.UTF8.GetBytes(forged));
        Encoding.UTF8.GetString(answer!.Value.Bytes).ShouldContain("EBMS:0101");
        brazil.Outbox().Single(m => m.Id == waiting.Id).State.ShouldBe("waiting");
    }

    [Fact]
    public async Task ANodeSpeaksOnlyForItsStateAndOfItsRequests()
    {
        using var sides = new Sides();
        var (brazil, italy) = (sides.Brazil, sides.Italy);
        var id = brazil.Send(italy);
        await sides.Settle();
        var sender = new SendingNode("palermo:prt", "Authority PRT", ["PRT"]);
        var said = JsonSerializer.Deserialize<MessagePayload>(brazil.Outbox()[0].Payload, DocumentJson.Readable.Settings)!;
        Refusal(italy, said, sender).ShouldBe("exchange.not-yours");
        var other = said with { Request = Guid.NewGuid() };
        Refusal(italy, other with { Document = said.Document! with { Id = other.Request } }, sender).ShouldBe("exchange.not-your-state");
        Refusal(italy, other, sender).ShouldBe("exchange.no-document");
        Refusal(italy, other with { Document = said.Document! with { Id = other.Request, Requested = "FRA" } }, sender with { States = ["BRA"] }).ShouldBe("exchange.not-our-state");
        italy.Life.Read(c => c.Set<Request>().Count()).ShouldBe(1);
    }

    [Fact]
    public async Task ARevokedCertificateStopsTheExchangeWithASentenceAtBothEnds()
    {
        using var sides = new Sides();
        var (brazil, italy) = (sides.Brazil, sides.Italy);
        brazil.Send(italy);
        Palermo.Exchange.Nodes.Registry.PublishRegistry.Revoke(brazil.Module.Trust, Palermo.Exchange.Nodes.Fingerprint.Of(italy.Module.Trust.Own[0]), "lost");
        await brazil.Run();
        brazil.Said(brazil.Outbox().ShouldHaveSingleItem().Problem).ShouldContain("is revoked");
        sides.Line.Carried.ShouldBeEmpty();
        var (packed, error) = (PackSignal.PullRequest("x", italy.Module.Trust.Own[0], brazil.Life.Record.Clock.GetUtcNow()), "");
        error = Encoding.UTF8.GetString((await sides.Line.Hand(brazil, packed.ContentType, await TakeMessage.Bytes(packed, CancellationToken.None)))!.Value.Bytes);
        error.ShouldContain("revoked");
    }

    [Fact]
    public async Task KeysThatDoNotFitTogetherAreSaidAndStopNothingElse()
    {
        using var sides = new Sides(brazils: NodeKeys.Rsa);
        sides.Brazil.Send(sides.Italy);
        await sides.Brazil.Run();
        sides.Brazil.Said(sides.Brazil.Outbox().ShouldHaveSingleItem().Problem).ShouldContain("different kinds");
    }

    private static string Refusal(Side at, MessagePayload said, SendingNode from) =>
        Should.Throw<Palermo.Kernel.RefusedException>(() => TakeIn.Check(at.Life.Module, Encoding.UTF8.GetBytes(said.ToJson()), from)).Text.Key;

    /// <summary>A document as JSON, without what each side gives by itself.</summary>
    private static string Same(RequestDocument document) => JsonSerializer.Serialize(document with { Number = null, Date = null, Fields = Sorted(document.Fields), Absences = Sorted(document.Absences) }, DocumentJson.Indented.RequestDocument);

    private static SortedDictionary<string, string> Sorted(IReadOnlyDictionary<string, string> fields) => new(fields.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal);
}
