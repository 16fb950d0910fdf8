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
                if (package.Outgoing && node is { Address: not null, Reach: Reach.Push }) await Send(module, package, node, cancel);
                else if (!package.Outgoing && node is { Address: not null, Reach: Reach.Push } && module.Trust.Find(module.Trust.Party)?.Reach == Reach.Pull) await Fetch(module, package, node, cancel);
            }
            catch (Exception e) when (e is RefusedException or HttpRequestException or IOException)
            {
                problem(package.Id, e is RefusedException refused ? module.Texts.Say(Language.English, refused.Text) : e.Message);
            }
        }

        foreach (var id in VerifiedEvidence.Due(module))
            if (await VerifiedEvidence.Verify(module, id, module.Trust.Own, cancel) is { } verified) EvidenceMessages.Verified(module, verified);
        await StoreAway.Run(module, problem, cancel);
    }

    private static List<EvidencePackage> Open(ExchangeModule module)
    {
        using var context = module.Database.Connect();
        // A package is sent once the message that announces it was receipted.
        var announced = context.Set<OutgoingMessage>().Where(m => m.Act == WhatIsSaid.Evidence && m.State == "received").Select(m => m.Request);
        return [.. context.Set<EvidencePackage>().AsNoTracking().Where(p => (p.State == PackageStates.Announced || p.State == PackageStates.Arriving) && (!p.Outgoing || announced.Contains(p.Request))).OrderBy(p => p.At).Take(20)];
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
        await ArrivedEvidence.Whole(module, package.Id, cancel);
    }

    private static HttpClient Client(ExchangeModule module, NodeEntry node)
    {
        var client = module.Trust.ClientFor(node);
        client.Timeout = Timeout.InfiniteTimeSpan;
        return client;
    }
}
