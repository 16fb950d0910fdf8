using System.Text.Json;
using Palermo.Exchange.Nodes.Identity;
using Palermo.Exchange.Nodes.Trust;
using Palermo.Kernel;

namespace Palermo.Exchange.Nodes.Registry;

/// <summary>A node's description of itself, signed with the keys of all certificates it names: what a publisher takes into the registry.</summary>
internal static class DescribeNode
{
    /// <summary>What the signed document is.</summary>
    internal const string Type = "palermo-node";

    /// <summary>Most bytes of the signed document.</summary>
    internal const int Largest = 512 << 10;

    /// <summary>The description of this node.</summary>
    /// <exception cref="RefusedException">The node has no identity, or no certificate that is valid.</exception>
    internal static byte[] Run(NodeTrust trust)
    {
        var node = trust.Identity ?? throw new RefusedException("nodes.identity.none");
        var now = trust.Clock.GetUtcNow();
        var valid = trust.Own.Where(c => now <= c.Until()).ToArray();
        if (valid.Length == 0) throw new RefusedException("nodes.certificate.none-valid");
        var algorithms = node.Keys.Select(k => k.Algorithm == NodeKeys.Rsa ? "as4-1.15" : "as4-2.0-ec").Distinct(StringComparer.Ordinal);
        var file = new NodeFile(
            node.Party, node.Organization, node.States, node.Address, node.Address is null ? "pull" : "push", node.Relay,
            [.. valid.Select(c => Convert.ToBase64String(c.RawData))], [.. algorithms, "evidence", .. node.Capabilities]);
        return Jws.Sign(Type, JsonSerializer.SerializeToUtf8Bytes(file, RegistryJson.Default.NodeFile), valid);
    }

    /// <summary>Reads a description.</summary>
    /// <exception cref="RefusedException">It cannot be read, names a certificate whose key did not sign it, or one that nobody would accept.</exception>
    internal static NodeEntry Read(byte[] document, DateTimeOffset now)
    {
        var (payload, signers) = Jws.Open(document, Type);
        NodeEntry node;
        try
        {
            node = ReadNode.Of(JsonSerializer.Deserialize(payload, RegistryJson.Default.NodeFile));
        }
        catch (JsonException)
        {
            throw new RefusedException("nodes.signed.unreadable");
        }

        var signed = signers.Select(Fingerprint.Of).ToHashSet(StringComparer.Ordinal);
        if (!signed.SetEquals(node.Certificates.Select(Fingerprint.Of))) throw new RefusedException("nodes.description.unsigned", ("party", node.Party));
        foreach (var certificate in node.Certificates)
            if (CertificateFitness.Of(certificate, node.Party, now) is { } refusal && refusal.Code != "not-yet-valid") throw new RefusedException(refusal.Text);
        return node;
    }
}
