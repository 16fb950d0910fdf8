using Palermo.Data;
using Palermo.Exchange.Delivery;
using Palermo.Exchange.Evidence.Line;
using Palermo.Exchange.Evidence.Record;
using Palermo.Exchange.Evidence.Storage;
using Palermo.Exchange.Nodes;
using Palermo.Kernel;
using Palermo.Requests;

namespace Palermo.Exchange;

/// <summary>The Exchange module of one node: its identity, the registry of nodes, messages in and out, evidence.</summary>
/// <param name="requests">The Requests module, whose requests travel.</param>
/// <param name="store">Folder for keys, the registry's last good copy, parts on their way and evidence.</param>
public sealed class ExchangeModule(RequestsModule requests, string store)
{
    /// <summary>The Requests module.</summary>
    public RequestsModule Requests { get; } = requests;

    /// <summary>The node's record.</summary>
    public PalermoDatabase Database => Requests.Database;

    /// <summary>The interface's texts.</summary>
    public Texts Texts => Requests.Texts;

    /// <summary>The clock.</summary>
    public TimeProvider Clock => Requests.Clock;

    /// <summary>Folder for keys, the registry's last good copy, parts on their way and evidence.</summary>
    public string Store { get; } = store;

    /// <summary>Who this node is and which nodes it knows; read from the store when asked for.</summary>
    internal NodeTrust Trust { get; } = new(FolderIn(store), requests.Clock);

    /// <summary>How other nodes are spoken to.</summary>
    internal ILine Line
    {
        get => field ??= new HttpLine(Trust);
        init;
    }

    /// <summary>Lets the Requests module know which nodes there are, and takes what it hears about evidence.</summary>
    public void Connect()
    {
        Requests.NodesFor = state => !Trust.HasIdentity ? [] : [.. Trust.Nodes.Where(n => n.Party != Trust.Party && n.States.Contains(state.Code, StringComparer.Ordinal)).Select(n => new OtherNode(n.Party, n.Organization))];
        Requests.TakeEvidence = (change, from, request, payload) => EvidenceMessages.Take(this, change, from, request, payload);
        Requests.EvidencePanel = typeof(EvidencePanel);
    }

    /// <summary>Which nodes were not reached and are left alone for a while.</summary>
    internal LinePace Pace { get; } = new();

    /// <summary>Messages on their way.</summary>
    internal Lanes Sending { get; } = new(sideBySide: 4);

    /// <summary>Nodes that are being asked for what waits there.</summary>
    internal Lanes Pulling { get; } = new(sideBySide: 1);

    /// <summary>Packages of evidence on their way.</summary>
    internal Lanes Moving { get; } = new(sideBySide: 2);

    /// <summary>Packages of evidence that did not move when they were tried last.</summary>
    internal FailedMoves FailedMoves { get; } = new(requests.Clock);

    /// <summary>Messages that other nodes are bringing.</summary>
    internal Intake Intake { get; } = new();

    /// <summary>What other nodes are leaving here for others.</summary>
    internal Intake RelayIntake { get; } = new();

    /// <summary>The audit trail of what was refused to others.</summary>
    internal RefusalTrail Refusals => field ??= new RefusalTrail(this);

    /// <summary>Where packages of evidence are kept.</summary>
    internal EvidenceStore Evidence
    {
        get => field ??= new EvidenceStore(Path.Combine(Store, "evidence"), S3Store.FromEnvironment(Environment.GetEnvironmentVariable, Clock));
        init;
    }

    /// <summary>Manifests of packages on record.</summary>
    internal KnownManifests Manifests { get; } = new();

    /// <summary>Why something failed, in an English sentence, for the log.</summary>
    internal string Why(Exception e) => e is RefusedException refused ? Texts.Say(Language.English, refused.Text) : e.Message;

    /// <summary>Opens the node's key, so that whoever starts it is told at once when that fails.</summary>
    /// <exception cref="RefusedException">The node has no identity, or its key cannot be opened.</exception>
    public void RequireIdentity() => _ = Trust.ShownCertificate();

    /// <summary>The folder of identity and registry in a store.</summary>
    internal static string FolderIn(string store) => Path.Combine(store, "exchange");
}
