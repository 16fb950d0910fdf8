using System.Net;
using System.Net.Sockets;
using System.Text;
using Palermo.Data.Exchange;
using Palermo.Exchange.Delivery;
using Palermo.Exchange.Evidence.Record;
using Palermo.Exchange.Nodes;
using Palermo.Exchange.Nodes.Registry;
using Palermo.Kernel;
using Palermo.Kernel.Access;
using Palermo.Requests.Exchange;
using Palermo.Requests.Files;
using Palermo.Tests.Support;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Exchange.Delivery;

/// <summary>What another node, or something before it, does to messages: swallows them, says no, or wants to be left alone.</summary>
public sealed class SlowNodeTests
{
    [Fact]
    public async Task ANodeThatSwallowsMessagesHoldsUpNobodyElses()
    {
        using var sides = new Sides();
        var (brazil, italy) = (sides.Brazil, sides.Italy);
        var slow = sides.Another("palermo:slow");
        var swallowed = 0;
        sides.Line.Swallows = party => party == slow && Interlocked.Increment(ref swallowed) > 0;
        for (var i = 0; i < 6; i++) brazil.Send(slow);
        // Twice: what is said while the slow one is still being tried goes out too.
        for (var i = 0; i < 2; i++)
        {
            var answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            sides.Line.Answered = party => answered.TrySetResult();
            brazil.Send(italy);
            brazil.Begin();
            await answered.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        }

        swallowed.ShouldBeLessThanOrEqualTo(4, "what is under way is not begun again");
        sides.Line.Released.SetResult();
        await brazil.Module.Sending.Idle();
        italy.Inbox().Count.ShouldBe(2);
        brazil.Outbox().Count(m => m.State == "received").ShouldBe(2);
        brazil.Failures.ShouldBeEmpty();
    }

    [Theory, EveryDatabase]
    public async Task ANodeThatSwallowsEvidenceHoldsUpNobodyElses(Provider provider)
    {
        using var sides = new Sides(provider);
        var (brazil, italy, cancel) = (sides.Brazil, sides.Italy, TestContext.Current.CancellationToken);
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var slow = sides.Another("palermo:slow", $"https://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}/");
        var (id, officer) = (brazil.Send(italy), brazil.Life.Officer.Viewer);
        var file = await StoreFile.Store(brazil.Life.Module, FileSettings.Of(brazil.Life.Module), officer, id, new NewFile("evidence", "Disk image", "disk.img"), new MemoryStream(new byte[1000]), cancel);
        foreach (var party in new[] { slow, slow, italy.Party })
        {
            var package = (await OfferEvidence.For(brazil.Module, officer, id, [file], brazil.Module.Trust.Find(party)!, cancel)).Manifest.Id;
            brazil.Life.Read(c => c.Add(Announced(id, party, package, c.Set<OutgoingMessage>().Max(m => m.Sequence) + 1)).Context.SaveChanges());
        }

        // What is for Italy comes to an end at once: its certificate is not accepted any more.
        PublishRegistry.Revoke(brazil.Module.Trust, Fingerprint.Of(italy.Module.Trust.Own[0]), "");
        var told = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        MoveEvidence.Begin(brazil.Module, (_, why) => told.TrySetResult(why), end.Token);
        using var held = await silent.AcceptTcpClientAsync(cancel);
        (await told.Task.WaitAsync(TimeSpan.FromSeconds(60), cancel)).ShouldContain("palermo:ita is revoked");
        await end.CancelAsync();
        await brazil.Module.Moving.Idle();
    }

    private static OutgoingMessage Announced(Guid request, string party, Guid package, int sequence) => new()
    {
        Id = Guid.NewGuid(), Request = request, Case = Guid.NewGuid(), To = party, Sequence = sequence, Act = WhatIsSaid.Evidence, Payload = "{}", Files = "", At = DateTime.UnixEpoch, GiveUpAt = DateTime.UnixEpoch, State = "received", Package = package,
    };

    [Theory]
    [InlineData(413)]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(500)]
    public async Task WhatIsSaidOfOneMessageIsNoFaultOfTheLine(int status)
    {
        using var sides = new Sides();
        var (brazil, italy) = (sides.Brazil, sides.Italy);
        for (var i = 0; i < 7; i++) brazil.Send(italy);
        var asked = 0;
        sides.Line.Between = _ => Interlocked.Increment(ref asked) <= 6 ? Answer(status) : null;
        // Three in a row, and those beside them, would make a line rest; the seventh goes through.
        (await brazil.Run()).ShouldBe(1);
        brazil.Outbox().Where(m => m.State == "waiting").Select(m => brazil.Said(m.Problem)).Distinct().ShouldHaveSingleItem().ShouldBe($"The other node answered with status {status}: “Not like this.”");
    }

    [Theory]
    [InlineData(502, null, 0)]
    [InlineData(503, 300, 300)]
    [InlineData(429, 100_000, 900)]
    public async Task ANodeThatCannotNowIsLeftAloneForAsLongAsItAsksWithinBounds(int status, int? retryAfter, int rests)
    {
        using var sides = new Sides();
        var (brazil, italy) = (sides.Brazil, sides.Italy);
        brazil.Send(italy);
        var asked = 0;
        sides.Line.Between = _ =>
        {
            asked++;
            return Answer(status, retryAfter);
        };
        await brazil.Run();
        asked.ShouldBe(1);
        var (pace, now) = (brazil.Module.Pace, brazil.Life.Record.Clock.GetUtcNow());
        pace.InDoubt(italy.Party).ShouldBeTrue();
        pace.Rests(italy.Party, now.AddSeconds(Math.Max(0, rests - 1))).ShouldBe(rests > 0);
        pace.Rests(italy.Party, now.AddSeconds(rests)).ShouldBeFalse();
        brazil.Said(brazil.Outbox()[0].Problem).ShouldContain($"status {status}");
    }

    [Theory, EveryDatabase]
    public async Task WhatWasGivenUpIsSentAgainWhenAnOfficerSaysSo(Provider provider)
    {
        using var sides = new Sides(provider);
        var (brazil, italy) = (sides.Brazil, sides.Italy);
        var id = brazil.Send(italy);
        await sides.Settle();
        sides.Line.Fate = _ => Fate.Lost;
        italy.Move(id, "accept");
        for (var day = 0; day < 15; day++)
        {
            await italy.Run();
            sides.Advance(TimeSpan.FromDays(1));
        }

        var given = italy.Outbox().Single(m => m.Act == "acceptance");
        given.State.ShouldBe("failed");
        sides.Line.Fate = _ => Fate.Carried;
        italy.Move(id, "begin-execution");
        await italy.Run();
        brazil.Inbox().Single(m => m.Act == "execution-began").TakenAt.ShouldBeNull("what was said before is missing");

        var reader = italy.Life.Person(Role.Reader, "Rita Reader");
        Should.Throw<RefusedException>(() => Again(italy, reader, id, given.Id)).Text.Key.ShouldBe("cases.unknown");
        Palermo.Requests.Cases.ListOfCase.Add(italy.Life.Module, italy.Life.Officer.Viewer, given.Case, reader.Id);
        Should.Throw<RefusedException>(() => Again(italy, reader, id, given.Id)).Forbidden.ShouldBeTrue();
        Should.Throw<RefusedException>(() => Again(italy, italy.Life.Officer, id, Guid.NewGuid())).NotFound.ShouldBeTrue();
        Again(italy, italy.Life.Officer, id, given.Id);
        Should.Throw<RefusedException>(() => Again(italy, italy.Life.Officer, id, given.Id)).Conflict.ShouldBeTrue();
        (await italy.Run()).ShouldBe(1);
        brazil.Acts(id).TakeLast(2).ShouldBe(["accepted", "execution-began"]);
        brazil.Inbox().ShouldAllBe(m => m.TakenAt != null);
        italy.Outbox().Single(m => m.Act == "acceptance").Id.ShouldBe(given.Id);
        italy.Life.Audited("exchange.send-again").ShouldBe([given.Case.ToString()]);
        italy.TrailHolds();
    }

    private static void Again(Side side, TestPerson person, Guid request, Guid message) => SendAgain.Run(side.Life.Module, person.Viewer, request, message);

    private static LineAnswer Answer(int status, int? retryAfter = null) =>
        new(status, "application/problem+json", new MemoryStream(Encoding.UTF8.GetBytes("""{"type":"about:blank","title":"Not like this.","status":1}""")), null) { RetryAfter = retryAfter is { } seconds ? TimeSpan.FromSeconds(seconds) : null };
}
