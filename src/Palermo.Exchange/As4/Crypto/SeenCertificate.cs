using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Palermo.Exchange.As4.Crypto;

/// <summary>A certificate read before. OpenSSL takes longer to read a certificate and its RSA key than to verify a signature with them, and nodes hear the same few others all the time.</summary>
internal sealed class SeenCertificate
{
    /// <summary>When more have been seen, all are forgotten: strangers may show as many as they like.</summary>
    private const int Most = 256;

    private static readonly ConcurrentDictionary<string, SeenCertificate> Seen = new(StringComparer.Ordinal);

    private readonly ConcurrentBag<RSA> _keys = [];

    private SeenCertificate(X509Certificate2 certificate) => Certificate = certificate;

    /// <summary>The certificate, shared with all who have it: it is never disposed.</summary>
    internal X509Certificate2 Certificate { get; }

    /// <summary>Reads a certificate.</summary>
    /// <exception cref="CryptographicException">It is none.</exception>
    internal static SeenCertificate Read(ReadOnlySpan<byte> der)
    {
        var hash = Convert.ToBase64String(SHA256.HashData(der));
        if (Seen.TryGetValue(hash, out var known)) return known;
        if (Seen.Count >= Most) Seen.Clear();
        return Seen.GetOrAdd(hash, new SeenCertificate(X509CertificateLoader.LoadCertificate(der)));
    }

    /// <summary>Does something with its RSA key, which nobody else uses meanwhile; null when it has another kind.</summary>
    internal T Rsa<T>(Func<RSA?, T> use)
    {
        if (!_keys.TryTake(out var key)) key = Certificate.GetRSAPublicKey();
        try
        {
            return use(key);
        }
        finally
        {
            if (key is not null) _keys.Add(key);
        }
    }
}
