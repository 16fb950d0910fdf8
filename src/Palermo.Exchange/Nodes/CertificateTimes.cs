using System.Security.Cryptography.X509Certificates;

namespace Palermo.Exchange.Nodes;

/// <summary>When a certificate is valid, in UTC.</summary>
internal static class CertificateTimes
{
    /// <summary>The first moment.</summary>
    internal static DateTimeOffset From(this X509Certificate2 certificate) => new DateTimeOffset(certificate.NotBefore).ToUniversalTime();

    /// <summary>The last moment.</summary>
    internal static DateTimeOffset Until(this X509Certificate2 certificate) => new DateTimeOffset(certificate.NotAfter).ToUniversalTime();

    /// <summary>Whether it is valid at a time.</summary>
    internal static bool IsValid(this X509Certificate2 certificate, DateTimeOffset at) => at >= certificate.From() && at <= certificate.Until();

    /// <summary>The day of a moment, UTC.</summary>
    internal static DateOnly Day(this DateTimeOffset moment) => DateOnly.FromDateTime(moment.UtcDateTime);
}
