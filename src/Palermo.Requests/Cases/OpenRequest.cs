using System.Globalization;
using System.Text.Json;
using Palermo.Data;
using Palermo.Data.Access;
using Palermo.Data.Cases;
using Palermo.Kernel;
using Palermo.Kernel.Access;
using Palermo.Requests.Document;
using Palermo.Requests.Drafting;
using Palermo.Requests.Life;
using Palermo.Requests.Search;
using Palermo.Requests.Time;
using Palermo.Treaties.LegalBasis;

namespace Palermo.Requests.Cases;

/// <summary>What is needed to begin a request.</summary>
/// <param name="Kind">Code of the kind.</param>
/// <param name="Title">What it is about in one line.</param>
/// <param name="Case">The case it belongs to; null to open one of the same title.</param>
/// <param name="Organization">The organization whose case a new one is; null when the viewer writes for one only.</param>
/// <param name="Confidential">Whether a new case is confidential.</param>
internal sealed record NewRequest(string? Kind, string? Title, Guid? Case, Guid? Organization, bool Confidential);

/// <summary>Begins a request: ours from the finder's answer, theirs from a letter that came.</summary>
internal static class OpenRequest
{
    internal const int LongestTitle = 300;

    /// <summary>Begins an outgoing request with the finder's answer frozen into it.</summary>
    /// <returns>Its identifier.</returns>
    /// <exception cref="RefusedException">Something is missing, or the viewer may not open a case there.</exception>
    internal static Guid Outgoing(RequestsModule module, Viewer viewer, NewRequest input, BasisQuery query)
    {
        var kind = module.Kinds.Find(input.Kind) ?? throw new RefusedException("cases.kind") { Field = "kind" };
        var basis = FreezeBasis.Of(module, query, kind);
        return Change.Make(module.Database, viewer.Actor, module.Clock, change =>
        {
            var (file, title) = CaseOf(change, viewer, input);
            var request = Add(change, viewer, file, kind.Code, title, outgoing: true, query.From.Code, query.To.Code, Stages.Draft);
            request.Basis = basis.Relied is [var first, ..] ? first : "";
            Append(change, viewer, request, "begin", DateOnly.FromDateTime(change.Now), "");
            Keep(change, viewer, request, Steps.Basis, new RequestDocument { Basis = basis });
            Keep(change, viewer, request, Steps.Authority, new RequestDocument { RequestingAuthority = OwnAuthority(change.Context, viewer, file) });
            SearchIndex.Put(change, request, ofCase: false);
            return request.Id;
        });
    }

    /// <summary>Registers a request that came on paper or by mail.</summary>
    /// <param name="module">The module.</param>
    /// <param name="viewer">Who registers.</param>
    /// <param name="input">Kind, title and case.</param>
    /// <param name="from">The requesting state.</param>
    /// <param name="to">Our state.</param>
    /// <param name="theirNumber">Their number; may be empty.</param>
    /// <param name="receivedOn">The day it came.</param>
    /// <param name="channel">How it came, in words.</param>
    /// <param name="madeOrally">Whether it was made orally, so that they have to confirm it in writing forthwith (UNTOC art. 18(14)).</param>
    /// <returns>Its identifier.</returns>
    /// <exception cref="RefusedException">Something is missing or cannot be understood.</exception>
    internal static Guid Incoming(RequestsModule module, Viewer viewer, NewRequest input, State from, State to, string? theirNumber, DateOnly receivedOn, string? channel, bool madeOrally = false)
    {
        var kind = module.Kinds.Find(input.Kind) ?? throw new RefusedException("cases.kind") { Field = "kind" };
        if (from.Equals(to)) throw new RefusedException("refused.same-state", ("state", from)) { Field = "from" };
        if (receivedOn > module.Today) throw new RefusedException("cases.received-later", ("on", receivedOn)) { Field = "receivedOn" };
        return Change.Make(module.Database, viewer.Actor, module.Clock, change =>
        {
            var (file, title) = CaseOf(change, viewer, input);
            var request = Add(change, viewer, file, kind.Code, title, outgoing: false, from.Code, to.Code, Stages.Received);
            request.TheirNumber = Line(theirNumber, 100) is { Length: > 0 } number ? number : null;
            Append(change, viewer, request, "registered", receivedOn, Line(channel, 300));
            if (madeOrally) KeepDeadline.Add(change, request, DeadlineKinds.Legal, receivedOn.AddDays(1), WhatIsDue.Confirmation, ours: false);
            SearchIndex.Put(change, request, ofCase: false);
            return request.Id;
        });
    }

    /// <summary>Begins a request to another state with the facts of the same case; what was asked for is taken along.</summary>
    /// <exception cref="RefusedException">Not to be seen, or not to be written.</exception>
    internal static Guid Copy(RequestsModule module, Viewer viewer, Guid requestId, BasisQuery query)
    {
        var basis = FreezeBasis.Of(module, query);
        return Change.Make(module.Database, viewer.Actor, module.Clock, change =>
        {
            var from = Visible.Request(change.Context, viewer, requestId);
            Visible.MustWrite(change.Context, viewer, from.Case, from.OrganizationPath);
            if (!from.Outgoing) throw new RefusedException("cases.copy-ours");
            basis = basis with { Relied = module.Kinds.Resolve(from.Kind).Order(basis.Relied) };
            var file = Visible.Case(change.Context, viewer, from.Case);
            var copy = Add(change, viewer, file, from.Kind, from.Title, outgoing: true, from.Requesting, query.To.Code, Stages.Draft);
            copy.Basis = basis.Relied is [var first, ..] ? first : "";
            Append(change, viewer, copy, "copied", DateOnly.FromDateTime(change.Now), from.Number ?? "");
            Keep(change, viewer, copy, Steps.Basis, new RequestDocument { Basis = basis });
            var steps = StepStore.All(change.Context, from);
            foreach (var step in new[] { Steps.Measures, Steps.Particulars, Steps.Handling })
                if (steps.TryGetValue(step, out var saved)) Keep(change, viewer, copy, step, StepStore.ToDocument(saved.Content));
            SearchIndex.Put(change, copy, ofCase: false);
            return copy.Id;
        });
    }

    private static (CaseFile File, string Title) CaseOf(Change change, Viewer viewer, NewRequest input)
    {
        var title = Line(input.Title, LongestTitle);
        if (title.Length == 0) throw new RefusedException("cases.title", ("n", LongestTitle)) { Field = "title" };
        if (input.Case is { } id)
        {
            var file = Visible.Case(change.Context, viewer, id);
            Visible.MustWrite(change.Context, viewer, file.Id, file.OrganizationPath);
            if (input.Confidential && !file.Confidential) throw new RefusedException("cases.confidential-open", ("case", file.Number)) { Field = "case" };
            return (file, title);
        }

        var organization = Own(change.Context, viewer).FirstOrDefault(o => input.Organization is null || o.Id == input.Organization) ?? throw new RefusedException("cases.organization") { Field = "organization", Forbidden = true };
        var opened = new CaseFile
        {
            Id = Guid.CreateVersion7(new DateTimeOffset(change.Now, TimeSpan.Zero)), Organization = organization.Id, OrganizationPath = organization.Path, Number = Numbers.NextCase(change.Context, change.Now.Year),
            Title = title, Confidential = input.Confidential, CreatedBy = viewer.Person, CreatedAt = change.Now,
        };
        change.Context.Add(opened);
        change.Context.Add(new CaseMember { Case = opened.Id, Person = viewer.Person });
        change.Context.SaveChanges();
        SearchIndex.PutCase(change.Context, opened.Id);
        change.Audit("case.opened", opened.Id.ToString(), opened.Number, "", opened.Title);
        return (opened, title);
    }

    /// <summary>Organizations for which a viewer may open cases, the viewer's own first.</summary>
    internal static IReadOnlyList<Organization> Own(PalermoContext context, Viewer viewer)
    {
        var own = viewer.Standings.Where(s => Roles.WriteCases.Contains(s.Role)).Select(s => s.Organization).ToHashSet();
        return [.. context.Set<Organization>().Where(o => o.EndedAt == null).ToList()
            .Where(o => viewer.IsIn(o.Path, Roles.WriteCases)).OrderByDescending(o => own.Contains(o.Id)).ThenBy(o => o.Name, StringComparer.CurrentCulture)];
    }

    /// <summary>The requesting authority as the organization named itself last, otherwise by its name.</summary>
    private static AuthorityEntry OwnAuthority(PalermoContext context, Viewer viewer, CaseFile file)
    {
        var before = context.Set<Request>().Where(r => r.OrganizationPath == file.OrganizationPath && r.Outgoing && r.Case != file.Id && !r.Confidential).OrderByDescending(r => r.CreatedAt).Select(r => r.Id).FirstOrDefault();
        if (before != Guid.Empty && StepStore.ToDocument(StepStore.Latest(context, before, Steps.Authority).Content).RequestingAuthority is { Name.Length: > 0 } own) return own with { Officer = viewer.Name };
        return new AuthorityEntry { Name = context.Set<Organization>().Where(o => o.Id == file.Organization).Select(o => o.Name).First(), Officer = viewer.Name };
    }

    private static Request Add(Change change, Viewer viewer, CaseFile file, string kind, string title, bool outgoing, string requesting, string requested, string stage)
    {
        var request = new Request
        {
            Id = Guid.CreateVersion7(new DateTimeOffset(change.Now, TimeSpan.Zero)), Case = file.Id, OrganizationPath = file.OrganizationPath, Confidential = file.Confidential, Outgoing = outgoing,
            Kind = kind, Requesting = requesting, Requested = requested, Title = title, Stage = stage, StageSince = change.Now, WaitingFor = Stages.WaitingFor(outgoing, stage), Owner = viewer.Person,
            CreatedBy = viewer.Person, CreatedAt = change.Now, ChangedAt = change.Now,
        };
        change.Context.Add(request);
        return request;
    }

    private static void Append(Change change, Viewer viewer, Request request, string act, DateOnly on, string text)
    {
        MoveRequest.Append(change, request, act, "", on, "", text, viewer.Person, viewer.Name);
        change.Audit("request." + act, request.Case.ToString(), request.Id.ToString(), "", $"{request.Kind} {request.Requesting} {request.Requested} {request.Title}");
    }

    private static void Keep(Change change, Viewer viewer, Request request, string step, RequestDocument part)
    {
        var content = StepStore.ToContent(part).ToJsonString(DocumentJson.Readable.Settings);
        change.Context.Add(new StepVersion { Subject = request.Id, Step = step, Version = 1, Content = content, By = viewer.Person, ByName = viewer.Name, At = change.Now });
        change.Audit("request.step-saved", request.Case.ToString(), string.Create(CultureInfo.InvariantCulture, $"{request.Id}/{step}"), "", content);
    }

    private static string Line(string? text, int longest) => Plain.Text((text ?? "").Trim().Take(longest)).Trim();
}
