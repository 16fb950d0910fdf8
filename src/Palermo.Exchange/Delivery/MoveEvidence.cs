using Microsoft.EntityFrameworkCore;
using Palermo.Data.Exchange;
using Palermo.Exchange.Evidence.Line;
using Palermo.Exchange.Evidence.Packing;
using Palermo.Exchange.Evidence.Record;
using Palermo.Exchange.Evidence.Storage;
using Palermo.Exchange.Nodes;
using Palermo.Kernel;
using Palermo.Requests.Exchange;

namespace Palermo.Exchange.Delivery;

/// <summary>Moves announced packages: to a node that listens we send, from a node that listens we fetch; what has arrived is verified and said so. Goes on wherever it stopped.</summary>
internal static class MoveEvidence
{
    private const int AtOnce = 200;

    /// <summary>Moves what is to be moved.</summary>
    /// <param name="module">The module.</param>
    /// <param name="problem">Is told which package did not move and why.</param>
    /// <param name="cancel">When to stop.</param>
    internal static async Task Run(ExchangeModule module, Action<Guid, string> problem, CancellationToken cancel)
    {
        foreach (var package in Open(module))
        {
            if (module.Trust.Find(package.Party) is not { } node) continue;
            try
            {
                if (package.Outgoing) await Send(module, package, node, cancel);
                else await Fetch(module, package, node, cancel);
            }
            catch (Exception e) when (e is not OperationCanceledException || !cancel.IsCancellationRequested)
            {
                problem(package.Id, module.Why(e));
            }
        }

        foreach (var id in VerifiedEvidence.Due(module))
        {
            try
            {
                await VerifiedEvidence.Verify(module, id, module.Trust.Own, cancel);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                problem(id, e.Message);
            }
        }

        // Said after each round for whatever was verified and not said yet, so that a fall in between leaves nothing unsaid.
        foreach (var verified in Unsaid(module)) EvidenceMessages.Verified(module, verified);
        await StoreAway.Run(module, problem, cancel);
    }

    private static List<VerifiedEvidence> Unsaid(ExchangeModule module)
    {
        using var context = module.Database.Connect();
        var since = module.Clock.GetUtcNow().UtcDateTime.AddDays(-30);
        var packages = context.Set<EvidencePackage>().AsNoTracking().Where(p => !p.Outgoing && p.State == PackageStates.Verified && p.ChangedAt > since).ToList();
        if (packages.Count == 0) return [];
        var requests = packages.Select(p => p.Request).Distinct().ToList();
        var said = context.Set<OutgoingMessage>().Where(m => m.Act == WhatIsSaid.EvidenceVerified && requests.Contains(m.Request)).Select(m => m.Payload).ToList();
        return [.. packages.Where(p => !said.Any(s => s.Contains(p.Id.ToString(), StringComparison.Ordinal))).Select(p => VerifiedEvidence.Of(context, p, module.Manifests.Of(p)))];
    }

    private static List<EvidencePackage> Open(ExchangeModule module)
    {
        using var context = module.Database.Connect();
        // A package is sent once the message that announces it was receipted.
        var announced = context.Set<OutgoingMessage>().Where(m => m.Act == WhatIsSaid.Evidence && m.State == "received").Select(m => m.Request);
        var reached = module.Trust.Nodes.Where(n => n is { Address: not null, Reach: Reach.Push }).Select(n => n.Party).ToList();
        var fetches = module.Trust.Find(module.Trust.Party)?.Reach == Reach.Pull;
        return
        [
            .. context.Set<EvidencePackage>().AsNoTracking()
                .Where(p => (p.State == PackageStates.Announced || p.State == PackageStates.Arriving) && reached.Contains(p.Party) && (p.Outgoing ? announced.Contains(p.Request) : fetches))
                .OrderBy(p => p.ChangedAt).Take(AtOnce),
        ];
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
