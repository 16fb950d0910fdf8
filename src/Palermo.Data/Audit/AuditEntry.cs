using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;

namespace Palermo.Data.Audit;

/// <summary>A record whose rows can be added but never changed or deleted; the database refuses it too.</summary>
public interface IOnlyGrows;

/// <summary>One thing that happened, chained to the one before by its hash.</summary>
public sealed class AuditEntry : IOnlyGrows
{
    /// <summary>Numbers run 1, 2, 3 … without a gap.</summary>
    public required long Number { get; init; }

    /// <summary>When, UTC, in milliseconds since 1970.</summary>
    public required long At { get; init; }

    /// <summary>The person's identifier, or empty.</summary>
    public required string Person { get; init; }

    /// <summary>The person's name then.</summary>
    public required string Name { get; init; }

    /// <summary>From where.</summary>
    public required string From { get; init; }

    /// <summary>What, as a code such as <c>request.approved</c>.</summary>
    public required string Act { get; init; }

    /// <summary>Identifier of what it was done to; of a case for everything within the case.</summary>
    public required string Subject { get; init; }

    /// <summary>More precisely within the subject, for example a request and its step.</summary>
    public required string Part { get; init; }

    /// <summary>Before, as JSON or text; empty when there was nothing.</summary>
    public required string Before { get; init; }

    /// <summary>After, as JSON or text; empty when there is nothing.</summary>
    public required string After { get; init; }

    /// <summary>SHA-256 over the hash before and all of the above.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>The chain's hash for an entry.</summary>
    /// <remarks>SHA-256 of: hash of the entry before (32 bytes, zeros for the first), number and time as big-endian 64-bit integers, then each text as its big-endian 32-bit length in UTF-8 bytes and those bytes.</remarks>
    public static byte[] HashOf(ReadOnlySpan<byte> before, long number, long at, params ReadOnlySpan<string> texts)
    {
        var size = 48;
        foreach (var text in texts) size += 4 + Encoding.UTF8.GetByteCount(text);
        var rented = size <= 1024 ? null : System.Buffers.ArrayPool<byte>.Shared.Rent(size);
        var buffer = rented is null ? stackalloc byte[size] : rented.AsSpan(0, size);
        before.CopyTo(buffer);
        BinaryPrimitives.WriteInt64BigEndian(buffer[32..], number);
        BinaryPrimitives.WriteInt64BigEndian(buffer[40..], at);
        var position = 48;
        foreach (var text in texts)
        {
            var written = Encoding.UTF8.GetBytes(text, buffer[(position + 4)..]);
            BinaryPrimitives.WriteInt32BigEndian(buffer[position..], written);
            position += 4 + written;
        }

        var hash = SHA256.HashData(buffer);
        if (rented is not null) System.Buffers.ArrayPool<byte>.Shared.Return(rented, clearArray: true);
        return hash;
    }

    internal static void Configure(ModelBuilder model) => model.Entity<AuditEntry>(e =>
    {
        e.ToTable("audit").HasKey(a => a.Number);
        e.Property(a => a.Number).ValueGeneratedNever();
        e.HasIndex(a => new { a.Subject, a.Number });
        e.HasIndex(a => new { a.Person, a.Number });
    });
}
