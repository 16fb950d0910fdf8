using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Palermo.Kernel;

namespace Palermo.Exchange.As4;

/// <summary>A node named on the command line: a folder with <c>certificate.pem</c> and <c>key.pem</c>, the store of a node, or a certificate's file.</summary>
internal static class NodeFolder
{
    private const string CertificateFile = "certificate.pem", KeyFile = "key.pem", InStore = "exchange", PassphraseVariable = "PALERMO_KEY_PASSPHRASE";

    /// <summary>The node's certificate.</summary>
    /// <exception cref="RefusedException">There is none.</exception>
    internal static X509Certificate2 Certificate(string path)
    {
        var file = File.Exists(path) ? path : Path.Combine(FolderOf(path), CertificateFile);
        try
        {
            return X509CertificateLoader.LoadCertificateFromFile(file);
        }
        catch (CryptographicException)
        {
            throw new RefusedException("as4.no-certificate", ("file", file));
        }
    }

    /// <summary>The node's certificate with its key, unlocked by the environment variable <c>PALERMO_KEY_PASSPHRASE</c> where it is locked.</summary>
    /// <exception cref="RefusedException">There is none, or it cannot be unlocked.</exception>
    internal static X509Certificate2 WithKey(string path)
    {
        var folder = FolderOf(path);
        var (certificate, key) = (Path.Combine(folder, CertificateFile), Path.Combine(folder, KeyFile));
        if (!File.Exists(key)) throw new RefusedException("as4.no-node", ("folder", path));
        try
        {
            return Environment.GetEnvironmentVariable(PassphraseVariable) is { Length: > 0 } passphrase && File.ReadAllText(key).Contains("ENCRYPTED", StringComparison.Ordinal)
                ? X509Certificate2.CreateFromEncryptedPemFile(certificate, passphrase, key)
                : X509Certificate2.CreateFromPemFile(certificate, key);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw new RefusedException("as4.locked", ("folder", path), ("variable", PassphraseVariable));
        }
    }

    private static string FolderOf(string path) =>
        new[] { path, Path.Combine(path, InStore) }.FirstOrDefault(f => File.Exists(Path.Combine(f, CertificateFile))) ?? throw new RefusedException("as4.no-node", ("folder", path));
}
