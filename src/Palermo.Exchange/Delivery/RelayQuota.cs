using Palermo.Data;
using Palermo.Data.Exchange;
using Palermo.Kernel;

namespace Palermo.Exchange.Delivery;

/// <summary>How much may wait at a relay: so much of each sender for each receiver, that nobody fills another's place; and so much for each receiver in all.</summary>
internal static class RelayQuota
{
    /// <summary>Of one sender for one receiver.</summary>
    internal const int MostMessages = 10_000;

    /// <summary>Of one sender for one receiver, together.</summary>
    internal const long MostBytes = 1L << 30;

    /// <summary>Of all senders for one receiver, together.</summary>
    internal const long MostBytesOfReceiver = 8L << 30;

    /// <summary>Why no more is taken; null when it is.</summary>
    /// <param name="context">The record.</param>
    /// <param name="from">The sender.</param>
    /// <param name="to">The receiver.</param>
    /// <param name="more">Bytes that come.</param>
    /// <param name="replaced">What goes when they come; null for nothing.</param>
    internal static Message? Full(PalermoContext context, string from, string to, long more, RelayedMessage? replaced)
    {
        var without = replaced?.Id ?? 0;
        var waiting = context.Set<RelayedMessage>().Where(m => m.To == to && m.FetchedAt == null && m.Id != without).GroupBy(m => m.From).Select(g => new { From = g.Key, Count = g.Count(), Bytes = g.Sum(m => m.Size) }).ToList();
        var ours = waiting.FirstOrDefault(w => w.From == from);
        if (ours?.Count >= MostMessages || (ours?.Bytes ?? 0) + more > MostBytes) return new("exchange.relay-full", ("to", to), ("count", MostMessages), ("size", (int)(MostBytes >> 20)));
        return waiting.Sum(w => w.Bytes) + more > MostBytesOfReceiver ? new("exchange.relay-full-all", ("to", to), ("size", (int)(MostBytesOfReceiver >> 20))) : null;
    }
}
