using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Palermo.Access.Trail;
using Palermo.Data;
using Palermo.Data.Cases;
using Palermo.Data.Exchange;
using Palermo.Exchange.Delivery;
using Palermo.Kernel.Access;
using Palermo.Requests;
using Palermo.Requests.Life;
using Palermo.Tests.Exchange.Nodes;
using Palermo.Tests.Requests;
using Palermo.Tests.Support;
using Shouldly;

namespace Palermo.Tests.Exchange.Delivery;

/// <summary>People at a whole node: they send requests and answer them, and the node sends and fetches when they say so.</summary>
internal sealed class Desk(ExchangeNode node, string state)
{
    private readonly TestPerson _officer = TestPeople.Make(node.Record.Database, node.Clock, Role.Officer, state: state), _approver = TestPeople.Make(node.Record.Database, node.Clock, Role.Approver, state: state);

    internal ExchangeNode Node { get; } = node;

    internal string Party => Node.Trust.Party;

    private RequestsModule Module => Node.All.Requests;

    /// <summary>What went wrong.</summary>
    internal ConcurrentQueue<string> Problems { get; } = new();

    internal Guid Send(Desk to)
    {
        var id = Drafts.Complete(Module, _officer.Viewer);
        Move(id, "submit");
        Move(id, "approve");
        Move(id, "send", to.Party);
        return id;
    }

    internal void Move(Guid id, string act, string node = "") => MoveRequest.Make(Module, (act == "approve" ? _approver : _officer).Viewer, id, new Move(act, Stage(id)) { Node = node });

    internal string Stage(Guid id) => Read(c => c.Set<Request>().Single(r => r.Id == id)).Stage;

    internal IReadOnlyList<string> Acts(Guid id) => Read(c => c.Set<RequestEvent>().Where(e => e.Request == id).OrderBy(e => e.Number).Select(e => e.Act).ToList());

    internal IReadOnlyList<OutgoingMessage> Outbox() => Read(c => c.Set<OutgoingMessage>().AsNoTracking().OrderBy(m => m.At).ThenBy(m => m.Sequence).ToList());

    internal IReadOnlyList<RelayedMessage> Relayed() => Read(c => c.Set<RelayedMessage>().AsNoTracking().OrderBy(m => m.Id).ToList());

    /// <summary>Sends what is due.</summary>
    /// <returns>How many receipts came.</returns>
    internal async Task<int> Push()
    {
        var before = Receipts();
        SendWaiting.Begin(Node.Module, e => Problems.Enqueue(e.ToString()), CancellationToken.None);
        await Node.Module.Sending.Idle();
        return Receipts() - before;
    }

    /// <summary>Fetches what waits elsewhere.</summary>
    /// <returns>How many messages and receipts came that were not here yet.</returns>
    internal async Task<int> Pull()
    {
        var before = Receipts() + Read(c => c.Set<IncomingMessage>().Count());
        PullWaiting.Begin(Node.Module, (_, why) => Problems.Enqueue(why), CancellationToken.None);
        await Node.Module.Pulling.Idle();
        return Receipts() + Read(c => c.Set<IncomingMessage>().Count()) - before;
    }

    private int Receipts() => Outbox().Count(m => m.State == "received");

    internal void TrailHolds() => VerifyAudit.Run(Node.Record.Database, null).Ok.ShouldBeTrue();

    internal T Read<T>(Func<PalermoContext, T> read)
    {
        using var context = Node.Record.Database.Connect();
        return read(context);
    }
}
