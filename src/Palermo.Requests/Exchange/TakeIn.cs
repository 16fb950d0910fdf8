using Microsoft.EntityFrameworkCore;
using Palermo.Data;
using Palermo.Data.Cases;
using Palermo.Data.Exchange;
using Palermo.Kernel;
using Palermo.Kernel.Access;
using Palermo.Requests.Life;
using Palermo.Requests.Threads;

namespace Palermo.Requests.Exchange;

/// <summary>The node that sent a message, as the registry lists it.</summary>
/// <param name="Party">Its party identifier.</param>
/// <param name="Organization">Name of its organization.</param>
/// <param name="States">Alpha-3 codes of the states for which it speaks.</param>
public sealed record SendingNode(string Party, string Organization, IReadOnlyList<string> States)
{
    /// <summary>The node as somebody who acts, for the audit trail.</summary>
    public Actor Actor => new(null, Organization, Party);

    /// <summary>The node as who writes something down.</summary>
    internal Viewer Viewer => new(Guid.Empty, Organization, Party, []);
}

/// <summary>
/// Takes in what other nodes say about requests: once each, in the order in which it was said, whatever the order in which it came.
/// What cannot change the request, because people here went on meanwhile, is kept with the reason and shown.
/// </summary>
public static class TakeIn
{
    private const int MostWaiting = 1000, MostMessages = 1_000_000;

    /// <summary>Reads a payload and says whether this node may say it at all.</summary>
    /// <exception cref="RefusedException">It cannot be understood, or is about a request that is not between that node and us; it is answered with an error and nothing is kept.</exception>
    public static MessagePayload Check(RequestsModule module, ReadOnlySpan<byte> json, SendingNode from)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(from);
        var payload = MessagePayload.FromJson(json);
        using var context = module.Database.Connect();
        var request = context.Set<Request>().AsNoTracking().FirstOrDefault(r => r.Id == payload.Request);
        if (request is not null && request.Node != from.Party) throw new RefusedException("exchange.not-yours");
        if (payload.Act is WhatIsSaid.Request or WhatIsSaid.Information)
        {
            if (payload.Document is not { Requesting: { } requesting, Requested: { } requested } document || document.Id != payload.Request) throw new RefusedException("exchange.no-document");
            if (!from.States.Contains(requesting, StringComparer.Ordinal)) throw new RefusedException("exchange.not-your-state", ("given", RefusedException.Shorten(requesting)));
            if (module.Kinds.Find(document.Kind) is null) throw new RefusedException("exchange.kind", ("given", RefusedException.Shorten(document.Kind)));
            if (RegisterSent.OfficeFor(context, requested) is null) throw new RefusedException("exchange.not-our-state", ("given", RefusedException.Shorten(requested)));
        }

        if (payload.Sequence > MostMessages) throw new RefusedException("exchange.sequence", ("n", payload.Sequence));
        if (context.Set<IncomingMessage>().Count(m => m.From == from.Party && m.TakenAt == null) >= MostWaiting) throw new RefusedException("exchange.too-many-waiting");
        return payload;
    }

    /// <summary>Keeps a message and takes in whatever is next in order.</summary>
    /// <param name="module">The module.</param>
    /// <param name="change">The change; the receipt goes out only after it was written.</param>
    /// <param name="from">The sender.</param>
    /// <param name="message">The message, whose payload was checked.</param>
    /// <param name="files">Files that came with it, stored and not yet in the record.</param>
    internal static void Keep(RequestsModule module, Change change, SendingNode from, IncomingMessage message, IReadOnlyList<StoredPart> files)
    {
        var context = change.Context;
        var same = context.Set<IncomingMessage>().Where(m => m.Request == message.Request && m.From == from.Party);
        // A number used before would never be taken in: a node restored from an older copy has to be told.
        if (same.Any(m => m.Sequence == message.Sequence) || context.Set<IncomingMessage>().Any(m => m.From == from.Party && m.Payload == message.Payload)) throw new RefusedException("exchange.sequence", ("n", message.Sequence));
        context.Add(message);
        change.Audit("exchange.came", CaseOf(context, message.Request), message.Request.ToString(), "", $"{message.Act} {message.Sequence} {message.MessageId}");
        context.SaveChanges();
        while (true)
        {
            var next = (context.Set<IncomingMessage>().Where(m => m.Request == message.Request && m.From == from.Party && m.TakenAt != null).Max(m => (int?)m.Sequence) ?? 0) + 1;
            var due = context.Set<IncomingMessage>().FirstOrDefault(m => m.Request == message.Request && m.From == from.Party && m.TakenAt == null && m.Sequence == next);
            if (due is null) return;
            var problem = Apply(module, change, from, due, ReferenceEquals(due, message) ? files : []);
            (due.Problem, due.TakenAt) = (problem is null ? "" : KeptMessage.Of(problem), change.Now);
            if (problem is not null) change.Audit("exchange.not-applied", CaseOf(context, due.Request), due.Request.ToString(), "", $"{due.Act} {due.MessageId} {module.Texts.Say(Language.English, problem)}");
            context.SaveChanges();
        }
    }

    /// <summary>Applies one message; answers why it could not change the request, null when it did.</summary>
    private static Message? Apply(RequestsModule module, Change change, SendingNode from, IncomingMessage message, IReadOnlyList<StoredPart> files)
    {
        var payload = MessagePayload.FromJson(System.Text.Encoding.UTF8.GetBytes(message.Content));
        var request = change.Context.Set<Request>().FirstOrDefault(r => r.Id == payload.Request);
        // Looked at again here: since the message came, another node may have sent a request of this identifier.
        if (request is not null && request.Node != from.Party) return new Message("exchange.not-yours");
        if (payload.Act is WhatIsSaid.Request or WhatIsSaid.Information)
        {
            if (request is not null) return new Message("exchange.again");
            RegisterSent.Open(module, change, from, payload, files);
            return null;
        }

        if (request is null) return new Message("exchange.no-request");
        RegisterSent.Attach(change, from, request, files);
        if (payload.Act == WhatIsSaid.Message || payload.Act == "consultation")
        {
            var kind = payload.Act == WhatIsSaid.Message && MessageKinds.All.Contains(payload.Kind, StringComparer.Ordinal) && payload.Kind != MessageKinds.Note ? payload.Kind! : MessageKinds.Consultation;
            var text = Bounded(payload.Text);
            if (text.Length > 0) WriteMessage.Add(change, request, kind, ours: false, text, kind == MessageKinds.Answer ? ThreadsAfterMove.LastQuestion(change.Context, request) : null, from.Viewer);
            return null;
        }

        if (payload.Act is WhatIsSaid.Evidence or WhatIsSaid.EvidenceVerified or WhatIsSaid.EvidenceRefused) return module.TakeEvidence(change, from, request, payload);
        if (WhatIsSaid.Find(!request.Outgoing, payload.Act) is not { Means.Length: > 0 } saying) return new Message("exchange.act", ("given", RefusedException.Shorten(payload.Act)));
        return MoveRequest.Theirs(module, change, from.Viewer, request, saying.Means, payload with { Text = Bounded(payload.Text) });
    }

    private static string Bounded(string? text) => WriteMessage.Lines(text is { Length: > WriteMessage.LongestText } ? text[..WriteMessage.LongestText] : text);

    private static string CaseOf(PalermoContext context, Guid request) => context.Set<Request>().Where(r => r.Id == request).Select(r => r.Case).FirstOrDefault() is var found && found != Guid.Empty ? found.ToString() : "exchange";
}
