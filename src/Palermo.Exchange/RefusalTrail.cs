using System.Globalization;
using Palermo.Data;
using Palermo.Kernel.Access;

namespace Palermo.Exchange;

/// <summary>
/// The audit trail of what was refused to other nodes and to strangers. Whoever keeps asking must not fill it: of each so many a minute are entered, and how many
/// more there were is said afterwards, in one entry.
/// </summary>
/// <param name="module">The module.</param>
internal sealed class RefusalTrail(ExchangeModule module)
{
    /// <summary>Entered of each in a minute.</summary>
    internal const int MostAMinute = 60;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (long Minute, int Count, Actor Who)> _counts = new(StringComparer.Ordinal);

    /// <summary>Enters a refusal.</summary>
    /// <param name="who">Who was refused.</param>
    /// <param name="party">Party identifier of the node; empty for all strangers together.</param>
    /// <param name="subject">Subject of the entry.</param>
    /// <param name="part">More precisely.</param>
    /// <param name="why">Why.</param>
    internal void Add(Actor who, string party, string subject, string part, string why)
    {
        SayLeftOut();
        lock (_lock)
        {
            var (minute, count, _) = _counts.GetValueOrDefault(party, (Minute, 0, Actor.Node));
            // Strangers are counted together; what was left out is no single one's.
            _counts[party] = (minute, count + 1, party.Length > 0 ? who : Actor.Node);
            if (count >= MostAMinute) return;
        }

        Change.Make(module.Database, who, module.Clock, change => change.Audit("exchange.refused", subject, part, "", why));
    }

    /// <summary>Says how many were left out in minutes that are over.</summary>
    internal void SayLeftOut()
    {
        List<(long Minute, int Count, Actor Who)> over;
        lock (_lock)
        {
            var now = Minute;
            var parties = _counts.Where(c => c.Value.Minute != now).Select(c => c.Key).ToList();
            over = [.. parties.Select(p => _counts[p]).Where(c => c.Count > MostAMinute)];
            foreach (var party in parties) _counts.Remove(party);
        }

        foreach (var (minute, count, who) in over)
            Change.Make(module.Database, who, module.Clock, change => change.Audit("exchange.refused-more", "exchange", DateTimeOffset.FromUnixTimeSeconds(minute * 60).ToString("yyyy-MM-ddTHH:mmZ", CultureInfo.InvariantCulture), "", (count - MostAMinute).ToString(CultureInfo.InvariantCulture)));
    }

    private long Minute => module.Clock.GetUtcNow().ToUnixTimeSeconds() / 60;
}
