using Microsoft.EntityFrameworkCore;
using Palermo.Data.Audit;

namespace Palermo.Data.Exchange;

/// <summary>A package of evidence that goes to another node, or comes from one.</summary>
public sealed class EvidencePackage
{
    /// <summary>Identifier, the same on both sides.</summary>
    public required Guid Id { get; init; }

    /// <summary>The request it belongs to.</summary>
    public required Guid Request { get; init; }

    /// <summary>The request's case.</summary>
    public required Guid Case { get; init; }

    /// <summary>Whether we send it.</summary>
    public required bool Outgoing { get; init; }

    /// <summary>Party identifier of the node on the other side.</summary>
    public required string Party { get; init; }

    /// <summary>The manifest's exact bytes.</summary>
    public required byte[] Manifest { get; init; }

    /// <summary>Its signature.</summary>
    public required byte[] Signature { get; init; }

    /// <summary>The time stamp over the signature; null for none.</summary>
    public byte[]? Stamp { get; init; }

    /// <summary>SHA-256 of the manifest's bytes, lower-case hexadecimal.</summary>
    public required string ManifestSha256 { get; init; }

    /// <summary>Files.</summary>
    public required int Files { get; init; }

    /// <summary>Bytes of the sealed files together.</summary>
    public required long Length { get; init; }

    /// <summary>Of these, how many are durably at the receiver, as far as we know.</summary>
    public long Arrived { get; set; }

    /// <summary><c>announced</c>, <c>arriving</c>, <c>arrived</c>, <c>verified</c> or <c>refused</c>.</summary>
    public required string State { get; set; }

    /// <summary>Why it was refused, as <see cref="Kernel.KeptMessage"/> keeps it; empty for nothing.</summary>
    public string Problem { get; set; } = "";

    /// <summary>When it was packed or announced here, UTC.</summary>
    public required DateTime At { get; init; }

    /// <summary>When anything of it changed last, UTC.</summary>
    public required DateTime ChangedAt { get; set; }
}

/// <summary>A line of a package's custody record that was written here; the manifest holds the lines before it.</summary>
public sealed class CustodyEntry : IOnlyGrows
{
    /// <summary>The package.</summary>
    public required Guid Package { get; init; }

    /// <summary>Continues the numbers of the manifest's lines.</summary>
    public required int Number { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTime At { get; init; }

    /// <summary>Who.</summary>
    public required string By { get; init; }

    /// <summary>Of which organization.</summary>
    public required string Organization { get; init; }

    /// <summary>Code of what was done.</summary>
    public required string Act { get; init; }

    /// <summary>Number of the file; 0 for the whole package.</summary>
    public required int Item { get; init; }

    /// <summary>With what.</summary>
    public required string Tool { get; init; }

    /// <summary>SHA-256 of the item then, lower-case hexadecimal; empty when none was made.</summary>
    public required string Sha256 { get; init; }

    /// <summary>SHA-256 over the hash of the line before and all of the above, lower-case hexadecimal.</summary>
    public required string Hash { get; init; }
}

/// <summary>The tables of evidence between nodes.</summary>
internal static class EvidenceTables
{
    internal static void Configure(ModelBuilder model)
    {
        model.Entity<EvidencePackage>(e =>
        {
            e.ToTable("evidence_packages").HasIndex(p => p.Request);
            e.HasIndex(p => p.State);
        });
        model.Entity<CustodyEntry>(e => e.ToTable("custody_entries").HasKey(c => new { c.Package, c.Number }));
    }
}
