using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Palermo.Kernel;

namespace Palermo.Exchange.Evidence.Packing;

/// <summary>Certificates in PEM files, for commands that need nothing of a node.</summary>
internal static class Certificates
{
    private const int LongestFile = 4 << 20;

    /// <summary>The certificates of a file: one or many, PEM.</summary>
    /// <exception cref="RefusedException">It holds none.</exception>
    internal static IReadOnlyList<X509Certificate2> Read(string path)
    {
        var found = new X509Certificate2Collection();
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: <= LongestFile }) found.ImportFromPem(File.ReadAllText(path));
        }
        catch (CryptographicException)
        {
            // Said below.
        }

        return found.Count > 0 ? [.. found] : throw new RefusedException("package.certificates", ("name", RefusedException.Shorten(path)));
    }

    /// <summary>Whether a certificate is one of those given, or was issued below one of them, and was valid at a time.</summary>
    internal static bool IsBelow(X509Certificate2 certificate, IReadOnlyList<X509Certificate2> given, DateTimeOffset at)
    {
        if (given.Any(g => g.RawDataMemory.Span.SequenceEqual(certificate.RawDataMemory.Span))) return certificate.NotBefore <= at.LocalDateTime && certificate.NotAfter >= at.LocalDateTime;
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(given.Where(g => g.SubjectName.RawData.AsSpan().SequenceEqual(g.IssuerName.RawData)).ToArray());
        chain.ChainPolicy.ExtraStore.AddRange(given.ToArray());
        // Works without a line: a court's expert has the certificates and nothing else.
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = at.LocalDateTime;
        return chain.ChainPolicy.CustomTrustStore.Count > 0 && chain.Build(certificate);
    }
}
