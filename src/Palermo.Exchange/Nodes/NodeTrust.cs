using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Palermo.Exchange.Nodes.Identity;
using Palermo.Exchange.Nodes.Registry;
using Palermo.Exchange.Nodes.Trust;
using Palermo.Kernel;

namespace Palermo.Exchange.Nodes;

/// <summary>Who this node is and which nodes it knows: its identity, and the last good copy of the registry. What another process changes is seen at once.</summary>
/// <param name="folder">The folder of identity and registry.</param>
/// <param name="clock">The clock.</param>
internal sealed class NodeTrust(string folder, TimeProvider clock)
{
    private readonly Lock _reading = new();
    private readonly ConcurrentDictionary<string, (string Stamp, HttpMessageHandler Handler)> _lines = new(StringComparer.Ordinal);
    private (DateTime, long) _stamp;
    private (IdentityFile? File, IReadOnlyList<X509Certificate2>? Own)? _identity;

    /// <summary>Where identity and registry are kept.</summary>
    internal string Folder { get; } = folder;

    /// <summary>The clock.</summary>
    internal TimeProvider Clock { get; } = clock;

    /// <summary>What the node's key is locked with; from the environment unless set.</summary>
    internal Func<string> Unlock { get; init; } = Passphrase.FromEnvironment;

    /// <summary>The copy of the registry, and where it comes from.</summary>
    internal RegistryStore Registry { get; } = new(folder, clock);

    /// <summary>What <c>palermo node init</c> was told; null for a node without an identity.</summary>
    internal IdentityFile? Identity => Read().File;

    /// <summary>Whether this node has an identity with a certificate; without one it exchanges nothing.</summary>
    internal bool HasIdentity => Identity is { Certificates.Count: > 0 };

    /// <summary>Our party identifier.</summary>
    /// <exception cref="RefusedException">The node has no identity.</exception>
    internal string Party => Identity?.Party ?? throw new RefusedException("nodes.identity.none");

    /// <summary>Our certificates with their keys, the one to sign with first: valid, known to the registry, the newest. They stay open; nobody disposes them.</summary>
    /// <exception cref="RefusedException">The node has no identity, or its key cannot be opened.</exception>
    internal IReadOnlyList<X509Certificate2> Own
    {
        get
        {
            var now = Clock.GetUtcNow();
            var listed = HasIdentity ? Find(Party)?.Certificates.Select(Fingerprint.Of).ToHashSet(StringComparer.Ordinal) ?? [] : [];
            return [.. Opened().OrderByDescending(c => c.IsValid(now)).ThenByDescending(c => listed.Contains(Fingerprint.Of(c))).ThenByDescending(c => c.NotBefore)];
        }
    }

    /// <summary>All nodes of the last good copy of the registry.</summary>
    internal IReadOnlyList<NodeEntry> Nodes => Registry.Current.Edition?.Nodes ?? [];

    /// <summary>A node by its party identifier; null when the registry does not list it.</summary>
    internal NodeEntry? Find(string party) => Registry.Current.Edition?.ByParty.GetValueOrDefault(party);

    /// <summary>The node whose certificate it is; null when nobody's.</summary>
    internal NodeEntry? Owner(X509Certificate2 certificate) => Registry.Current.Edition?.ByCertificate.GetValueOrDefault(Fingerprint.Of(certificate));

    /// <summary>Why a certificate is not accepted for a party now; null when it is.</summary>
    /// <param name="certificate">What signed, or what TLS showed.</param>
    /// <param name="party">Whose it must be; null for any node of the registry.</param>
    internal CertificateRefusal? Check(X509Certificate2 certificate, string? party) => CheckCertificate.Of(Registry.Current.Edition, certificate, party, Clock.GetUtcNow());

    /// <summary>The certificates of a node that are accepted now, in the registry's order: what is meant for the node is encrypted to one of them, and to no other.</summary>
    /// <exception cref="RefusedException">None is; the sentence says why not the first.</exception>
    internal IReadOnlyList<X509Certificate2> Accepted(NodeEntry node)
    {
        CertificateRefusal? first = null;
        List<X509Certificate2> accepted = [];
        foreach (var certificate in node.Certificates)
        {
            if (Check(certificate, node.Party) is { } refusal) first ??= refusal;
            else accepted.Add(certificate);
        }

        return accepted.Count > 0 ? accepted : throw new RefusedException(first?.Text ?? new Message("nodes.unknown-party", ("party", node.Party)));
    }

    /// <summary>
    /// A client for another node: shows our certificate, accepts only the node's own, follows no redirect. When the node refuses our certificate, an
    /// <see cref="HttpRequestException"/> holds its sentence. Each call gives a client of its own, on connections that are shared until the registry
    /// has another edition; what is sent for longer than <see cref="HttpClient.Timeout"/> sets that first.
    /// </summary>
    /// <exception cref="RefusedException">The node has no address, none of its certificates is accepted now, or we have no identity.</exception>
    internal HttpClient ClientFor(NodeEntry node)
    {
        if (node.Address is not { } address) throw new RefusedException("nodes.no-address", ("party", node.Party));
        var own = Own is [var first, ..] ? first : throw new RefusedException("nodes.identity.none");
        _ = Accepted(node);
        // With another edition come other connections: what it revokes ends at once.
        var stamp = $"{Fingerprint.Of(own)} {address.AbsoluteUri} {(Registry.Current.Edition?.Serial ?? 0).ToString(CultureInfo.InvariantCulture)}";
        var line = _lines.AddOrUpdate(node.Party, _ => (stamp, NodeLine.Open(this, node.Party, own, address)), (_, known) => known.Stamp == stamp ? known : (stamp, NodeLine.Open(this, node.Party, own, address)));
        return NodeLine.Client(line.Handler, address);
    }

    /// <summary>What our side of a TLS connection shows.</summary>
    internal SslStreamCertificateContext ShownCertificate()
    {
        var own = Own is [var first, ..] ? first : throw new RefusedException("nodes.identity.none");
        if (_shown is { } kept && ReferenceEquals(kept.TargetCertificate, own)) return kept;
        return _shown = SslStreamCertificateContext.Create(own, additionalCertificates: null, offline: true);
    }

    private volatile SslStreamCertificateContext? _shown;

    /// <summary>Asks the registry's address for its newest copy; keeps the last good one when it is not reached or not signed by the anchor. The node that publishes it issues the next edition when it is due.</summary>
    /// <returns>Whether a newer copy was taken.</returns>
    internal async Task<bool> Refresh(CancellationToken cancel) =>
        Registry.Current.State is { Address: "" } ? PublishRegistry.IssueWhenDue(this) : await PollRegistry.Run(Registry, cancel);

    private (IdentityFile? File, IReadOnlyList<X509Certificate2>? Own) Read()
    {
        lock (_reading)
        {
            var stamp = SafeFile.Stamp(IdentityFile.PathIn(Folder));
            if (_identity is null || stamp != _stamp) (_identity, _stamp) = ((IdentityFile.Read(Folder), null), stamp);
            return _identity.Value;
        }
    }

    /// <summary>Our certificates with their keys. Opening a key takes a moment, so it is done once.</summary>
    private IReadOnlyList<X509Certificate2> Opened()
    {
        lock (_reading)
        {
            var (file, own) = Read();
            if (own is not null) return own;
            if (file is null) return [];
            var passphrase = file.Certificates.Count > 0 ? Unlock() : "";
            var keys = file.Keys.Select(k => NodeKeys.Open(Folder, k, passphrase)).ToArray();
            own = [.. TakeCertificate.Kept(Folder, file)
                .Select(c => keys.Select(k => NodeKeys.Join(c, k)).FirstOrDefault(j => j is not null) ?? throw new RefusedException("nodes.identity.broken", ("why", Fingerprint.Short(Fingerprint.Of(c)))))];
            _identity = (file, own);
            return own;
        }
    }
}
