using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Xml;
using Palermo.Exchange.As4.Xml;

namespace Palermo.Exchange.As4.Crypto;

/// <summary>Which of our certificates a sender encrypted for. A wrong answer only makes decryption fail.</summary>
internal static class KeyOwner
{
    private const int LargestCertificate = 16 << 10;

    /// <summary>The certificate that a token reference, an <c>X509Data</c> or an element around either names.</summary>
    /// <exception cref="As4Exception">It names none of ours.</exception>
    internal static X509Certificate2 Find(XmlElement named, XmlElement security, IReadOnlyList<X509Certificate2> us) =>
        us.FirstOrDefault(Matches(named, security)) ?? throw Refuse.Decryption("The message is encrypted for another certificate than ours.");

    private static Func<X509Certificate2, bool> Matches(XmlElement named, XmlElement security)
    {
        if (named.Maybe(Ns.Ds, "X509Data") is { } data) return Matches(data, security);
        if (named.Maybe(Ns.Wsse, "SecurityTokenReference") is { } token) return Matches(token, security);
        if (named.Maybe(Ns.Wsse, "Reference") is { } reference)
        {
            var bytes = VerifySignature.Token(security, reference).Bytes(LargestCertificate);
            return c => c.RawDataMemory.Span.SequenceEqual(bytes);
        }

        if (named.Maybe(Ns.Ds, "X509Certificate") is { } whole)
        {
            var bytes = whole.Bytes(LargestCertificate);
            return c => c.RawDataMemory.Span.SequenceEqual(bytes);
        }

        // The issuer's name can be written in many ways; among our own few certificates the number is enough.
        if (named.Maybe(Ns.Ds, "X509IssuerSerial")?.One(Ns.Ds, "X509SerialNumber").Value(80) is { } text)
            return BigInteger.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? c => new BigInteger(c.SerialNumberBytes.Span, isUnsigned: true, isBigEndian: true) == number : _ => false;
        if (named.Maybe(Ns.Ds, "X509SKI") is { } ski) return BySubjectKey(ski.Bytes(64));
        if (named.Maybe(Ns.Wsse, "KeyIdentifier") is not { } identifier) return _ => false;
        return identifier.GetAttribute("ValueType") switch
        {
            Known.SubjectKeyIdentifier => BySubjectKey(identifier.Bytes(64)),
            Known.ThumbprintSha1 => ByThumbprint(identifier.Bytes(20)),
            _ => _ => false,
        };
    }

    private static Func<X509Certificate2, bool> BySubjectKey(byte[] bytes) =>
        c => c.Extensions.OfType<X509SubjectKeyIdentifierExtension>().Any(e => e.SubjectKeyIdentifierBytes.Span.SequenceEqual(bytes));

    // SHA-1 only names a certificate of ours here; nothing rests on it.
    private static Func<X509Certificate2, bool> ByThumbprint(byte[] bytes) => c => c.GetCertHash(HashAlgorithmName.SHA1).AsSpan().SequenceEqual(bytes);
}
