using System.Security.Cryptography.X509Certificates;

namespace Palermo.Exchange.As4;

/// <summary>What the ebMS3 header of a user message says.</summary>
/// <param name="MessageId">Identifier, <c>guid@party</c>; the same for every attempt.</param>
/// <param name="At">When it was made.</param>
/// <param name="From">Party identifier of the sender.</param>
/// <param name="To">Party identifier of the receiver.</param>
/// <param name="ConversationId">The request it belongs to.</param>
/// <param name="Action">What it asks the receiver to do: the payload's act.</param>
internal sealed record As4Header(string MessageId, DateTimeOffset At, string From, string To, string ConversationId, string Action)
{
    /// <summary>The service of all Palermo messages.</summary>
    internal const string PalermoService = "https://palermo.example/services/cooperation";

    /// <summary>The service.</summary>
    internal string Service { get; init; } = PalermoService;

    /// <summary>Message this one answers; null for none.</summary>
    internal string? RefToMessageId { get; init; }

    /// <summary>Message partition channel; null for the default one.</summary>
    internal string? Mpc { get; init; }

    /// <summary>Message properties.</summary>
    internal IReadOnlyList<(string Name, string Value)> Properties { get; init; } = [];
}

/// <summary>A part to be sent. It is opened more than once: for its digest, then to be encrypted.</summary>
/// <param name="Id">Content-ID without brackets.</param>
/// <param name="Type">Media type.</param>
/// <param name="Open">Opens its bytes from the beginning.</param>
internal sealed record OutgoingPart(string Id, string Type, Func<Stream> Open)
{
    /// <summary>Whether it is compressed with gzip.</summary>
    internal bool Compress { get; init; } = true;
}

/// <summary>The algorithms of a message.</summary>
internal enum As4Profile
{
    /// <summary>eDelivery AS4 1.15: RSA-SHA256, RSA-OAEP (SHA-256, MGF1-SHA256), AES-128-GCM.</summary>
    Rsa,

    /// <summary>eDelivery AS4 2.0, alternative with secp256r1: ECDSA-SHA256, ECDH-ES with ConcatKDF, AES-128 key wrap, AES-128-GCM.</summary>
    EllipticCurve,
}

/// <summary>What was signed, as signature and receipt name it.</summary>
/// <param name="Uri">The reference: <c>#id</c> or <c>cid:id</c>.</param>
/// <param name="Algorithm">Digest algorithm.</param>
/// <param name="Digest">The digest, Base64.</param>
internal sealed record SignedDigest(string Uri, string Algorithm, string Digest)
{
    /// <summary>Prefixes that the canonical form of the element treats inclusively, as other implementations list them; empty for none.</summary>
    internal string Prefixes { get; init; } = "";
}

/// <summary>A message ready to be written to a line or a file.</summary>
/// <param name="ContentType">Value of the Content-Type header: multipart/related with its boundary, or application/soap+xml.</param>
/// <param name="Digests">What its signature covers; a receipt must name the same.</param>
/// <param name="WriteTo">Writes it, holding no more than a few chunks in memory; may be called again for another attempt.</param>
internal sealed record PackedMessage(string ContentType, IReadOnlyList<SignedDigest> Digests, Func<Stream, CancellationToken, Task> WriteTo)
{
    /// <summary>Names it outside of it, the same for every attempt: a message by its identifier, a receipt or an error by what it answers; null when it has no name.</summary>
    internal string? Id { get; init; }

    /// <summary>Name of what answers a message.</summary>
    internal static string? Answering(string? messageId) => messageId is null ? null : "re:" + messageId;
}

/// <summary>What kind of message came.</summary>
internal enum As4Kind
{
    /// <summary>A message with parts.</summary>
    UserMessage,

    /// <summary>A non-repudiation receipt.</summary>
    Receipt,

    /// <summary>Errors.</summary>
    Error,

    /// <summary>Somebody asks for what waits for them.</summary>
    PullRequest,
}

/// <summary>A part that came: decrypted, unpacked and verified before anything can be read of it.</summary>
/// <param name="Id">Content-ID without brackets.</param>
/// <param name="Type">Media type before compression.</param>
/// <param name="Length">Bytes after unpacking.</param>
/// <param name="Open">Opens its verified bytes from the beginning.</param>
internal sealed record OpenedPart(string Id, string Type, long Length, Func<Stream> Open);

/// <summary>An error of ebMS3 or AS4.</summary>
/// <param name="Code">For example <c>EBMS:0101</c>.</param>
/// <param name="ShortDescription">For example <c>FailedAuthentication</c>.</param>
/// <param name="Severity">failure or warning.</param>
/// <param name="Text">A sentence.</param>
/// <param name="RefToMessageId">The message in error; null when not known.</param>
internal sealed record As4Error(string Code, string ShortDescription, string Severity, string Text, string? RefToMessageId);

/// <summary>A message that came and whose signature holds. Dispose it to clear away what was spooled.</summary>
internal sealed class OpenedMessage : IDisposable
{
    /// <summary>What kind it is.</summary>
    internal required As4Kind Kind { get; init; }

    /// <summary>Identifier of the user message, or of the signal.</summary>
    internal required string MessageId { get; init; }

    /// <summary>Header of a user message; null for a signal.</summary>
    internal As4Header? Header { get; init; }

    /// <summary>The signer; null for an error nobody signed. It is shared with other messages: nobody disposes it.</summary>
    internal X509Certificate2? Signer { get; init; }

    /// <summary>What the signature covers.</summary>
    internal IReadOnlyList<SignedDigest> Digests { get; init; } = [];

    /// <summary>Parts of a user message.</summary>
    internal IReadOnlyList<OpenedPart> Parts { get; init; } = [];

    /// <summary>The message a signal answers.</summary>
    internal string? RefToMessageId { get; init; }

    /// <summary>Of a receipt: what the receiver says was signed.</summary>
    internal IReadOnlyList<SignedDigest> Acknowledged { get; init; } = [];

    /// <summary>Of an error signal.</summary>
    internal IReadOnlyList<As4Error> Errors { get; init; } = [];

    /// <summary>Of a pull request: the channel asked.</summary>
    internal string? Mpc { get; init; }

    /// <summary>The SOAP envelope as it came, to be kept as proof.</summary>
    internal required byte[] Envelope { get; init; }

    /// <summary>Clears away what was spooled.</summary>
    internal Action? Clear { get; init; }

    /// <inheritdoc/>
    public void Dispose() => Clear?.Invoke();
}

/// <summary>What a message may be at most. Everything a stranger sends is bounded.</summary>
internal sealed record As4Limits
{
    /// <summary>Bytes of the SOAP envelope.</summary>
    internal int Envelope { get; init; } = 1 << 20;

    /// <summary>Bytes of one part, packed or unpacked.</summary>
    internal long Part { get; init; } = 50L << 20;

    /// <summary>Parts.</summary>
    internal int Parts { get; init; } = 20;

    /// <summary>Depth of the XML.</summary>
    internal int Depth { get; init; } = 40;
}

/// <summary>A message that cannot be taken, with the error that answers it.</summary>
internal sealed class As4Exception(string code, string shortDescription, string text, string? refToMessageId = null, Exception? inner = null) : Exception(text, inner)
{
    /// <summary>The error to answer with.</summary>
    internal As4Error Error { get; } = new(code, shortDescription, "failure", text, refToMessageId);
}
