using System.Security.Cryptography.X509Certificates;

namespace Palermo.Exchange.Nodes;

/// <summary>Who this node is and which nodes it knows: its identity, and the last good copy of the registry.</summary>
/// <param name="folder">The folder of identity and registry.</param>
/// <param name="clock">The clock.</param>
internal sealed class NodeTrust(string folder, TimeProvider clock)
{
    /// <summary>Where identity and registry are kept.</summary>
    internal string Folder { get; } = folder;

    /// <summary>The clock.</summary>
    internal TimeProvider Clock { get; } = clock;

    /// <summary>Whether this node has an identity; without one it exchanges nothing.</summary>
    internal bool HasIdentity => throw new NotSupportedException();

    /// <summary>Our party identifier.</summary>
    /// <exception cref="Palermo.Kernel.RefusedException">The node has no identity.</exception>
    internal string Party => throw new NotSupportedException();

    /// <summary>Our certificates with their keys, the one to sign with first.</summary>
    internal IReadOnlyList<X509Certificate2> Own => throw new NotSupportedException();

    /// <summary>All nodes of the last good copy of the registry.</summary>
    internal IReadOnlyList<NodeEntry> Nodes => throw new NotSupportedException();

    /// <summary>A node by its party identifier; null when the registry does not list it.</summary>
    internal NodeEntry? Find(string party) => throw new NotSupportedException();

    /// <summary>The node whose certificate it is; null when nobody's.</summary>
    internal NodeEntry? Owner(X509Certificate2 certificate) => throw new NotSupportedException();

    /// <summary>Why a certificate is not accepted for a party now; null when it is.</summary>
    /// <param name="certificate">What signed, or what TLS showed.</param>
    /// <param name="party">Whose it must be; null for any node of the registry.</param>
    internal CertificateRefusal? Check(X509Certificate2 certificate, string? party) => throw new NotSupportedException();

    /// <summary>A client for another node: shows our certificate, accepts only the node's own.</summary>
    internal HttpClient ClientFor(NodeEntry node) => throw new NotSupportedException();

    /// <summary>Asks the registry's address for its newest copy; keeps the last good one when it is not reached or not signed by the anchor.</summary>
    /// <returns>Whether a newer copy was taken.</returns>
    internal Task<bool> Refresh(CancellationToken cancel) => throw new NotSupportedException();
}
