using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Palermo.Data;
using Palermo.Data.Cases;
using Palermo.Kernel;
using Palermo.Kernel.Access;
using Palermo.Requests.Board;
using Palermo.Requests.Cases;
using Palermo.Requests.Drafting;
using Palermo.Requests.Life;
using Palermo.Requests.Search;
using Palermo.Requests.Threads;
using Palermo.Requests.Time;

namespace Palermo.Requests.Evidence;

/// <summary>A wish to use evidence in another case.</summary>
/// <param name="Attachment">Identifier of the evidence; empty for everything given with the request.</param>
/// <param name="Text">What for, as it is said to the other state.</param>
/// <param name="Why">consent, or exculpatory for a disclosure that exculpates an accused person.</param>
/// <param name="Told">For a disclosure: <c>yes</c> when the other state is told before it, <c>no</c> when that is not possible.</param>
internal sealed record UseInput(string? Attachment, string? Text, string? Why, string? Told);

/// <summary>A use of another request's evidence in a case, as it stands.</summary>
/// <param name="Request">The request it was given with.</param>
/// <param name="Attachment">The evidence; null for everything given with the request.</param>
/// <param name="Uses">The wishes, one for each limit.</param>
/// <param name="Answer">Whether it may be used.</param>
internal sealed record UseLine(Request Request, Guid? Attachment, IReadOnlyList<EvidenceUse> Uses, UseAnswer Answer);

/// <summary>Asks for consent to use evidence in another case, and writes down the answer.</summary>
internal static class UseEvidence
{
    internal const int LongestText = 5000;
    private const int MostOffered = 50;

    /// <summary>Asks the other state for its consent, or tells it of a disclosure; the words go into the thread of the request it was given with.</summary>
    /// <exception cref="RefusedException">Something is missing, or the viewer may not write in both cases.</exception>
    internal static void Wish(RequestsModule module, Viewer viewer, Guid caseId, Guid requestId, UseInput input)
    {
        var text = WriteMessage.Lines(input.Text);
        if (text.Length is 0 or > LongestText) throw new RefusedException("evidence.text.wrong", ("n", LongestText)) { Field = "text" };
        if (input.Why is not ("consent" or Consents.Exculpatory)) throw new RefusedException("evidence.why.wrong") { Field = "why" };
        var exculpatory = input.Why == Consents.Exculpatory;
        if (exculpatory && input.Told is not ("yes" or "no")) throw new RefusedException("evidence.told.wrong") { Field = "told" };
        Change.Make(module.Database, viewer.Actor, module.Clock, change =>
        {
            var context = change.Context;
            var file = Visible.Case(context, viewer, caseId);
            Visible.MustWrite(context, viewer, file.Id, file.OrganizationPath);
            var request = Visible.Request(context, viewer, requestId);
            Visible.MustWrite(context, viewer, request.Case, request.OrganizationPath);
            if (request.Case == caseId) throw new RefusedException("evidence.same-case") { Field = "request" };
            if (exculpatory && MayUse.HowGiven(request) == Given.InRequest) throw new RefusedException("evidence.no-exception") { Field = "why" };
            var consent = exculpatory ? Consents.Exculpatory : Consents.Asked;
            var attachment = LimitUse.AttachmentOf(context, requestId, input.Attachment);
            var limits = StillToAsk(context, Limits(change, request, attachment), caseId, attachment, consent);
            foreach (var limit in limits)
            {
                var before = context.Set<EvidenceUse>().FirstOrDefault(u => u.Limit == limit.Id && u.Case == caseId && u.Attachment == attachment && u.Consent == Consents.Asked);
                if (before is null) context.Add(new EvidenceUse { Limit = limit.Id, Case = caseId, Attachment = attachment, Text = text, Consent = consent, At = change.Now });
                else before.Consent = consent;
            }

            WriteMessage.Add(change, request, MessageKinds.Consultation, ours: true, text, null, viewer);
            // Art. 18(19), last sentence: without delay, when it was not possible before.
            if (exculpatory && input.Told == "no") KeepDeadline.Add(change, request, DeadlineKinds.Legal, DateOnly.FromDateTime(change.Now), WhatIsDue.Disclosure, ours: true);
            // Who reads the trail of one case may not know of the other: there it is only the numbers of the limits.
            foreach (var limit in limits) change.Audit("evidence.use-" + consent, caseId.ToString(), LimitPart(limit.Id));
            change.Audit("evidence.use-" + consent, request.Case.ToString(), request.Id.ToString(), "", text);
        });
    }

    /// <summary>Writes down what the other state answered.</summary>
    /// <exception cref="RefusedException">Not known, answered already, or not an answer.</exception>
    internal static void Answer(RequestsModule module, Viewer viewer, Guid requestId, long number, string? consent, string? text)
    {
        if (consent is not (Consents.Consented or Consents.Refused)) throw new RefusedException("evidence.consent.wrong") { Field = "consent" };
        var words = WriteMessage.Lines(text);
        if (words.Length > LongestText) throw new RefusedException("evidence.text.wrong", ("n", LongestText)) { Field = "text" };
        Change.Make(module.Database, viewer.Actor, module.Clock, change =>
        {
            var request = Visible.Request(change.Context, viewer, requestId);
            Visible.MustWrite(change.Context, viewer, request.Case, request.OrganizationPath);
            var use = OfRequest(change.Context, viewer, requestId).FirstOrDefault(u => u.Id == number) ?? throw new RefusedException("evidence.unknown") { NotFound = true };
            if (use.Consent != Consents.Asked) throw new RefusedException("evidence.answered-already") { Conflict = true };
            (use.Consent, use.AnsweredAt) = (consent, change.Now);
            if (words.Length > 0) WriteMessage.Add(change, request, MessageKinds.Answer, ours: false, words, null, viewer);
            change.Audit("evidence.use-" + consent, use.Case.ToString(), LimitPart(use.Limit), Consents.Asked);
            change.Audit("evidence.use-" + consent, request.Case.ToString(), string.Create(CultureInfo.InvariantCulture, $"{request.Id}/uses/{use.Id}"), Consents.Asked, words);
        });
    }

    /// <summary>Requests of other cases that were sent or received, what changed last first; by words, those among the hits of the search that changed last.</summary>
    /// <exception cref="RefusedException">The words are too long.</exception>
    internal static IReadOnlyList<Request> Offered(PalermoContext context, Viewer viewer, Guid caseId, string? words)
    {
        var others = Visible.Requests(context, viewer).AsNoTracking().Where(r => r.Case != caseId && r.Stage != Stages.Draft && r.Stage != Stages.InReview && r.Stage != Stages.Approved);
        if (SearchQuery.Of(words, !context.Database.IsSqlite()) is { } query)
        {
            var hits = SearchCases.Hits(context, viewer, query).Where(h => h.Request != null).Take(ListRequests.LookedThrough);
            others = others.Where(r => hits.Select(h => h.Request!.Value).Contains(r.Id));
        }

        return [.. others.OrderByDescending(r => r.ChangedAt).ThenByDescending(r => r.Id).Take(MostOffered)];
    }

    /// <summary>Wishes to use a request's evidence elsewhere, as far as the viewer may know of the other case.</summary>
    internal static IQueryable<EvidenceUse> OfRequest(PalermoContext context, Viewer viewer, Guid requestId)
    {
        var cases = Visible.Cases(context, viewer);
        return context.Set<EvidenceUse>().Where(u => context.Set<UseLimit>().Any(l => l.Id == u.Limit && l.Request == requestId) && cases.Any(c => c.Id == u.Case)).OrderBy(u => u.Id);
    }

    /// <summary>Evidence of other requests that a case wishes to use, as far as the viewer may know of those.</summary>
    internal static IReadOnlyList<UseLine> InCase(PalermoContext context, Viewer viewer, Guid caseId)
    {
        var uses = context.Set<EvidenceUse>().Where(u => u.Case == caseId).OrderBy(u => u.Id).ToList();
        var numbers = uses.Select(u => u.Limit).ToList();
        var limits = context.Set<UseLimit>().Where(l => numbers.Contains(l.Id)).ToDictionary(l => l.Id);
        var ids = limits.Values.Select(l => l.Request).Distinct().ToList();
        return [.. from request in Visible.Requests(context, viewer).Where(r => ids.Contains(r.Id)).OrderBy(r => r.Id).ToList()
                   let own = uses.Where(u => limits[u.Limit].Request == request.Id).ToList()
                   from wished in own.GroupBy(u => u.Attachment)
                   select new UseLine(request, wished.Key, [.. wished], For(context, request, caseId, wished.Key))];
    }

    /// <summary>Whether a request's evidence may be used in a case as things stand.</summary>
    /// <param name="context">The record.</param>
    /// <param name="request">The request it was given with.</param>
    /// <param name="caseId">The case.</param>
    /// <param name="attachment">The evidence; null for everything given with the request.</param>
    internal static UseAnswer For(PalermoContext context, Request request, Guid caseId, Guid? attachment = null)
    {
        var limits = Concerning(context, request, attachment);
        var uses = UsesOf(context, limits, caseId);
        var document = StepStore.Document(context, request);
        var (given, confidential) = (MayUse.HowGiven(request), document.Field("handling.confidential") == "yes" || document.Field("handling.restrictions").Length > 0);
        var standing = limits.ConvertAll(l => new LimitOn(l.Text == LimitUse.ByConvention ? "" : l.Text, Standing(uses, l, attachment)));
        // Limits on single pieces say nothing of the rest: of everything given, the Convention's own limit, or the sender's, stays.
        if (attachment is null && limits.Count > 0 && limits.TrueForAll(l => l.Attachment is not null) && (given == Given.Answer || confidential)) standing.Add(new LimitOn("", null));
        return MayUse.Of(given, request.Case == caseId, confidential, standing);
    }

    /// <summary>What became of the wishes that reach a piece of evidence under a limit: what was decided stays, except that after a refusal one may ask again.</summary>
    private static string? Standing(IReadOnlyList<EvidenceUse> uses, UseLimit limit, Guid? attachment)
    {
        var own = uses.Where(u => u.Limit == limit.Id && (u.Attachment is null || u.Attachment == attachment || u.Attachment == limit.Attachment)).ToList();
        var decided = own.Where(u => u.Consent != Consents.Asked).OrderBy(u => u.AnsweredAt ?? u.At).ThenBy(u => u.Id).LastOrDefault();
        var asked = own.Find(u => u.Consent == Consents.Asked && (decided is null || u.At >= (decided.AnsweredAt ?? decided.At)));
        return asked is not null && (decided is null || decided.Consent == Consents.Refused) ? Consents.Asked : decided?.Consent;
    }

    /// <summary>Of the limits that concern a wish, those under which it was not made yet; when all others consented already, those that did, for another purpose.</summary>
    /// <exception cref="RefusedException">It was made under all of them.</exception>
    private static List<UseLimit> StillToAsk(PalermoContext context, List<UseLimit> limits, Guid caseId, Guid? attachment, string consent)
    {
        var uses = UsesOf(context, limits, caseId);
        var waiting = limits.FindAll(l => !uses.Exists(u => u.Limit == l.Id && u.Consent == consent && (u.Attachment is null || u.Attachment == attachment || u.Attachment == l.Attachment)));
        if (waiting.Count == 0) throw new RefusedException("evidence.asked-already") { Conflict = true };
        var open = waiting.FindAll(l => Standing(uses, l, attachment) != Consents.Consented);
        return open.Count > 0 ? open : waiting;
    }

    private static List<UseLimit> Concerning(PalermoContext context, Request request, Guid? attachment) =>
        [.. context.Set<UseLimit>().Where(l => l.Request == request.Id && (attachment == null || l.Attachment == null || l.Attachment == attachment)).OrderBy(l => l.Id)];

    private static List<EvidenceUse> UsesOf(PalermoContext context, List<UseLimit> limits, Guid caseId)
    {
        var numbers = limits.ConvertAll(l => l.Id);
        return [.. context.Set<EvidenceUse>().Where(u => u.Case == caseId && numbers.Contains(u.Limit)).OrderBy(u => u.Id)];
    }

    private static string LimitPart(long limit) => string.Create(CultureInfo.InvariantCulture, $"limits/{limit}");

    /// <summary>The limits that concern a wish; where none in words does, what the Convention says of it. A wish for everything needs one on everything.</summary>
    private static List<UseLimit> Limits(Change change, Request request, Guid? attachment)
    {
        var limits = Concerning(change.Context, request, attachment);
        if (limits.Exists(l => attachment is not null || l.Attachment is null)) return limits;
        var limit = new UseLimit { Request = request.Id, Attachment = attachment, Text = LimitUse.ByConvention, At = change.Now };
        change.Context.Add(limit);
        change.Context.SaveChanges();
        return [.. limits, limit];
    }
}
