using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Palermo.Exchange.Nodes.Trust;
using Palermo.Kernel;

namespace Palermo.Exchange.Nodes.Doctor;

/// <summary>Looks at the way to a node's address: name, connection, TLS, both certificates.</summary>
internal sealed class LineExamination(NodeTrust trust) : IDisposable
{
    private static readonly string[] Codes = ["name", "connection", "tls", "their-certificate", "our-certificate"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private IPAddress[] _addresses = [];
    private TcpClient? _line;
    private X509Certificate2? _shown;

    /// <summary>Looks, until something fails; what follows is not tried.</summary>
    /// <param name="node">The node; null when there is none to connect to.</param>
    /// <param name="identity">Whether we have an identity to show.</param>
    /// <param name="cancel">When to stop.</param>
    internal async IAsyncEnumerable<DoctorCheck> Run(NodeEntry? node, bool identity, [EnumeratorCancellation] CancellationToken cancel)
    {
        var failed = node?.Address is null;
        foreach (var code in Codes)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            limit.CancelAfter(Patience);
            var check = failed || (code is "tls" or "our-certificate" && !identity) ? DoctorCheck.Skipped(code) : code switch
            {
                "name" => await Name(node!.Address!, limit.Token),
                "connection" => await Connect(node!.Address!, limit.Token),
                "tls" => await Handshake(node!.Address!, limit.Token),
                "their-certificate" => Theirs(node!),
                _ => await Ours(node!, limit.Token),
            };
            failed |= check.State != DoctorCheck.Ok;
            yield return check;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _line?.Dispose();

    private async Task<DoctorCheck> Name(Uri address, CancellationToken cancel)
    {
        try
        {
            _addresses = IPAddress.TryParse(address.IdnHost.Trim('[', ']'), out var ip) ? [ip] : await Dns.GetHostAddressesAsync(address.IdnHost, cancel);
            return DoctorCheck.Good("name", "doctor.name.ok", ("host", address.IdnHost), ("addresses", string.Join(' ', _addresses.Take(4).Select(a => a.ToString()))));
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            return new("name", DoctorCheck.Failed, new("doctor.name.failed", ("host", address.IdnHost), ("why", RefusedException.Shorten(e.Message))), new("doctor.name.advice"));
        }
    }

    private async Task<DoctorCheck> Connect(Uri address, CancellationToken cancel)
    {
        var (host, port) = (address.IdnHost, address.Port.ToString(CultureInfo.InvariantCulture));
        try
        {
            _line = new TcpClient();
            await _line.ConnectAsync(_addresses, address.Port, cancel);
            return DoctorCheck.Good("connection", "doctor.connection.ok", ("host", host), ("port", port));
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            return new("connection", DoctorCheck.Failed, new("doctor.connection.failed", ("host", host), ("port", port), ("why", RefusedException.Shorten(e.Message))), new("doctor.connection.advice", ("port", port)));
        }
    }

    private async Task<DoctorCheck> Handshake(Uri address, CancellationToken cancel)
    {
        try
        {
            await using var tls = new SslStream(_line!.GetStream());
            await tls.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = address.IdnHost, EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13, ClientCertificateContext = trust.ShownCertificate(), CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
                    // Looked at in the next check, so that it can be said what is wrong with it.
                    RemoteCertificateValidationCallback = (_, shown, _, _) => shown is not null,
                },
                cancel);
            _shown = tls.RemoteCertificate is null ? null : X509CertificateLoader.LoadCertificate(tls.RemoteCertificate.GetRawCertData());
            return DoctorCheck.Good("tls", "doctor.tls.ok", ("protocol", tls.SslProtocol == SslProtocols.Tls13 ? "TLS 1.3" : "TLS 1.2"), ("cipher", tls.NegotiatedCipherSuite.ToString()));
        }
        catch (Exception e) when (e is AuthenticationException or IOException or SocketException or OperationCanceledException)
        {
            return new("tls", DoctorCheck.Failed, new("doctor.tls.failed", ("why", RefusedException.Shorten((e.InnerException ?? e).Message))), new("doctor.tls.advice"));
        }
    }

    private DoctorCheck Theirs(NodeEntry node)
    {
        if (_shown is null) return new("their-certificate", DoctorCheck.Failed, new("nodes.certificate.none-shown"), new("doctor.theirs.advice", ("organization", node.Organization)));
        return trust.Check(_shown, node.Party) is { } refusal
            ? new("their-certificate", DoctorCheck.Failed, refusal.Text, new("doctor.theirs.advice", ("organization", node.Organization)))
            : DoctorCheck.Good("their-certificate", "doctor.theirs.ok", ("party", node.Party), ("fingerprint", Fingerprint.Short(Fingerprint.Of(_shown))), ("until", _shown.Until().Day()));
    }

    private async Task<DoctorCheck> Ours(NodeEntry node, CancellationToken cancel)
    {
        DoctorCheck Failed(Message text) => new("our-certificate", DoctorCheck.Failed, text, new("doctor.ours.advice", ("organization", node.Organization)));
        try
        {
            var hello = await Hello(trust, node, cancel);
            return hello.Caller switch
            {
                null => Failed(new("doctor.ours.none", ("party", node.Party))),
                { Refusal: not null } caller => Failed(new("doctor.ours.refused", ("party", node.Party), ("why", RefusedException.Shorten(caller.Refusal)), ("serial", hello.Registry), ("have", trust.Registry.Current.Edition?.Serial ?? 0))),
                { Party: var seen } when seen != trust.Party => Failed(new("doctor.ours.other", ("party", node.Party), ("seen", RefusedException.Shorten(seen)))),
                _ => DoctorCheck.Good("our-certificate", "doctor.ours.ok", ("party", node.Party), ("us", trust.Party)),
            };
        }
        catch (Exception e) when (e is HttpRequestException or IOException or JsonException or OperationCanceledException)
        {
            return Failed(new("doctor.ours.no-answer", ("party", node.Party), ("why", RefusedException.Shorten((e.InnerException ?? e).Message))));
        }
    }

    /// <summary>Asks a node who it is and whom it sees.</summary>
    /// <exception cref="HttpRequestException">It does not answer.</exception>
    internal static async Task<HelloAnswer> Hello(NodeTrust trust, NodeEntry node, CancellationToken cancel)
    {
        using var client = trust.ClientFor(node);
        var content = await client.GetByteArrayAsync(new Uri(RegistryRoutes.Hello.TrimStart('/'), UriKind.Relative), cancel);
        return JsonSerializer.Deserialize(content, AnswerJson.Default.HelloAnswer) ?? throw new JsonException();
    }
}
