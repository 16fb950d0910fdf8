using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Palermo.Access;
using Palermo.Access.Invitations;
using Palermo.Access.People;
using Palermo.Access.Sessions;
using Palermo.Data;
using Palermo.Data.Access;
using Palermo.Kernel.Access;
using Palermo.Treaties;
using Xunit;

[assembly: AssemblyFixture(typeof(Palermo.Browser.Site))]
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Palermo.Browser;

/// <summary>A node with the shipped facts on a free loopback port, and a real Chromium that may reach nothing else.</summary>
public sealed class Site : IAsyncLifetime
{
    private static readonly string[] Chromium = ["/usr/bin/chromium", "/usr/bin/chromium-browser"];

    private readonly string _folder = Directory.CreateTempSubdirectory("palermo-browser-").FullName;
    private WebApplication? _app;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>The node's address.</summary>
    public string Address { get; private set; } = "";

    /// <summary>Signs somebody with a role in, without any form; answers the person's identifier.</summary>
    public async Task<Guid> SignIn(Tab tab, Role role, string organization = "Ministry of Justice", string name = "Ana Officer")
    {
        var person = _app!.Services.GetRequiredService<AccessModule>().Change(Actor.CommandLine, change => Person(change, role, organization, name).Id);
        await SignInAgain(tab, person);
        return person;
    }

    /// <summary>Opens another session of somebody who was signed in before.</summary>
    public async Task SignInAgain(Tab tab, Guid person)
    {
        var (access, sessions) = (_app!.Services.GetRequiredService<AccessModule>(), _app.Services.GetRequiredService<SessionKeeper>());
        var key = access.Change(Actor.CommandLine, change => sessions.Open(change, change.Context.Set<Person>().Single(p => p.Id == person), "passkey", "127.0.0.1", "test"));
        await tab.Page.Context.AddCookiesAsync([new() { Name = SessionCookie.NameFor(https: false), Value = key, Url = Address, HttpOnly = true, SameSite = SameSiteAttribute.Lax }]);
    }

    /// <summary>The path of an invitation for somebody new.</summary>
    public string Invite(Role role, string name = "Ana Officer") =>
        _app!.Services.GetRequiredService<AccessModule>().Change(Actor.CommandLine, change => Links.Make(change, Person(change, role, "Ministry of Justice", name), LinkKind.Invitation));

    private static Person Person(Change change, Role role, string organization, string name)
    {
        var where = Organizations.Named(change, organization, "BRA");
        var person = PersonChanges.Create(change, name, $"{Guid.NewGuid():N}@example.org");
        change.Context.SaveChanges();
        PersonChanges.Grant(change, person.Id, where, role);
        return person;
    }

    public async ValueTask InitializeAsync()
    {
        if (Array.Find(Chromium, File.Exists) is not { } chromium) return;
        var module = TreatyModule.Open(PalermoDatabase.At(Path.Combine(_folder, "palermo.db")), Program.DataFolder, Program.LoadTexts(), TimeProvider.System);
        _app = Host.Build(Node.On(module, Program.DataFolder), new HostSettings("http://127.0.0.1:0", ""));
        await _app.StartAsync();
        Address = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = chromium,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
        if (_app is not null) await _app.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A fresh page; the test is skipped when there is no Chromium. Requests that leave the node are collected.</summary>
    public async Task<Tab> Open(string language = "en", bool script = true, bool dark = false, int width = 1280)
    {
        Assert.SkipWhen(_browser is null, "Chromium is not installed");
        var context = await _browser!.NewContextAsync(new()
        {
            BaseURL = Address,
            JavaScriptEnabled = script,
            Locale = language,
            ExtraHTTPHeaders = new Dictionary<string, string>(StringComparer.Ordinal) { ["Accept-Language"] = language },
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            ViewportSize = new() { Width = width, Height = 900 },
            ReducedMotion = ReducedMotion.Reduce,
        });
        return new Tab(context, await context.NewPageAsync(), Address);
    }
}

/// <summary>One page in a context of its own.</summary>
public sealed class Tab : IAsyncDisposable
{
    private readonly IBrowserContext _context;

    internal Tab(IBrowserContext context, IPage page, string address)
    {
        (_context, Page) = (context, page);
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(address, StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal)) Strangers.Add(request.Url);
        };
        page.Console += (_, message) =>
        {
            if (message.Type == "error") Errors.Add(message.Text);
        };
    }

    public IPage Page { get; }

    /// <summary>Requests that left the node.</summary>
    public List<string> Strangers { get; } = [];

    /// <summary>What the browser complained of, violations of the Content-Security-Policy included.</summary>
    public List<string> Errors { get; } = [];

    /// <summary>Counts what comes over the line from now on, in bytes as they were sent.</summary>
    public async Task<Func<double>> CountBytes()
    {
        var (cdp, bytes) = (await _context.NewCDPSessionAsync(Page), 0.0);
        cdp.Event("Network.loadingFinished").OnEvent += (_, e) => bytes += e?.GetProperty("encodedDataLength").GetDouble() ?? 0;
        await cdp.SendAsync("Network.enable");
        return () => bytes;
    }

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
