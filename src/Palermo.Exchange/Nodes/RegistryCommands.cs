using System.CommandLine;
using System.Globalization;
using Palermo.Exchange.Nodes.Registry;
using Palermo.Kernel;

namespace Palermo.Exchange.Nodes;

/// <summary><c>palermo registry add|remove|revoke|publish|pin|poll|show</c>.</summary>
internal static class RegistryCommands
{
    internal static Command Command(Func<ParseResult, ExchangeModule> open, Func<ParseResult, string> store, Lazy<Texts> texts, TimeProvider clock) =>
        new("registry", "The registry of nodes: publishing it, and following it.")
        {
            Add(open), Remove(open), Revoke(open), Publish(open), Pin(open), Poll(open), Show(store, texts, clock),
        };

    private static Command Add(Func<ParseResult, ExchangeModule> open)
    {
        var file = new Argument<string>("file") { Description = "What `palermo node describe` wrote on that node." };
        var replace = new Option<bool>("--replace") { Description = "Takes a listed node back with keys that have nothing to do with its old ones; compare the fingerprints first." };
        var command = new Command("add", "Takes a node into the next edition, and prints its fingerprints: compare them with what the node's people read out to you.") { file, replace };
        command.SetAction(result =>
        {
            var module = open(result);
            var node = PublishRegistry.Add(module.Trust, SafeFile.ReadGiven(result.GetValue(file)!, DescribeNode.Largest), result.GetValue(replace));
            NodeCommands.Audit(module, "registry.node-added", node.Party, string.Join(' ', node.Certificates.Select(Fingerprint.Of)));
            foreach (var certificate in node.Certificates) result.InvocationConfiguration.Output.WriteLine($"{node.Party}\t{Fingerprint.Of(certificate)}");
            return 0;
        });
        return command;
    }

    private static Command Remove(Func<ParseResult, ExchangeModule> open)
    {
        var party = new Argument<string>("party") { Description = "Party identifier." };
        var command = new Command("remove", "Leaves a node out of the next edition.") { party };
        command.SetAction(result =>
        {
            var module = open(result);
            PublishRegistry.Remove(module.Trust, result.GetValue(party)!);
            NodeCommands.Audit(module, "registry.node-removed", result.GetValue(party)!, "");
            return 0;
        });
        return command;
    }

    private static Command Revoke(Func<ParseResult, ExchangeModule> open)
    {
        var given = new Argument<string>("certificate") { Description = "The certificate's file, or its SHA-256 fingerprint." };
        var reason = new Option<string>("--reason") { Description = "Why.", DefaultValueFactory = _ => "" };
        var command = new Command("revoke", "Has a certificate accepted by nobody any more; publishes an edition that says so at once.") { given, reason };
        command.SetAction(result =>
        {
            var module = open(result);
            var (fingerprint, edition) = PublishRegistry.Revoke(module.Trust, result.GetValue(given)!, result.GetValue(reason)!);
            NodeCommands.Audit(module, "registry.certificate-revoked", fingerprint, result.GetValue(reason)!);
            if (edition is not null) Published(result, module, edition);
            return 0;
        });
        return command;
    }

    private static Command Publish(Func<ParseResult, ExchangeModule> open)
    {
        var days = new Option<int?>("--days") { Description = "Days until the next edition is due; a node that serves issues it when half of them are over. 7 unless said." };
        var command = new Command("publish", "Signs the next edition of the registry and publishes it at /exchange/registry.") { days };
        command.SetAction(result =>
        {
            var module = open(result);
            Published(result, module, PublishRegistry.Issue(module.Trust, result.GetValue(days)));
            return 0;
        });
        return command;
    }

    private static void Published(ParseResult result, ExchangeModule module, RegistryEdition edition)
    {
        var serial = edition.Serial.ToString(CultureInfo.InvariantCulture);
        NodeCommands.Audit(module, "registry.published", edition.Publisher, serial);
        result.InvocationConfiguration.Output.WriteLine($"Edition {serial}: {edition.Nodes.Count.ToString(CultureInfo.InvariantCulture)} nodes, next due {edition.NextUpdate:yyyy-MM-dd}. Others pin: {edition.Anchors[0]}");
    }

    private static Command Pin(Func<ParseResult, ExchangeModule> open)
    {
        var address = new Argument<string>("address") { Description = "Where the registry is, such as https://host:port/exchange/registry; - when it is carried here in files." };
        var fingerprint = new Argument<string>("fingerprint") { Description = "SHA-256 fingerprint of the publisher's certificate, learned from its people." };
        var command = new Command("pin", "Says where the registry comes from and whose signature it needs, and asks for it.") { address, fingerprint };
        command.SetAction(async (result, cancel) =>
        {
            var module = open(result);
            var from = Address(result.GetValue(address)!);
            var anchor = Fingerprint.Read(result.GetValue(fingerprint));
            module.Trust.Registry.Pin(from, anchor);
            NodeCommands.Audit(module, "registry.pinned", from, anchor);
            return from.Length == 0 ? 0 : await Polled(result, module, cancel);
        });
        return command;
    }

    private static Command Poll(Func<ParseResult, ExchangeModule> open)
    {
        var file = new Option<string>("--file") { Description = "Takes the edition of a file, for a node that cannot reach the registry." };
        var command = new Command("poll", "Asks for the newest edition of the registry (exit 1 when it cannot be had; the last good copy stays in use).") { file };
        command.SetAction(async (result, cancel) =>
        {
            var module = open(result);
            if (result.GetValue(file) is not { } given) return await Polled(result, module, cancel);
            if (module.Trust.Registry.Take(SafeFile.ReadGiven(given, RegistryEdition.Largest))) NodeCommands.Audit(module, "registry.taken", "", Serial(module));
            result.InvocationConfiguration.Output.WriteLine($"Edition {Serial(module)}.");
            return 0;
        });
        return command;
    }

    private static async Task<int> Polled(ParseResult result, ExchangeModule module, CancellationToken cancel)
    {
        if (module.Trust.Registry.Current.State is null) throw new RefusedException("nodes.registry.not-pinned");
        await FollowRegistry.Run(module, cancel);
        if (module.Trust.Registry.Current.Problem is { } problem)
        {
            await result.InvocationConfiguration.Error.WriteLineAsync(module.Texts.Say(Language.English, problem));
            return 1;
        }

        await result.InvocationConfiguration.Output.WriteLineAsync($"Edition {Serial(module)}.");
        return 0;
    }

    private static Command Show(Func<ParseResult, string> store, Lazy<Texts> texts, TimeProvider clock)
    {
        var json = new Option<bool>("--json") { Description = "Answer in JSON." };
        var command = new Command("show", "The registry as this node has it: where from, which edition, which nodes.") { json };
        command.SetAction(result =>
        {
            RegistryReport.Of(NodeCommands.TrustOf(store(result), clock), texts.Value).Write(result.GetValue(json), result.InvocationConfiguration.Output);
            return 0;
        });
        return command;
    }

    private static string Serial(ExchangeModule module) => (module.Trust.Registry.Current.Edition?.Serial ?? 0).ToString(CultureInfo.InvariantCulture);

    /// <exception cref="RefusedException">It is none.</exception>
    private static string Address(string given) => given == "-" ? ""
        : Uri.TryCreate(given, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" && uri.UserInfo.Length == 0 && given.Length <= 500
            ? uri.AbsoluteUri : throw new RefusedException("nodes.registry.address", ("given", RefusedException.Shorten(given)));
}
