using System.Text;
using Microsoft.EntityFrameworkCore;
using Palermo.Data;
using Palermo.Data.Cases;
using Palermo.Data.Exchange;
using Palermo.Exchange.As4;
using Palermo.Exchange.Nodes;
using Palermo.Kernel;
using Palermo.Kernel.Access;
using Palermo.Requests.Exchange;
using Palermo.Requests.Files;

namespace Palermo.Exchange.Delivery;

/// <summary>Takes what comes from other nodes: messages into the file and then answered with a receipt, receipts and errors to the messages they answer, requests to pull.</summary>
internal static class TakeMessage
{
    /// <summary>Takes whatever came on a line and says what to answer.</summary>
    /// <returns>The answer: a receipt, a signed error, or a message that was pulled; null when there is nothing to say.</returns>
    /// <param name="module">The module.</param>
    /// <param name="body">What came.</param>
    /// <param name="contentType">Its Content-Type.</param>
    /// <param name="line">The node whose certificate the line shows.</param>
    /// <param name="mayPull">Whether that node may pull on this line: nobody uses another's request to pull.</param>
    /// <param name="cancel">When to stop.</param>
    /// <param name="named">Of what a relay gave, the sender that it names: what is refused is counted by sender. Null when nobody stands between.</param>
    internal static async Task<PackedMessage?> Take(ExchangeModule module, Stream body, string? contentType, NodeEntry? line, bool mayPull, CancellationToken cancel, NodeEntry? named = null)
    {
        var now = module.Clock.GetUtcNow();
        try
        {
            using var opened = await Open(module, body, contentType, cancel);
            switch (opened.Kind)
            {
                case As4Kind.UserMessage: return await UserMessage(module, opened, cancel);
                case As4Kind.PullRequest:
                    var asks = module.Trust.Owner(opened.Signer!)!;
                    if (!mayPull || asks.Party != line?.Party) throw new As4Exception("EBMS:0101", "FailedAuthentication", "Whoever pulls has to come on its own line.", opened.MessageId);
                    return await GiveWaiting.Next(module, asks, opened, cancel);
                case As4Kind.Receipt:
                    Receipt(module, opened);
                    return null;
                default:
                    Errors(module, opened);
                    return null;
            }
        }
        catch (As4Exception e)
        {
            Refused(module, line, named, e.Error);
            return PackSignal.Error(e.Error, module.Trust.Own[0], now);
        }
        catch (Exception e) when (e is not OperationCanceledException and not IOException)
        {
            // Whatever one message does to us, the next ones are taken; the sender tries again.
            var error = new As4Error("EBMS:0004", "Other", "failure", "This node could not take the message now; it may be sent again.", null);
            Refused(module, line, named, error with { Text = $"{e.GetType().Name} {e.Message}" });
            return PackSignal.Error(error, module.Trust.Own[0], now);
        }
    }

    /// <summary>Takes the answer to a message of ours.</summary>
    /// <exception cref="RefusedException">It was an error, in the other side's words.</exception>
    /// <exception cref="As4Exception">It was nothing that can be understood, or not signed as it must be.</exception>
    internal static async Task Answer(ExchangeModule module, Stream body, string contentType, CancellationToken cancel)
    {
        using var opened = await Open(module, body, contentType, cancel);
        if (opened.Kind == As4Kind.Receipt)
        {
            Receipt(module, opened);
            return;
        }

        if (opened.Kind == As4Kind.Error) throw new RefusedException("exchange.they-say", ("error", LineFault.Quote(string.Join(" ", opened.Errors.Select(e => $"{e.Code} {e.Text}")))));
        throw new RefusedException("exchange.no-receipt", ("status", 200));
    }

    private static Task<OpenedMessage> Open(ExchangeModule module, Stream body, string? contentType, CancellationToken cancel)
    {
        var spool = Path.Combine(module.Store, "exchange", "spool");
        Disk.MakeFolder(spool);
        return OpenMessage.Read(body, contentType, module.Trust.Own, (certificate, _, header) => Check(module, certificate, header), spool, new As4Limits(), cancel);
    }

    /// <exception cref="As4Exception">The signer is not the party it says, or its certificate is not accepted.</exception>
    private static void Check(ExchangeModule module, System.Security.Cryptography.X509Certificates.X509Certificate2 certificate, As4Header? header)
    {
        if (module.Trust.Check(certificate, header?.From) is { } refusal)
            throw new As4Exception("EBMS:0101", "FailedAuthentication", module.Texts.Say(Language.English, refusal.Text), header?.MessageId);
        if (header is not null && header.To != module.Trust.Party)
            throw new As4Exception("EBMS:0003", "ValueInconsistent", module.Texts.Say(Language.English, "exchange.not-for-us", ("party", RefusedException.Shorten(header.To))), header.MessageId);
    }

    private static async Task<PackedMessage> UserMessage(ExchangeModule module, OpenedMessage opened, CancellationToken cancel)
    {
        var header = opened.Header!;
        if (TestMessage.Is(header)) return PackSignal.Receipt(opened, module.Trust.Own[0], module.Clock.GetUtcNow());
        if (Before(module, header) is { } again) return again;
        var node = module.Trust.Owner(opened.Signer!)!;
        var from = new SendingNode(node.Party, node.Organization, node.States);
        MessagePayload payload;
        string content;
        var stored = new List<StoredPart>();
        var store = new FileStore(FileSettings.Of(module.Requests));
        try
        {
            (payload, content) = Payload(module, opened, from);
            foreach (var said in payload.Files ?? [])
                stored.Add(await Store(store, said, opened.Parts.FirstOrDefault(p => p.Id == MessageIds.PartOf(said.Id)) ?? throw new RefusedException("exchange.other-file", ("name", RefusedException.Shorten(said.FileName))), cancel));
            if (stored.Count > 0 && !IsNext(module, payload, from)) throw new RefusedException("exchange.too-early");
        }
        catch (Exception e) when (e is RefusedException or InfectedFileException)
        {
            foreach (var part in stored) store.Drop(part.File.Id);
            throw new As4Exception("EBMS:0004", "Other", e is RefusedException refused ? module.Texts.Say(Language.English, refused.Text) : "A file that came along holds malware.", header.MessageId, e);
        }

        var receipt = PackSignal.Receipt(opened, module.Trust.Own[0], module.Clock.GetUtcNow());
        var answer = receipt.ContentType + "\n" + Encoding.UTF8.GetString(await Bytes(receipt, cancel));
        // Made anew when the change has to be tried again.
        IncomingMessage Message() => new()
        {
            MessageId = header.MessageId, From = from.Party, Payload = payload.Id, Request = payload.Request, Sequence = payload.Sequence, Act = RefusedException.Shorten(payload.Act), Content = content,
            Envelope = Encoding.UTF8.GetString(opened.Envelope), Receipt = answer, At = module.Clock.GetUtcNow().UtcDateTime,
        };
        try
        {
            foreach (var part in stored) store.Place(part.File.Id);
            // Delivered first, then receipted: whoever holds our receipt may rely on it.
            var first = Change.Make(module.Database, from.Actor, module.Clock, change =>
            {
                if (change.Context.Set<IncomingMessage>().Any(m => m.MessageId == header.MessageId)) return false;
                TakeIn.Keep(module.Requests, change, from, Message(), stored);
                return true;
            });
            Settle(module, store, stored);
            return first ? receipt : Before(module, header) ?? throw new As4Exception("EBMS:0003", "ValueInconsistent", "The message identifier is another node's.", header.MessageId);
        }
        catch (Exception e)
        {
            Settle(module, store, stored);
            if (e is As4Exception) throw;
            if (e is RefusedException refused) throw new As4Exception("EBMS:0004", "Other", module.Texts.Say(Language.English, refused.Text), header.MessageId, e);
            throw;
        }
    }

    /// <summary>The receipt that a message was answered with when it came before; null when it is new.</summary>
    private static PackedMessage? Before(ExchangeModule module, As4Header header)
    {
        using var context = module.Database.Connect();
        if (context.Set<IncomingMessage>().AsNoTracking().FirstOrDefault(m => m.MessageId == header.MessageId && m.From == header.From) is not { } before) return null;
        var end = before.Receipt.IndexOf('\n', StringComparison.Ordinal);
        var bytes = Encoding.UTF8.GetBytes(before.Receipt[(end + 1)..]);
        return new PackedMessage(before.Receipt[..end], [], (to, cancel) => to.WriteAsync(bytes, cancel).AsTask()) { Id = PackedMessage.Answering(header.MessageId) };
    }

    private static (MessagePayload Payload, string Content) Payload(ExchangeModule module, OpenedMessage opened, SendingNode from)
    {
        if (opened.Parts.FirstOrDefault(p => p.Id == MessageIds.PayloadPart) is not { } part) throw new RefusedException("exchange.no-payload");
        using var stream = part.Open();
        var json = Palermo.Requests.Document.ReadRequest.Bytes(stream);
        var payload = TakeIn.Check(module.Requests, json, from);
        var header = opened.Header!;
        if (MessageIds.PayloadOf(header.MessageId, from.Party) != payload.Id || header.ConversationId != payload.Request.ToString("D") || header.Action != payload.Act) throw new RefusedException("exchange.other-header");
        if (payload.Files is { Count: > TellThem.MostFiles }) throw new RefusedException("exchange.too-many-files");
        return (payload, Encoding.UTF8.GetString(json));
    }

    private static async Task<StoredPart> Store(FileStore store, FileAlong said, OpenedPart part, CancellationToken cancel)
    {
        await using var content = part.Open();
        var written = await store.Write(Guid.NewGuid(), content, cancel);
        if (written.Size == said.Size && written.Sha256 == said.Sha256) return new StoredPart(said, written);
        store.Drop(written.Id);
        throw new RefusedException("exchange.other-file", ("name", RefusedException.Shorten(said.FileName)));
    }

    private static bool IsNext(ExchangeModule module, MessagePayload payload, SendingNode from)
    {
        using var context = module.Database.Connect();
        return payload.Sequence == (context.Set<IncomingMessage>().Where(m => m.Request == payload.Request && m.From == from.Party && m.TakenAt != null).Max(m => (int?)m.Sequence) ?? 0) + 1;
    }

    /// <summary>Keeps the files that are in the record now, and clears the others away.</summary>
    private static void Settle(ExchangeModule module, FileStore store, List<StoredPart> stored)
    {
        foreach (var part in stored)
            if (StoreFile.IsKnown(module.Requests, part.File.Id)) store.Keep(part.File.Id);
            else store.Drop(part.File.Id);
    }

    /// <summary>Notes a receipt that acknowledges exactly what was signed, of the node it was sent to.</summary>
    private static void Receipt(ExchangeModule module, OpenedMessage receipt)
    {
        if (MessageIds.PayloadOf(receipt.RefToMessageId, module.Trust.Party) is not { } id) throw Foreign(receipt);
        var signer = module.Trust.Owner(receipt.Signer!)?.Party;
        Change.Make(module.Database, Actor.Node, module.Clock, change =>
        {
            var message = change.Context.Set<OutgoingMessage>().FirstOrDefault(m => m.Id == id) ?? throw Foreign(receipt);
            if (message.State == "received") return;
            if (message.To != signer || !SignedAttempts.Of(message.Digests).Any(a => OpenMessage.Acknowledges(receipt, receipt.RefToMessageId!, a))) throw Foreign(receipt);
            (message.State, message.ReceivedAt, message.Problem, message.Receipt) = ("received", change.Now, "", Encoding.UTF8.GetString(receipt.Envelope));
            change.Audit("exchange.receipted", message.Case.ToString(), message.Request.ToString(), "", $"{message.Act} {message.Id} {message.To}");
        });
    }

    private static As4Exception Foreign(OpenedMessage receipt) => new("EBMS:0302", "InvalidReceipt", "The receipt does not acknowledge a message of this node as it was signed.", receipt.RefToMessageId);

    private static void Errors(ExchangeModule module, OpenedMessage opened)
    {
        // What nobody signed may be anybody's; it changes nothing.
        if (opened.Signer is null) return;
        foreach (var error in opened.Errors)
            if (MessageIds.PayloadOf(error.RefToMessageId ?? opened.RefToMessageId, module.Trust.Party) is { } id && IsSentTo(module, id, module.Trust.Owner(opened.Signer)?.Party))
                Attempts.Note(module, id, new Message("exchange.they-say", ("error", LineFault.Quote($"{error.Code} {error.Text}"))));
    }

    private static bool IsSentTo(ExchangeModule module, Guid id, string? party)
    {
        using var context = module.Database.Connect();
        return context.Set<OutgoingMessage>().Any(m => m.Id == id && m.To == party);
    }

    private static void Refused(ExchangeModule module, NodeEntry? line, NodeEntry? named, As4Error error) =>
        module.Refusals.Add(line is null ? Actor.Node : new Actor(null, line.Organization, line.Party), named is null ? line?.Party ?? "" : $"{line?.Party} {named.Party}", "exchange", RefusedException.Shorten(error.RefToMessageId), $"{error.Code} {RefusedException.Shorten(error.Text)}");

    /// <summary>A signal's bytes; it is small.</summary>
    internal static async Task<byte[]> Bytes(PackedMessage message, CancellationToken cancel)
    {
        using var bytes = new MemoryStream();
        await message.WriteTo(bytes, cancel);
        return bytes.ToArray();
    }
}
