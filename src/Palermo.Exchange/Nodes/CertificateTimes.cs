using System.Security.Cryptography.X509Certificates;
using Palermo.Kernel;

namespace Palermo.Exchange.Nodes;

/// <summary>When a certificate is valid, in UTC.</summary>
internal static class CertificateTimes
{
    private static readonly TimeSpan Soon = TimeSpan.FromDays(30);

    /// <summary>The first moment.</summary>
    internal static DateTimeOffset From(this X509Certificate2 certificate) => new DateTimeOffset(certificate.NotBefore).ToUniversalTime();

    /// <summary>The last moment.</summary>
    internal static DateTimeOffset Until(this X509Certificate2 certificate) => new DateTimeOffset(certificate.NotAfter).ToUniversalTime();

    /// <summary>Whether it is valid at a time.</summary>
    internal static bool IsValid(this X509Certificate2 certificate, DateTimeOffset at) => at >= certificate.From() && at <= certificate.Until();

    /// <summary>What to do about a certificate that ends within a month; null when there is more time.</summary>
    internal static Message? EndsSoon(this X509Certificate2 certificate, DateTimeOffset now) =>
        certificate.IsValid(now) && certificate.Until() - now < Soon ? new("nodes.certificate.ends-soon", ("until", certificate.Until().Day())) : null;

    /// <summary>The day of a moment, UTC.</summary>
    internal static DateOnly Day(this DateTimeOffset moment) => DateOnly.FromDateTime(moment.UtcDateTime);
}
