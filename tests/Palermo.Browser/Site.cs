using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Palermo.Data;
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

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
