using Microsoft.EntityFrameworkCore;
using Palermo.Data.Exchange;
using Palermo.Exchange.As4;
using Palermo.Exchange.Nodes;
using Palermo.Kernel;

namespace Palermo.Exchange.Delivery;

/// <summary>Gives a node that only dials out what waits for it, one message for each request to pull; a message is held until its receipt.</summary>
internal static class GiveWaiting
{
    /// <summary>Whoever asks sets the pace: what got lost on the way is given again soon.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    /// <summary>The oldest message that waits for a node; a warning that nothing does when nothing does.</summary>
    internal static async Task<PackedMessage> Next(ExchangeModule module, NodeEntry node, OpenedMessage pull, CancellationToken cancel)
    {
        var now = module.Clock.GetUtcNow();
        List<OutgoingMessage> waiting;
        using (var context = module.Database.Connect())
            waiting = [.. context.Set<OutgoingMessage>().AsNoTracking().Where(m => m.To == node.Party && m.State == "waiting" && (m.NotBefore == null || m.NotBefore <= now.UtcDateTime)).OrderBy(m => m.At).Take(5)];
        foreach (var message in waiting)
        {
            try
            {
                var packed = await SendWaiting.Pack(module, message, node, cancel);
                if (Attempts.Claim(module, message, packed, LongestWait)) return packed;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // One that cannot be packed does not hold up the next.
                Attempts.Claimed(module, message);
                Attempts.Note(module, message.Id, LineFault.Why(e));
            }
        }

        return PackSignal.Error(new As4Error("EBMS:0006", "EmptyMessagePartitionChannel", "warning", "Nothing waits for this node.", pull.MessageId), module.Trust.Own[0], now);
    }
}
