using Microsoft.EntityFrameworkCore;
using Palermo.Data;
using Palermo.Data.Audit;
using Palermo.Data.Cases;
using Palermo.Data.Exchange;
using Palermo.Kernel;
using Palermo.Kernel.Access;
using Palermo.Requests.Document;
using Palermo.Requests.Drafting;
using Palermo.Requests.Life;

namespace Palermo.Requests.Exchange;

/// <summary>Writes what a step says to the other side's node into the outbox, in the step's own change: either both happened or neither.</summary>
internal static class TellThem
{
    /// <summary>Files that go along with one message at most; together they have at most <see cref="MostBytes"/>.</summary>
    internal const int MostFiles = 18;

    private const long MostBytes = 48L << 20;

    /// <summary>How long a message is tried.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromDays(14);

    /// <summary>After a step of ours.</summary>
    internal static void After(Change change, Viewer viewer, Request request, Move move, DateOnly on)
    {
        if (request.Node.Length == 0 || WhatIsSaid.By(request.Outgoing, request.Kind, move.Act) is not { } saying) return;
        var payload = new MessagePayload
        {
            Act = saying.Code, On = on, By = viewer.Name, Number = request.Outgoing ? request.Number : null, TheirNumber = move.TheirNumber is { Length: > 0 } number && !request.Outgoing ? number : null,
            Text = move.Text is { Length: > 0 } text ? text : null, Grounds = move.Grounds is { Count: > 0 } grounds ? grounds : null, AnswerBy = move.AnswerBy,
        };
        if (move.Act == "send") payload = Whole(change.Context, request, payload);
        Write(change, request, payload);
    }

    /// <summary>Writes a message to the other side.</summary>
    /// <param name="change">The change.</param>
    /// <param name="request">The request.</param>
    /// <param name="payload">What is said.</param>
    /// <param name="package">The package of evidence it is about; null when it is about none.</param>
    internal static void Write(Change change, Request request, MessagePayload payload, Guid? package = null)
    {
        var context = change.Context;
        var local = context.Set<OutgoingMessage>().Local.Where(m => m.Request == request.Id).Max(m => (int?)m.Sequence);
        var sequence = Math.Max(local ?? 0, context.Set<OutgoingMessage>().Where(m => m.Request == request.Id).Max(m => (int?)m.Sequence) ?? 0) + 1;
        var last = context.Set<AuditEntry>().OrderByDescending(a => a.Number).Select(a => new { a.Number, a.Hash }).FirstOrDefault();
        payload = payload with
        {
            Id = Guid.CreateVersion7(new DateTimeOffset(change.Now, TimeSpan.Zero)), Request = request.Id, Sequence = sequence, At = change.Now,
            Trail = last is null ? null : new TrailHead(last.Number, Convert.ToHexStringLower(last.Hash)),
        };
        context.Add(new OutgoingMessage
        {
            Id = payload.Id, Request = request.Id, Case = request.Case, To = request.Node, Sequence = sequence, Act = payload.Act, Payload = payload.ToJson(),
            Files = string.Join(';', payload.Files?.Select(f => f.Id) ?? []), At = change.Now, GiveUpAt = change.Now + Patience, State = "waiting", Package = package,
        });
        change.Audit("exchange.written", request.Case.ToString(), request.Id.ToString(), "", $"{payload.Act} {sequence} {payload.Id} {request.Node}");
    }

    /// <summary>The request as it was approved, with the files annexed to it.</summary>
    private static MessagePayload Whole(PalermoContext context, Request request, MessagePayload payload)
    {
        var frozen = context.Set<FrozenRequest>().AsNoTracking().Where(f => f.Request == request.Id).OrderByDescending(f => f.Id).First();
        var document = ReadRequest.Trusted(frozen.Content);
        var annexed = document.Annexes.Select(a => a.Id).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var files = context.Set<Attachment>().AsNoTracking().Where(a => a.Request == request.Id && a.RemovedAt == null).ToList().Where(a => annexed.Contains(a.Id.ToString()));
        var along = files.ToList();
        if (along.Count > MostFiles || along.Sum(f => f.Size) > MostBytes) throw new RefusedException("exchange.annexes", ("n", MostFiles), ("m", MostBytes >> 20)) { Field = "node" };
        return payload with
        {
            Title = request.Title, Confidential = document.Field("handling.confidential") == "yes" ? true : null, Document = document,
            Files = [.. along.Select(f => new FileAlong(f.Id, f.Purpose, f.Title, f.FileName, f.Size, f.Sha256))],
        };
    }
}
