using System.Globalization;
using Microsoft.AspNetCore.Http;
using Palermo.Data;
using Palermo.Kernel;
using Palermo.Kernel.Access;

namespace Palermo.Access.Trail;

/// <summary>
/// Audits what was refused, bounded: a stranger who tries a thousand times an hour is seen, and cannot fill the disk. What was left out
/// is counted and told with the next entry.
/// </summary>
internal sealed class RefusalLog(AccessModule access)
{
    private const int MostAtOnce = 60;
    private static readonly TimeSpan RefilledIn = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (double Left, DateTime At, int Dropped)> _buckets = new(StringComparer.Ordinal);

    /// <summary>Notes what a request was refused.</summary>
    internal void Note(Viewer? viewer, HttpContext http, string act, string why) =>
        Note(viewer?.Actor ?? Stranger(http), act, viewer?.Person.ToString() ?? "", RefusedException.Shorten($"{http.Request.Method} {http.Request.Path}"), why);

    /// <summary>Notes what was refused.</summary>
    internal void Note(Actor actor, string act, string subject, string part, string why)
    {
        // What people who signed in try must not be drowned by what strangers do.
        if (Take(act + (actor.Person is null ? "" : "|" + actor.Person)) is not { } dropped) return;
        var left = dropped == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" (and {dropped} more)");
        Change.Make(access.Database, actor, access.Clock, change => change.Audit(act, subject, part, "", why + left));
    }

    /// <summary>Somebody unknown, as the audit trail names them.</summary>
    internal static Actor Stranger(HttpContext http) => new(null, "stranger", NetworkAddress.Of(http));

    /// <summary>How many were left out before; null when this one is left out too.</summary>
    private int? Take(string key)
    {
        lock (_lock)
        {
            if (_buckets.Count > 10_000) _buckets.Clear();
            var now = access.Now;
            var (left, at, dropped) = _buckets.TryGetValue(key, out var found) ? found : (MostAtOnce, now, 0);
            left = Math.Min(MostAtOnce, left + ((now - at) / RefilledIn * MostAtOnce));
            if (left < 1)
            {
                _buckets[key] = (left, now, dropped + 1);
                return null;
            }

            _buckets[key] = (left - 1, now, 0);
            return dropped;
        }
    }
}
