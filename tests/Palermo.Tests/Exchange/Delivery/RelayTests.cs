using System.Net;
using System.Text;
using Palermo.Data.Audit;
using Palermo.Data.Exchange;
using Palermo.Exchange.Delivery;
using Palermo.Exchange.Nodes;
using Palermo.Tests.Exchange.Nodes;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Exchange.Delivery;

/// <summary>Whole nodes over TLS: one pushes to another, one only dials out, and two that only dial out meet at a third.</summary>
public sealed class RelayTests
{
    private const string RelayParty = "palermo:relay";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ARequestIsPushedAndItsAnswersToo()
    {
        await using var bra = await ExchangeNode.Start("bra");
        await using var ita = await ExchangeNode.Start("ita", "ITA");
        await ExchangeNode.Introduce(bra, ita);
        var (brazil, italy) = (new Desk(bra, "BRA"), new Desk(ita, "ITA"));
        var id = brazil.Send(italy);
        (await brazil.Push()).ShouldBe(1);
        italy.Move(id, "accept");
        (await italy.Push()).ShouldBe(2);
        brazil.Stage(id).ShouldBe("accepted");
        Settled(brazil, italy);
    }

    [Fact]
    public async Task ANodeThatOnlyDialsOutTakesFullPart()
    {
        await using var bra = await ExchangeNode.Start("bra");
        await using var ita = await ExchangeNode.Start("ita", "ITA", dialsOut: true);
        await ExchangeNode.Introduce(bra, ita);
        var (brazil, italy) = (new Desk(bra, "BRA"), new Desk(ita, "ITA"));
        var id = brazil.Send(italy);
        (await brazil.Push()).ShouldBe(0);
        (await italy.Pull()).ShouldBe(1);
        italy.Move(id, "accept");
        (await italy.Push()).ShouldBe(2);
        brazil.Stage(id).ShouldBe("accepted");
        (await italy.Pull()).ShouldBe(0);
        Settled(brazil, italy);
    }

    [Fact]
    public async Task TwoNodesThatOnlyDialOutMeetAtARelayThatReadsNothingAndKeepsNothing()
    {
        await using var meeting = await Meeting.Begin();
        var (brazil, italy, relay) = (meeting.Brazil, meeting.Italy, meeting.Relay);
        var id = brazil.Send(italy);
        (await brazil.Push()).ShouldBe(0);
        relay.Relayed().ShouldHaveSingleItem().To.ShouldBe(italy.Party);
        var kept = meeting.Kept();
        kept.ShouldHaveSingleItem().Length.ShouldBeGreaterThan(1000);
        foreach (var word in new[] { "Records of an account", "palermo-message/1", "requestingAuthority" }) Contains(kept[0], word).ShouldBeFalse(word);

        (await italy.Pull()).ShouldBe(1);
        italy.Stage(id).ShouldBe("received");
        (await brazil.Pull()).ShouldBe(1);
        brazil.Outbox().ShouldHaveSingleItem().State.ShouldBe("received");
        italy.Move(id, "accept");
        await italy.Push();
        (await brazil.Pull()).ShouldBe(2);
        (await italy.Pull()).ShouldBe(2);
        brazil.Stage(id).ShouldBe("accepted");
        italy.Acts(id).ShouldBe(["registered", "accept"]);
        Settled(brazil, italy);

        meeting.Kept().ShouldBeEmpty();
        relay.Relayed().Count.ShouldBe(6);
        relay.Relayed().ShouldAllBe(m => m.FetchedAt != null);
        relay.Read(c => c.Set<AuditEntry>().Count(a => a.Act == "relay.kept" || a.Act == "relay.fetched")).ShouldBe(12);
        relay.TrailHolds();
    }

    [Fact]
    public async Task WhatTheRelayLostIsLeftThereAgainAfterAWhileAndNotBefore()
    {
        await using var meeting = await Meeting.Begin();
        var (brazil, italy, relay) = (meeting.Brazil, meeting.Italy, meeting.Relay);
        var id = brazil.Send(italy);
        await brazil.Push();
        await italy.Pull();
        // The receipt is lost with the relay's disk.
        Directory.Delete(meeting.Folder, recursive: true);
        (await brazil.Pull()).ShouldBe(0);
        meeting.Advance(TimeSpan.FromMinutes(1));
        await brazil.Push();
        relay.Relayed().Count.ShouldBe(2);
        meeting.Advance(TimeSpan.FromMinutes(2));
        await brazil.Push();
        relay.Relayed().Count.ShouldBe(3);
        (await italy.Pull()).ShouldBe(0, "it is the same message");
        (await brazil.Pull()).ShouldBe(1);
        brazil.Outbox().ShouldHaveSingleItem().State.ShouldBe("received");
        italy.Acts(id).ShouldBe(["registered"]);
    }

    [Fact]
    public async Task AReceiptThatCannotBeLeftAtTheRelayHoldsUpNothingElseAndComesWithTheNextAttempt()
    {
        await using var meeting = await Meeting.Begin();
        var (brazil, italy, relay) = (meeting.Brazil, meeting.Italy, meeting.Relay);
        var id = brazil.Send(italy);
        await brazil.Push();
        // The relay knows nobody of Brazil's name for a moment, so that the receipt finds no mailbox.
        Palermo.Exchange.Nodes.Registry.PublishRegistry.Remove(relay.Node.Trust, brazil.Party);
        Palermo.Exchange.Nodes.Registry.PublishRegistry.Issue(relay.Node.Trust, null);
        await italy.Pull();
        italy.Acts(id).ShouldBe(["registered"]);
        relay.Relayed().ShouldHaveSingleItem().FetchedAt.ShouldNotBeNull();

        Palermo.Exchange.Nodes.Registry.PublishRegistry.Add(relay.Node.Trust, Palermo.Exchange.Nodes.Registry.DescribeNode.Run(brazil.Node.Trust), replace: true);
        Palermo.Exchange.Nodes.Registry.PublishRegistry.Issue(relay.Node.Trust, null);
        meeting.Advance(TimeSpan.FromMinutes(11));
        await brazil.Push();
        await italy.Pull();
        await brazil.Pull();
        brazil.Outbox().ShouldHaveSingleItem().State.ShouldBe("received");
        italy.Acts(id).ShouldBe(["registered"]);
    }

    [Fact]
    public async Task TheRelayRefusesStrangersAndForeignMailboxes()
    {
        await using var meeting = await Meeting.Begin();
        await using var stranger = await ExchangeNode.Start("stranger", "FRA");
        stranger.Trust.Registry.Pin("", Fingerprint.Of(meeting.Relay.Node.Trust.Own[0]));
        stranger.Trust.Registry.Take(File.ReadAllBytes(meeting.Relay.Node.Trust.Registry.CopyPath));
        var (brazil, italy, relay) = (meeting.Brazil, meeting.Italy, meeting.Relay);
        brazil.Send(italy);
        await brazil.Push();
        var number = relay.Relayed().Single().Id;

        foreach (var (method, path) in new[] { (HttpMethod.Get, ""), (HttpMethod.Post, "/" + italy.Party), (HttpMethod.Delete, $"/{number}") })
            (await Ask(stranger, method, path)).ShouldBe(HttpStatusCode.Forbidden, path);
        (await Ask(brazil.Node, HttpMethod.Get, "")).ShouldBe(HttpStatusCode.NoContent);
        (await Ask(brazil.Node, HttpMethod.Delete, $"/{number}")).ShouldBe(HttpStatusCode.NotFound);
        (await Ask(brazil.Node, HttpMethod.Post, "/" + RelayParty)).ShouldBe(HttpStatusCode.NotFound);
        (await Ask(brazil.Node, HttpMethod.Post, "/palermo:stranger")).ShouldBe(HttpStatusCode.NotFound);
        (await Ask(italy.Node, HttpMethod.Get, "")).ShouldBe(HttpStatusCode.OK);
        relay.Relayed().ShouldHaveSingleItem().FetchedAt.ShouldBeNull();
    }

    [Fact]
    public async Task NobodyFillsAnothersPlaceAtTheRelay()
    {
        await using var meeting = await Meeting.Begin();
        var (brazil, italy, relay) = (meeting.Brazil, meeting.Italy, meeting.Relay);
        Lie(relay, brazil.Party, italy.Party, RelayQuota.MostMessages, bytes: 1);
        var id = brazil.Send(italy);
        await brazil.Push();
        var problem = Problem(brazil);
        problem.ShouldStartWith("The relay did not take the message (status 507): “Of one sender at most 10,000 messages of together 1,024 MB wait here for “palermo:ita”");
        brazil.Node.Module.Pace.InDoubt(relay.Party).ShouldBeFalse("the line is well");
        // Others have places of their own.
        (await Ask(relay.Node, HttpMethod.Post, "/" + italy.Party)).ShouldBe(HttpStatusCode.Accepted);

        Lie(relay, brazil.Party, italy.Party, -RelayQuota.MostMessages, bytes: 0);
        Lie(relay, brazil.Party, italy.Party, 1, RelayQuota.MostBytes);
        meeting.Advance(TimeSpan.FromMinutes(1));
        await brazil.Push();
        Problem(brazil).ShouldBe(problem);

        Lie(relay, brazil.Party, italy.Party, -1, bytes: 0);
        for (var i = 0; i < 8; i++) Lie(relay, "palermo:other" + i, italy.Party, 1, RelayQuota.MostBytes);
        meeting.Advance(TimeSpan.FromMinutes(5));
        await brazil.Push();
        Problem(brazil).ShouldContain("“At most 8,192 MB wait here");

        for (var i = 0; i < 8; i++) Lie(relay, "palermo:other" + i, italy.Party, -1, bytes: 0);
        meeting.Advance(TimeSpan.FromMinutes(30));
        await brazil.Push();
        Problem(brazil).ShouldBe("");
        relay.TrailHolds();
    }

    [Fact]
    public async Task AnotherAttemptTakesThePlaceOfTheOneBefore()
    {
        await using var meeting = await Meeting.Begin();
        var (brazil, italy, relay) = (meeting.Brazil, meeting.Italy, meeting.Relay);
        var id = brazil.Send(italy);
        await brazil.Push();
        var first = relay.Relayed().ShouldHaveSingleItem();
        // As many as may wait, with this one: it does not keep itself out.
        Lie(relay, brazil.Party, italy.Party, RelayQuota.MostMessages - 1, bytes: 1);
        meeting.Advance(TimeSpan.FromMinutes(11));
        await brazil.Push();
        Problem(brazil).ShouldBe("");
        var second = relay.Relayed().Single(m => m.MessageId.Length > 0);
        (second.Id, second.MessageId, second.FetchedAt).ShouldBe((first.Id, MessageIds.Of(brazil.Outbox()[0].Id, brazil.Party), null), "it keeps its turn");
        second.Sha256.ShouldNotBe(first.Sha256);
        meeting.Kept().ShouldHaveSingleItem();

        Lie(relay, brazil.Party, italy.Party, 1 - RelayQuota.MostMessages, bytes: 0);
        (await italy.Pull()).ShouldBe(1);
        (await brazil.Pull()).ShouldBe(1);
        italy.Acts(id).ShouldBe(["registered"]);
        meeting.Kept().ShouldBeEmpty();
        relay.TrailHolds();
    }

    [Fact]
    public async Task WhatNobodyFetchesFromTheRelayIsGivenUpAfterItsTime()
    {
        await using var meeting = await Meeting.Begin();
        var (brazil, italy) = (meeting.Brazil, meeting.Italy);
        brazil.Send(italy);
        for (var hour = 0; hour < 14 * 24; hour += 6)
        {
            await brazil.Push();
            brazil.Outbox().ShouldHaveSingleItem().State.ShouldBe("waiting");
            meeting.Advance(TimeSpan.FromHours(6));
        }

        await brazil.Push();
        brazil.Outbox().ShouldHaveSingleItem().State.ShouldBe("failed");
        Problem(brazil).ShouldBe("The message lay at the relay “palermo:relay” until its time was over; no receipt came.");
        brazil.Read(c => c.Set<AuditEntry>().Count(a => a.Act == "exchange.given-up")).ShouldBe(1);
        meeting.Kept().ShouldHaveSingleItem();
        await italy.Pull();
        await brazil.Pull();
        brazil.Outbox().ShouldHaveSingleItem().State.ShouldBe("received", "late, and yet it came");
        brazil.TrailHolds();
    }

    [Fact]
    public async Task ANodeLeavesOnlyAFewAtOnceAndWhatIsOnItsWayCounts()
    {
        await using var meeting = await Meeting.Begin();
        var (brazil, italy, relay) = (meeting.Brazil, meeting.Italy, meeting.Relay);
        var intake = relay.Node.Module.RelayIntake;
        var places = Enumerable.Range(0, Intake.MostOfANode).Select(_ => intake.Enter(brazil.Party)!).ToList();
        brazil.Send(italy);
        await brazil.Push();
        Problem(brazil).ShouldBe("The relay did not take the message (status 429): “At most 8 messages of one node are taken in at the same time; send this one again when the others are through.”");
        (await Ask(relay.Node, HttpMethod.Post, "/" + italy.Party)).ShouldBe(HttpStatusCode.Accepted, "others have places of their own");

        places[0].Dispose();
        places[1].Add((int)RelayQuota.MostBytes);
        places[1].Add(1);
        meeting.Advance(TimeSpan.FromMinutes(1));
        await brazil.Push();
        Problem(brazil).ShouldContain("status 507");
        foreach (var place in places) place.Dispose();
        meeting.Advance(TimeSpan.FromMinutes(10));
        await brazil.Push();
        Problem(brazil).ShouldBe("");
        intake.Bytes(brazil.Party).ShouldBe(0);
        intake.Enter(brazil.Party).ShouldNotBeNull();
    }

    [Fact]
    public async Task OfANodeOnlyAFewMessagesAreTakenInAtOnce()
    {
        await using var bra = await ExchangeNode.Start("bra");
        await using var ita = await ExchangeNode.Start("ita", "ITA");
        await ExchangeNode.Introduce(bra, ita);
        var (brazil, italy) = (new Desk(bra, "BRA"), new Desk(ita, "ITA"));
        var places = Enumerable.Range(0, Intake.MostOfANode).Select(_ => ita.Module.Intake.Enter(brazil.Party)!).ToList();
        var id = brazil.Send(italy);
        (await brazil.Push()).ShouldBe(0);
        Problem(brazil).ShouldContain("status 429");
        places[0].Dispose();
        foreach (var node in new[] { bra, ita }) node.Clock.Advance(TimeSpan.FromMinutes(1));
        (await brazil.Push()).ShouldBe(1);
        italy.Stage(id).ShouldBe("received");
    }

    /// <summary>Puts rows at a relay as if messages of this size lay there, or takes as many away.</summary>
    private static void Lie(Desk relay, string from, string to, int count, long bytes) => relay.Read(c =>
    {
        if (count < 0) c.RemoveRange(c.Set<RelayedMessage>().Where(m => m.From == from && m.MessageId == ""));
        for (var i = 0; i < count; i++) c.Add(new RelayedMessage { From = from, To = to, Sha256 = $"{from} {i}", ContentType = "x/y", Size = bytes, At = relay.Node.Clock.GetUtcNow().UtcDateTime });
        return c.SaveChanges();
    });

    private static string Problem(Desk desk) => desk.Node.Module.Texts.SayKept(Palermo.Kernel.Language.English, desk.Outbox().ShouldHaveSingleItem().Problem);

    [Fact]
    public async Task TheRelayClearsAwayWhatNobodyFetchesAndWhatAFallLeft()
    {
        await using var meeting = await Meeting.Begin();
        meeting.Brazil.Send(meeting.Italy);
        await meeting.Brazil.Push();
        var left = Path.Combine(meeting.Folder, new string('a', 64));
        File.WriteAllText(left, "left behind");
        Directory.GetFiles(meeting.Folder).ToList().ForEach(f => File.SetLastWriteTimeUtc(f, meeting.Relay.Node.Clock.GetUtcNow().UtcDateTime));
        Relay.Sweep(meeting.Relay.Node.Module);
        meeting.Kept().Count.ShouldBe(2);
        meeting.Advance(TimeSpan.FromHours(1));
        Relay.Sweep(meeting.Relay.Node.Module);
        File.Exists(left).ShouldBeFalse();
        meeting.Kept().Count.ShouldBe(1);
        meeting.Advance(TimeSpan.FromDays(31));
        Relay.Sweep(meeting.Relay.Node.Module);
        meeting.Kept().ShouldBeEmpty();
        meeting.Relay.Relayed().ShouldHaveSingleItem().FetchedAt.ShouldNotBeNull();
        meeting.Relay.TrailHolds();
    }

    private static void Settled(params Desk[] desks)
    {
        foreach (var desk in desks)
        {
            desk.Problems.ShouldBeEmpty();
            desk.Outbox().ShouldAllBe(m => m.State == "received" && m.Receipt.Length > 0 && m.Attempts == 1);
            desk.TrailHolds();
        }
    }

    private static async Task<HttpStatusCode> Ask(ExchangeNode node, HttpMethod method, string path)
    {
        using var client = node.Trust.ClientFor(node.Trust.Find(RelayParty)!);
        using var request = new HttpRequestMessage(method, new Uri("exchange/relay" + path, UriKind.Relative));
        if (method == HttpMethod.Post) request.Content = new ByteArrayContent([1, 2, 3]);
        try
        {
            using var answer = await client.SendAsync(request, Cancel);
            return answer.StatusCode;
        }
        catch (HttpRequestException e) when (e.StatusCode is { } refused)
        {
            // Who is refused by the gate is told so in the exception's sentence.
            return refused;
        }
    }

    private static bool Contains(byte[] bytes, string word) => bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(word)) >= 0;

    /// <summary>Brazil and Italy, who only dial out, and a relay that also publishes the registry.</summary>
    private sealed class Meeting : IAsyncDisposable
    {
        private Meeting(ExchangeNode brazil, ExchangeNode italy, ExchangeNode relay) => (Brazil, Italy, Relay) = (new(brazil, "BRA"), new(italy, "ITA"), new(relay, "FRA"));

        internal Desk Brazil { get; }

        internal Desk Italy { get; }

        internal Desk Relay { get; }

        internal string Folder => Path.Combine(Relay.Node.Module.Store, "exchange", "relay");

        internal static async Task<Meeting> Begin()
        {
            var relay = await ExchangeNode.Start("relay", "", does: ["relay", "registry"]);
            var (brazil, italy) = (await ExchangeNode.Start("bra", "BRA", dialsOut: true, relay: RelayParty), await ExchangeNode.Start("ita", "ITA", dialsOut: true, relay: RelayParty));
            await ExchangeNode.Introduce(relay, brazil, italy);
            return new(brazil, italy, relay);
        }

        internal IReadOnlyList<byte[]> Kept() => Directory.Exists(Folder) ? [.. Directory.GetFiles(Folder).Select(File.ReadAllBytes)] : [];

        internal void Advance(TimeSpan by)
        {
            foreach (var desk in new[] { Brazil, Italy, Relay }) desk.Node.Clock.Advance(by);
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var desk in new[] { Brazil, Italy, Relay }) await desk.Node.DisposeAsync();
        }
    }
}
