using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Palermo.Exchange.Nodes.Trust;
using Palermo.Kernel;

namespace Palermo.Exchange.Nodes.Identity;

/// <summary>Takes in the certificate that was issued for one of the node's keys.</summary>
internal static class TakeCertificate
{
    private const int Largest = 256 << 10;
    private const int MostInFile = 10;

    /// <summary>Takes the certificate of a file.</summary>
    /// <param name="folder">Folder of the identity.</param>
    /// <param name="file">The file: PEM, with its chain or without, or DER.</param>
    /// <param name="passphrase">What the keys are locked with.</param>
    /// <param name="now">Now.</param>
    /// <exception cref="RefusedException">The node has no identity, the certificate is for none of its keys, or nobody would accept it.</exception>
    internal static IdentityFile Run(string folder, string file, string passphrase, DateTimeOffset now)
    {
        var node = IdentityFile.Read(folder) ?? throw new RefusedException("nodes.identity.none");
        var keys = node.Keys.Select(k => NodeKeys.Open(folder, k, passphrase)).ToArray();
        try
        {
            using var certificate = Read(file, keys, now);
            return Keep(folder, node, certificate);
        }
        finally
        {
            foreach (var key in keys) key.Dispose();
        }
    }

    /// <summary>The certificate of a file that belongs to one of the keys.</summary>
    /// <exception cref="RefusedException">There is none, or nobody would accept it.</exception>
    internal static X509Certificate2 Read(string file, IReadOnlyList<AsymmetricAlgorithm> keys, DateTimeOffset now)
    {
        var publicKeys = keys.Select(k => Convert.ToHexString(k.ExportSubjectPublicKeyInfo())).ToHashSet(StringComparer.Ordinal);
        var found = All(SafeFile.ReadGiven(file, Largest)).FirstOrDefault(c => publicKeys.Contains(Convert.ToHexString(c.PublicKey.ExportSubjectPublicKeyInfo())))
            ?? throw new RefusedException("nodes.certificate.not-ours", ("file", RefusedException.Shorten(Path.GetFileName(file))));
        return CertificateFitness.Of(found, "", now) is { } refusal && refusal.Code != "not-yet-valid" ? throw new RefusedException(refusal.Text) : found;
    }

    /// <summary>Writes a certificate beside the others and names it in the identity.</summary>
    internal static IdentityFile Keep(string folder, IdentityFile node, X509Certificate2 certificate)
    {
        var pem = Encoding.ASCII.GetBytes(certificate.ExportCertificatePem() + "\n");
        if (node.Certificates.Any(c => SafeFile.Read(Path.Combine(folder, Path.GetFileName(c)), Largest) is { } there && there.AsSpan().SequenceEqual(pem))) return node;
        var name = $"certificate{InitNode.Suffix(folder, "certificate", node.Certificates.Count)}.pem";
        SafeFile.Write(Path.Combine(folder, name), pem);
        node = node with { Certificates = [.. node.Certificates, name] };
        node.Write(folder);
        return node;
    }

    /// <summary>The node's certificates, without their keys.</summary>
    /// <exception cref="RefusedException">One is missing or broken.</exception>
    internal static IEnumerable<X509Certificate2> Kept(string folder, IdentityFile node) =>
        node.Certificates.Select(c => All(SafeFile.ReadGiven(Path.Combine(folder, Path.GetFileName(c)), Largest))[0]);

    /// <summary>The certificates of a file, PEM or DER.</summary>
    /// <exception cref="RefusedException">It holds none.</exception>
    internal static IReadOnlyList<X509Certificate2> All(byte[] content)
    {
        try
        {
            if (content.AsSpan().IndexOf("-----BEGIN"u8) < 0) return [X509CertificateLoader.LoadCertificate(content)];
            var all = new X509Certificate2Collection();
            all.ImportFromPem(Encoding.ASCII.GetString(content));
            if (all.Count is > 0 and <= MostInFile) return [.. all];
        }
        catch (CryptographicException)
        {
            // Said below.
        }

        throw new RefusedException("nodes.certificate.unreadable");
    }
}
