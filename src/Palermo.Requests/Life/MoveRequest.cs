using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Palermo.Data;
using Palermo.Data.Cases;
using Palermo.Kernel;
using Palermo.Kernel.Access;
using Palermo.Requests.Cases;
using Palermo.Requests.Completeness;
using Palermo.Requests.Document;
using Palermo.Requests.Drafting;
using Palermo.Requests.Exchange;
using Palermo.Requests.Threads;
using Palermo.Requests.Search;

namespace Palermo.Requests.Life;

/// <summary>What somebody says happened.</summary>
/// <param name="Act">Code of the act.</param>
/// <param name="Seen">The stage the writer saw; somebody who was overtaken is told.</param>
/// <param name="On">The day it happened; null for today.</param>
/// <param name="Text">Reasons in words.</param>
/// <param name="Grounds">Codes of grounds, or of missing items.</param>
/// <param name="TheirNumber">The other side's number, when they gave one.</param>
/// <param name="AnswerBy">By when a clarification is wished, when a day was set.</param>
internal sealed record Move(string Act, string Seen, DateOnly? On = null, string Text = "", IReadOnlyList<string>? Grounds = null, string TheirNumber = "", DateOnly? AnswerBy = null)
{
    /// <summary>Hash of the request as the writer saw it; what was changed meanwhile, even through another request of the case, is not approved unseen.</summary>
    internal string Document { get; init; } = "";

    /// <summary>Party identifier of the node to which a request is sent; empty for paper and mail.</summary>
    internal string Node { get; init; } = "";
}

/// <summary>Leads a request from one stage of its life to the next.</summary>
internal static class MoveRequest
{
    private const int LongestText = 20_000, LongestNumber = 100;

    /// <summary>Makes a move.</summary>
    /// <exception cref="RefusedException">It may not happen now, not by this person, or lacks what it demands; nothing was written.</exception>
    internal static void Make(RequestsModule module, Viewer viewer, Guid requestId, Move move) =>
        Change.Make(module.Database, viewer.Actor, module.Clock, change => Make(module, change, viewer, requestId, move));

    /// <summary>Makes a move within a change.</summary>
    internal static void Make(RequestsModule module, Change change, Viewer viewer, Guid requestId, Move move)
    {
        var context = change.Context;
        var request = Visible.Request(context, viewer, requestId);
        Visible.MustWrite(context, viewer, request.Case, request.OrganizationPath);
        if (request.Stage != move.Seen) throw new RefusedException("life.overtaken", ("stage", new Message("request.stage." + request.Stage))) { Conflict = true };
        var transition = Transitions.Find(request.Outgoing, request.Stage, request.Kind, move.Act) ?? throw new RefusedException("life.not-now", ("stage", new Message("request.stage." + request.Stage))) { Conflict = true };
        if (!MayAct(viewer, request, transition)) throw new RefusedException("life.not-you", ("roles", transition.By.Select(r => new Message("access.role." + Roles.Code(r))).ToArray())) { Forbidden = true };
        var today = DateOnly.FromDateTime(change.Now);
        var on = move.On ?? today;
        var events = context.Set<RequestEvent>().Where(e => e.Request == request.Id);
        if (on > today || on < (events.Max(e => (DateOnly?)e.On) ?? on)) throw new RefusedException("life.day", ("on", on)) { Field = "on" };
        move = Plainly(module, request, transition, move);
        Check(module, context, viewer, request, transition, move);
        if (move.Document is { Length: > 0 } shown && shown != HashOf(StepStore.Document(context, request))) throw new RefusedException("life.changed-meanwhile") { Conflict = true };
        if (transition.Act == "ask-clarification" && move.Grounds is not { Count: > 0 }) move = move with { Grounds = MissingItems(module, context, request) };

        if (transition.Act == "send" && move.Node.Length > 0)
            request.Node = module.NodesFor(module.Treaties.Reference.States.Resolve(request.Requested)).FirstOrDefault(n => n.Party == move.Node)?.Party ?? throw new RefusedException("life.node") { Field = "node" };
        Write(change, viewer, request, transition, move, on, viewer.Person);
        if (transition.Act == "approve")
        {
            request.Number ??= Numbers.NextRequest(context, request.Requesting, today.Year);
            Freeze(change, request, "approved", today);
            SearchIndex.Put(change, request, ofCase: false);
        }

        if (transition.Act == "accept" && request.Node.Length == 0) Freeze(change, request, "received", null);
        TellThem.After(change, viewer, request, move, on);
    }

    private static void Write(Change change, Viewer viewer, Request request, Transition transition, Move move, DateOnly on, Guid? by)
    {
        var before = request.Stage;
        var events = change.Context.Set<RequestEvent>().Where(e => e.Request == request.Id);
        if (transition.To == Transitions.BeforeClarification)
            request.Stage = events.Where(e => e.Act == "ask-clarification" || e.Act == "clarification-asked").OrderByDescending(e => e.Number).Select(e => e.From).FirstOrDefault() ?? Stages.Received;
        else if (transition.To.Length > 0) request.Stage = transition.To;
        Append(change, request, transition.Act, before, on, string.Join(';', move.Grounds ?? []), WriteMessage.Lines(move.Text), by, viewer.Name);
        if (move.TheirNumber.Length > 0) request.TheirNumber = Plain.Text(move.TheirNumber.Take(LongestNumber));
        if (move.TheirNumber.Length > 0) SearchIndex.Put(change, request, ofCase: false);
        WhatFollows.From(change, viewer, request, move);
        change.Audit("request." + transition.Act, request.Case.ToString(), request.Id.ToString(), before, $"{request.Stage} {Dates.Iso(on)} {string.Join(';', move.Grounds ?? [])}".TrimEnd());
    }

    /// <summary>Writes down what the other side's node says it did.</summary>
    /// <returns>Why it could not change the request; null when it did.</returns>
    internal static Message? Theirs(RequestsModule module, Change change, Viewer node, Request request, string act, MessagePayload said)
    {
        if (Transitions.Find(request.Outgoing, request.Stage, request.Kind, act) is not { } transition)
            return new Message("exchange.not-now", ("act", new Message("request.act." + act)), ("stage", new Message("request.stage." + request.Stage)));
        var today = DateOnly.FromDateTime(change.Now);
        var move = Plainly(module, request, transition, new Move(act, request.Stage, said.On, said.Text ?? "", said.Grounds, said.TheirNumber ?? "", said.AnswerBy));
        if (transition.Needs.HasFlag(Needs.Grounds))
            move = move with { Grounds = [.. (move.Grounds ?? []).Where(g => RefusalGrounds.For(request.Kind, theirs: request.Outgoing).Any(r => r.Code == g)).Distinct(StringComparer.Ordinal)] };
        Write(change, node, request, transition, move, said.On is { } on && on <= today ? on : today, null);
        return null;
    }

    /// <summary>Whether a viewer who may write in the case may do this.</summary>
    internal static bool MayAct(Viewer viewer, Request request, Transition transition) =>
        viewer.IsIn(request.OrganizationPath, transition.By) || (transition.By.Contains(Role.Drafter) && viewer.Is(Role.Drafter));

    /// <summary>Writes an event and what follows from the stage reached.</summary>
    internal static void Append(Change change, Request request, string act, string before, DateOnly on, string grounds, string text, Guid? by, string byName)
    {
        var last = change.Context.Set<RequestEvent>().Where(e => e.Request == request.Id).Max(e => (int?)e.Number) ?? 0;
        change.Context.Add(new RequestEvent
        {
            Request = request.Id, Number = last + 1, From = before, To = request.Stage, Act = act, Grounds = grounds, Text = text, On = on, By = by, ByName = byName, At = change.Now,
        });
        if (request.Stage != before) request.StageSince = change.Now;
        request.WaitingFor = Stages.WaitingFor(request.Outgoing, request.Stage);
        request.ChangedAt = change.Now;
    }

    private static void Check(RequestsModule module, PalermoContext context, Viewer viewer, Request request, Transition transition, Move move)
    {
        if (move.Text.Length > LongestText) throw new RefusedException("life.too-long", ("n", LongestText)) { Field = "text" };
        if (transition.Needs.HasFlag(Needs.Reasons) && string.IsNullOrWhiteSpace(move.Text)) throw new RefusedException("life.reasons", ("source", transition.Source.Provision ?? "")) { Field = "text" };
        if (transition.Needs.HasFlag(Needs.Grounds))
        {
            var grounds = (move.Grounds ?? []).Select(g => RefusalGrounds.For(request.Kind, theirs: request.Outgoing).FirstOrDefault(r => r.Code == g) ?? throw new RefusedException("life.grounds") { Field = "grounds" }).ToList();
            if (grounds.Count == 0) throw new RefusedException("life.grounds") { Field = "grounds" };
            // What the other state did is written down as it was; only our own refusal has to stand.
            if (!request.Outgoing && RefusalGrounds.Check(grounds) is { } not)
                throw new RefusedException("life.grounds-not-enough", ("grounds", not.Grounds.Select(g => new Message("request.ground." + g.Code)).ToArray()), ("source", not.Source.Provision)) { Field = "grounds" };
        }

        if (transition.Needs.HasFlag(Needs.Consultation) && ConsultationDue(request, transition, move) && !context.Set<RequestEvent>().Any(e => e.Request == request.Id && e.Act == "consult"))
            throw new RefusedException("life.consult-first");
        if (transition.Needs.HasFlag(Needs.Urgency) && !request.Urgent) throw new RefusedException("life.urgent-only");
        if (transition.Needs.HasFlag(Needs.SecondPerson)
            && (request.CreatedBy == viewer.Person || context.Set<RequestEvent>().Where(e => e.Request == request.Id && e.Act == "submit").OrderByDescending(e => e.Number).Select(e => e.By).FirstOrDefault() == viewer.Person))
            throw new RefusedException("life.second-person") { Forbidden = true };
        if (transition.Needs.HasFlag(Needs.Complete) && CheckRequest.Findings(module, context, request, StepStore.All(context, request)).Count(CheckRequest.Blocks) is > 0 and var missing)
            throw new RefusedException("life.incomplete", ("n", missing));
    }

    /// <summary>The hash by which a request that was shown is known again.</summary>
    internal static string HashOf(RequestDocument document) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(document, DocumentJson.Readable.RequestDocument)));

    /// <summary>The move without characters nobody sees, and with no grounds but those that mean something: of refusals from their table, of returns items of the kind.</summary>
    private static Move Plainly(RequestsModule module, Request request, Transition transition, Move move) => move with
    {
        Text = WriteMessage.Lines(move.Text),
        Grounds = transition.Needs.HasFlag(Needs.Grounds) ? move.Grounds
            : [.. (move.Grounds ?? []).Where(g => transition.Act is "ask-clarification" or "clarification-asked" && module.Kinds.Item(request.Kind, g) is not null)],
    };

    /// <summary>Whether the other state has to be consulted before: when assistance is postponed, or refused on a ground of paragraph 21 (UNTOC art. 18(26)).</summary>
    private static bool ConsultationDue(Request request, Transition transition, Move move) =>
        Transitions.Assistance.Contains(request.Kind, StringComparer.Ordinal)
        && (transition.To == Stages.Postponed || RefusalGrounds.For(request.Kind, theirs: false).Any(g => move.Grounds?.Contains(g.Code, StringComparer.Ordinal) == true && g.Source.Provision?.StartsWith("18(21)", StringComparison.Ordinal) == true));

    /// <summary>What a requested state needs for the execution and does not have (UNTOC art. 18(16)): not the basis, the language or the time, which are its own to find or to say.</summary>
    internal static IEnumerable<Finding> NeededForExecution(IEnumerable<Finding> findings) =>
        findings.Where(f => f.Severity is Severities.Missing or Severities.Wrong && f.Section is not (Steps.Basis or Steps.Language)
            && (f.Section != Steps.Handling || f.Field == "handling.urgent-reason"));

    /// <summary>What is missing, by item, so that figures can say why requests come back.</summary>
    private static List<string> MissingItems(RequestsModule module, PalermoContext context, Request request) =>
        [.. NeededForExecution(CheckRequest.Findings(module, context, request, StepStore.All(context, request)))
            .Select(f => f.Field.Split('/') is [var list, _, var member] ? $"{list}.{member}" : f.Field).Distinct(StringComparer.Ordinal).Take(50)];

    /// <summary>Keeps the request as it stands now, with its hash.</summary>
    internal static void Freeze(Change change, Request request, string reason, DateOnly? date)
    {
        var document = StepStore.Document(change.Context, request) with { Number = request.Number, Date = date };
        var content = JsonSerializer.Serialize(document, DocumentJson.Readable.RequestDocument);
        change.Context.Add(new FrozenRequest { Request = request.Id, Reason = reason, Content = content, Sha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content))), At = change.Now });
    }
}
