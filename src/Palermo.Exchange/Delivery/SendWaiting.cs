using System.Security.Cryptography.X509Certificates;
using Microsoft.EntityFrameworkCore;
using Palermo.Data.Cases;
using Palermo.Data.Exchange;
using Palermo.Exchange.As4;
using Palermo.Exchange.Nodes;
using Palermo.Kernel;
using Palermo.Requests.Files;

namespace Palermo.Exchange.Delivery;

/// <summary>Sends what waits in the outbox until its receipt is here: each node's messages in a lane of their own, of each request one after another.</summary>
internal static class SendWaiting
{
    private const int MostOfANode = 50;

    /// <summary>Begins to send what is due and not under way.</summary>
    /// <param name="module">The module.</param>
    /// <param name="failed">Is told what could not be worked through; the message is tried again.</param>
    /// <param name="cancel">When to stop.</param>
    internal static void Begin(ExchangeModule module, Action<Exception> failed, CancellationToken cancel) =>
        // Where a line is in doubt, one finds out for all.
        module.Sending.Fill(Due(module), (_, e) => failed(e), cancel, narrow: module.Pace.InDoubt);

    /// <summary>The message as it goes out: signed by us, encrypted to the node.</summary>
    internal static Task<PackedMessage> Pack(ExchangeModule module, OutgoingMessage message, NodeEntry node, CancellationToken cancel)
    {
        var trust = module.Trust;
        var (us, them, profile) = Keys(trust, node);
        var payload = System.Text.Encoding.UTF8.GetBytes(message.Payload);
        var parts = new List<OutgoingPart> { new(MessageIds.PayloadPart, "application/json", () => new MemoryStream(payload, writable: false)) };
        if (message.Files.Length > 0)
        {
            using var context = module.Database.Connect();
            var ids = message.Files.Split(';').Select(Guid.Parse).ToList();
            var settings = FileSettings.Of(module.Requests);
            foreach (var file in context.Set<Attachment>().AsNoTracking().Where(a => ids.Contains(a.Id)).ToList().OrderBy(f => f.Id))
                parts.Add(new OutgoingPart(MessageIds.PartOf(file.Id), "application/octet-stream", () => new SealedStream(new FileStore(settings).Open(file.Id, file.Size, file.Sha256, file.WrappedKey))));
        }

        var header = new As4Header(MessageIds.Of(message.Id, trust.Party), new DateTimeOffset(message.At, TimeSpan.Zero), trust.Party, message.To, message.Request.ToString("D"), message.Act);
        return PackMessage.Of(header, parts, us, them, profile, cancel);
    }

    private static List<Errand> Due(ExchangeModule module)
    {
        var now = module.Clock.GetUtcNow();
        var pulled = module.Trust.Nodes.Where(n => n.Reach == Reach.Pull && n.Relay.Length == 0).Select(n => n.Party).ToList();
        var resting = module.Trust.Nodes.Where(n => module.Pace.Rests(Next(n), now)).Select(n => n.Party).ToList();
        using var context = module.Database.Connect();
        var due = context.Set<OutgoingMessage>()
            .Where(m => m.State == "waiting" && (m.NotBefore == null || m.NotBefore <= now.UtcDateTime) && !resting.Contains(m.To) && (!pulled.Contains(m.To) || m.GiveUpAt < now.UtcDateTime));
        var found = new List<(DateTime At, int Sequence, Errand Errand)>();
        foreach (var to in due.Select(m => m.To).Distinct().ToList())
        {
            var lane = module.Trust.Find(to) is { } node ? Next(node) : to;
            foreach (var m in due.Where(m => m.To == to).OrderBy(m => m.At).ThenBy(m => m.Sequence).Select(m => new { m.Id, m.Request, m.At, m.Sequence }).Take(MostOfANode))
                found.Add((m.At, m.Sequence, new Errand(lane, m.Request, stop => Try(module, m.Id, stop))));
        }

        // The receivers behind one relay share its lane.
        return [.. found.OrderBy(f => f.At).ThenBy(f => f.Sequence).Select(f => f.Errand)];
    }

    /// <summary>The node a message for this node is given to: itself, or its relay.</summary>
    internal static string Next(NodeEntry node) => node.Reach == Reach.Pull && node.Relay.Length > 0 ? node.Relay : node.Party;

    /// <summary>A message that is still to be sent now; null when it is not.</summary>
    private static OutgoingMessage? Read(ExchangeModule module, Guid id)
    {
        var now = module.Clock.GetUtcNow().UtcDateTime;
        using var context = module.Database.Connect();
        return context.Set<OutgoingMessage>().AsNoTracking().FirstOrDefault(m => m.Id == id && m.State == "waiting" && (m.NotBefore == null || m.NotBefore <= now));
    }

    private static async Task Try(ExchangeModule module, Guid id, CancellationToken cancel)
    {
        if (Read(module, id) is not { } message) return;
        var node = module.Trust.Find(message.To);
        try
        {
            if (node is null) throw new RefusedException("exchange.unknown-node", ("party", message.To));
            if (module.Pace.Rests(Next(node), module.Clock.GetUtcNow())) return;
            var packed = await Pack(module, message, node, cancel);
            if (!Attempts.Claim(module, message, packed)) return;
            using var limit = LineTime.Of(module, cancel);
            if (Next(node) == node.Party)
            {
                await Send(module, node, packed, limit.Token);
                return;
            }

            await Relay.Put(module, node, packed, limit.Token);
            Attempts.AtRelay(module, message.Id, node.Relay);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancel.IsCancellationRequested)
        {
            // Whatever it is, it must not keep the other messages from going.
            var ofLine = LineFault.Is(e);
            if (node is not null && ofLine) module.Pace.Failed(Next(node), module.Clock.GetUtcNow(), (e as LineFault)?.After);
            Attempts.Claimed(module, message);
            Attempts.Note(module, message.Id, LineFault.Why(e), ofLine);
        }
    }

    private static async Task Send(ExchangeModule module, NodeEntry node, PackedMessage packed, CancellationToken cancel)
    {
        using var answer = await module.Line.Send(node, HttpMethod.Post, "as4", packed, cancel);
        if (!LineFault.Says(answer.Status)) module.Pace.Reached(node.Party);
        // An error of AS4 may come with any status; what is neither it nor a success was said by something in between, or by a node that is not itself.
        if (answer.ContentType is null || (answer.Status is < 200 or > 299 && !answer.ContentType.Contains("soap", StringComparison.OrdinalIgnoreCase)))
            throw await LineFault.Of(answer, "exchange.no-receipt", cancel);
        await TakeMessage.Answer(module, answer.Body, answer.ContentType, cancel);
    }

    /// <summary>Our certificate and theirs: the first two that are accepted now and have keys of the same kind.</summary>
    /// <exception cref="RefusedException">None of theirs is accepted, or no two fit together.</exception>
    internal static (X509Certificate2 Us, X509Certificate2 Them, As4Profile Profile) Keys(NodeTrust trust, NodeEntry node)
    {
        foreach (var them in trust.Accepted(node))
            if (trust.Own.FirstOrDefault(own => own.GetKeyAlgorithm() == them.GetKeyAlgorithm()) is { } us)
                return (us, them, us.GetKeyAlgorithm() == SignEnvelope.EcKey ? As4Profile.EllipticCurve : As4Profile.Rsa);
        throw new RefusedException("exchange.other-kind", ("party", node.Party));
    }
}
