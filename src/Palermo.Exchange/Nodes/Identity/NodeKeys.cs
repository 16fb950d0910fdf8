using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Palermo.Kernel;

namespace Palermo.Exchange.Nodes.Identity;

/// <summary>The node's private keys: RSA or secp256r1, in encrypted files or in a token.</summary>
internal static class NodeKeys
{
    /// <summary>Code of RSA keys.</summary>
    internal const string Rsa = "rsa";

    /// <summary>Code of keys on secp256r1.</summary>
    internal const string EllipticCurve = "ec";

    /// <summary>Object identifier of secp256r1.</summary>
    internal const string Secp256r1 = "1.2.840.10045.3.1.7";

    private const int RsaBits = 3072;
    private const int Iterations = 210_000;
    private const int LargestFile = 64 << 10;

    /// <summary>A new key.</summary>
    /// <exception cref="RefusedException">The algorithm is neither rsa nor ec.</exception>
    internal static AsymmetricAlgorithm Make(string algorithm) => algorithm switch
    {
        Rsa => RSA.Create(RsaBits),
        EllipticCurve => ECDsa.Create(ECCurve.NamedCurves.nistP256),
        _ => throw new RefusedException("nodes.algorithm", ("given", RefusedException.Shorten(algorithm))),
    };

    /// <summary>Code of a key's algorithm.</summary>
    internal static string AlgorithmOf(AsymmetricAlgorithm key) => key is RSA ? Rsa : EllipticCurve;

    /// <summary>Writes a key, encrypted with the passphrase (PBES2: PBKDF2 with HMAC-SHA256, AES-256-CBC).</summary>
    internal static void Write(string path, AsymmetricAlgorithm key, string passphrase) =>
        SafeFile.Write(path, Encoding.ASCII.GetBytes(key.ExportEncryptedPkcs8PrivateKeyPem(passphrase, new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, Iterations)) + "\n"));

    /// <summary>Opens a key of this node.</summary>
    /// <exception cref="RefusedException">Its file is missing or broken, or the passphrase is not its own.</exception>
    internal static AsymmetricAlgorithm Open(string folder, KeyFile key, string passphrase)
    {
        if (key.Pkcs11 is { } uri) return TokenKey.Open(uri, key.Algorithm, passphrase);
        var name = key.File ?? "";
        var content = SafeFile.Read(Path.Combine(folder, Path.GetFileName(name)), LargestFile) ?? throw new RefusedException("nodes.file.missing", ("file", name));
        return Import(Encoding.UTF8.GetString(content), passphrase, name, key.Algorithm);
    }

    /// <summary>Reads a key made elsewhere: PKCS#8, PKCS#1 or SEC 1 in PEM, encrypted with the same passphrase or not at all.</summary>
    /// <exception cref="RefusedException">It is none, or the passphrase is not its own.</exception>
    internal static AsymmetricAlgorithm ReadGiven(string path, string passphrase) =>
        Import(Encoding.UTF8.GetString(SafeFile.ReadGiven(path, LargestFile)), passphrase, path, null);

    private static AsymmetricAlgorithm Import(string pem, string passphrase, string name, string? algorithm)
    {
        foreach (var tried in algorithm is null ? [Rsa, EllipticCurve] : new[] { algorithm })
        {
            AsymmetricAlgorithm key = tried == Rsa ? RSA.Create() : ECDsa.Create();
            try
            {
                if (pem.Contains("ENCRYPTED", StringComparison.Ordinal)) key.ImportFromEncryptedPem(pem, passphrase);
                else key.ImportFromPem(pem);
                return key;
            }
            catch (Exception e) when (e is CryptographicException or ArgumentException)
            {
                key.Dispose();
            }
        }

        throw new RefusedException("nodes.key-locked", ("file", RefusedException.Shorten(Path.GetFileName(name))));
    }

    /// <summary>A certificate together with its key; null when the key is another's.</summary>
    internal static X509Certificate2? Join(X509Certificate2 certificate, AsymmetricAlgorithm key)
    {
        if (!certificate.PublicKey.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(key.ExportSubjectPublicKeyInfo())) return null;
        return key is RSA rsa ? certificate.CopyWithPrivateKey(rsa) : certificate.CopyWithPrivateKey((ECDsa)key);
    }
}
