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
    private readonly Queue<(long Minute, int Count, Actor Who)> _over = new();

    /// <summary>Enters a refusal.</summary>
    /// <param name="who">Who was refused.</param>
    /// <param name="party">Who is counted: a node's party identifier, with that of the sender it names when it is a relay; empty for all strangers together.</param>
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
    /// <param name="ofThisMinuteToo">Whether the minute counts as over: the node stops.</param>
    internal void SayLeftOut(bool ofThisMinuteToo = false)
    {
        lock (_lock)
        {
            var now = Minute;
            foreach (var (party, counted) in _counts.Where(c => ofThisMinuteToo || c.Value.Minute != now).ToList())
            {
                if (counted.Count > MostAMinute) _over.Enqueue(counted);
                _counts.Remove(party);
            }
        }

        while (Next() is var (minute, count, who))
            Say(minute, count, who);
    }

    private (long Minute, int Count, Actor Who)? Next()
    {
        lock (_lock) return _over.TryDequeue(out var over) ? over : null;
    }

    /// <summary>Enters how many were left out; when that fails, they are said another time.</summary>
    private void Say(long minute, int count, Actor who)
    {
        try
        {
            Change.Make(module.Database, who, module.Clock, change => change.Audit("exchange.refused-more", "exchange", DateTimeOffset.FromUnixTimeSeconds(minute * 60).ToString("yyyy-MM-ddTHH:mmZ", CultureInfo.InvariantCulture), "", (count - MostAMinute).ToString(CultureInfo.InvariantCulture)));
        }
        catch
        {
            lock (_lock) _over.Enqueue((minute, count, who));
            throw;
        }
    }

    private long Minute => module.Clock.GetUtcNow().ToUnixTimeSeconds() / 60;
}
