using Microsoft.EntityFrameworkCore;
using Palermo.Data.Audit;

namespace Palermo.Data.Cases;

/// <summary>A case file: facts, persons and property entered once, which serve many requests.</summary>
public sealed class CaseFile
{
    /// <summary>Identifier.</summary>
    public required Guid Id { get; init; }

    /// <summary>The organization whose case it is.</summary>
    public required Guid Organization { get; init; }

    /// <summary>The organization's <see cref="Access.Organization.Path"/>.</summary>
    public required string OrganizationPath { get; init; }

    /// <summary>Number within the node, for example <c>C-2026-00012</c>.</summary>
    public required string Number { get; init; }

    /// <summary>Title as the office calls it.</summary>
    public required string Title { get; set; }

    /// <summary>Whether only those on its list may know that it exists.</summary>
    public bool Confidential { get; set; }

    /// <summary>Who opened it.</summary>
    public required Guid CreatedBy { get; init; }

    /// <summary>When it was opened, UTC.</summary>
    public required DateTime CreatedAt { get; init; }
}

/// <summary>Somebody on a case's own list.</summary>
public sealed class CaseMember
{
    /// <summary>The case.</summary>
    public required Guid Case { get; init; }

    /// <summary>The person.</summary>
    public required Guid Person { get; init; }
}

/// <summary>A request, outgoing or incoming. What is searched and sorted by stands in columns; what it says stands in its steps.</summary>
public sealed class Request
{
    /// <summary>Identifier, the same on both sides.</summary>
    public required Guid Id { get; init; }

    /// <summary>The case it belongs to.</summary>
    public required Guid Case { get; init; }

    /// <summary>The case's <see cref="CaseFile.OrganizationPath"/>.</summary>
    public required string OrganizationPath { get; init; }

    /// <summary>The case's <see cref="CaseFile.Confidential"/>.</summary>
    public bool Confidential { get; set; }

    /// <summary>Whether we ask; otherwise we are asked.</summary>
    public required bool Outgoing { get; init; }

    /// <summary>Code of the kind.</summary>
    public required string Kind { get; init; }

    /// <summary>Alpha-3 code of the requesting state.</summary>
    public required string Requesting { get; init; }

    /// <summary>Alpha-3 code of the requested state.</summary>
    public required string Requested { get; init; }

    /// <summary>The requesting authority's number; null until approved or, for incoming ones, when they gave none.</summary>
    public string? Number { get; set; }

    /// <summary>The requested authority's number.</summary>
    public string? TheirNumber { get; set; }

    /// <summary>What it is about in one line.</summary>
    public required string Title { get; set; }

    /// <summary>Code of its stage of life.</summary>
    public required string Stage { get; set; }

    /// <summary>When it reached that stage, UTC.</summary>
    public required DateTime StageSince { get; set; }

    /// <summary>Whose move it is: <c>us</c>, <c>them</c> or <c>none</c>.</summary>
    public required string WaitingFor { get; set; }

    /// <summary>Whether it is urgent.</summary>
    public bool Urgent { get; set; }

    /// <summary>The person here who has to act; null when it is the office's.</summary>
    public Guid? Owner { get; set; }

    /// <summary>Who takes over when the owner does not act.</summary>
    public Guid? Deputy { get; set; }

    /// <summary>The next day by which something is due; null when nothing is.</summary>
    public DateOnly? DueOn { get; set; }

    /// <summary>Party identifier of the other side's node when the request travels between nodes; empty for paper and mail.</summary>
    public string Node { get; set; } = "";

    /// <summary>Identifier of the instrument it mainly rests on; empty when not chosen.</summary>
    public string Basis { get; set; } = "";

    /// <summary>Who made it.</summary>
    public required Guid CreatedBy { get; init; }

    /// <summary>When it was made, UTC.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>When anything of it changed last, UTC.</summary>
    public required DateTime ChangedAt { get; set; }
}

/// <summary>One saved version of one step of a case or request; all versions stay.</summary>
public sealed class StepVersion : IOnlyGrows
{
    /// <summary>The case or request.</summary>
    public required Guid Subject { get; init; }

    /// <summary>Name of the step.</summary>
    public required string Step { get; init; }

    /// <summary>1, 2, 3 …; two writers cannot take the same one.</summary>
    public required int Version { get; init; }

    /// <summary>The step as JSON: a request document that holds only its members.</summary>
    public required string Content { get; init; }

    /// <summary>Who saved it.</summary>
    public required Guid By { get; init; }

    /// <summary>Name of who saved it.</summary>
    public required string ByName { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTime At { get; init; }
}

/// <summary>A request as it stood when it was approved or received, with its hash.</summary>
public sealed class FrozenRequest : IOnlyGrows
{
    /// <summary>Number.</summary>
    public long Id { get; init; }

    /// <summary>The request.</summary>
    public required Guid Request { get; init; }

    /// <summary>approved or received.</summary>
    public required string Reason { get; init; }

    /// <summary>The whole document as JSON.</summary>
    public required string Content { get; init; }

    /// <summary>SHA-256 of the content's UTF-8 bytes, lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTime At { get; init; }
}

/// <summary>One step of a request's life; all stay.</summary>
public sealed class RequestEvent : IOnlyGrows
{
    /// <summary>Number.</summary>
    public long Id { get; init; }

    /// <summary>The request.</summary>
    public required Guid Request { get; init; }

    /// <summary>1, 2, 3 … within the request; two writers cannot take the same one.</summary>
    public required int Number { get; init; }

    /// <summary>The stage before; empty for the first.</summary>
    public required string From { get; init; }

    /// <summary>The stage after; the same as before for what does not change it.</summary>
    public required string To { get; init; }

    /// <summary>Code of what happened.</summary>
    public required string Act { get; init; }

    /// <summary>Grounds as codes joined by semicolons (refusal, postponement), or missing items of a return.</summary>
    public required string Grounds { get; init; }

    /// <summary>Reasons in words.</summary>
    public required string Text { get; init; }

    /// <summary>The day it happened, which may be earlier than when it was written down.</summary>
    public required DateOnly On { get; init; }

    /// <summary>Who; empty for the other side or the node.</summary>
    public Guid? By { get; init; }

    /// <summary>Name of who did it.</summary>
    public required string ByName { get; init; }

    /// <summary>When it was written down, UTC.</summary>
    public required DateTime At { get; init; }
}

/// <summary>A stored file of a case.</summary>
public sealed class Attachment
{
    /// <summary>Identifier; name of the encrypted file.</summary>
    public required Guid Id { get; init; }

    /// <summary>The case.</summary>
    public required Guid Case { get; init; }

    /// <summary>The request; null when it belongs to the whole case.</summary>
    public Guid? Request { get; init; }

    /// <summary>annex, scan, evidence, translation or letter.</summary>
    public required string Purpose { get; init; }

    /// <summary>What it is.</summary>
    public required string Title { get; init; }

    /// <summary>Name it came with.</summary>
    public required string FileName { get; init; }

    /// <summary>Media type found in its first bytes.</summary>
    public required string Type { get; init; }

    /// <summary>Bytes.</summary>
    public required long Size { get; init; }

    /// <summary>SHA-256 of its bytes, lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Its key, wrapped with the node's.</summary>
    public required byte[] WrappedKey { get; init; }

    /// <summary><c>clean</c>, <c>infected</c> or <c>not-scanned</c>.</summary>
    public required string Scan { get; init; }

    /// <summary>Who stored it.</summary>
    public required Guid By { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTime At { get; init; }

    /// <summary>When it was taken out of the file, UTC; it stays stored.</summary>
    public DateTime? RemovedAt { get; set; }
}

/// <summary>A person, organization, account, vehicle or other thing a case names, in the form in which two are compared.</summary>
public sealed class NamedThing
{
    /// <summary>Number.</summary>
    public long Id { get; init; }

    /// <summary>The case.</summary>
    public required Guid Case { get; init; }

    /// <summary>The case or request whose step names it.</summary>
    public required Guid Subject { get; init; }

    /// <summary>Name of that step.</summary>
    public required string Step { get; init; }

    /// <summary>person, organization, account, vehicle, firearm, property or electronic.</summary>
    public required string Kind { get; init; }

    /// <summary>As written.</summary>
    public required string Name { get; init; }

    /// <summary>In the form in which two are the same: letters folded, digits only …</summary>
    public required string Key { get; init; }
}

/// <summary>The tables of the Requests module.</summary>
internal static class CaseTables
{
    internal static void Configure(ModelBuilder model)
    {
        model.Entity<CaseFile>(e =>
        {
            e.ToTable("cases").HasIndex(c => c.Number).IsUnique();
            e.HasIndex(c => new { c.OrganizationPath, c.CreatedAt });
            e.HasIndex(c => new { c.CreatedAt, c.Id });
        });
        model.Entity<CaseMember>(e =>
        {
            e.ToTable("case_members").HasKey(m => new { m.Case, m.Person });
            e.HasIndex(m => m.Person);
        });
        model.Entity<Request>(e =>
        {
            e.ToTable("requests").HasIndex(r => r.Case);
            e.HasOne<CaseFile>().WithMany().HasForeignKey(r => r.Case).OnDelete(DeleteBehavior.Restrict);
            e.HasIndex(r => r.Number).IsUnique();
            e.HasIndex(r => new { r.WaitingFor, r.OrganizationPath, r.ChangedAt });
            e.HasIndex(r => new { r.Owner, r.WaitingFor, r.DueOn });
            e.HasIndex(r => new { r.OrganizationPath, r.ChangedAt });
            e.HasIndex(r => r.DueOn);
        });
        model.Entity<StepVersion>(e => e.ToTable("step_versions").HasKey(s => new { s.Subject, s.Step, s.Version }));
        model.Entity<FrozenRequest>(e => e.ToTable("frozen_requests").HasIndex(f => f.Request));
        model.Entity<RequestEvent>(e => e.ToTable("request_events").HasIndex(r => new { r.Request, r.Number }).IsUnique());
        model.Entity<Attachment>(e => e.ToTable("attachments").HasIndex(a => a.Case));
        model.Entity<NamedThing>(e =>
        {
            e.ToTable("named_things").HasIndex(n => new { n.Kind, n.Key });
            e.HasIndex(n => n.Subject);
            e.HasIndex(n => n.Key);
        });
    }
}
