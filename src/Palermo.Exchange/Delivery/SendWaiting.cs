using System.Security.Cryptography.X509Certificates;
using Microsoft.EntityFrameworkCore;
using Palermo.Data;
using Palermo.Data.Cases;
using Palermo.Data.Exchange;
using Palermo.Exchange.As4;
using Palermo.Exchange.Nodes;
using Palermo.Kernel;
using Palermo.Kernel.Access;
using Palermo.Requests.Files;

namespace Palermo.Exchange.Delivery;

/// <summary>
/// Sends what waits in the outbox until its receipt is here. An attempt is counted before it is made, so that a fall in between is
/// tried again later; the message keeps its identifier, so that a second one changes nothing at the other side.
/// </summary>
internal static class SendWaiting
{
    private const int AtOnce = 50, SideBySide = 4, LongestProblem = 500;

    private static readonly TimeSpan[] Waits =
        [TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(6)];

    /// <summary>At a relay a message is safe; it is left there again only for the case that the relay lost it, or its receipt.</summary>
    private static readonly TimeSpan[] WaitsAtRelay = [TimeSpan.FromMinutes(10), TimeSpan.FromHours(2), TimeSpan.FromHours(6), TimeSpan.FromDays(1)];

    /// <summary>How long to wait after an attempt that the other side refused, or that ended nobody knows how.</summary>
    internal static TimeSpan WaitAfter(int attempts) => After(Waits, attempts);

    private static TimeSpan After(TimeSpan[] waits, int attempts) => waits[Math.Clamp(attempts - 1, 0, waits.Length - 1)];

    /// <summary>Sends what is due.</summary>
    /// <returns>How many receipts came.</returns>
    internal static async Task<int> Run(ExchangeModule module, CancellationToken cancel)
    {
        var received = 0;
        await Parallel.ForEachAsync(Due(module), new ParallelOptions { MaxDegreeOfParallelism = SideBySide, CancellationToken = cancel }, async (message, stop) =>
        {
            if (await Try(module, message, stop)) Interlocked.Increment(ref received);
        });
        return received;
    }

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

    /// <summary>Notes what a message signed, before a byte of it leaves.</summary>
    /// <param name="module">The module.</param>
    /// <param name="message">The message as it was read.</param>
    /// <param name="packed">The message as it goes out.</param>
    /// <param name="longest">The longest to wait before it is tried again; null for the usual.</param>
    /// <returns>False when somebody else tries it right now, or its receipt is here.</returns>
    internal static bool Claim(ExchangeModule module, OutgoingMessage message, PackedMessage packed, TimeSpan? longest = null) =>
        Change.Make(module.Database, Actor.Node, module.Clock, change =>
        {
            var now = change.Context.Set<OutgoingMessage>().First(m => m.Id == message.Id);
            if (now.State != "waiting" || now.Attempts != message.Attempts) return false;
            now.Attempts++;
            var wait = WaitAfter(now.Attempts);
            now.NotBefore = change.Now + (wait > longest ? longest.Value : wait);
            now.Digests = SignedAttempts.With(now.Digests, packed.Digests);
            return true;
        });

    /// <summary>Keeps why the other side refused a message; it is tried again after a while, and given up after its time.</summary>
    internal static void Note(ExchangeModule module, Guid id, string problem) => Note(module, id, problem, message => WaitAfter(message.Attempts));

    private static void Note(ExchangeModule module, Guid id, string problem, Func<OutgoingMessage, TimeSpan> wait) =>
        Change.Make(module.Database, Actor.Node, module.Clock, change =>
        {
            var message = change.Context.Set<OutgoingMessage>().First(m => m.Id == id);
            if (message.State != "waiting") return;
            message.Problem = Plain.Text(problem.Take(LongestProblem));
            // Not later than was said already: what a relay holds is refused much earlier than it would be left there again.
            var next = change.Now + wait(message);
            if (message.NotBefore > next) message.NotBefore = next;
            if (change.Now < message.GiveUpAt) return;
            message.State = "failed";
            change.Audit("exchange.given-up", message.Case.ToString(), message.Request.ToString(), "", $"{message.Act} {message.Id} {message.Problem}");
        });

    /// <summary>Notes that the relay has a message.</summary>
    private static void AtRelay(ExchangeModule module, Guid id) =>
        Change.Make(module.Database, Actor.Node, module.Clock, change =>
        {
            var message = change.Context.Set<OutgoingMessage>().First(m => m.Id == id);
            if (message.State == "waiting") (message.NotBefore, message.Problem) = (change.Now + After(WaitsAtRelay, message.Attempts), "");
        });

    private static List<OutgoingMessage> Due(ExchangeModule module)
    {
        var now = module.Clock.GetUtcNow();
        var pulled = module.Trust.Nodes.Where(n => n.Reach == Reach.Pull && n.Relay.Length == 0).Select(n => n.Party).ToList();
        var resting = module.Trust.Nodes.Where(n => module.Pace.Rests(Next(n), now)).Select(n => n.Party).ToList();
        using var context = module.Database.Connect();
        return
        [
            .. context.Set<OutgoingMessage>().AsNoTracking()
                .Where(m => m.State == "waiting" && (m.NotBefore == null || m.NotBefore <= now.UtcDateTime) && !resting.Contains(m.To) && (!pulled.Contains(m.To) || m.GiveUpAt < now.UtcDateTime))
                .OrderBy(m => m.At).Take(AtOnce),
        ];
    }

    /// <summary>The node a message for this node is given to: itself, or its relay.</summary>
    private static string Next(NodeEntry node) => node.Reach == Reach.Pull && node.Relay.Length > 0 ? node.Relay : node.Party;

    private static async Task<bool> Try(ExchangeModule module, OutgoingMessage message, CancellationToken cancel)
    {
        var node = module.Trust.Find(message.To);
        try
        {
            if (node is null) throw new RefusedException("exchange.unknown-node", ("party", message.To));
            if (module.Pace.Rests(Next(node), module.Clock.GetUtcNow())) return false;
            var packed = await Pack(module, message, node, cancel);
            if (!Claim(module, message, packed)) return false;
            using var limit = LineTime.Of(module, cancel);
            if (Next(node) != node.Party)
            {
                await Relay.Put(module, node, packed, limit.Token);
                module.Pace.Reached(Next(node));
                AtRelay(module, message.Id);
                return false;
            }

            using var answer = await module.Line.Send(node, HttpMethod.Post, "as4", packed, limit.Token);
            // An error of AS4 may come with any status; what is neither it nor a success was said by something in between, or by a node that is not itself.
            if (answer.ContentType is null || (answer.Status is < 200 or > 299 && !answer.ContentType.Contains("soap", StringComparison.OrdinalIgnoreCase))) throw new HttpRequestException(NoReceipt(module, answer.Status));
            var received = await TakeMessage.Answer(module, answer.Body, answer.ContentType, limit.Token);
            module.Pace.Reached(node.Party);
            return received;
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            if (node is not null) module.Pace.Failed(Next(node), module.Clock.GetUtcNow());
            Claimed(module, message);
            Note(module, message.Id, e.Message, _ => Waits[0]);
            return false;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Whatever it is, it must not keep the other messages from going.
            Claimed(module, message);
            Note(module, message.Id, module.Why(e));
            return false;
        }
    }

    private static string NoReceipt(ExchangeModule module, int status) => module.Texts.Say(Language.English, new Message("exchange.no-receipt", ("status", status)));

    /// <summary>Counts an attempt that failed before anything was signed, so that it is not tried again at once.</summary>
    internal static void Claimed(ExchangeModule module, OutgoingMessage message) =>
        Change.Make(module.Database, Actor.Node, module.Clock, change =>
        {
            var now = change.Context.Set<OutgoingMessage>().First(m => m.Id == message.Id);
            if (now.Attempts != message.Attempts) return;
            now.Attempts++;
            now.NotBefore = change.Now + WaitAfter(now.Attempts);
        });

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
