using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Palermo.Exchange.Nodes.Trust;

/// <summary>Connections to another node.</summary>
internal static class NodeLine
{
    private const int LongestHeadersInKilobytes = 32;
    private const long LargestBufferedAnswer = 4 << 20;
    private static readonly TimeSpan ConnectPatience = TimeSpan.FromSeconds(20);

    /// <summary>For 50 MB over half a megabit a second.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan Lasts = TimeSpan.FromMinutes(5);

    /// <summary>Connections that show our certificate and accept only what the registry lists for the party at the moment of each handshake.</summary>
    internal static HttpMessageHandler Open(NodeTrust trust, string party, X509Certificate2 own, Uri address) => new TellRefusal(party, new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = !address.IsLoopback,
        ConnectTimeout = ConnectPatience,
        MaxResponseHeadersLength = LongestHeadersInKilobytes,
        // A certificate revoked meanwhile is found out by the next handshake.
        PooledConnectionLifetime = Lasts,
        PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
        SslOptions = Options(trust, party, SslStreamCertificateContext.Create(own, additionalCertificates: null, offline: true)),
    });

    /// <summary>How a handshake goes: TLS 1.2 or 1.3, our certificate, exactly theirs. No system authority has a say.</summary>
    internal static SslClientAuthenticationOptions Options(NodeTrust trust, string party, SslStreamCertificateContext own) => new()
    {
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        ClientCertificateContext = own,
        CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        RemoteCertificateValidationCallback = (_, shown, _, _) => shown is X509Certificate2 certificate && trust.Check(certificate, party) is null,
    };

    /// <summary>A client on these connections.</summary>
    internal static HttpClient Client(HttpMessageHandler handler, Uri address) =>
        new(handler, disposeHandler: false) { BaseAddress = address, Timeout = Patience, MaxResponseContentBufferSize = LargestBufferedAnswer };
}
