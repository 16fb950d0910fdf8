using System.Security.Cryptography.X509Certificates;

namespace Palermo.Exchange.As4;

/// <summary>Signs, encrypts and writes a user message.</summary>
internal static class PackMessage
{
    /// <summary>Makes a message ready to be written. Parts are read once here, for their digests.</summary>
    /// <param name="header">What its header says.</param>
    /// <param name="parts">Its parts; the SOAP body stays empty.</param>
    /// <param name="us">Our certificate with its key.</param>
    /// <param name="them">The receiver's certificate.</param>
    /// <param name="profile">The algorithms.</param>
    /// <param name="cancel">When to stop.</param>
    internal static Task<PackedMessage> Of(As4Header header, IReadOnlyList<OutgoingPart> parts, X509Certificate2 us, X509Certificate2 them, As4Profile profile, CancellationToken cancel) =>
        throw new NotSupportedException();
}

/// <summary>Signs and writes signals: receipts, errors, pull requests.</summary>
internal static class PackSignal
{
    /// <summary>The non-repudiation receipt of a message whose signature held.</summary>
    internal static PackedMessage Receipt(OpenedMessage received, X509Certificate2 us, DateTimeOffset now) => throw new NotSupportedException();

    /// <summary>A signed error.</summary>
    internal static PackedMessage Error(As4Error error, X509Certificate2 us, DateTimeOffset now) => throw new NotSupportedException();

    /// <summary>Asks for what waits on a channel.</summary>
    internal static PackedMessage PullRequest(string mpc, X509Certificate2 us, DateTimeOffset now) => throw new NotSupportedException();
}
