using System.Collections.Concurrent;
using Palermo.Access.Trail;
using Palermo.Data.Cases;
using Palermo.Data.Exchange;
using Palermo.Exchange;
using Palermo.Exchange.As4;
using Palermo.Exchange.Delivery;
using Palermo.Exchange.Nodes;
using Palermo.Exchange.Nodes.Identity;
using Palermo.Exchange.Nodes.Registry;
using Palermo.Kernel.Access;
using Palermo.Requests.Life;
using Palermo.Tests.Exchange.Nodes;
using Palermo.Tests.Requests;
using Palermo.Tests.Support;
using Shouldly;

namespace Palermo.Tests.Exchange.Delivery;

/// <summary>One side: an office with its record, its identity, and the Exchange module on a line that the test holds in its hands.</summary>
internal sealed class Side : IDisposable
{
    internal Side(Provider provider, string state, TestLine line, bool pulls, string algorithm)
    {
        Environment.SetEnvironmentVariable(Passphrase.Variable, Identities.Secret);
        (Life, State) = (new LifeRecord(provider, state), state);
        Module = new ExchangeModule(Life.Module, Life.Record.Folder) { Line = line };
        Approver = Life.Person(Role.Approver, "Carla Approver");
        InitNode.Run(Module.Trust.Folder, new InitInput(Party, "Authority " + state) { SelfSigned = true, Algorithm = algorithm, States = [state], Address = pulls ? null : $"https://{state.ToLowerInvariant()}.example/" }, Identities.Secret, Life.Record.Clock.GetUtcNow());
        Module.Connect();
        line.Add(this);
    }

    internal string State { get; }

    internal string Party => "palermo:" + State.ToLowerInvariant();

    internal LifeRecord Life { get; }

    internal ExchangeModule Module { get; }

    internal TestPerson Approver { get; }

    internal Request Request(Guid id) => Life.Read(c => c.Set<Request>().Single(r => r.Id == id));

    internal IReadOnlyList<string> Acts(Guid id) => Life.Read(c => c.Set<RequestEvent>().Where(e => e.Request == id).OrderBy(e => e.Number).Select(e => e.Act).ToList());

    internal void Move(Guid id, string act, string text = "", IReadOnlyList<string>? grounds = null, string node = "") =>
        MoveRequest.Make(Life.Module, (act is "approve" or "refuse" ? Approver : Life.Officer).Viewer, id, new Move(act, Request(id).Stage, Text: text, Grounds: grounds) { Node = node });

    /// <summary>A request, complete and approved, sent to the other side's node.</summary>
    internal Guid Send(Side to) => Send(to.Party);

    internal Guid Send(string party)
    {
        var id = Drafts.Complete(Life.Module, Life.Officer.Viewer);
        Move(id, "submit");
        Move(id, "approve");
        Move(id, "send", node: party);
        return id;
    }

    /// <summary>Sends what is due.</summary>
    /// <returns>How many receipts came.</returns>
    internal async Task<int> Run()
    {
        var before = Outbox().Count(m => m.State == "received");
        Begin();
        await Module.Sending.Idle();
        return Outbox().Count(m => m.State == "received") - before;
    }

    /// <summary>Begins to send what is due.</summary>
    internal void Begin() => SendWaiting.Begin(Module, e => Failures.Enqueue(e), CancellationToken.None);

    /// <summary>Fetches what waits elsewhere.</summary>
    /// <returns>How many messages came.</returns>
    internal async Task<int> Pull()
    {
        var before = Inbox().Count;
        PullWaiting.Begin(Module, (_, why) => Problems.Enqueue(why), CancellationToken.None);
        await Module.Pulling.Idle();
        return Inbox().Count - before;
    }

    /// <summary>What could not be worked through.</summary>
    internal ConcurrentQueue<Exception> Failures { get; } = new();

    /// <summary>What went wrong when it fetched.</summary>
    internal ConcurrentQueue<string> Problems { get; } = new();

    /// <summary>Why a message is not there yet, in English.</summary>
    internal string Said(string problem) => Module.Texts.SayKept(Palermo.Kernel.Language.English, problem);

    internal IReadOnlyList<OutgoingMessage> Outbox() => Life.Read(c => c.Set<OutgoingMessage>().OrderBy(m => m.At).ThenBy(m => m.Sequence).ToList());

    internal IReadOnlyList<IncomingMessage> Inbox() => Life.Read(c => c.Set<IncomingMessage>().OrderBy(m => m.At).ThenBy(m => m.Sequence).ToList());

    internal void TrailHolds() => VerifyAudit.Run(Life.Record.Database, null).Ok.ShouldBeTrue();

    public void Dispose() => Life.Dispose();
}

/// <summary>The line between sides: carries real messages, and drops, doubles or keeps back what the test says.</summary>
internal sealed class TestLine : ILine
{
    private readonly Dictionary<string, Side> _sides = new(StringComparer.Ordinal);

    /// <summary>What becomes of a message on its way, and of the answer on its way back.</summary>
    internal Func<string, Fate> Fate { get; set; } = _ => Delivery.Fate.Carried;

    /// <summary>Whether what is sent to a party is swallowed: it hangs until it is <see cref="Released"/>, and is lost then.</summary>
    internal Predicate<string> Swallows { get; set; } = _ => false;

    /// <summary>Ends what hangs.</summary>
    internal TaskCompletionSource Released { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Is told whose answer was given.</summary>
    internal Action<string> Answered { get; set; } = _ => { };

    /// <summary>What is answered instead, by something in between.</summary>
    internal Func<string, LineAnswer?> Between { get; set; } = _ => null;

    /// <summary>Everything that was carried, as it was.</summary>
    internal ConcurrentQueue<(string To, string ContentType, byte[] Bytes)> Carried { get; } = new();

    internal void Add(Side side) => _sides[side.Party] = side;

    /// <summary>Hands bytes to a side as if they had come over the line.</summary>
    internal async Task<(string ContentType, byte[] Bytes)?> Hand(Side to, string contentType, byte[] bytes)
    {
        var from = to.Module.Trust.Nodes.Single(n => _sides.ContainsKey(n.Party) && n.Party != to.Party);
        var answer = await TakeMessage.Take(to.Module, new MemoryStream(bytes), contentType, from, mayPull: true, CancellationToken.None);
        return answer is null ? null : (answer.ContentType, await TakeMessage.Bytes(answer, CancellationToken.None));
    }

    public async Task<LineAnswer> Send(NodeEntry node, HttpMethod method, string path, PackedMessage? message, CancellationToken cancel)
    {
        path.ShouldBe("as4");
        if (Between(node.Party) is { } said) return said;
        if (Swallows(node.Party))
        {
            await Released.Task;
            throw new HttpRequestException("swallowed");
        }

        var fate = Fate(node.Party);
        if (fate == Delivery.Fate.Lost) throw new HttpRequestException("lost on the way");
        var bytes = await TakeMessage.Bytes(message!, cancel);
        Carried.Enqueue((node.Party, message!.ContentType, bytes));
        var answer = await Hand(_sides[node.Party], message.ContentType, bytes);
        if (fate == Delivery.Fate.Doubled) answer = await Hand(_sides[node.Party], message.ContentType, bytes);
        Answered(node.Party);
        if (fate == Delivery.Fate.AnswerLost) throw new IOException("the answer was lost on the way");
        return answer is { } given ? new LineAnswer(200, given.ContentType, new MemoryStream(given.Bytes), null) : new LineAnswer(202, null, Stream.Null, null);
    }
}

/// <summary>What becomes of a message.</summary>
internal enum Fate
{
    /// <summary>It arrives, and its answer too.</summary>
    Carried,

    /// <summary>It never arrives.</summary>
    Lost,

    /// <summary>It arrives, its answer does not.</summary>
    AnswerLost,

    /// <summary>It arrives twice.</summary>
    Doubled,
}

/// <summary>Brazil and Italy, known to each other by a registry that Brazil publishes.</summary>
internal sealed class Sides : IDisposable
{
    internal Sides(Provider provider = Provider.Sqlite, bool italyPulls = false, string brazils = NodeKeys.EllipticCurve, string italys = NodeKeys.EllipticCurve)
    {
        (Brazil, Italy) = (new Side(provider, "BRA", Line, pulls: false, brazils), new Side(provider, "ITA", Line, italyPulls, italys));
        var (publisher, follower) = (Brazil.Module.Trust, Italy.Module.Trust);
        foreach (var trust in new[] { publisher, follower }) PublishRegistry.Add(publisher, DescribeNode.Run(trust), replace: false);
        PublishRegistry.Issue(publisher, null);
        follower.Registry.Pin("", Fingerprint.Of(publisher.Own[0]));
        follower.Registry.Take(Identities.Document(publisher)).ShouldBeTrue();
    }

    internal TestLine Line { get; } = new();

    internal Side Brazil { get; }

    internal Side Italy { get; }

    /// <summary>One more node that receives requests to Italy, which only Brazil knows.</summary>
    internal string Another(string party, string address = "https://another.example/")
    {
        var folder = Path.Combine(Brazil.Life.Record.Folder, "another");
        InitNode.Run(folder, new InitInput(party, "Another authority") { SelfSigned = true, Algorithm = NodeKeys.EllipticCurve, States = ["ITA"], Address = address }, Identities.Secret, Brazil.Life.Record.Clock.GetUtcNow());
        PublishRegistry.Add(Brazil.Module.Trust, DescribeNode.Run(new NodeTrust(folder, Brazil.Life.Record.Clock)), replace: false);
        PublishRegistry.Issue(Brazil.Module.Trust, null);
        return party;
    }

    /// <summary>Lets time pass on both sides.</summary>
    internal void Advance(TimeSpan by)
    {
        foreach (var side in new[] { Brazil, Italy }) side.Life.Record.Clock.Advance(by);
    }

    /// <summary>Has both send until nothing waits any more.</summary>
    internal async Task Settle(int rounds = 60)
    {
        for (var round = 0; round < rounds; round++)
        {
            await Brazil.Run();
            await Italy.Run();
            if (Brazil.Outbox().Concat(Italy.Outbox()).All(m => m.State != "waiting")) return;
            Advance(TimeSpan.FromHours(7));
        }

        Brazil.Outbox().Concat(Italy.Outbox()).Where(m => m.State == "waiting").Select(m => $"{m.Act} {m.Attempts} {m.Problem}").ShouldBeEmpty();
    }

    public void Dispose()
    {
        Brazil.Dispose();
        Italy.Dispose();
    }
}
