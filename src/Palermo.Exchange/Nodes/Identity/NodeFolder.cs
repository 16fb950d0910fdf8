using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Palermo.Kernel;

namespace Palermo.Exchange.Nodes.Identity;

/// <summary>A node named on the command line: its folder, the store it lies in, or <c>certificate.pem</c> and <c>key.pem</c> alone.</summary>
internal static class NodeFolder
{
    /// <summary>How the options that name such a folder say what unlocks its key.</summary>
    internal const string Help = "The key's passphrase, or the PIN of its token, is taken from PALERMO_KEY_PASSPHRASE, or from the file that PALERMO_KEY_PASSPHRASE_FILE names.";

    private const string CertificateFile = "certificate.pem", KeyFile = "key.pem", InStore = "exchange";

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

    /// <summary>The node's certificates with their keys, in files or in a token, the one to sign with first.</summary>
    /// <exception cref="RefusedException">There is none, or it cannot be unlocked.</exception>
    internal static IReadOnlyList<X509Certificate2> WithKeys(string path, TimeProvider clock)
    {
        var folder = FolderOf(path);
        if (File.Exists(IdentityFile.PathIn(folder))) return new NodeTrust(folder, clock).Own is { Count: > 0 } own ? own : throw new RefusedException("as4.no-node", ("folder", path));
        var (certificate, key) = (Path.Combine(folder, CertificateFile), Path.Combine(folder, KeyFile));
        if (!File.Exists(key)) throw new RefusedException("as4.no-node", ("folder", path));
        try
        {
            return [File.ReadAllText(key).Contains("ENCRYPTED", StringComparison.Ordinal)
                ? X509Certificate2.CreateFromEncryptedPemFile(certificate, Passphrase.FromEnvironment(), key) : X509Certificate2.CreateFromPemFile(certificate, key)];
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw new RefusedException("as4.locked", ("folder", path), ("variable", Passphrase.Variable));
        }
    }

    private static string FolderOf(string path) =>
        new[] { path, Path.Combine(path, InStore) }.FirstOrDefault(f => File.Exists(Path.Combine(f, CertificateFile))) ?? throw new RefusedException("as4.no-node", ("folder", path));
}
