using System.CommandLine;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Palermo.Data;
using Palermo.Demo;
using Palermo.Kernel;
using Palermo.Requests.Mail;
using Palermo.Treaties;

namespace Palermo.Commands;

/// <summary><c>palermo serve</c> and <c>palermo demo</c>.</summary>
internal static class Serve
{
    private const string Loopback = "http://127.0.0.1:5080";

    internal static Command Command(Option<string> data)
    {
        var urls = new Option<string>("--urls") { Description = "Addresses to listen on, joined by semicolons.", DefaultValueFactory = _ => Loopback };
        var organization = new Option<string>("--organization") { Description = "Name of the organization whose node this is.", DefaultValueFactory = _ => "" };
        var origin = new Option<string>("--origin") { Description = "Scheme and host under which people reach the node, such as https://palermo.example; for links and passkeys. By default those of each request.", DefaultValueFactory = _ => "" };
        var exchange = new Option<string>("--exchange-urls") { Description = "Addresses to listen on for other nodes, beginning with https and joined by semicolons; needs an identity (palermo node init).", DefaultValueFactory = _ => "" };
        var command = new Command("serve", "Serve pages and API.") { urls, organization, origin, exchange };
        command.SetAction((result, cancel) => Run(Program.RecordOf(result.GetValue(data)), new HostSettings(result.GetValue(urls)!, result.GetValue(organization)!, OriginOf(result.GetValue(origin)!), result.GetValue(exchange)!), _ => MailSettings.FromEnvironment(OriginOf(result.GetValue(origin)!)), result, cancel));
        return command;
    }

    internal static Command Demo(Option<string> data)
    {
        var urls = new Option<string>("--urls") { Description = "Addresses to listen on; by default the first free loopback port from 5080 on." };
        var command = new Command("demo", "Serve three nodes with invented offices, people and cases on loopback ports: two states, and a secretariat with the registry; prints links to sign in.") { urls };
        command.SetAction((result, cancel) =>
        {
            var record = result.GetValue(data) ?? DemoRecord(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify));
            var address = result.GetValue(urls) ?? FreeLoopback();
            return RunDemo(record, address, result, cancel);
        });
        return command;
    }

    /// <exception cref="RefusedException">It is not an origin.</exception>
    private static string OriginOf(string given)
    {
        if (given.Length == 0) return "";
        return Uri.TryCreate(given, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" && uri.PathAndQuery == "/" && uri.UserInfo.Length == 0 && uri.Fragment.Length == 0
            ? uri.GetLeftPart(UriPartial.Authority) : throw new RefusedException("refused.origin", ("given", RefusedException.Shorten(given)));
    }

    /// <summary>The demo's record, in a folder of the user that nobody else may open: a name others can guess in a common folder could be taken by them.</summary>
    internal static string DemoRecord(string home)
    {
        var folder = home.Length > 0 ? Path.Combine(home, "palermo", "demo") : Directory.CreateTempSubdirectory("palermo-demo-").FullName;
        Directory.CreateDirectory(folder);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return Path.Combine(folder, "palermo.db");
    }

    private static async Task<int> Run(string record, HostSettings settings, Func<PalermoDatabase, MailSettings> mail, ParseResult result, CancellationToken cancel)
    {
        var output = result.InvocationConfiguration.Output;
        var node = Node.Open(record, Program.DataFolder, Program.LoadTexts(), TimeProvider.System, mail);
        _ = node.Treaties.Reference.Provisions;
        if (settings.ExchangeUrls.Length > 0) node.Exchange.RequireIdentity();
        await using var app = Host.Build(node, settings);
        await Start(app, settings.Urls, cancel);
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        await output.WriteLineAsync($"Palermo is at {string.Join(' ', addresses)} (record: {node.Treaties.Database.Described}). Press Ctrl+C to stop.");
        await app.WaitForShutdownAsync(cancel);
        return 0;
    }

    /// <summary>Serves all nodes of the demonstration in one process.</summary>
    private static async Task<int> RunDemo(string record, string address, ParseResult result, CancellationToken cancel)
    {
        var output = result.InvocationConfiguration.Output;
        var nodes = await DemoNodes.Prepare(record, address, Program.LoadTexts(), TimeProvider.System, cancel);
        var apps = new List<WebApplication>();
        try
        {
            foreach (var one in nodes)
            {
                _ = one.Node.Treaties.Reference.Provisions;
                apps.Add(Host.Build(one.Node, one.Settings));
                await Start(apps[^1], one.Settings.Urls, cancel);
                await output.WriteLineAsync($"{(apps.Count == 1 ? "Palermo" : one.Plan.Organization)} is at {one.Address} (record: {one.Node.Treaties.Database.Described}).{(apps.Count == 1 ? " Press Ctrl+C to stop." : "")}");
                foreach (var line in DemoLinks.Lines(one.Node, one.People, one.Address)) await output.WriteLineAsync(line);
            }

            foreach (var line in DemoLinks.Hints(nodes[0].Node, record)) await output.WriteLineAsync(line);
            await apps[0].WaitForShutdownAsync(cancel);
            return 0;
        }
        finally
        {
            foreach (var app in apps)
            {
                await app.StopAsync(CancellationToken.None);
                await app.DisposeAsync();
            }
        }
    }

    /// <exception cref="RefusedException">The addresses cannot be understood.</exception>
    private static async Task Start(WebApplication app, string urls, CancellationToken cancel)
    {
        try
        {
            await app.StartAsync(cancel);
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException)
        {
            throw new RefusedException("refused.urls", ("given", RefusedException.Shorten(urls)), ("why", e.Message.ReplaceLineEndings(" ")));
        }
    }

    internal static string FreeLoopback(int from = 5080)
    {
        for (var port = from; port < from + 100; port++)
        {
            try
            {
                using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, port);
                listener.Start();
                return $"http://127.0.0.1:{port.ToString(System.Globalization.CultureInfo.InvariantCulture)}";
            }
            catch (System.Net.Sockets.SocketException)
            {
                // Taken; the next one.
            }
        }

        return "http://127.0.0.1:0";
    }
}
