using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Palermo.Exchange.Nodes.Identity;
using Palermo.Kernel;

namespace Palermo.Exchange.Nodes.Registry;

/// <summary>Reads one node of a description or of the registry.</summary>
internal static class ReadNode
{
    private const int MostCertificates = 8;
    private const int LargestCertificate = 16 << 10;

    /// <summary>The node.</summary>
    /// <exception cref="RefusedException">Something of it cannot be taken.</exception>
    internal static NodeEntry Of(NodeFile? node)
    {
        if (node is null) throw new RefusedException("nodes.party", ("given", ""));
        var address = NodeFields.Address(node.Address);
        var reach = (node.Reach, address) switch
        {
            ("push", not null) => Reach.Push,
            ("pull", _) => Reach.Pull,
            _ => throw new RefusedException("nodes.reach"),
        };
        return new(
            NodeFields.Party(node.Party), NodeFields.Organization(node.Organization), NodeFields.States(node.States), address is null ? null : new Uri(address), reach,
            string.IsNullOrEmpty(node.Relay) ? "" : NodeFields.Party(node.Relay), Certificates(node.Certificates), NodeFields.Capabilities(node.Capabilities));
    }

    /// <summary>The node as it is written.</summary>
    internal static NodeFile File(NodeEntry node) => new(
        node.Party, node.Organization, node.States, node.Address?.AbsoluteUri, node.Reach == Reach.Push ? "push" : "pull", node.Relay, [.. node.Certificates.Select(c => Convert.ToBase64String(c.RawData))], node.Capabilities);

    private static IReadOnlyList<X509Certificate2> Certificates(IReadOnlyList<string?>? given)
    {
        if (given is null || given.Count is 0 or > MostCertificates || given.Any(c => c is null or { Length: > LargestCertificate * 2 })) throw new RefusedException("nodes.certificate.unreadable");
        try
        {
            return [.. given.Select(c => X509CertificateLoader.LoadCertificate(Convert.FromBase64String(c!))).OrderByDescending(c => c.NotBefore)];
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            throw new RefusedException("nodes.certificate.unreadable");
        }
    }
}
