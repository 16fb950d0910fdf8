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

    private SeenCertificate(X509Certificate2 certificate)
    {
        Certificate = certificate;
        Rsa = new(certificate.GetRSAPublicKey);
        Ecdsa = new(() => OnCurve(certificate.GetECDsaPublicKey()));
        Agreement = new(() => Secp256r1.Public(certificate));
    }

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

    /// <summary>Its RSA key; none when it has another kind.</summary>
    internal LentKey<RSA> Rsa { get; }

    /// <summary>Its key on secp256r1 for signatures; none when it has another kind or is on another curve.</summary>
    internal LentKey<ECDsa> Ecdsa { get; }

    /// <summary>Its key on secp256r1 to agree with; none when it has another kind or is on another curve.</summary>
    internal LentKey<Secp256r1.Key> Agreement { get; }

    private static ECDsa? OnCurve(ECDsa? key)
    {
        if (key is null || Secp256r1.Has(key)) return key;
        key.Dispose();
        return null;
    }
}

/// <summary>A public key that is read once and lent to one at a time, as OpenSSL's objects are not for many at once.</summary>
/// <param name="read">Reads it; null when there is none.</param>
internal sealed class LentKey<TKey>(Func<TKey?> read) where TKey : class
{
    private readonly ConcurrentBag<TKey> _idle = [];

    /// <summary>Does something with the key, which nobody else uses meanwhile; null for none.</summary>
    internal T Use<T>(Func<TKey?, T> use)
    {
        if (!_idle.TryTake(out var key)) key = read();
        try
        {
            return use(key);
        }
        finally
        {
            if (key is not null) _idle.Add(key);
        }
    }
}
