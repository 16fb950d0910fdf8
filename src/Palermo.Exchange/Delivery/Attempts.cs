using Palermo.Data;
using Palermo.Data.Exchange;
using Palermo.Exchange.As4;
using Palermo.Kernel;
using Palermo.Kernel.Access;

namespace Palermo.Exchange.Delivery;

/// <summary>
/// What is written down of the attempts to send a message. An attempt is counted before it is made, so that a fall in between is tried again later;
/// the message keeps its identifier, so that a second one changes nothing at the other side.
/// </summary>
internal static class Attempts
{
    private static readonly TimeSpan[] Waits =
        [TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(6)];

    /// <summary>At a relay a message is safe; it is left there again only for the case that the relay lost it, or its receipt.</summary>
    private static readonly TimeSpan[] WaitsAtRelay = [TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10), TimeSpan.FromHours(1), TimeSpan.FromHours(6), TimeSpan.FromDays(1)];

    /// <summary>How long to wait after an attempt that the other side refused, or that ended nobody knows how.</summary>
    internal static TimeSpan WaitAfter(int attempts) => After(Waits, attempts);

    private static TimeSpan After(TimeSpan[] waits, int attempts) => waits[Math.Clamp(attempts - 1, 0, waits.Length - 1)];

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

    /// <summary>Keeps why an attempt failed; the message is tried again after a while, and given up after its time.</summary>
    /// <param name="module">The module.</param>
    /// <param name="id">The message.</param>
    /// <param name="problem">Why.</param>
    /// <param name="ofLine">Whether it was the line, and no fault of the message.</param>
    internal static void Note(ExchangeModule module, Guid id, Message problem, bool ofLine = false) =>
        Change.Make(module.Database, Actor.Node, module.Clock, change =>
        {
            var message = change.Context.Set<OutgoingMessage>().First(m => m.Id == id);
            if (message.State != "waiting") return;
            message.Problem = KeptMessage.Of(problem);
            // Not later than was said already: what a relay holds is refused much earlier than it would be left there again.
            var next = change.Now + (ofLine ? Waits[0] : WaitAfter(message.Attempts));
            if (message.NotBefore > next) message.NotBefore = next;
            if (change.Now >= message.GiveUpAt) GiveUp(module, change, message, problem);
        });

    /// <summary>Notes that the relay has a message. It is given up after its time as well: nobody may ever fetch it there.</summary>
    internal static void AtRelay(ExchangeModule module, Guid id, string relay) =>
        Change.Make(module.Database, Actor.Node, module.Clock, change =>
        {
            var message = change.Context.Set<OutgoingMessage>().First(m => m.Id == id);
            if (message.State != "waiting") return;
            if (change.Now >= message.GiveUpAt)
            {
                GiveUp(module, change, message, new Message("exchange.not-fetched", ("relay", relay)));
                return;
            }

            var next = change.Now + After(WaitsAtRelay, message.Attempts);
            (message.NotBefore, message.Problem) = (next < message.GiveUpAt ? next : message.GiveUpAt, "");
        });

    private static void GiveUp(ExchangeModule module, Change change, OutgoingMessage message, Message problem)
    {
        (message.State, message.Problem) = ("failed", KeptMessage.Of(problem));
        change.Audit("exchange.given-up", message.Case.ToString(), message.Request.ToString(), "", $"{message.Act} {message.Id} {module.Texts.Say(Language.English, problem)}");
    }

    /// <summary>Counts an attempt that failed before anything was signed, so that it is not tried again at once.</summary>
    internal static void Claimed(ExchangeModule module, OutgoingMessage message) =>
        Change.Make(module.Database, Actor.Node, module.Clock, change =>
        {
            var now = change.Context.Set<OutgoingMessage>().First(m => m.Id == message.Id);
            if (now.Attempts != message.Attempts) return;
            now.Attempts++;
            now.NotBefore = change.Now + WaitAfter(now.Attempts);
        });
}
