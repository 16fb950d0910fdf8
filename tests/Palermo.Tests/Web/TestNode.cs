using System.Net;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Palermo.Tests.Support;
using Palermo.Treaties;

namespace Palermo.Tests.Web;

/// <summary>A node that serves on a loopback port of its own.</summary>
public sealed class TestNode : IAsyncDisposable
{
    private readonly TestRecord _record;
    private readonly Microsoft.AspNetCore.Builder.WebApplication _app;

    private TestNode(TestRecord record, TreatyModule module, Microsoft.AspNetCore.Builder.WebApplication app)
    {
        (_record, Module, _app) = (record, module, app);
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(app.Urls.Single()) };
    }

    public HttpClient Client { get; }

    public TreatyModule Module { get; }

    public TestClock Clock => _record.Clock;

    public TestRecord Record => _record;

    public static async Task<TestNode> Start(Provider provider = Provider.Sqlite, string organization = "", bool localWrites = false)
    {
        var record = TestRecord.Shipped(provider);
        var module = record.Open(Program.DataFolder);
        var app = Host.Build(Node.On(module, Program.DataFolder), new HostSettings("http://127.0.0.1:0", organization, localWrites), builder =>
        {
            builder.Logging.ClearProviders();
            builder.Services.AddDataProtection().PersistKeysToFileSystem(new DirectoryInfo(record.Folder));
        });
        await app.StartAsync();
        return new TestNode(record, module, app);
    }

    /// <summary>Asks for an address; redirects are not followed and no cookie is kept.</summary>
    public Task<HttpResponseMessage> Get(string address, params (string Name, string Value)[] headers) => Send(HttpMethod.Get, address, null, headers);

    public async Task<HttpResponseMessage> Send(HttpMethod method, string address, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, address) { Content = content, Version = HttpVersion.Version11 };
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await Client.SendAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _record.Dispose();
    }
}

/// <summary>One node for all tests of a class.</summary>
public sealed class NodeFixture : Xunit.IAsyncLifetime
{
    public TestNode Node { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Node = await TestNode.Start();

    public ValueTask DisposeAsync() => Node.DisposeAsync();
}
