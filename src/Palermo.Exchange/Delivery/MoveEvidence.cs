using Microsoft.EntityFrameworkCore;
using Palermo.Data.Exchange;
using Palermo.Exchange.Evidence.Line;
using Palermo.Exchange.Evidence.Packing;
using Palermo.Exchange.Evidence.Record;
using Palermo.Exchange.Nodes;
using Palermo.Kernel;
using Palermo.Requests.Exchange;

namespace Palermo.Exchange.Delivery;

/// <summary>
/// Moves announced packages: to a node that listens we send, from a node that listens we fetch; what has arrived is verified and said so. Goes on wherever it
/// stopped. Each node has a lane of its own, and in it two packages move side by side.
/// </summary>
internal static class MoveEvidence
{
    private const int MostOfANode = 50;

    /// <summary>Begins to move what is to be moved and not under way.</summary>
    /// <param name="module">The module.</param>
    /// <param name="problem">Is told which package did not move and why.</param>
    /// <param name="cancel">When to stop.</param>
    internal static void Begin(ExchangeModule module, Action<Guid, string> problem, CancellationToken cancel)
    {
        // Whatever was verified and not said yet, so that a fall in between leaves nothing unsaid. One of which nothing can be said holds up nothing else.
        foreach (var package in Unsaid(module).Where(p => !module.FailedMoves.Rests(p.Id)))
        {
            try
            {
                EvidenceMessages.Verified(module, Verified(module, package));
            }
            catch (Exception e)
            {
                module.FailedMoves.Failed(package.Id, e);
                problem(package.Id, module.Why(e));
            }
        }

        module.Moving.Fill(Due(module), (errand, e) => problem(errand.Of, module.Why(e)), cancel);
    }

    private static List<EvidencePackage> Unsaid(ExchangeModule module)
    {
        using var context = module.Database.Connect();
        var since = module.Clock.GetUtcNow().UtcDateTime.AddDays(-30);
        var said = context.Set<OutgoingMessage>().Where(m => m.Act == WhatIsSaid.EvidenceVerified && m.Package != null).Select(m => m.Package);
        var unsaid = context.Set<EvidencePackage>().AsNoTracking().Where(p => !p.Outgoing && p.State == PackageStates.Verified && p.ChangedAt > since && !said.Contains(p.Id)).ToList();
        if (unsaid.Count == 0) return unsaid;
        // Rows of earlier versions name no package; what they say does.
        var requests = unsaid.Select(p => p.Request).ToList();
        var before = context.Set<OutgoingMessage>().Where(m => m.Act == WhatIsSaid.EvidenceVerified && m.Package == null && requests.Contains(m.Request)).Select(m => m.Payload).ToList();
        return [.. unsaid.Where(p => !before.Exists(b => b.Contains(p.Id.ToString(), StringComparison.Ordinal)))];
    }

    private static VerifiedEvidence Verified(ExchangeModule module, EvidencePackage package)
    {
        using var context = module.Database.Connect();
        return VerifiedEvidence.Of(context, package, module.Manifests.Of(package));
    }

    private static List<Errand> Due(ExchangeModule module)
    {
        using var context = module.Database.Connect();
        // A package is sent once the message that announces it was receipted. Rows of earlier versions do not name the package: then one of its request stands for it.
        var announced = context.Set<OutgoingMessage>().Where(m => m.Act == WhatIsSaid.Evidence && m.State == "received" && m.Package != null).Select(m => m.Package);
        var before = context.Set<OutgoingMessage>().Where(m => m.Act == WhatIsSaid.Evidence && m.State == "received" && m.Package == null).Select(m => m.Request);
        var reached = module.Trust.Nodes.Where(n => n is { Address: not null, Reach: Reach.Push }).Select(n => n.Party).ToList();
        var fetches = module.Trust.Find(module.Trust.Party)?.Reach == Reach.Pull;
        var due = context.Set<EvidencePackage>().Where(p => (!p.Outgoing && p.State == PackageStates.Arrived)
            || ((p.State == PackageStates.Announced || p.State == PackageStates.Arriving) && reached.Contains(p.Party) && (p.Outgoing ? announced.Contains(p.Id) || before.Contains(p.Request) : fetches)));
        var (failed, rested) = (module.FailedMoves.All, module.FailedMoves.Rested);
        var errands = new List<Errand>();
        foreach (var party in due.Select(p => p.Party).Distinct().ToList())
        {
            // What never failed comes first; what did, in the order in which it failed.
            var mine = due.Where(p => p.Party == party);
            var first = mine.Where(p => !failed.Contains(p.Id)).OrderBy(p => p.At).Select(p => p.Id).Take(MostOfANode).ToList();
            var again = rested.Count == 0 ? [] : mine.Where(p => rested.Contains(p.Id)).Select(p => p.Id).ToHashSet();
            foreach (var id in first.Concat(rested.Where(again.Contains).Take(MostOfANode)))
                errands.Add(new Errand(party, id, stop => module.FailedMoves.Watch(id, () => Move(module, id, stop), stop)));
        }

        return errands;
    }

    private static async Task Move(ExchangeModule module, Guid id, CancellationToken cancel)
    {
        var package = Read(module, id);
        if (package.State is PackageStates.Announced or PackageStates.Arriving && module.Trust.Find(package.Party) is { } node)
        {
            if (package.Outgoing) await Send(module, package, node, cancel);
            else await Fetch(module, package, node, cancel);
            package = Read(module, id);
        }

        if (package is { Outgoing: false, State: PackageStates.Arrived } && await VerifiedEvidence.Verify(module, id, module.Trust.Own, cancel) is { } verified) EvidenceMessages.Verified(module, verified);
    }

    private static EvidencePackage Read(ExchangeModule module, Guid id)
    {
        using var context = module.Database.Connect();
        return Known.Package(context, id)!;
    }

    private static async Task Send(ExchangeModule module, EvidencePackage package, NodeEntry node, CancellationToken cancel)
    {
        using var client = Client(module, node);
        await SendEvidence.Run(client, module.Evidence.FolderOf(package.Id), new LineSettings { Attempts = 3 }, module.Clock, new SendingProgress(module, package.Id).Add, cancel);
        SentEvidence.Note(module, package.Id);
    }

    private static async Task Fetch(ExchangeModule module, EvidencePackage package, NodeEntry node, CancellationToken cancel)
    {
        using var client = Client(module, node);
        await ReceiveEvidence.Run(client, package.Id, module.Evidence.FolderOf(package.Id), signed =>
        {
            if (signed.Sha256 != package.ManifestSha256) throw new RefusedException("package.announce.other", ("id", package.Id.ToString()));
        }, new LineSettings { Attempts = 3 }, module.Clock, null, cancel);
        ArrivedEvidence.Whole(module, package.Id);
    }

    private static HttpClient Client(ExchangeModule module, NodeEntry node)
    {
        var client = module.Trust.ClientFor(node);
        client.Timeout = Timeout.InfiniteTimeSpan;
        return client;
    }
}
