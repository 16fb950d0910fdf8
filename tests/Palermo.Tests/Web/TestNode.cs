using System.Net;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Palermo.Access;
using Palermo.Access.Sessions;
using Palermo.Kernel.Access;
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

    public static async Task<TestNode> Start(Provider provider = Provider.Sqlite, string organization = "", string origin = "")
    {
        var record = TestRecord.Shipped(provider);
        var module = record.Open(Program.DataFolder);
        var app = Host.Build(Node.On(module, Program.DataFolder), new HostSettings("http://127.0.0.1:0", organization, origin), builder =>
        {
            builder.Logging.ClearProviders();
            if (Environment.GetEnvironmentVariable("PALERMO_TEST_LOG") is not null) builder.Logging.AddSimpleConsole().SetMinimumLevel(LogLevel.Error);
            builder.Services.AddDataProtection().PersistKeysToFileSystem(new DirectoryInfo(record.Folder));
        });
        await app.StartAsync();
        return new TestNode(record, module, app);
    }

    /// <summary>The services of the running host.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>Somebody who is signed in with a role: send <see cref="TestPerson.Header"/> with each request.</summary>
    public TestPerson SignIn(Role role, string organization = "Ministry of Justice", string? name = null) =>
        TestPeople.SignIn(Services.GetRequiredService<AccessModule>(), Services.GetRequiredService<SessionKeeper>(), TestPeople.Make(Record.Database, Clock, role, organization, name));

    /// <summary>Posts a form the way a browser does: gets the page first, with its form token and cookies, and sends them with the fields.</summary>
    /// <param name="address">The page that has the form.</param>
    /// <param name="form">Name of the form (<c>@formname</c>).</param>
    /// <param name="cookie">Cookies of who posts, as in the header; null for a stranger.</param>
    /// <param name="fields">Names and values; hidden fields of the form are sent as the page has them unless named here.</param>
    public async Task<HttpResponseMessage> Post(string address, string form, string? cookie, params (string Name, string Value)[] fields)
    {
        using var page = await Get(address, cookie is null ? [] : [("Cookie", cookie)]);
        var html = await page.Content.ReadAsStringAsync();
        var set = page.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies.Select(c => c.Split(';')[0]) : [];
        var content = HtmlForm.Read(html, form).Where(f => !fields.Any(g => g.Name == f.Name)).Concat(fields.Select(f => (f.Name, f.Value)))
            .Select(f => new KeyValuePair<string, string>(f.Name, f.Value));
        using var body = new FormUrlEncodedContent(content);
        return await Send(HttpMethod.Post, address, body, ("Cookie", string.Join("; ", set.Prepend(cookie ?? "").Where(c => c.Length > 0))));
    }

    /// <summary>Posts a plain form of a page to the address it names, with the page's form token.</summary>
    public async Task<HttpResponseMessage> PostAction(string action, string page, string cookie)
    {
        using var answer = await Get(page, ("Cookie", cookie));
        var html = await answer.Content.ReadAsStringAsync();
        var set = answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies.Select(c => c.Split(';')[0]) : [];
        using var body = new FormUrlEncodedContent(HtmlForm.ReadAction(html, action).Select(f => new KeyValuePair<string, string>(f.Name, f.Value)));
        return await Send(HttpMethod.Post, action, body, ("Cookie", string.Join("; ", set.Prepend(cookie))));
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
