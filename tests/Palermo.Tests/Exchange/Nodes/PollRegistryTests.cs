using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Palermo.Exchange.Nodes;
using Palermo.Exchange.Nodes.Registry;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Exchange.Nodes;

/// <summary>Whatever a server says instead of the registry, the last good copy stays in use and the reason is kept.</summary>
public sealed class PollRegistryTests : IDisposable
{
    private readonly Identities _nodes = new();

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"payload\":", "nodes.registry.not-reached")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<html>", "nodes.signed.unreadable")]
    [InlineData("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n", "nodes.registry.status")]
    [InlineData("220 mail.example ESMTP\r\n", "nodes.registry.not-reached")]
    [InlineData("HTTP/1.1 200 O", "nodes.registry.not-reached")]
    public async Task AServerThatSaysSomethingElse(string said, string expected) => (await Poll(Encoding.ASCII.GetBytes(said), 0)).ShouldBe(expected);

    [Fact]
    public async Task AServerThatDoesNotEnd() => (await Poll("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray(), RegistryEdition.Largest + (1 << 20))).ShouldBe("nodes.registry.too-large");

    [Fact]
    public async Task AProblemIsForgottenWhenTheRegistryIsBack()
    {
        var (publisher, node) = await Failed("220 hello\r\n"u8.ToArray(), 0);
        _nodes.Publish(publisher, node);
        var document = Identities.Document(publisher);
        using var listener = Listen(node, publisher);
        var poll = PollRegistry.Run(node.Registry, TestContext.Current.CancellationToken);
        await Answer(listener, [.. Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {document.Length.ToString(CultureInfo.InvariantCulture)}\r\n\r\n"), .. document], 0);
        (await poll).ShouldBeFalse("it has been taken by hand already");
        node.Registry.Current.Problem.ShouldBeNull();
        node.Registry.Current.Edition!.Serial.ShouldBe(2);
    }

    private async Task<string> Poll(byte[] said, long more)
    {
        var (_, node) = await Failed(said, more);
        node.Nodes.Count.ShouldBe(2);
        return node.Registry.Current.Problem.ShouldNotBeNull().Key;
    }

    private async Task<(NodeTrust Publisher, NodeTrust Node)> Failed(byte[] said, long more)
    {
        var (publisher, node) = (_nodes.Make("publisher"), _nodes.Make("node"));
        _nodes.Publish(publisher, publisher, node);
        using var listener = Listen(node, publisher);
        var poll = PollRegistry.Run(node.Registry, TestContext.Current.CancellationToken);
        await Answer(listener, said, more);
        (await poll).ShouldBeFalse();
        return (publisher, node);
    }

    private static TcpListener Listen(NodeTrust node, NodeTrust publisher)
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        node.Registry.Pin($"http://{listener.LocalEndpoint}/exchange/registry", Fingerprint.Of(publisher.Own[0]));
        return listener;
    }

    /// <summary>Answers one request with these bytes, followed by as many more as asked for, and hangs up.</summary>
    private static async Task Answer(TcpListener listener, byte[] said, long more)
    {
        using var client = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        var stream = client.GetStream();
        var request = new byte[4096];
        (await stream.ReadAsync(request, TestContext.Current.CancellationToken)).ShouldBeGreaterThan(0);
        try
        {
            await stream.WriteAsync(said, TestContext.Current.CancellationToken);
            var filler = new byte[64 << 10];
            for (; more > 0; more -= filler.Length) await stream.WriteAsync(filler, TestContext.Current.CancellationToken);
        }
        catch (IOException)
        {
            // They hung up first, as they should.
        }
    }

    public void Dispose() => _nodes.Dispose();
}
