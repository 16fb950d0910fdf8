using Palermo.Exchange.As4;
using Palermo.Exchange.Nodes;
using Palermo.Kernel;

namespace Palermo.Exchange.Delivery;

/// <summary>Fetches what waits elsewhere for a node that only dials out: from the nodes that send, and from its relay.</summary>
internal static class PullWaiting
{
    private const int MostAtOnce = 100;

    /// <summary>Asks every node that listens, and the relay.</summary>
    /// <param name="module">The module.</param>
    /// <param name="problem">Is told which node was not reached and why.</param>
    /// <param name="cancel">When to stop.</param>
    /// <returns>How many messages came.</returns>
    internal static async Task<int> Run(ExchangeModule module, Action<NodeEntry, string> problem, CancellationToken cancel)
    {
        if (module.Trust.Find(module.Trust.Party) is not { Reach: Reach.Pull } us) return 0;
        var came = 0;
        foreach (var node in module.Trust.Nodes.Where(n => n.Address is not null && n.Reach == Reach.Push && n.Party != us.Party))
        {
            try
            {
                came += await From(module, node, cancel);
                if (node.Party == us.Relay) came += await Relay.Fetch(module, node, cancel);
            }
            catch (Exception e) when (!cancel.IsCancellationRequested)
            {
                problem(node, module.Why(e));
            }
        }

        return came;
    }

    private static async Task<int> From(ExchangeModule module, NodeEntry node, CancellationToken cancel)
    {
        for (var came = 0; came < MostAtOnce; came++)
        {
            using var limit = LineTime.Of(module, cancel);
            var pull = PackSignal.PullRequest(module.Trust.Party, module.Trust.Own[0], module.Clock.GetUtcNow());
            using var answer = await module.Line.Send(node, HttpMethod.Post, "as4", pull, limit.Token);
            if (answer.ContentType is null || IsSignal(answer.ContentType)) return came;
            if (await TakeMessage.Take(module, answer.Body, answer.ContentType, limit.Token) is not { } reply) continue;
            using var done = await module.Line.Send(node, HttpMethod.Post, "as4", reply, limit.Token);
        }

        return MostAtOnce;
    }

    /// <summary>A message has parts; what has none is the word that nothing waits.</summary>
    internal static bool IsSignal(string contentType) => !contentType.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase);
}
