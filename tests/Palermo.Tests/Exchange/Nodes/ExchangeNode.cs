using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Palermo.Exchange;
using Palermo.Exchange.Delivery;
using Palermo.Exchange.Nodes;
using Palermo.Exchange.Nodes.Identity;
using Palermo.Exchange.Nodes.Registry;
using Palermo.Tests.Support;

namespace Palermo.Tests.Exchange.Nodes;

/// <summary>A whole node that serves people on one loopback port and nodes on another, with a record and an identity of its own.</summary>
internal sealed class ExchangeNode : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ExchangeNode(TestRecord record, Node node, WebApplication app)
    {
        (Record, All, _app) = (record, node, app);
        ForPeople = new Uri(app.Urls.Single(u => u.StartsWith("http:", StringComparison.Ordinal)));
    }

    static ExchangeNode() => Environment.SetEnvironmentVariable(Passphrase.Variable, Identities.Secret);

    internal TestRecord Record { get; }

    internal Node All { get; }

    internal ExchangeModule Module => All.Exchange;

    internal NodeTrust Trust => Module.Trust;

    internal TestClock Clock => Record.Clock;

    internal IServiceProvider Services => _app.Services;

    /// <summary>Where people reach it.</summary>
    internal Uri ForPeople { get; }

    /// <summary>Starts a node.</summary>
    /// <param name="name">Its party identifier is <c>palermo:NAME</c>.</param>
    /// <param name="state">The state for which it receives requests.</param>
    /// <param name="dialsOut">Whether it has no address of its own.</param>
    /// <param name="days">How many days its certificate lasts.</param>
    /// <param name="relay">Party identifier of its relay, when it dials out only.</param>
    /// <param name="does">What else it does.</param>
    internal static async Task<ExchangeNode> Start(string name, string state = "BRA", bool dialsOut = false, int days = 365, string? relay = null, params string[] does)
    {
        var record = TestRecord.Shipped(Provider.Sqlite);
        var node = Node.On(record.Open(Program.DataFolder), Program.DataFolder);
        var address = $"https://127.0.0.1:{FreePort().ToString(CultureInfo.InvariantCulture)}";
        InitNode.Run(node.Exchange.Trust.Folder,
            new InitInput("palermo:" + name, "Authority " + name) { SelfSigned = true, Algorithm = NodeKeys.EllipticCurve, States = state.Length == 0 ? [] : [state], Address = dialsOut ? null : address, Days = days, Relay = relay, Capabilities = does },
            Identities.Secret, record.Clock.GetUtcNow());
        var app = Host.Build(node, new HostSettings("http://127.0.0.1:0", "", "", dialsOut ? "" : address), builder =>
        {
            builder.Logging.ClearProviders();
            // A test sends and fetches when it wants to.
            builder.Services.Remove(builder.Services.Single(s => s.ImplementationType == typeof(ExchangeErrands)));
            if (Environment.GetEnvironmentVariable("PALERMO_TEST_LOG") is not null) builder.Logging.AddSimpleConsole().SetMinimumLevel(LogLevel.Debug);
            builder.Services.AddDataProtection().PersistKeysToFileSystem(new DirectoryInfo(record.Folder));
        });
        await app.StartAsync();
        return new(record, node, app);
    }

    /// <summary>Has the first node publish a registry of all, and all of them follow it over HTTP.</summary>
    internal static async Task Introduce(ExchangeNode publisher, params ExchangeNode[] others)
    {
        foreach (var node in others.Prepend(publisher)) PublishRegistry.Add(publisher.Trust, DescribeNode.Run(node.Trust), replace: false);
        PublishRegistry.Issue(publisher.Trust, null);
        foreach (var node in others)
        {
            if (node.Trust.Registry.Current.State is null) node.Trust.Registry.Pin(new Uri(publisher.ForPeople, "/exchange/registry").AbsoluteUri, Fingerprint.Of(publisher.Trust.Own[0]));
            await FollowRegistry.Run(node.Module, CancellationToken.None);
        }
    }

    internal Task Stop() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        Record.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
