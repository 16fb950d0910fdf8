using System.Text.Json;
using Palermo.Exchange.As4;

namespace Palermo.Exchange.Delivery;

/// <summary>
/// What the attempts of one message signed. The receiver answers every attempt with the receipt of the one that came first, so a receipt for any of
/// them is the message's. Attempts sign the same as long as the program stays the same; after an upgrade, or on other hardware, compression may differ.
/// </summary>
internal static class SignedAttempts
{
    private const int Most = 16;

    /// <summary>What was kept, with one more attempt. The first ones stay when there are too many: one of them most likely arrived.</summary>
    internal static string With(string kept, IReadOnlyList<SignedDigest> digests)
    {
        var all = Of(kept);
        if (all.Any(a => a.SequenceEqual(digests))) return kept;
        if (all.Count == Most) all.RemoveAt(Most - 1);
        all.Add([.. digests]);
        return JsonSerializer.Serialize(all);
    }

    /// <summary>What each attempt that differs signed, as it was kept.</summary>
    internal static List<List<SignedDigest>> Of(string kept) => kept.Length == 0 ? [] : JsonSerializer.Deserialize<List<List<SignedDigest>>>(kept)!;
}
