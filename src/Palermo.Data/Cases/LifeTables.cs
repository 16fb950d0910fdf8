using Microsoft.EntityFrameworkCore;
using Palermo.Data.Audit;

namespace Palermo.Data.Cases;

/// <summary>One message of a thread between the two sides, or a note within the office.</summary>
public sealed class ThreadMessage : IOnlyGrows
{
    /// <summary>Number.</summary>
    public long Id { get; init; }

    /// <summary>The request.</summary>
    public required Guid Request { get; init; }

    /// <summary>Number of the message that began the thread; null for that message itself.</summary>
    public long? Thread { get; init; }

    /// <summary><c>clarification</c>, <c>answer</c>, <c>partial-answer</c>, <c>consultation</c>, <c>note</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Whether we said it.</summary>
    public required bool Ours { get; init; }

    /// <summary>What was said.</summary>
    public required string Text { get; init; }

    /// <summary>Who wrote it down.</summary>
    public Guid? By { get; init; }

    /// <summary>Name of who said it.</summary>
    public required string ByName { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTime At { get; init; }
}

/// <summary>Something due on a day.</summary>
public sealed class Deadline
{
    /// <summary>Number.</summary>
    public long Id { get; init; }

    /// <summary>The request.</summary>
    public required Guid Request { get; init; }

    /// <summary>suggested (18(24)), agreed or legal.</summary>
    public required string Kind { get; init; }

    /// <summary>The last day.</summary>
    public required DateOnly DueOn { get; set; }

    /// <summary>What is due.</summary>
    public required string Text { get; init; }

    /// <summary>Whether we have to act; otherwise they.</summary>
    public required bool Ours { get; init; }

    /// <summary>When it was done or taken back, UTC; silence from then on.</summary>
    public DateTime? DoneAt { get; set; }

    /// <summary>The day of the last reminder to the owner.</summary>
    public DateOnly? RemindedOn { get; set; }

    /// <summary>The day it was handed to the deputy.</summary>
    public DateOnly? EscalatedOn { get; set; }
}

/// <summary>A cost of a request (UNTOC art. 18(28)).</summary>
public sealed class Cost
{
    /// <summary>Number.</summary>
    public long Id { get; init; }

    /// <summary>The request.</summary>
    public required Guid Request { get; init; }

    /// <summary>agreed or incurred.</summary>
    public required string Stage { get; init; }

    /// <summary>Amount, in units of <see cref="Currency"/>.</summary>
    public required decimal Amount { get; init; }

    /// <summary>ISO 4217 code.</summary>
    public required string Currency { get; init; }

    /// <summary>Whether it is substantial or extraordinary, so that it is agreed first.</summary>
    public bool Extraordinary { get; init; }

    /// <summary>Who bears it: requesting or requested.</summary>
    public required string BorneBy { get; init; }

    /// <summary>For what.</summary>
    public required string Text { get; init; }

    /// <summary>When it was written down, UTC.</summary>
    public required DateTime At { get; init; }
}

/// <summary>A limit on the use of what was given (UNTOC art. 18(19)).</summary>
public sealed class UseLimit
{
    /// <summary>Number.</summary>
    public long Id { get; init; }

    /// <summary>The request with which it was given.</summary>
    public required Guid Request { get; init; }

    /// <summary>The evidence; null for everything given with the request.</summary>
    public Guid? Attachment { get; init; }

    /// <summary>The limit in words.</summary>
    public required string Text { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTime At { get; init; }
}

/// <summary>A wish to use limited evidence in another case, and what became of it.</summary>
public sealed class EvidenceUse
{
    /// <summary>Number.</summary>
    public long Id { get; init; }

    /// <summary>The limit.</summary>
    public required long Limit { get; init; }

    /// <summary>The other case.</summary>
    public required Guid Case { get; init; }

    /// <summary>The evidence wished for; null for everything given with the request.</summary>
    public Guid? Attachment { get; init; }

    /// <summary>What for.</summary>
    public required string Text { get; init; }

    /// <summary><c>asked</c>, <c>consented</c>, <c>refused</c> or <c>exculpatory</c> (18(19) second sentence).</summary>
    public required string Consent { get; set; }

    /// <summary>When it was wished, UTC.</summary>
    public required DateTime At { get; init; }

    /// <summary>When the other state answered, UTC.</summary>
    public DateTime? AnsweredAt { get; set; }
}

/// <summary>A mail to be sent; written in the same change as what it tells.</summary>
public sealed class OutgoingMail
{
    /// <summary>Number.</summary>
    public long Id { get; init; }

    /// <summary>Address.</summary>
    public required string To { get; init; }

    /// <summary>Subject; never holds what a case is about.</summary>
    public required string Subject { get; init; }

    /// <summary>Text; never holds what a case is about.</summary>
    public required string Body { get; init; }

    /// <summary>When it was written, UTC.</summary>
    public required DateTime At { get; init; }

    /// <summary>When it was handed over, UTC.</summary>
    public DateTime? SentAt { get; set; }

    /// <summary>How often it was tried.</summary>
    public int Attempts { get; set; }

    /// <summary>Not tried again before, UTC.</summary>
    public DateTime? NotBefore { get; set; }

    /// <summary>What the mail server said the last time it did not take it; empty when nothing.</summary>
    public string Problem { get; set; } = "";
}

/// <summary>A secret address at which a calendar program reads what is due for one person.</summary>
public sealed class CalendarFeed
{
    /// <summary>Number.</summary>
    public long Id { get; init; }

    /// <summary>Whose it is.</summary>
    public required Guid Person { get; init; }

    /// <summary>SHA-256 of the secret in the address, hexadecimal.</summary>
    public required string SecretHash { get; init; }

    /// <summary>When it was made, UTC.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>When it was taken back, UTC.</summary>
    public DateTime? RevokedAt { get; set; }
}

/// <summary>The tables of what belongs to the life of a request besides its stages.</summary>
internal static class LifeTables
{
    internal static void Configure(ModelBuilder model)
    {
        model.Entity<ThreadMessage>(e => e.ToTable("thread_messages").HasIndex(m => m.Request));
        model.Entity<Deadline>(e =>
        {
            e.ToTable("deadlines").HasIndex(d => d.Request);
            e.HasIndex(d => new { d.DoneAt, d.DueOn });
        });
        model.Entity<Cost>(e =>
        {
            e.ToTable("costs").HasIndex(c => c.Request);
            e.Property(c => c.Amount).HasPrecision(18, 2);
        });
        model.Entity<UseLimit>(e => e.ToTable("use_limits").HasIndex(l => l.Request));
        model.Entity<EvidenceUse>(e => e.ToTable("evidence_uses").HasIndex(u => u.Case));
        model.Entity<OutgoingMail>(e => e.ToTable("outgoing_mail").HasIndex(m => m.SentAt));
        model.Entity<CalendarFeed>(e =>
        {
            e.ToTable("calendar_feeds").HasIndex(f => f.SecretHash).IsUnique();
            e.HasIndex(f => f.Person);
        });
    }
}
