using Microsoft.EntityFrameworkCore;

namespace Palermo.Data.Exchange;

/// <summary>A message to another node. It is written in the same change as what it tells, and sent afterwards until its receipt is here.</summary>
public sealed class OutgoingMessage
{
    /// <summary>Identifier of what is said, the same for every attempt; the AS4 message identifier is this with the sender's party.</summary>
    public required Guid Id { get; init; }

    /// <summary>The request it belongs to.</summary>
    public required Guid Request { get; init; }

    /// <summary>The request's case.</summary>
    public required Guid Case { get; init; }

    /// <summary>Party identifier of the receiving node.</summary>
    public required string To { get; init; }

    /// <summary>1, 2, 3 … of what this side says about the request; no order is promised on the line, this restores it.</summary>
    public required int Sequence { get; init; }

    /// <summary>Code of what it says.</summary>
    public required string Act { get; init; }

    /// <summary>The payload as JSON, <c>palermo-message/1</c>.</summary>
    public required string Payload { get; init; }

    /// <summary>Files that go with it as parts: identifiers of attachments joined by semicolons.</summary>
    public required string Files { get; init; }

    /// <summary>The package of evidence it announces or confirms; null when it is about none.</summary>
    public Guid? Package { get; init; }

    /// <summary>When it was written, UTC.</summary>
    public required DateTime At { get; init; }

    /// <summary>Not tried any more after this, UTC.</summary>
    public required DateTime GiveUpAt { get; set; }

    /// <summary><c>waiting</c>, <c>received</c> (its receipt is here) or <c>failed</c>.</summary>
    public required string State { get; set; }

    /// <summary>How often it was tried.</summary>
    public int Attempts { get; set; }

    /// <summary>Not tried again before, UTC.</summary>
    public DateTime? NotBefore { get; set; }

    /// <summary>What the last attempt signed, as the receipt must name it: JSON.</summary>
    public string Digests { get; set; } = "";

    /// <summary>When its receipt came, UTC.</summary>
    public DateTime? ReceivedAt { get; set; }

    /// <summary>The signed receipt as it came; empty until then.</summary>
    public string Receipt { get; set; } = "";

    /// <summary>Why the last attempt failed, as <see cref="Kernel.KeptMessage"/> keeps it; empty when it did not.</summary>
    public string Problem { get; set; } = "";
}

/// <summary>A message of another node, kept with its signed envelope as proof.</summary>
public sealed class IncomingMessage
{
    /// <summary>The AS4 message identifier: a second one of the same identifier is answered with the same receipt and changes nothing.</summary>
    public required string MessageId { get; init; }

    /// <summary>Party identifier of the sending node.</summary>
    public required string From { get; init; }

    /// <summary>Identifier of what is said: the same content under another message identifier is recognized by it.</summary>
    public required Guid Payload { get; init; }

    /// <summary>The request it belongs to.</summary>
    public required Guid Request { get; init; }

    /// <summary>1, 2, 3 … of what that side says about the request.</summary>
    public required int Sequence { get; init; }

    /// <summary>Code of what it says.</summary>
    public required string Act { get; init; }

    /// <summary>The payload as JSON, as it came.</summary>
    public required string Content { get; init; }

    /// <summary>The signed SOAP envelope as it came.</summary>
    public required string Envelope { get; init; }

    /// <summary>The receipt it was answered with: its content type, a line feed, its bytes as text.</summary>
    public required string Receipt { get; init; }

    /// <summary>When it came, UTC.</summary>
    public required DateTime At { get; init; }

    /// <summary>When it was taken into the file, UTC; null while an earlier one is missing.</summary>
    public DateTime? TakenAt { get; set; }

    /// <summary>Why it could not change the request, as <see cref="Kernel.KeptMessage"/> keeps it; empty when it did.</summary>
    public string Problem { get; set; } = "";
}

/// <summary>A message that waits at this node for another one to fetch it: ciphertext of which this node, a relay, knows only sender, receiver, identifier and size.</summary>
public sealed class RelayedMessage
{
    /// <summary>Number.</summary>
    public long Id { get; init; }

    /// <summary>Party identifier of the sender.</summary>
    public required string From { get; init; }

    /// <summary>Party identifier of the receiver.</summary>
    public required string To { get; init; }

    /// <summary>What the sender calls it, the same for every attempt: the newest replaces those before; empty when it has no name.</summary>
    public string MessageId { get; init; } = "";

    /// <summary>SHA-256 of its bytes, lower-case hexadecimal: the same bytes are kept once.</summary>
    public required string Sha256 { get; set; }

    /// <summary>Its Content-Type.</summary>
    public required string ContentType { get; set; }

    /// <summary>Bytes.</summary>
    public required long Size { get; set; }

    /// <summary>When the newest of it came, UTC.</summary>
    public required DateTime At { get; set; }

    /// <summary>When the receiver said that it has it, UTC; the bytes are gone from then on.</summary>
    public DateTime? FetchedAt { get; set; }
}

/// <summary>The tables of messages between nodes.</summary>
internal static class DeliveryTables
{
    internal static void Configure(ModelBuilder model)
    {
        model.Entity<OutgoingMessage>(e =>
        {
            e.ToTable("outgoing_messages").HasKey(m => m.Id);
            e.HasIndex(m => new { m.Request, m.Sequence }).IsUnique();
            e.HasIndex(m => new { m.State, m.NotBefore });
            e.HasIndex(m => new { m.To, m.State, m.At });
            e.HasIndex(m => m.Package);
        });
        model.Entity<IncomingMessage>(e =>
        {
            e.ToTable("incoming_messages").HasKey(m => m.MessageId);
            e.HasIndex(m => new { m.From, m.Payload }).IsUnique();
            e.HasIndex(m => new { m.Request, m.From, m.Sequence });
            e.HasIndex(m => m.TakenAt);
        });
        model.Entity<RelayedMessage>(e =>
        {
            e.ToTable("relayed_messages").HasIndex(m => new { m.To, m.FetchedAt, m.Id });
            e.HasIndex(m => new { m.To, m.Sha256 });
        });
    }
}
