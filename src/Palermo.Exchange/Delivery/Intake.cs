using Microsoft.AspNetCore.Http;
using Palermo.Exchange.Nodes.Trust;
using Palermo.Kernel;

namespace Palermo.Exchange.Delivery;

/// <summary>What other nodes are bringing right now: of each a few messages at once, so that nobody fills the disk with what it never finishes.</summary>
internal sealed class Intake
{
    /// <summary>Of one node at once; a node of ours sends four side by side, and receipts besides.</summary>
    internal const int MostOfANode = 8;

    private const int Status = StatusCodes.Status429TooManyRequests;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, List<Place>> _places = new(StringComparer.Ordinal);

    /// <summary>A place for one message, until it is disposed of; null when the node has no more.</summary>
    internal Place? Enter(string party)
    {
        lock (_lock)
        {
            if (!_places.TryGetValue(party, out var places)) _places.Add(party, places = []);
            if (places.Count >= MostOfANode) return null;
            var place = new Place(this, party);
            places.Add(place);
            return place;
        }
    }

    /// <summary>Bytes of a node that came and are not on record yet.</summary>
    internal long Bytes(string party)
    {
        lock (_lock) return _places.GetValueOrDefault(party)?.Sum(p => p.Bytes) ?? 0;
    }

    /// <summary>Says that a node brings too much at once.</summary>
    internal static IResult TooMany(ExchangeModule module, HttpContext http) => Refusal(module, http, new("exchange.too-many-at-once", ("n", MostOfANode)), Status);

    /// <summary>Says why something is not taken.</summary>
    internal static IResult Refusal(ExchangeModule module, HttpContext http, Message why, int status) =>
        Results.Json(new ProblemAnswer("about:blank", module.Texts.Say(Web.PageContext.LanguageOf(http.Request), why), status, why.Key), AnswerJson.Default.ProblemAnswer, "application/problem+json", status);

    private void Leave(string party, Place place)
    {
        lock (_lock)
        {
            if (_places.TryGetValue(party, out var places) && places.Remove(place) && places.Count == 0) _places.Remove(party);
        }
    }

    /// <summary>The place of one message.</summary>
    internal sealed class Place(Intake intake, string party) : IDisposable
    {
        private long _bytes;

        internal long Bytes => Interlocked.Read(ref _bytes);

        /// <summary>More of it came.</summary>
        internal void Add(int bytes) => Interlocked.Add(ref _bytes, bytes);

        public void Dispose() => intake.Leave(party, this);
    }
}
