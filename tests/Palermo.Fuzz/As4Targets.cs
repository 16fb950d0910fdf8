using System.IO.Compression;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Xml;
using Palermo.Exchange.As4;
using Palermo.Exchange.As4.Crypto;
using Palermo.Exchange.As4.Parts;
using Palermo.Exchange.As4.Xml;

namespace Palermo.Fuzz;

/// <summary>The readers of AS4 messages: whole messages, and what lies behind the signature, which a random change never gets past.</summary>
internal static class As4Targets
{
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly X509Certificate2 A = Certificate("a"), B = Certificate("b");
    private static readonly X509Certificate2 Rsa = RsaCertificate("c");
    private static readonly As4Header Header = new("1@a", Now, "a", "b", "case", "request") { Properties = [("sequence", "1")] };
    private static readonly string Spool = Path.GetTempPath();
    private static readonly As4Limits Limits = new() { Part = 1 << 20 };
    private static readonly HashSet<string> Said = new(StringComparer.Ordinal);
    private const string Boundary = "b0undary", Type = $"multipart/related; boundary={Boundary}; type=\"application/soap+xml\"";

    internal static IEnumerable<Target> All()
    {
        var parts = new[] { Part("one", "{\"a\":1}"), Part("two", new string('x', 2000)) };
        byte[][] messages = [Message(A, B, As4Profile.EllipticCurve, parts), Message(Rsa, Rsa, As4Profile.Rsa, parts)];
        byte[][] signals =
        [
            Alone(PackSignal.PullRequest("mpc", A, Now)), Alone(PackSignal.Error(new As4Error("EBMS:0004", "Other", "failure", "text", "1@a"), A, Now)),
            Alone(PackSignal.Receipt(Open(messages[0], Type)!, A, Now)),
        ];
        byte[][] envelopes = [.. messages.Select(EnvelopeOf), .. signals];
        byte[][] headers = [.. envelopes.Select(e => Encoding.UTF8.GetBytes(Between(Encoding.UTF8.GetString(e), "<eb:Messaging", "</eb:Messaging>")))];
        var words = Words();
        foreach (var message in messages.Select(m => Open(m, Type)!).Concat(signals.Select(s => Open(s, "application/soap+xml")!))) Said.Add(Says(message));
        yield return new("message", messages, words, bytes => Unchanged(Open(bytes, Type)));
        yield return new("envelope", envelopes, words, bytes => Unchanged(Open(bytes, "application/soap+xml")));
        yield return new("unverified", envelopes, words, Unverified);
        yield return new("header", headers, words, Signed);
        yield return new("types", [Encoding.UTF8.GetBytes(Type), "multipart/related; type=\"application/soap+xml\"; start=\"<a@b>\"; boundary=\"--=_x\""u8.ToArray(), "application/soap+xml; charset=UTF-8"u8.ToArray()], words, bytes => Unchanged(Open(messages[0], Encoding.UTF8.GetString(bytes))));
        yield return new("gzip", [Gzip("{\"a\":1}"), Gzip(string.Join(' ', Enumerable.Range(0, 3000))), []], words, Sealed);
    }

    /// <summary>A message that is taken says what one of the signed ones says, or nobody signed it.</summary>
    private static bool Unchanged(OpenedMessage? message)
    {
        if (message is { Signer: not null } && !Said.Contains(Says(message))) throw new InvalidOperationException("A changed message was taken: " + Says(message));
        return message is not null;
    }

    private static string Says(OpenedMessage message) => string.Join('|',
    [
        message.Kind.ToString(), message.MessageId, message.RefToMessageId, message.Mpc, message.Signer!.Subject, message.Header is { } h ? $"{h} {h.Service} {string.Join(',', h.Properties)}" : "",
        .. message.Digests.Concat(message.Acknowledged).Select(d => d.ToString()), .. message.Errors.Select(e => e.ToString()), .. message.Parts.Select(p => $"{p.Id} {p.Type} {p.Length} {Hash(p)}"),
    ]);

    private static string Hash(OpenedPart part)
    {
        using var content = part.Open();
        return Convert.ToHexString(SHA256.HashData(content));
    }

    /// <summary>A receiver compares whole certificates: one that is changed and keeps its key still verifies.</summary>
    private static void Known(X509Certificate2 signer, As4Kind kind, As4Header? header)
    {
        if (!new[] { A, B, Rsa }.Any(c => c.RawDataMemory.Span.SequenceEqual(signer.RawDataMemory.Span))) throw new As4Exception("EBMS:0101", "FailedAuthentication", "Unknown.");
    }

    private static OpenedMessage? Open(byte[] bytes, string type)
    {
        try
        {
            var message = OpenMessage.Read(new MemoryStream(bytes), type, [B, Rsa], Known, Spool, Limits, CancellationToken.None).GetAwaiter().GetResult();
            foreach (var part in message.Parts)
            {
                using var content = part.Open();
                content.CopyTo(Stream.Null);
            }

            return message;
        }
        catch (As4Exception)
        {
            return null;
        }
    }

    /// <summary>Everything that is asked of an envelope, whether its signature holds or not.</summary>
    private static bool Unverified(byte[] bytes)
    {
        try
        {
            var soap = SoapEnvelope.Of(SafeXml.Load(bytes, Limits.Depth));
            foreach (var element in new[] { soap.Messaging, soap.Body }.Concat(soap.Messaging.SelectNodes(".//*")!.OfType<XmlElement>().Take(5)))
                foreach (var prefixes in new[] { "", "#default eb wsu nowhere" })
                    if (!Canonical.Bytes(element, prefixes).AsSpan().SequenceEqual(FrameworkCanonical.Bytes(element, prefixes))) throw new InvalidOperationException("The framework's canonical form is another.");
            if (soap.Security is { } security)
            {
                Refused(() => VerifySignature.Of(security, soap.Messaging, soap.Body));
                Refused(() => ContentKey.Read(security, [B, Rsa]));
            }

            ReadMessaging.Of(soap.Messaging);
            return true;
        }
        catch (As4Exception)
        {
            return false;
        }
    }

    private static void Refused(Action read)
    {
        try
        {
            read();
        }
        catch (As4Exception)
        {
            return;
        }
    }

    /// <summary>A header that its sender signed as it is: what is read of it is the header's own fault. Its canonical form is not what is written, so it is made first.</summary>
    private static bool Signed(byte[] bytes)
    {
        var text = Encoding.UTF8.GetString(bytes);
        try
        {
            var document = SafeXml.Load(bytes, Limits.Depth);
            text = Encoding.UTF8.GetString(Canonical.Bytes(document.DocumentElement!, ""));
        }
        catch (As4Exception)
        {
            return false;
        }

        return Open(SignEnvelope.Of(text, [], "", A).Envelope, "application/soap+xml") is not null;
    }

    /// <summary>A part that its sender signed and sealed as it is.</summary>
    private static bool Sealed(byte[] content)
    {
        var key = new byte[GcmFlow.KeySize];
        var nonce = new byte[GcmFlow.NonceSize];
        using var flow = GcmFlow.Seal(key, nonce);
        var cipher = new byte[content.Length];
        flow.Next(content, cipher);
        byte[] all = [.. nonce, .. cipher, .. flow.Tag()];
        var from = new MemoryStream(all);
        try
        {
            using var spool = Palermo.Exchange.As4.Parts.Spool.Take(async buffer => await from.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false), Spool, 2 << 20).GetAwaiter().GetResult();
            var part = ReceivePart.Verify("x", new AnnouncedPart("cid:x", "text/plain", true), Convert.ToBase64String(SHA256.HashData(content)), spool, key, Limits.Part, CancellationToken.None);
            using var opened = part.Open();
            opened.CopyTo(Stream.Null);
            return true;
        }
        catch (As4Exception)
        {
            return false;
        }
    }

    private static byte[] Message(X509Certificate2 from, X509Certificate2 to, As4Profile profile, OutgoingPart[] parts)
    {
        var packed = PackMessage.Of(Header, parts, from, to, profile, CancellationToken.None).GetAwaiter().GetResult();
        var bytes = Alone(packed);
        var own = packed.ContentType.Split('"')[1];
        // One boundary for all, so that pieces of one message fit into another.
        return Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(bytes).Replace(own, Boundary, StringComparison.Ordinal));
    }

    private static byte[] Alone(PackedMessage packed)
    {
        var to = new MemoryStream();
        packed.WriteTo(to, CancellationToken.None).GetAwaiter().GetResult();
        return to.ToArray();
    }

    private static byte[] EnvelopeOf(byte[] message) => Encoding.Latin1.GetBytes(Between(Encoding.Latin1.GetString(message), "<S12:Envelope", "</S12:Envelope>"));

    private static string Between(string text, string from, string to)
    {
        var start = text.IndexOf(from, StringComparison.Ordinal);
        return text[start..(text.IndexOf(to, start, StringComparison.Ordinal) + to.Length)];
    }

    private static OutgoingPart Part(string id, string content) => new(id, "text/plain", () => new MemoryStream(Encoding.UTF8.GetBytes(content)));

    private static byte[] Gzip(string text)
    {
        var to = new MemoryStream();
        using (var gzip = new GZipStream(to, CompressionMode.Compress, leaveOpen: true)) gzip.Write(Encoding.UTF8.GetBytes(text));
        return to.ToArray();
    }

    private static byte[][] Words() =>
    [
        .. new[]
        {
            "<", ">", "/>", "</", "\"", "'", "&", "&amp;", "&#0;", "&#x10FFFF;", "&lt;", "<!--", "-->", "<![CDATA[", "]]>", "<?x", "?>", "<!DOCTYPE x [<!ENTITY a \"b\">]>", " xmlns=\"\"", " xmlns:eb=\"\"", " xmlns:x=\"urn:x\"",
            " xml:space=\"preserve\"", " xml:lang=\"en\"", " wsu:Id=\"body\"", " Id=\"x\"", "#body", "#messaging", "cid:", "cid:one", "%", "%00", "%C3%28", "ds:Reference", "xenc:EncryptedData", "eb:Messaging", "S12:Body", "\r\n", "\n", "\r", "\0", "\uFEFF", "\uD7FF", "é",
            "--" + Boundary, "--" + Boundary + "--", "\r\n--" + Boundary + "\r\n", "Content-ID: <one>\r\n", "Content-Transfer-Encoding: base64\r\n", ": ", "\r\n\r\n", "-1", "0", "99999999999999999999", "2026-06-01T12:00:00Z", "9999-12-31T23:59:59.9999999+14:00", "0001-01-01T00:00:00+14:00", "AAAA", "====", "*=utf-8''x", ";", "boundary=", "start=",
            "<ec:InclusiveNamespaces xmlns:ec=\"http://www.w3.org/2001/10/xml-exc-c14n#\" PrefixList=\"#default eb x\"/>",
        }.Select(Encoding.UTF8.GetBytes), [0xFF, 0xFE], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0x1F, 0x8B, 8, 0], [0, 0, 0, 0xFF, 0xFF],
    ];

    private static X509Certificate2 Certificate(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new CertificateRequest("CN=" + name, key, HashAlgorithmName.SHA256).CreateSelfSigned(Now.AddYears(-1), Now.AddYears(10));
    }

    private static X509Certificate2 RsaCertificate(string name)
    {
        using var key = RSA.Create(2048);
        return new CertificateRequest("CN=" + name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(Now.AddYears(-1), Now.AddYears(10));
    }
}
