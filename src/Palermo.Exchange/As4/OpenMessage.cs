using System.Security.Cryptography.X509Certificates;
using Palermo.Exchange.As4.Crypto;
using Palermo.Exchange.As4.Parts;
using Palermo.Exchange.As4.Xml;

namespace Palermo.Exchange.As4;

/// <summary>Reads a message: nothing of it is released before signature, digests and tags hold.</summary>
internal static class OpenMessage
{
    /// <summary>What compression and encryption may add to a part that cannot be compressed.</summary>
    private const int Slack = 1 << 10;

    /// <summary>Reads a message from a line or a file. Memory stays flat: parts are spooled, encrypted, to the folder given.</summary>
    /// <param name="body">The message's bytes.</param>
    /// <param name="contentType">Its Content-Type header.</param>
    /// <param name="us">Our certificates with their keys, to decrypt.</param>
    /// <param name="check">Whether a signer is accepted; throws <see cref="As4Exception"/> with the reason when not. It is asked before any part is read, and compares the whole certificate, which is not itself signed.</param>
    /// <param name="spool">Folder for parts on their way.</param>
    /// <param name="limits">What the message may be at most.</param>
    /// <param name="cancel">When to stop.</param>
    /// <exception cref="As4Exception">The message cannot be taken; nothing of it is kept.</exception>
    /// <exception cref="IOException">The spool cannot be written.</exception>
    internal static async Task<OpenedMessage> Read(Stream body, string? contentType, IReadOnlyList<X509Certificate2> us, Action<X509Certificate2, As4Kind, As4Header?> check, string spool, As4Limits limits, CancellationToken cancel)
    {
        string? claimed = null;
        try
        {
            var mime = new IncomingMime(body, contentType, limits);
            var envelope = await mime.Envelope(cancel);
            var soap = SoapEnvelope.Of(SafeXml.Load(envelope, limits.Depth));
            var header = ReadMessaging.Of(soap.Messaging);
            claimed = header.MessageId;
            if (header.Parts.Count > limits.Parts) throw Refuse.Policy("The message has more parts than this node takes.");
            if (header.Kind == As4Kind.Error && soap.Security is null)
            {
                if (await mime.Part(cancel) is not null) throw Refuse.Mime("A signal has no attachments.");
                return Opened(header, envelope, null, [], [], []);
            }

            if (header.Kind != As4Kind.Error && soap.Body.HasChildNodes && soap.Body.InnerXml.Trim().Length > 0) throw Refuse.Policy("The body of a message is empty.");
            var (signer, signed) = VerifySignature.Of(soap.Security ?? throw Refuse.Policy("The message is not signed."), soap.Messaging, soap.Body);
            var expected = Expected(header, signed);
            check(signer, header.Kind, header.User);
            var key = KeyOf(ContentKey.Read(soap.Security, us), header);
            var (parts, spools) = await Parts(mime, header, expected, key, spool, limits, cancel);
            return Opened(header, envelope, signer, signed, parts, spools);
        }
        catch (As4Exception e) when (e.Error.RefToMessageId is null && claimed is not null)
        {
            throw new As4Exception(e.Error.Code, e.Error.ShortDescription, e.Error.Text, claimed, e);
        }
    }

    /// <summary>Whether a receipt acknowledges exactly what a message signed.</summary>
    internal static bool Acknowledges(OpenedMessage receipt, string messageId, IReadOnlyList<SignedDigest> signed) =>
        receipt.Kind == As4Kind.Receipt && receipt.Signer is not null && receipt.RefToMessageId == messageId
        && receipt.Acknowledged.Count == signed.Count && receipt.Acknowledged.Select(Plain).ToHashSet().SetEquals(signed.Select(Plain));

    private static (string, string, string) Plain(SignedDigest digest) => (digest.Uri, digest.Algorithm, digest.Digest);

    /// <summary>The digests of the parts by their Content-ID: the signature covers header, body and exactly the parts announced.</summary>
    private static Dictionary<string, (AnnouncedPart Part, string Digest)> Expected(ReadHeader header, IReadOnlyList<SignedDigest> signed)
    {
        // Besides the parts there are two references, and both have been found: header and body.
        var digests = signed.Where(s => s.Uri.StartsWith("cid:", StringComparison.Ordinal)).ToDictionary(s => s.Uri, s => s.Digest, StringComparer.Ordinal);
        if (digests.Count != signed.Count - 2) throw Refuse.Policy("The signature covers something that is neither header, body nor attachment.");
        if (!digests.Keys.ToHashSet(StringComparer.Ordinal).SetEquals(header.Parts.Select(p => p.Reference))) throw Refuse.Policy("The signature does not cover exactly the parts that the header announces.");
        var expected = new Dictionary<string, (AnnouncedPart, string)>(StringComparer.Ordinal);
        foreach (var part in header.Parts)
            if (!expected.TryAdd(IdOf(part.Reference), (part, digests[part.Reference]))) throw Refuse.Inconsistent("The header announces a part twice.");
        return expected;
    }

    /// <summary>The key of the parts: every part is encrypted, and nothing else.</summary>
    private static byte[] KeyOf((byte[] Key, IReadOnlyList<string> Parts)? encrypted, ReadHeader header)
    {
        var (key, parts) = encrypted ?? ([], []);
        if (parts.Count != header.Parts.Count || !parts.ToHashSet(StringComparer.Ordinal).SetEquals(header.Parts.Select(p => p.Reference))) throw Refuse.Policy("Every part of a message is encrypted, and nothing else.");
        return key;
    }

    private static async Task<(IReadOnlyList<OpenedPart> Parts, IReadOnlyList<Spool> Spools)> Parts(
        IncomingMime mime, ReadHeader header, Dictionary<string, (AnnouncedPart Part, string Digest)> expected, byte[] key, string folder, As4Limits limits, CancellationToken cancel)
    {
        var parts = new Dictionary<string, OpenedPart>(StringComparer.Ordinal);
        var spools = new List<Spool>();
        try
        {
            while (await mime.Part(cancel) is var (id, next))
            {
                if (!expected.TryGetValue(id, out var one)) throw Refuse.Mime("The message holds a part that its header does not announce.");
                if (parts.ContainsKey(id)) throw Refuse.Mime("The message holds a part twice.");
                spools.Add(await Spool.Take(next, folder, limits.Part + (limits.Part >> 10) + Slack));
                parts.Add(id, ReceivePart.Verify(id, one.Part, one.Digest, spools[^1], key, limits.Part, cancel));
            }

            if (parts.Count != expected.Count) throw Refuse.Mime("A part that the header announces is missing.");
            return ([.. header.Parts.Select(p => parts[IdOf(p.Reference)])], spools);
        }
        catch
        {
            foreach (var spool in spools) spool.Dispose();
            throw;
        }
    }

    /// <summary>The Content-ID that a <c>cid:</c> address names (RFC 2392).</summary>
    private static string IdOf(string reference) => Uri.UnescapeDataString(reference["cid:".Length..]);

    private static OpenedMessage Opened(ReadHeader header, byte[] envelope, X509Certificate2? signer, IReadOnlyList<SignedDigest> signed, IReadOnlyList<OpenedPart> parts, IReadOnlyList<Spool> spools) => new()
    {
        Kind = header.Kind, MessageId = header.MessageId, Header = header.User, RefToMessageId = header.RefToMessageId, Acknowledged = header.Acknowledged, Errors = header.Errors, Mpc = header.Mpc ?? header.User?.Mpc,
        Signer = signer, Digests = signed, Parts = parts, Envelope = envelope,
        Clear = () => { foreach (var spool in spools) spool.Dispose(); },
    };
}
