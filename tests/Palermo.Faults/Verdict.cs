using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Palermo.Access.Trail;
using Palermo.Data.Audit;
using Palermo.Data.Cases;
using Palermo.Data.Exchange;

namespace Palermo.Faults;

/// <summary>What two records say about what went between them, looked at from both ends when all is over.</summary>
internal static class Verdict
{
    private static readonly string[] AtRequesting = ["begin", "submit", "approve", "send", "receipt", "accepted", "execution-began", "executed"];
    private static readonly string[] AtRequested = ["registered", "accept", "begin-execution", "execute"];

    /// <summary>How many messages wait at both ends and at the relay.</summary>
    internal static int Waiting(params ServedNode[] nodes) => nodes.Sum(n =>
    {
        using var context = n.Node.Exchange.Database.Connect();
        return context.Set<OutgoingMessage>().Count(m => m.State == "waiting") + context.Set<IncomingMessage>().Count(m => m.TakenAt == null) + context.Set<RelayedMessage>().Count(m => m.FetchedAt == null);
    });

    /// <summary>Everything that is not as it must be; empty when all is.</summary>
    internal static IReadOnlyList<string> Of(ServedNode requesting, ServedNode requested, ServedNode relay, int requests)
    {
        var faults = new List<string>();
        var (asks, answers) = (Side.Read(requesting), Side.Read(requested));
        OneWay(asks, answers, faults);
        OneWay(answers, asks, faults);
        Lives(asks, requests, AtRequesting, faults);
        Lives(answers, requests, AtRequested, faults);
        foreach (var node in new[] { requesting, requested, relay })
            if (VerifyAudit.Run(node.Node.Exchange.Database, null) is { Ok: false } broken) faults.Add($"the trail of {node.Plan.Name} breaks at {broken.Number}: {broken.Fault}");
        using var kept = relay.Node.Exchange.Database.Connect();
        if (kept.Set<RelayedMessage>().Count(m => m.FetchedAt == null) is > 0 and var left) faults.Add($"{left} messages lie at the relay");
        return faults;
    }

    /// <summary>What one side said came to the other, once, in order, was receipted, and both trails have it.</summary>
    private static void OneWay(Side from, Side to, List<string> faults)
    {
        var came = to.In.ToLookup(m => m.Payload);
        foreach (var sent in from.Out)
        {
            var what = $"{from.Name}: {sent.Act} {sent.Id}";
            if (sent.State != "received") faults.Add($"{what} is {sent.State} after {sent.Attempts} attempts: {sent.Problem}");
            if (came[sent.Id].ToList() is not [var there])
            {
                faults.Add($"{what} came {came[sent.Id].Count()} times");
                continue;
            }

            if (there.TakenAt is null || there.Problem.Length > 0) faults.Add($"{what} was not taken in: {there.Problem}");
            if (there.Content != sent.Payload) faults.Add($"{what} is another one there");
            if (sent.Receipt != there.Receipt[(there.Receipt.IndexOf('\n', StringComparison.Ordinal) + 1)..]) faults.Add($"{what} has another receipt than the one that was given");
            if (from.Entries("exchange.written", sent.Id) != 1) faults.Add($"{what} is not once in the trail as written");
            if (from.Entries("exchange.receipted", sent.Id) != 1) faults.Add($"{what} is not once in the trail as receipted");
            if (to.Entries("exchange.came", sent.Id) != 1) faults.Add($"{what} is not once in the other trail as come");
            using var payload = JsonDocument.Parse(there.Content);
            if (payload.RootElement.TryGetProperty("trail", out var head) && head.ValueKind == JsonValueKind.Object && from.HashAt(head.GetProperty("number").GetInt64()) != head.GetProperty("hash").GetString())
                faults.Add($"{what} names a head that the sender's trail does not have");
        }

        if (to.In.Count != from.Out.Count) faults.Add($"{to.Name} has {to.In.Count} messages, {from.Name} sent {from.Out.Count}");
    }

    private static void Lives(Side side, int requests, string[] expected, List<string> faults)
    {
        if (side.Acts.Count != requests) faults.Add($"{side.Name} has {side.Acts.Count} requests instead of {requests}");
        foreach (var (request, acts) in side.Acts)
            if (!acts.SequenceEqual(expected, StringComparer.Ordinal)) faults.Add($"{side.Name}: request {request} went {string.Join(' ', acts)}");
    }

    private sealed record Side(string Name, List<OutgoingMessage> Out, List<IncomingMessage> In, Dictionary<Guid, string[]> Acts, Dictionary<(string Act, Guid Message), int> Trail, Dictionary<long, string> Hashes)
    {
        /// <summary>How often the trail says something of a message.</summary>
        internal int Entries(string act, Guid message) => Trail.GetValueOrDefault((act, message));

        internal string? HashAt(long number) => Hashes.GetValueOrDefault(number);

        internal static Side Read(ServedNode node)
        {
            using var context = node.Node.Exchange.Database.Connect();
            var entries = context.Set<AuditEntry>().AsNoTracking().Where(a => a.Act.StartsWith("exchange.")).Select(a => new { a.Act, a.After }).ToList();
            return new(node.Plan.Name, context.Set<OutgoingMessage>().AsNoTracking().ToList(), context.Set<IncomingMessage>().AsNoTracking().ToList(),
                context.Set<RequestEvent>().AsNoTracking().OrderBy(e => e.Number).ToList().GroupBy(e => e.Request).ToDictionary(g => g.Key, g => g.Select(e => e.Act).ToArray()),
                entries.GroupBy(e => (e.Act, MessageIn(e.After))).ToDictionary(g => g.Key, g => g.Count()),
                context.Set<AuditEntry>().AsNoTracking().Select(a => new { a.Number, a.Hash }).ToDictionary(a => a.Number, a => Convert.ToHexStringLower(a.Hash)));
        }

        private static Guid MessageIn(string entry) => entry.Split(' ').Select(w => Guid.TryParse(w.Split('@')[0], out var id) ? id : Guid.Empty).FirstOrDefault(id => id != Guid.Empty);
    }
}
