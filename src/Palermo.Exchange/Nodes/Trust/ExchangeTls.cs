using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.AspNetCore.Hosting;
using Palermo.Kernel;

namespace Palermo.Exchange.Nodes.Trust;

/// <summary>Marks connections of the listener for nodes: a feature of each.</summary>
internal sealed class NodeListener
{
    internal static readonly NodeListener Mark = new();
}

/// <summary>The listener for other nodes: TLS with our certificate, theirs asked for, judged by the registry request by request.</summary>
internal static class ExchangeTls
{
    private static readonly TimeSpan HandshakePatience = TimeSpan.FromSeconds(15);

    /// <summary>The addresses of the listener for nodes, each with its port.</summary>
    /// <param name="urls">Addresses beginning with https, joined by semicolons; port 0 is replaced by a free one.</param>
    /// <exception cref="RefusedException">One is none.</exception>
    internal static IReadOnlyList<string> Addresses(string urls) => [.. urls.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Address)];

    /// <summary>Has Kestrel serve nodes, and nobody else, on these addresses; it must be told to listen on them as on the others.</summary>
    /// <param name="kestrel">The server's options.</param>
    /// <param name="trust">Who we are and whom we know.</param>
    /// <param name="addresses">What <see cref="Addresses"/> gave.</param>
    internal static void Configure(KestrelServerOptions kestrel, NodeTrust trust, IReadOnlyList<string> addresses)
    {
        var ours = addresses.Select(BindingAddress.Parse).ToArray();
        if (ours.Length > 0)
            kestrel.ConfigureEndpointDefaults(listen =>
            {
                if (listen.EndPoint is IPEndPoint place && ours.Any(a => Is(a, place))) Use(listen, trust);
            });
    }

    /// <summary>Whether a listener is the one of an address; a host that is no number stands for every interface, as in the server itself.</summary>
    private static bool Is(BindingAddress address, IPEndPoint place) =>
        address.Port == place.Port && (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) ? ip.Equals(place.Address) : address.Host != "localhost" || IPAddress.IsLoopback(place.Address));

    /// <summary>Makes a listener one for nodes.</summary>
    internal static void Use(ListenOptions listen, NodeTrust trust)
    {
        listen.Protocols = HttpProtocols.Http1;
        listen.Use(next => connection =>
        {
            connection.Features.Set(NodeListener.Mark);
            return next(connection);
        });
        listen.UseHttps(new TlsHandshakeCallbackOptions
        {
            HandshakeTimeout = HandshakePatience,
            OnConnection = _ => ValueTask.FromResult(new SslServerAuthenticationOptions
            {
                EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                ServerCertificateContext = trust.ShownCertificate(),
                ClientCertificateRequired = true,
                CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
                // Whoever shows none or a wrong one is told so in a sentence, which a broken handshake would not hold.
                RemoteCertificateValidationCallback = (_, shown, _, _) => shown is null or X509Certificate2,
            }),
        });
    }

    private static string Address(string given)
    {
        try
        {
            var address = BindingAddress.Parse(given);
            if (address.Scheme != "https" || address.PathBase.Length > 0 || address.IsUnixPipe) throw new FormatException("https://host:port");
            return $"https://{address.Host}:{(address.Port > 0 ? address.Port : FreePort()).ToString(CultureInfo.InvariantCulture)}";
        }
        catch (FormatException e)
        {
            throw new RefusedException("refused.urls", ("given", RefusedException.Shorten(given)), ("why", e.Message));
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
