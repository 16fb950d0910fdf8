using System.Diagnostics;
using Palermo.Data.Exchange;
using Palermo.Kernel;

namespace Palermo.Faults;

/// <summary>What a scenario showed.</summary>
internal sealed record Outcome(string Scenario, int Requests, int Messages, int Attempts, TimeSpan Broken, TimeSpan Settling, int Kills, int Restarts, LineCounts Line, IReadOnlyList<string> Faults, IReadOnlyList<string> Errors, bool Whole)
{
    internal bool Ok => Whole && Faults.Count == 0;
}

/// <summary>Two states and a secretariat with registry and relay, requests and answers between the states, and everything that can break meanwhile.</summary>
internal sealed class Scenario(string name, int requests, int seed, TimeSpan pace, TimeSpan limit, Action<string> say)
{
    private readonly Random _random = new(seed);
    private int _kills, _restarts, _sent, _answered;

    /// <summary>push: both states listen; pull: one only dials out and fetches from the other; relay: both only dial out.</summary>
    internal static readonly string[] Names = ["push", "pull", "relay"];

    internal async Task<Outcome> Run(string folder, string template, Texts texts)
    {
        var counts = new LineCounts();
        ServedNode Make(NodePlan plan, int number) => new(plan, Path.Combine(folder, name), template, texts, seed * 10 + number, counts);
        using var brazil = Make(new("bra", "BRA", name == "relay", name == "relay" ? "unodc" : ""), 1);
        using var italy = Make(new("ita", "ITA", name != "push", name == "relay" ? "unodc" : ""), 2);
        using var secretariat = Make(new("unodc", ""), 3);
        ServedNode[] nodes = [brazil, italy, secretariat];
        ServedNode.Introduce(secretariat, brazil, italy);
        var (asks, answers) = (new Office(brazil), new Office(italy));
        await Task.WhenAll(nodes.Select(n => n.Start()));
        say($"{name}: three nodes serve");

        foreach (var node in nodes) node.Line.Faulty = true;
        var broken = Stopwatch.StartNew();
        using var over = new CancellationTokenSource();
        using var late = new CancellationTokenSource(limit);
        var chaos = Chaos(nodes, over.Token);
        var asking = Task.Run(() =>
        {
            for (; _sent < requests && !late.IsCancellationRequested; _sent++) asks.Send(italy.Plan.Party);
        }, CancellationToken.None);
        while ((_answered < _sent || !asking.IsCompleted) && !late.IsCancellationRequested)
        {
            var answered = await Task.Run(answers.AnswerAll, CancellationToken.None);
            _answered += answered;
            if (answered == 0) await Task.Delay(250, CancellationToken.None);
            if (answered > 0) say($"{name}: {_sent} sent, {_answered} answered, {_kills + _restarts} restarts, after {broken.Elapsed.TotalSeconds:0} s");
        }

        await asking;
        await over.CancelAsync();
        await chaos;
        broken.Stop();
        foreach (var node in nodes) (node.Line.Faulty, node.Line.Partitioned) = (false, false);
        var settling = Stopwatch.StartNew();
        while (Pending(answers, nodes) && settling.Elapsed < limit) await Task.Delay(250, CancellationToken.None);
        say($"{name}: settled after {settling.Elapsed.TotalSeconds:0} s");
        var took = settling.Elapsed;
        await Task.WhenAll(nodes.Select(n => n.Stop(kill: false)));
        var messages = Sent(brazil, italy);
        return new(name, _sent, messages.Count, messages.Sum(m => m.Attempts), broken.Elapsed, took, _kills, _restarts, counts, Verdict.Of(brazil, italy, secretariat, _sent), [.. nodes.SelectMany(n => n.Errors())], _sent == requests);
    }

    private bool Pending(Office answers, ServedNode[] nodes)
    {
        _answered += answers.AnswerAll();
        return _answered < _sent || Verdict.Waiting(nodes) > 0;
    }

    /// <summary>Kills, restarts and cuts off, one at a time, until told to stop; leaves all nodes serving.</summary>
    private async Task Chaos(ServedNode[] nodes, CancellationToken stop)
    {
        for (var round = 0; ; round++)
        {
            try
            {
                await Task.Delay(pace * (0.5 + _random.NextDouble()), stop);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            // Each is killed in turn, so that a short run has seen every node fall; then restart, partition and kill follow one another at any node.
            var node = nodes[round < nodes.Length ? round : _random.Next(nodes.Length)];
            var kind = round < nodes.Length ? 0 : (round - nodes.Length + 1) % 3;
            if (kind == 2)
            {
                node.Line.Partitioned = true;
                await Task.Delay(TimeSpan.FromSeconds(1 + (4 * _random.NextDouble())), CancellationToken.None);
                node.Line.Partitioned = false;
                continue;
            }

            await node.Stop(kill: kind == 0);
            if (kind == 0) _kills++;
            else _restarts++;
            await Task.Delay(_random.Next(0, 1500), CancellationToken.None);
            await node.Start();
        }
    }

    private static List<OutgoingMessage> Sent(params ServedNode[] nodes) => [.. nodes.SelectMany(n =>
    {
        using var context = n.Node.Exchange.Database.Connect();
        return context.Set<OutgoingMessage>().ToList();
    })];
}
