using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Palermo.Kernel;

namespace Palermo.Exchange.Nodes;

/// <summary>SHA-256 of a certificate's DER form, 64 small hexadecimal digits.</summary>
internal static class Fingerprint
{
    private const int Digits = 64;

    /// <summary>The fingerprint of a certificate.</summary>
    internal static string Of(X509Certificate2 certificate) => Convert.ToHexStringLower(certificate.GetCertHash(HashAlgorithmName.SHA256));

    /// <summary>Reads a fingerprint as programs print it: small or capital letters, with or without colons, with or without <c>sha256:</c> before it.</summary>
    /// <exception cref="RefusedException">It is none.</exception>
    internal static string Read(string? given)
    {
        var text = (given ?? "").Trim();
        if (text.StartsWith("sha256", StringComparison.OrdinalIgnoreCase) && text.IndexOfAny([':', '=']) is > 0 and var end) text = text[(end + 1)..];
        text = text.Replace(":", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);
        return text.Length == Digits && text.All(char.IsAsciiHexDigit) ? text.ToLowerInvariant() : throw new RefusedException("nodes.fingerprint", ("given", RefusedException.Shorten(given)));
    }

    /// <summary>Enough of a fingerprint for a person to tell certificates apart.</summary>
    internal static string Short(string fingerprint) => fingerprint[..16];
}
