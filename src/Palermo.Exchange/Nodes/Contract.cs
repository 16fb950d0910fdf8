using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http;
using Palermo.Kernel;

namespace Palermo.Exchange.Nodes;

/// <summary>How messages reach a node.</summary>
internal enum Reach
{
    /// <summary>It listens: messages are pushed to its address.</summary>
    Push,

    /// <summary>It only dials out: messages wait here, or at its relay, until it pulls them.</summary>
    Pull,
}

/// <summary>A node as the registry lists it.</summary>
/// <param name="Party">Its AS4 party identifier, for example <c>palermo:bra:central-authority</c>.</param>
/// <param name="Organization">Name of the organization.</param>
/// <param name="States">Alpha-3 codes of the states for which it receives requests; empty for a secretariat or relay.</param>
/// <param name="Address">Where it listens, <c>https://host:port/</c>; null for one that only dials out.</param>
/// <param name="Reach">How messages reach it.</param>
/// <param name="Relay">Party identifier of the relay at which its messages wait; empty for none.</param>
/// <param name="Certificates">Certificates it signs with and that TLS shows, the newest first; messages are encrypted to the first that is valid.</param>
/// <param name="Capabilities">Codes such as <c>as4-1.15</c>, <c>as4-2.0-ec</c>, <c>evidence</c>, <c>relay</c>, <c>registry</c>.</param>
internal sealed record NodeEntry(
    string Party, string Organization, IReadOnlyList<string> States, Uri? Address, Reach Reach, string Relay, IReadOnlyList<X509Certificate2> Certificates, IReadOnlyList<string> Capabilities);

/// <summary>Why a certificate is not accepted, with a sentence for both ends.</summary>
/// <param name="Code">unknown, expired, not-yet-valid, revoked, wrong-purpose, other-party or weak-key.</param>
/// <param name="Text">The sentence.</param>
internal sealed record CertificateRefusal(string Code, Message Text);

/// <summary>Who is at the other end of a request on the listener for nodes: a feature of the request, set by <see cref="Trust.NodeGate"/>.</summary>
/// <param name="Entry">The node as the registry lists it.</param>
/// <param name="Certificate">What TLS showed.</param>
internal sealed record NodeCaller(NodeEntry Entry, X509Certificate2 Certificate)
{
    /// <summary>The node that calls; null for anybody else.</summary>
    internal static NodeEntry? Of(HttpContext http) => http.Features.Get<NodeCaller>()?.Entry;
}
