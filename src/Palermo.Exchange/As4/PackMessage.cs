using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Palermo.Exchange.As4.Crypto;
using Palermo.Exchange.As4.Parts;
using Palermo.Exchange.As4.Xml;

namespace Palermo.Exchange.As4;

/// <summary>Signs, encrypts and writes a user message.</summary>
internal static class PackMessage
{
    private const string EnvelopeType = "application/soap+xml; charset=UTF-8", EnvelopeId = "envelope@palermo";

    /// <summary>Makes a message ready to be written. Parts are read once here, for their digests.</summary>
    /// <param name="header">What its header says.</param>
    /// <param name="parts">Its parts; the SOAP body stays empty.</param>
    /// <param name="us">Our certificate with its key.</param>
    /// <param name="them">The receiver's certificate.</param>
    /// <param name="profile">The algorithms.</param>
    /// <param name="cancel">When to stop.</param>
    /// <remarks>The same header and parts give the same digests, so that a receipt for one attempt acknowledges every other.</remarks>
    /// <exception cref="ArgumentException">A value cannot stand in a message, or a certificate does not fit the profile.</exception>
    internal static async Task<PackedMessage> Of(As4Header header, IReadOnlyList<OutgoingPart> parts, X509Certificate2 us, X509Certificate2 them, As4Profile profile, CancellationToken cancel)
    {
        if (us.GetKeyAlgorithm() != (profile == As4Profile.Rsa ? SignEnvelope.RsaKey : SignEnvelope.EcKey)) throw new ArgumentException("Our certificate does not fit the profile.", nameof(us));
        if (parts.Any(p => !IsId(p.Id)) || parts.DistinctBy(p => p.Id, StringComparer.Ordinal).Count() != parts.Count) throw new ArgumentException("A part's identifier is letters, digits, and . _ @ -; each stands once.", nameof(parts));
        var sent = new List<SendPart>();
        foreach (var part in parts) sent.Add(await SendPart.Of(part, cancel));
        var (key, encryption) = sent.Count == 0 ? ([], "") : ContentKey.Make(them, profile, [.. sent.Select(p => p.Id)]);
        var (envelope, digests) = SignEnvelope.Of(WriteMessaging.User(header, parts), [.. sent.Select(p => (p.Id, p.Digest))], encryption, us);
        if (sent.Count == 0) return Alone(envelope, digests) with { Id = header.MessageId };
        var boundary = "palermo-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        return new PackedMessage($"multipart/related; boundary=\"{boundary}\"; type=\"application/soap+xml\"; start=\"<{EnvelopeId}>\"", digests, async (to, stop) =>
        {
            await Line(to, $"--{boundary}\r\nContent-Type: {EnvelopeType}\r\nContent-Transfer-Encoding: 8bit\r\nContent-ID: <{EnvelopeId}>\r\n\r\n", stop);
            await to.WriteAsync(envelope, stop);
            foreach (var part in sent)
            {
                await Line(to, $"\r\n--{boundary}\r\nContent-Type: application/octet-stream\r\nContent-Transfer-Encoding: binary\r\nContent-ID: <{part.Id}>\r\n\r\n", stop);
                await part.Write(to, key, stop);
            }

            await Line(to, $"\r\n--{boundary}--\r\n", stop);
        }) { Id = header.MessageId };
    }

    /// <summary>A message that is an envelope only.</summary>
    internal static PackedMessage Alone(byte[] envelope, IReadOnlyList<SignedDigest> digests) => new(EnvelopeType, digests, (to, stop) => to.WriteAsync(envelope, stop).AsTask());

    private static Task Line(Stream to, string text, CancellationToken cancel) => to.WriteAsync(Encoding.ASCII.GetBytes(text), cancel).AsTask();

    private static bool IsId(string id) => id.Length is > 0 and <= 128 && id != EnvelopeId && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '@' or '-');
}
