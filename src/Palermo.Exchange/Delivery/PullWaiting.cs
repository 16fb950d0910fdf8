using Palermo.Exchange.As4;
using Palermo.Exchange.Nodes;

namespace Palermo.Exchange.Delivery;

/// <summary>Fetches what waits elsewhere for a node that only dials out: from the nodes that send, and from its relay, each in a lane of its own.</summary>
internal static class PullWaiting
{
    private const int MostAtOnce = 100, MostFailuresInARow = 3;

    /// <summary>Begins to ask every node that listens and is not being asked.</summary>
    /// <param name="module">The module.</param>
    /// <param name="problem">Is told which node was not reached and why.</param>
    /// <param name="cancel">When to stop.</param>
    internal static void Begin(ExchangeModule module, Action<string, string> problem, CancellationToken cancel)
    {
        if (module.Trust.Find(module.Trust.Party) is not { Reach: Reach.Pull } us) return;
        var nodes = module.Trust.Nodes.Where(n => n.Address is not null && n.Reach == Reach.Push && n.Party != us.Party);
        module.Pulling.Fill([.. nodes.Select(n => new Errand(n.Party, Guid.Empty, stop => Ask(module, n, us.Relay, stop)))], (errand, e) => problem(errand.Lane, module.Why(e)), cancel);
    }

    private static async Task Ask(ExchangeModule module, NodeEntry node, string ourRelay, CancellationToken cancel)
    {
        await UntilNothingWaits(() => Pull(module, node, cancel));
        if (node.Party == ourRelay) await Relay.Fetch(module, node, cancel);
    }

    /// <summary>Does one after another until nothing waits. A single cut connection says nothing about the next.</summary>
    /// <param name="one">Fetches one; answers whether there was one.</param>
    internal static async Task UntilNothingWaits(Func<Task<bool>> one)
    {
        for (var (came, failures) = (0, 0); came < MostAtOnce; came++)
        {
            try
            {
                if (!await one()) return;
                failures = 0;
            }
            catch (Exception e) when ((e is HttpRequestException or IOException) && ++failures < MostFailuresInARow)
            {
                // It is asked again at once.
            }
        }
    }

    private static async Task<bool> Pull(ExchangeModule module, NodeEntry node, CancellationToken cancel)
    {
        using var limit = LineTime.Of(module, cancel);
        var pull = PackSignal.PullRequest(module.Trust.Party, module.Trust.Own[0], module.Clock.GetUtcNow());
        using var answer = await module.Line.Send(node, HttpMethod.Post, "as4", pull, limit.Token);
        if (answer.ContentType is null || IsSignal(answer.ContentType)) return false;
        if (await TakeMessage.Take(module, answer.Body, answer.ContentType, node, mayPull: false, limit.Token) is not { } reply) return true;
        using var done = await module.Line.Send(node, HttpMethod.Post, "as4", reply, limit.Token);
        return true;
    }

    /// <summary>A message has parts; what has none is the word that nothing waits.</summary>
    internal static bool IsSignal(string contentType) => !contentType.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase);
}
