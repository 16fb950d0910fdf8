using System.Security.Cryptography;
using Palermo.Commands;
using Palermo.Data;
using Palermo.Exchange.Nodes;
using Palermo.Exchange.Nodes.Identity;
using Palermo.Exchange.Nodes.Registry;
using Palermo.Kernel;
using Palermo.Requests.Mail;

namespace Palermo.Demo;

/// <summary>A node of the demonstration, ready to be served.</summary>
/// <param name="Plan">What it is.</param>
/// <param name="Node">Its modules.</param>
/// <param name="Settings">How it serves.</param>
/// <param name="Address">Where people find it.</param>
/// <param name="People">Its people.</param>
internal sealed record DemoRunning(DemoNode Plan, Node Node, HostSettings Settings, string Address, DemoPeople People);

/// <summary>Prepares the demonstration's nodes: records, people, identities they signed themselves, and a registry that the secretariat publishes.</summary>
internal static class DemoNodes
{
    private const int FirstExchangePort = 5443;

    /// <summary>Prepares the nodes; what is there already stays.</summary>
    /// <param name="record">The record of the node that holds the demonstration's cases; the others' are beside it.</param>
    /// <param name="urls">Where that node serves people.</param>
    /// <param name="texts">The interface's texts.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="cancel">When to stop.</param>
    internal static async Task<IReadOnlyList<DemoRunning>> Prepare(string record, string urls, Texts texts, TimeProvider clock, CancellationToken cancel)
    {
        var folder = PalermoDatabase.At(record).Folder;
        Lock(folder);
        var nodes = new List<DemoRunning>();
        var (people, exchange) = (5080, FirstExchangePort);
        var all = DemoPlan.Load(Program.DataFolder, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime));
        foreach (var plan in all.Nodes)
        {
            var main = plan.People is null;
            var listen = main ? urls : Serve.FreeLoopback(people);
            people = new Uri(listen.Split(';')[0]).Port + 1;
            var forNodes = Serve.FreeLoopback(exchange).Replace("http:", "https:", StringComparison.Ordinal);
            exchange = new Uri(forNodes).Port + 1;
            // Cookies do not know ports: a name of its own keeps each node's session apart.
            var address = main ? listen.Split(';')[0] : new UriBuilder(listen) { Host = plan.Name + ".localhost" }.Uri.GetLeftPart(UriPartial.Authority);
            var node = Node.Open(main ? record : Path.Combine(folder, plan.Name, "palermo.db"), Program.DataFolder, texts, clock, database => MailSettings.Drop(Path.Combine(database.Folder, "mail"), address));
            if (main) await FillDemo.Run(node, Program.DataFolder, cancel);
            else FillDemo.People(node, plan.People!);
            Identify(node.Exchange.Trust, plan, forNodes, clock);
            nodes.Add(new(plan, node, new HostSettings(listen, "", ExchangeUrls: forNodes), address, plan.People ?? all.People));
        }

        Introduce(nodes);
        return nodes;
    }

    /// <summary>One invented secret for the keys of all three, in a file only this user reads.</summary>
    private static void Lock(string folder)
    {
        if (Environment.GetEnvironmentVariable(Passphrase.Variable) is { Length: > 0 } || Environment.GetEnvironmentVariable(Passphrase.FileVariable) is { Length: > 0 }) return;
        var file = Path.Combine(folder, "passphrase");
        Directory.CreateDirectory(folder);
        if (!File.Exists(file)) SafeFile.Write(file, System.Text.Encoding.ASCII.GetBytes(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))));
        Environment.SetEnvironmentVariable(Passphrase.FileVariable, file);
    }

    private static void Identify(NodeTrust trust, DemoNode plan, string address, TimeProvider clock)
    {
        if (!trust.HasIdentity)
        {
            InitNode.Run(trust.Folder, new InitInput(plan.Party, plan.Organization) { SelfSigned = true, States = plan.States, Address = address, Capabilities = plan.Publishes ? ["registry", "relay"] : [] }, Passphrase.FromEnvironment(), clock.GetUtcNow());
            return;
        }

        // The port of the last time may be taken now.
        var identity = IdentityFile.Read(trust.Folder)!;
        if (identity.Address != NodeFields.Address(address)) (identity with { Address = NodeFields.Address(address) }).Write(trust.Folder);
    }

    private static void Introduce(List<DemoRunning> nodes)
    {
        var publisher = nodes.Single(n => n.Plan.Publishes);
        var registry = publisher.Node.Exchange.Trust;
        foreach (var node in nodes) PublishRegistry.Add(registry, DescribeNode.Run(node.Node.Exchange.Trust), replace: true);
        PublishRegistry.Issue(registry, null);
        var document = File.ReadAllBytes(registry.Registry.CopyPath);
        foreach (var node in nodes.Where(n => n != publisher))
        {
            var follower = node.Node.Exchange.Trust.Registry;
            follower.Pin(publisher.Settings.Urls + "/exchange/registry", Fingerprint.Of(registry.Own[0]));
            follower.Take(document);
        }
    }
}
