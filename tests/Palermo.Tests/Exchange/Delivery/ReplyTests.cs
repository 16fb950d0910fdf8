using Palermo.Data.Audit;
using Palermo.Data.Exchange;
using Palermo.Exchange;
using Palermo.Exchange.As4;
using Palermo.Exchange.Delivery;
using Palermo.Exchange.Nodes;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Exchange.Delivery;

/// <summary>What waits at a relay is fetched, whatever its senders do with the receipts.</summary>
public sealed class ReplyTests
{
    [Fact]
    public async Task ASenderThatDoesNotTakeItsReceiptHoldsUpNothing()
    {
        using var sides = new Sides(italyPulls: true);
        var (brazil, italy) = (sides.Brazil, sides.Italy);
        var mailbox = new Mailbox(brazil.Party);
        var node = brazil.Module.Trust.Find(italy.Party)!;
        for (var i = 0; i < 2; i++) brazil.Send(italy);
        foreach (var message in brazil.Outbox())
        {
            var packed = await SendWaiting.Pack(brazil.Module, message, node, CancellationToken.None);
            mailbox.Lies.Enqueue((packed.ContentType, await TakeMessage.Bytes(packed, CancellationToken.None)));
        }

        await Fetch(italy, mailbox);
        italy.Inbox().Count.ShouldBe(2);
        mailbox.Lies.ShouldBeEmpty();
        mailbox.Replies.ShouldBe(1, "who did not take one is not waited for with the next");
    }

    [Fact]
    public async Task WhatIsRefusedIsCountedByTheSenderThatTheRelayNames()
    {
        using var sides = new Sides(italyPulls: true);
        var italy = sides.Italy;
        for (var round = 0; round < 2; round++)
        {
            var mailbox = new Mailbox(round == 0 ? sides.Brazil.Party : "");
            for (var i = 0; i < RefusalTrail.MostAMinute + 5; i++) mailbox.Lies.Enqueue(("application/soap+xml", "<nothing/>"u8.ToArray()));
            await Fetch(italy, mailbox);
        }

        italy.Life.Read(c => c.Set<AuditEntry>().Count(a => a.Act == "exchange.refused")).ShouldBe(2 * RefusalTrail.MostAMinute);
    }

    private static Task Fetch(Side side, Mailbox mailbox)
    {
        var module = new ExchangeModule(side.Life.Module, side.Life.Record.Folder) { Line = mailbox };
        return Relay.Fetch(module, module.Trust.Find("palermo:bra")!, TestContext.Current.CancellationToken);
    }

    /// <summary>A relay whose messages all come from one sender, which times out when it is spoken to.</summary>
    private sealed class Mailbox(string from) : ILine
    {
        private CancellationToken _ofReply;

        internal Queue<(string ContentType, byte[] Bytes)> Lies { get; } = [];

        internal int Replies { get; private set; }

        public Task<LineAnswer> Send(NodeEntry node, HttpMethod method, string path, PackedMessage? message, CancellationToken cancel)
        {
            if (method == HttpMethod.Post)
            {
                (Replies, _ofReply) = (Replies + 1, cancel);
                throw new TaskCanceledException("no answer in time");
            }

            cancel.ShouldNotBe(_ofReply);
            if (method == HttpMethod.Delete) Lies.Dequeue();
            return Task.FromResult(method == HttpMethod.Get && Lies.TryPeek(out var lies)
                ? new LineAnswer(200, lies.ContentType, new MemoryStream(lies.Bytes), null) { Number = "1", From = from }
                : new LineAnswer(204, null, Stream.Null, null));
        }
    }
}
