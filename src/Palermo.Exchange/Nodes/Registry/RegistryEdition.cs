using System.Collections.Frozen;
using System.Text.Json;
using Palermo.Exchange.Delivery;
using Palermo.Kernel;

namespace Palermo.Exchange.Nodes.Registry;

/// <summary>One edition of the registry, read and checked.</summary>
internal sealed class RegistryEdition
{
    /// <summary>What the signed document is.</summary>
    internal const string Type = "palermo-registry";

    /// <summary>Most bytes of the signed document.</summary>
    internal const int Largest = 16 << 20;

    private const int MostNodes = 2000;
    private const int MostRevoked = 20_000;
    private const int MostAnchors = 8;

    private RegistryEdition(RegistryFile file, IReadOnlyList<NodeEntry> nodes)
    {
        (Serial, Issued, NextUpdate, Publisher, Nodes) = (file.Serial, file.Issued, file.NextUpdate, RefusedException.Shorten(file.Publisher), nodes);
        if (file.Anchors is null or { Count: 0 or > MostAnchors } || file.Revoked is null or { Count: > MostRevoked }) throw Wrong("anchors, revoked");
        Anchors = [.. file.Anchors.Select(Fingerprint.Read)];
        Revoked = file.Revoked.Select(r => r ?? throw Wrong("revoked")).DistinctBy(r => r.Fingerprint, StringComparer.Ordinal).ToFrozenDictionary(r => Fingerprint.Read(r.Fingerprint), r => r, StringComparer.Ordinal);
        if (nodes.DistinctBy(n => n.Party, StringComparer.Ordinal).Count() != nodes.Count) throw Wrong("nodes.party");
        MustDiffer(nodes.Select(n => n.Party));
        ByParty = nodes.ToFrozenDictionary(n => n.Party, StringComparer.Ordinal);
        var certificates = nodes.SelectMany(n => n.Certificates.Select(c => (Fingerprint: Fingerprint.Of(c), Node: n))).ToArray();
        if (certificates.DistinctBy(c => c.Fingerprint, StringComparer.Ordinal).Count() != certificates.Length) throw Wrong("nodes.certificates");
        ByCertificate = certificates.ToFrozenDictionary(c => c.Fingerprint, c => c.Node, StringComparer.Ordinal);
    }

    /// <summary>Its number; the next one's is higher.</summary>
    internal long Serial { get; }

    /// <summary>When it was issued.</summary>
    internal DateTimeOffset Issued { get; }

    /// <summary>When the next one is due at the latest.</summary>
    internal DateTimeOffset NextUpdate { get; }

    /// <summary>Party identifier of who publishes it.</summary>
    internal string Publisher { get; }

    /// <summary>Fingerprints of those who may sign the next one.</summary>
    internal IReadOnlyList<string> Anchors { get; }

    /// <summary>The nodes.</summary>
    internal IReadOnlyList<NodeEntry> Nodes { get; }

    /// <summary>Nodes by their party identifier.</summary>
    internal FrozenDictionary<string, NodeEntry> ByParty { get; }

    /// <summary>Nodes by the fingerprints of their certificates.</summary>
    internal FrozenDictionary<string, NodeEntry> ByCertificate { get; }

    /// <summary>Certificates that are not accepted any more.</summary>
    internal FrozenDictionary<string, RevokedFile> Revoked { get; }

    /// <summary>Messages name their sender without colons; two whose identifiers are the same then could not be told apart.</summary>
    /// <exception cref="RefusedException">There are two such parties.</exception>
    internal static void MustDiffer(IEnumerable<string?> parties)
    {
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var party in parties.OfType<string>())
            if (!known.TryAdd(MessageIds.Domain(party), party)) throw new RefusedException("nodes.registry.alike", ("party", party), ("other", known[MessageIds.Domain(party)])) { Conflict = true };
    }

    /// <summary>Reads the payload of a signed document.</summary>
    /// <exception cref="RefusedException">It is not what the format describes.</exception>
    internal static RegistryEdition Read(ReadOnlySpan<byte> payload)
    {
        try
        {
            var file = JsonSerializer.Deserialize(payload, RegistryJson.Default.RegistryFile) ?? throw Wrong("{}");
            if (file.Version != 1) throw Wrong("version");
            if (file.Serial < 1) throw Wrong("serial");
            if (file.NextUpdate <= file.Issued) throw Wrong("nextUpdate");
            if (file.Nodes is null or { Count: > MostNodes }) throw Wrong("nodes");
            return new(file, [.. file.Nodes.Select(ReadNode.Of)]);
        }
        catch (JsonException e)
        {
            throw Wrong(RefusedException.Shorten(e.Path is { Length: > 0 } ? e.Path : e.Message));
        }
    }

    private static RefusedException Wrong(string where) => new("nodes.registry.wrong", ("where", where));
}
