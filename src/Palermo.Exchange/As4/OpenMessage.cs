using System.Security.Cryptography.X509Certificates;

namespace Palermo.Exchange.As4;

/// <summary>Reads a message: nothing of it is released before signature, digests and tags hold.</summary>
internal static class OpenMessage
{
    /// <summary>Reads a message from a line or a file. Memory stays flat: parts are spooled, encrypted, to the folder given.</summary>
    /// <param name="body">The message's bytes.</param>
    /// <param name="contentType">Its Content-Type header.</param>
    /// <param name="us">Our certificates with their keys, to decrypt.</param>
    /// <param name="check">Whether a signer is accepted; throws <see cref="As4Exception"/> with the reason when not.</param>
    /// <param name="spool">Folder for parts on their way.</param>
    /// <param name="limits">What the message may be at most.</param>
    /// <param name="cancel">When to stop.</param>
    /// <exception cref="As4Exception">The message cannot be taken; nothing of it is kept.</exception>
    internal static Task<OpenedMessage> Read(Stream body, string? contentType, IReadOnlyList<X509Certificate2> us, Action<X509Certificate2, As4Kind, As4Header?> check, string spool, As4Limits limits, CancellationToken cancel) =>
        throw new NotSupportedException();

    /// <summary>Whether a receipt acknowledges exactly what a message signed.</summary>
    internal static bool Acknowledges(OpenedMessage receipt, string messageId, IReadOnlyList<SignedDigest> signed) => throw new NotSupportedException();
}
