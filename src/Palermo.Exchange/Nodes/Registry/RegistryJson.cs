using System.Text.Json;
using System.Text.Json.Serialization;
using Palermo.Kernel;

namespace Palermo.Exchange.Nodes.Registry;

/// <summary>One node, as its description and the registry write it.</summary>
internal sealed record NodeFile(
    string? Party, string? Organization, IReadOnlyList<string?>? States, string? Address, string? Reach, string? Relay, IReadOnlyList<string?>? Certificates, IReadOnlyList<string?>? Capabilities);

/// <summary>One certificate that is not accepted any more.</summary>
internal sealed record RevokedFile(string? Fingerprint, DateTimeOffset Since, string? Party, string? Reason);

/// <summary>One edition of the registry: the payload of the signed document.</summary>
internal sealed record RegistryFile(
    int Version, long Serial, DateTimeOffset Issued, DateTimeOffset NextUpdate, string? Publisher, IReadOnlyList<string?>? Anchors, IReadOnlyList<NodeFile?>? Nodes, IReadOnlyList<RevokedFile?>? Revoked);

/// <summary>What will be published next, kept by the node that publishes.</summary>
internal sealed record DraftFile(long Serial, int Days, IReadOnlyList<NodeFile> Nodes, IReadOnlyList<RevokedFile> Revoked);

/// <summary>Where the registry comes from, who may sign it, and what came of the last attempt to get it.</summary>
/// <param name="Address">Where it is asked for; empty when this node publishes it, or when it is carried here in files.</param>
/// <param name="Pinned">Fingerprint that a person entered.</param>
/// <param name="Anchors">Fingerprints of those who may sign the next edition: first the pinned one, then those the last edition names.</param>
/// <param name="Serial">The last edition taken; an older one is never taken again.</param>
/// <param name="TakenAt">When it was taken.</param>
/// <param name="CheckedAt">When its source last answered with it or a newer one.</param>
/// <param name="Problem">Why the last attempt failed; null when it did not.</param>
internal sealed record StateFile(string Address, string Pinned, IReadOnlyList<string> Anchors, long Serial, DateTimeOffset? TakenAt, DateTimeOffset? CheckedAt, ProblemFile? Problem);

/// <summary>A sentence that is kept in no language.</summary>
internal sealed record ProblemFile(string Key, IReadOnlyDictionary<string, string> Fillings, DateTimeOffset At)
{
    /// <summary>Keeps a sentence.</summary>
    internal static ProblemFile Of(Message message, DateTimeOffset at) =>
        new(message.Key, message.Fillings.ToDictionary(f => f.Name, f => Convert.ToString(f.Value, System.Globalization.CultureInfo.InvariantCulture) ?? "", StringComparer.Ordinal), at);

    /// <summary>The sentence.</summary>
    internal Message Message => new(Key, [.. Fillings.Select(f => (f.Key, (object?)f.Value))]);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, AllowDuplicateProperties = false, MaxDepth = 8, WriteIndented = true)]
[JsonSerializable(typeof(NodeFile))]
[JsonSerializable(typeof(RegistryFile))]
[JsonSerializable(typeof(DraftFile))]
[JsonSerializable(typeof(StateFile))]
internal sealed partial class RegistryJson : JsonSerializerContext;
