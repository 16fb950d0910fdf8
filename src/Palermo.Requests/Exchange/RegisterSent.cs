using System.Globalization;
using Palermo.Data;
using Palermo.Data.Access;
using Palermo.Data.Cases;
using Palermo.Kernel;
using Palermo.Kernel.Access;
using Palermo.Requests.Cases;
using Palermo.Requests.Document;
using Palermo.Requests.Drafting;
using Palermo.Requests.Files;
using Palermo.Requests.Life;
using Palermo.Requests.Search;
using Palermo.Treaties.LegalBasis;

namespace Palermo.Requests.Exchange;

/// <summary>A file that came with a message: stored, with its row still to come.</summary>
/// <param name="Said">What the message says of it.</param>
/// <param name="File">What was written.</param>
internal sealed record StoredPart(FileAlong Said, WrittenFile File);

/// <summary>Opens the file of a request that came from another node, as it was signed there, and tells that node what the check found.</summary>
internal static class RegisterSent
{
    /// <summary>The organization here that receives requests to a state: the first of that state that lies below no other.</summary>
    internal static Organization? OfficeFor(PalermoContext context, string state) =>
        context.Set<Organization>().Where(o => o.State == state && o.EndedAt == null).ToList().OrderBy(o => o.Path.Count(c => c == '/')).ThenBy(o => o.Id).FirstOrDefault();

    /// <summary>Opens case and request, and answers with a receipt.</summary>
    internal static void Open(RequestsModule module, Change change, SendingNode from, MessagePayload payload, IReadOnlyList<StoredPart> files)
    {
        var (context, sent) = (change.Context, payload.Document!);
        var office = OfficeFor(context, sent.Requested!) ?? throw new RefusedException("exchange.not-our-state", ("given", RefusedException.Shorten(sent.Requested)));
        var title = Plain.Text((payload.Title ?? "").Trim().Take(OpenRequest.LongestTitle)).Trim() is { Length: > 0 } said ? said : payload.Number ?? payload.Request.ToString();
        var confidential = payload.Confidential == true;
        var file = new CaseFile
        {
            Id = Guid.CreateVersion7(new DateTimeOffset(change.Now, TimeSpan.Zero)), Organization = office.Id, OrganizationPath = office.Path, Number = Numbers.NextCase(context, change.Now.Year), Title = title,
            Confidential = confidential, CreatedBy = Guid.Empty, CreatedAt = change.Now,
        };
        context.Add(file);
        if (confidential) foreach (var person in WhoWorks(context, office.Path)) context.Add(new CaseMember { Case = file.Id, Person = person });
        var request = new Request
        {
            Id = payload.Request, Case = file.Id, OrganizationPath = file.OrganizationPath, Confidential = confidential, Outgoing = false, Kind = sent.Kind!, Requesting = sent.Requesting!, Requested = sent.Requested!,
            Title = title, Stage = Stages.Received, StageSince = change.Now, WaitingFor = Stages.WaitingFor(false, Stages.Received), Node = from.Party, TheirNumber = Line(payload.Number),
            Basis = sent.Basis is { Relied: [var first, ..] } ? Line(first) ?? "" : "", CreatedBy = Guid.Empty, CreatedAt = change.Now, ChangedAt = change.Now,
        };
        context.Add(request);
        context.SaveChanges();
        SearchIndex.PutCase(context, file.Id);
        change.Audit("case.opened", file.Id.ToString(), file.Number, "", file.Title);
        var places = Attach(change, from, request, files);
        var document = sent with { Annexes = [.. sent.Annexes.Select(a => places.TryGetValue(a.Id, out var here) ? a with { Id = here } : a)] };
        foreach (var (step, part) in SplitDocument.Of(module.Kinds, document)) Put(change, from, request, step, part);
        MoveRequest.Append(change, request, "registered", "", DateOnly.FromDateTime(change.Now), "", from.Organization, null, from.Organization);
        MoveRequest.Freeze(change, request, "received", sent.Date);
        change.Audit("request.registered", file.Id.ToString(), request.Id.ToString(), "", $"{request.Kind} {request.Requesting} {request.Requested} {request.Title}");
        SearchIndex.Put(change, request, ofCase: false);
        SearchIndex.Put(change, request, ofCase: true);
        var findings = CheckRequest.Findings(module, context, request, StepStore.All(context, request)).Where(f => f.Severity != Completeness.Severities.Note);
        TellThem.Write(change, request, new MessagePayload
        {
            Act = WhatIsSaid.Receipt, On = DateOnly.FromDateTime(change.Now), By = office.Name, TheirNumber = file.Number,
            Findings = [.. findings.Take(100).Select(f => new FoundOnReceipt(f.Field, f.Article.Instrument is null ? "" : BasisTexts.Cite(module.Treaties.Reference, module.Texts, Language.English, f.Article), f.Severity))],
        });
    }

    /// <summary>Enters the files that came with a message.</summary>
    /// <returns>Their identifiers here by those at the sender's.</returns>
    internal static Dictionary<string, string> Attach(Change change, SendingNode from, Request request, IReadOnlyList<StoredPart> files)
    {
        var places = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (said, file) in files)
        {
            var name = FileNames.Clean(said.FileName);
            var title = Plain.Text((said.Title ?? "").Trim().Take(StoreFile.LongestTitle)).Trim();
            change.Context.Add(new Attachment
            {
                Id = file.Id, Case = request.Case, Request = request.Id, Purpose = StoreFile.Purposes.Contains(said.Purpose, StringComparer.Ordinal) ? said.Purpose : "evidence", Title = title.Length > 0 ? title : name,
                FileName = name, Type = file.Type, Size = file.Size, Sha256 = file.Sha256, WrappedKey = file.WrappedKey, Scan = file.Scan.Scan, By = Guid.Empty, At = change.Now,
            });
            change.Audit("attachment.stored", request.Case.ToString(), $"{request.Id}/{file.Id}", "", $"{said.Purpose} {file.Size} bytes sha256:{file.Sha256} {file.Scan.Scan} {name} {from.Party}");
            places[said.Id.ToString("D", CultureInfo.InvariantCulture)] = file.Id.ToString("D", CultureInfo.InvariantCulture);
        }

        return places;
    }

    private static void Put(Change change, SendingNode from, Request request, Step step, RequestDocument part)
    {
        var subject = step.OfCase ? request.Case : request.Id;
        var content = StepStore.ToContent(part).ToJsonString(DocumentJson.Readable.Settings);
        change.Context.Add(new StepVersion { Subject = subject, Step = step.Name, Version = 1, Content = content, By = Guid.Empty, ByName = from.Organization, At = change.Now });
        change.Audit("request.step-saved", request.Case.ToString(), $"{request.Id}/{step.Name}", "", content);
        change.Context.SaveChanges();
        SaveStep.Derive(change.Context, request, step, subject, part);
    }

    private static IEnumerable<Guid> WhoWorks(PalermoContext context, string path)
    {
        string[] roles = [Roles.Code(Role.Officer), Roles.Code(Role.Approver)];
        return [.. (from m in context.Set<Membership>()
                    join o in context.Set<Organization>() on m.Organization equals o.Id
                    join p in context.Set<Person>() on m.Person equals p.Id
                    where m.EndedAt == null && p.EndedAt == null && roles.Contains(m.Role) && path.StartsWith(o.Path)
                    select p.Id).Distinct()];
    }

    private static string? Line(string? text) => Plain.Text((text ?? "").Trim().Take(100)).Trim() is { Length: > 0 } line ? line : null;
}
