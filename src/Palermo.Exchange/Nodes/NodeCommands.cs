using System.CommandLine;
using Palermo.Data;
using Palermo.Exchange.Nodes.Doctor;
using Palermo.Exchange.Nodes.Identity;
using Palermo.Exchange.Nodes.Registry;
using Palermo.Kernel;
using Palermo.Kernel.Access;

namespace Palermo.Exchange.Nodes;

/// <summary><c>palermo node init|renew|certificate|describe|show|doctor</c>.</summary>
internal static class NodeCommands
{
    private static readonly Option<string> Algorithm = new("--algorithm") { Description = "Kind of the key: rsa (3072 bits) or ec (secp256r1).", DefaultValueFactory = _ => NodeKeys.Rsa };
    private static readonly Option<string> Key = new("--key") { Description = "A key made elsewhere (PEM), instead of a new one." };
    private static readonly Option<string> Certificate = new("--certificate") { Description = "The certificate that was issued for that key." };
    private static readonly Option<string> Token = new("--pkcs11") { Description = "PKCS#11 URI of a key in a token, without the PIN, instead of a new one; the PIN is the passphrase." };
    private static readonly Option<bool> SelfSigned = new("--self-signed") { Description = "The node signs its certificate itself; the registry vouches for it." };
    private static readonly Option<int> Days = new("--days") { Description = "How many days a self-signed certificate lasts.", DefaultValueFactory = _ => InitInput.DefaultDays };

    /// <summary>The commands.</summary>
    /// <param name="open">Opens the module on the record the command names.</param>
    /// <param name="store">The store's folder, without opening the record.</param>
    /// <param name="texts">The interface's texts.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="testMessage">How the doctor sends a test message; null when it cannot.</param>
    internal static Command Command(Func<ParseResult, ExchangeModule> open, Func<ParseResult, string> store, Lazy<Texts> texts, TimeProvider clock, Func<NodeTrust, NodeEntry, Task<string?>>? testMessage = null) =>
        new("node", "This node's identity, and whether exchange with another works.")
        {
            Init(open), Renew(open), Take(open), Describe(store, clock), Show(store, clock), DoctorCommand.Command(store, texts, clock, testMessage),
        };

    /// <summary>The trust of a store, without opening the record.</summary>
    internal static NodeTrust TrustOf(string store, TimeProvider clock) => new(ExchangeModule.FolderIn(store), clock);

    private static Command Init(Func<ParseResult, ExchangeModule> open)
    {
        var party = new Option<string>("--party") { Description = "Party identifier, such as palermo:bra:central-authority.", Required = true };
        var organization = new Option<string>("--organization") { Description = "Name of the organization.", Required = true };
        var states = new Option<string[]>("--states") { Description = "States for which the node receives requests.", AllowMultipleArgumentsPerToken = true };
        var address = new Option<string>("--address") { Description = "Where other nodes reach it, https://host:port/; none for a node that only dials out." };
        var relay = new Option<string>("--relay") { Description = "Party identifier of the node at which messages for this one wait, when it only dials out." };
        var does = new Option<string[]>("--capabilities") { Description = "What else it does: relay, registry.", AllowMultipleArgumentsPerToken = true };
        var command = new Command("init", "Makes the node's key, encrypted with the passphrase of PALERMO_KEY_PASSPHRASE or of the file PALERMO_KEY_PASSPHRASE_FILE names, and a request for its certificate.")
            { party, organization, states, address, relay, does, Algorithm, Key, Certificate, Token, SelfSigned, Days };
        command.SetAction(result =>
        {
            var module = open(result);
            return Made(result, module, InitNode.Run, new InitInput(result.GetValue(party), result.GetValue(organization))
            {
                States = [.. (result.GetValue(states) ?? []).SelectMany(s => s.Split(',')).Select(s => module.Requests.Treaties.Reference.States.Resolve(s).Code)], Address = result.GetValue(address), Relay = result.GetValue(relay), Capabilities = result.GetValue(does) ?? [],
            });
        });
        return command;
    }

    private static Command Renew(Func<ParseResult, ExchangeModule> open)
    {
        var command = new Command("renew", "Gives the node another key and a request for its certificate, before the first one ends. Both are used until the old one ends.") { Algorithm, Key, Certificate, Token, SelfSigned, Days };
        command.SetAction(result => Made(result, open(result), InitNode.Renew, new InitInput(null, null)));
        return command;
    }

    private static int Made(ParseResult result, ExchangeModule module, Func<string, InitInput, string, DateTimeOffset, (IdentityFile Identity, string? Request)> make, InitInput input)
    {
        var trust = module.Trust;
        var (node, request) = make(trust.Folder, input with
        {
            Algorithm = result.GetValue(Algorithm)!, Key = result.GetValue(Key), Certificate = result.GetValue(Certificate), Pkcs11 = result.GetValue(Token), SelfSigned = result.GetValue(SelfSigned), Days = result.GetValue(Days),
        }, trust.Unlock(), trust.Clock.GetUtcNow());
        Audit(module, "node.key-made", node.Party, request ?? Fingerprint.Of(trust.Own[0]));
        result.InvocationConfiguration.Output.WriteLine(request is null
            ? $"{node.Party}\t{Fingerprint.Of(trust.Own[0])}" : $"Have a certificate issued for {request}, then: palermo node certificate FILE");
        return 0;
    }

    private static Command Take(Func<ParseResult, ExchangeModule> open)
    {
        var file = new Argument<string>("file") { Description = "The certificate: PEM, with its chain or without, or DER." };
        var command = new Command("certificate", "Takes in the certificate that was issued for the node's key.") { file };
        command.SetAction(result =>
        {
            var module = open(result);
            var trust = module.Trust;
            var before = trust.Identity?.Certificates.Count;
            var node = TakeCertificate.Run(trust.Folder, result.GetValue(file)!, trust.Unlock(), trust.Clock.GetUtcNow());
            if (node.Certificates.Count != before) Audit(module, "node.certificate-taken", node.Party, Fingerprint.Of(trust.Own.MaxBy(c => c.NotBefore)!));
            foreach (var own in trust.Own) result.InvocationConfiguration.Output.WriteLine($"{node.Party}\t{Fingerprint.Of(own)}\t{own.NotAfter.ToUniversalTime():yyyy-MM-dd}");
            return 0;
        });
        return command;
    }

    private static Command Describe(Func<ParseResult, string> store, TimeProvider clock)
    {
        var file = new Option<string>("--out") { Description = "File to write.", Required = true };
        var command = new Command("describe", "Writes a description of this node, signed by itself, for the registry. The publisher compares the fingerprints printed here.") { file };
        command.SetAction(result =>
        {
            var trust = TrustOf(store(result), clock);
            File.WriteAllBytes(result.GetValue(file)!, DescribeNode.Run(trust));
            foreach (var own in trust.Own) result.InvocationConfiguration.Output.WriteLine($"{trust.Party}\t{Fingerprint.Of(own)}");
            return 0;
        });
        return command;
    }

    private static Command Show(Func<ParseResult, string> store, TimeProvider clock)
    {
        var json = new Option<bool>("--json") { Description = "Answer in JSON." };
        var command = new Command("show", "Who this node is.") { json };
        command.SetAction(result =>
        {
            NodeReport.Write(NodeReport.Of(TrustOf(store(result), clock)), result.GetValue(json), result.InvocationConfiguration.Output);
            return 0;
        });
        return command;
    }

    /// <summary>Adds one entry to the audit trail.</summary>
    internal static void Audit(ExchangeModule module, string act, string part, string after) =>
        Change.Make(module.Database, Actor.CommandLine, module.Clock, change => change.Audit(act, "", part, "", after));
}
