using Microsoft.EntityFrameworkCore;
using Palermo.Data.Access;
using Palermo.Data.Audit;
using Palermo.Data.Authorities;
using Palermo.Data.Cases;
using Palermo.Data.Exchange;
using Palermo.Data.Facts;

namespace Palermo.Data;

/// <summary>The node's record. Facts, the audit trail and every saved version can only be added.</summary>
public abstract class PalermoContext(DbContextOptions options) : DbContext(options)
{
    /// <summary>Everything that was recorded in one go.</summary>
    public DbSet<Batch> Batches => Set<Batch>();

    /// <summary>Facts taken back.</summary>
    public DbSet<Withdrawal> Withdrawals => Set<Withdrawal>();

    /// <summary>Acts of participation.</summary>
    public DbSet<ParticipationFact> Participation => Set<ParticipationFact>();

    /// <summary>Parties and signatories known without a date.</summary>
    public DbSet<KnownPartyFact> KnownParties => Set<KnownPartyFact>();

    /// <summary>Declarations.</summary>
    public DbSet<DeclarationFact> Declarations => Set<DeclarationFact>();

    /// <summary>Territorial statements.</summary>
    public DbSet<TerritorialFact> Territorial => Set<TerritorialFact>();

    /// <summary>How far the record is complete.</summary>
    public DbSet<KnowledgeFact> Knowledge => Set<KnowledgeFact>();

    /// <summary>Texts of a depositary's file.</summary>
    public DbSet<TreatyTextFact> TreatyTexts => Set<TreatyTextFact>();

    /// <summary>Bilateral treaties.</summary>
    public DbSet<BilateralTreatyFact> BilateralTreaties => Set<BilateralTreatyFact>();

    /// <inheritdoc/>
    public override int SaveChanges(bool acceptAllChangesOnSuccess)
    {
        OnlyAdds();
        return base.SaveChanges(acceptAllChangesOnSuccess);
    }

    /// <inheritdoc/>
    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        OnlyAdds();
        return base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder model)
    {
        model.Entity<Batch>(e =>
        {
            e.ToTable("batches").HasKey(b => b.Number);
            e.Property(b => b.Number).ValueGeneratedNever();
            e.Property(b => b.Hash).HasMaxLength(64);
        });
        model.Entity<Withdrawal>(e => e.ToTable("withdrawals").HasIndex(w => new { w.FactTable, w.FactId }).IsUnique());
        AuditEntry.Configure(model);
        AccessTables.Configure(model);
        CaseTables.Configure(model);
        LifeTables.Configure(model);
        Exchange.DeliveryTables.Configure(model);
        AuthorityTables.Configure(model);
        EvidenceTables.Configure(model);
        Table<ParticipationFact>(model, "participation").HasIndex(f => f.Instrument);
        Table<KnownPartyFact>(model, "known_parties");
        Table<DeclarationFact>(model, "declarations");
        Table<TerritorialFact>(model, "territorial");
        Table<KnowledgeFact>(model, "knowledge");
        Table<TreatyTextFact>(model, "treaty_texts").HasIndex(f => new { f.Instrument, f.State });
        Table<BilateralTreatyFact>(model, "bilateral_treaties").Property(f => f.MinimumPenaltyYears).HasPrecision(6, 2);
        foreach (var property in model.Model.GetEntityTypes().SelectMany(t => t.GetProperties()))
            property.SetColumnName(SnakeCase(property.Name));
    }

    /// <inheritdoc/>
    protected override void ConfigureConventions(ModelConfigurationBuilder conventions) =>
        conventions.Properties<DateTime>().HaveConversion<UtcConverter>();

    private static Microsoft.EntityFrameworkCore.Metadata.Builders.EntityTypeBuilder<T> Table<T>(ModelBuilder model, string name)
        where T : Fact
    {
        var entity = model.Entity<T>();
        entity.ToTable(name).HasKey(f => f.Id);
        entity.Ignore(f => f.Content);
        entity.HasOne<Batch>().WithMany().HasForeignKey(f => f.Batch).OnDelete(DeleteBehavior.Restrict);
        return entity;
    }

    private static string SnakeCase(string name) =>
        string.Concat(name.Select((c, i) => char.IsUpper(c) ? (i == 0 ? "" : "_") + char.ToLowerInvariant(c) : c.ToString()));

    private void OnlyAdds()
    {
        if (ChangeTracker.Entries().FirstOrDefault(e => e is { State: EntityState.Modified or EntityState.Deleted, Entity: Fact or Batch or Withdrawal or IOnlyGrows }) is { } entry)
            throw new InvalidOperationException($"The record only grows: {entry.Metadata.DisplayName()} cannot be changed or deleted.");
    }

    private sealed class UtcConverter() : Microsoft.EntityFrameworkCore.Storage.ValueConversion.ValueConverter<DateTime, DateTime>(
        v => v, v => DateTime.SpecifyKind(v, DateTimeKind.Utc));
}

/// <summary>The record in an embedded SQLite file.</summary>
public sealed class SqlitePalermoContext(DbContextOptions<SqlitePalermoContext> options) : PalermoContext(options);

/// <summary>The record in PostgreSQL.</summary>
public sealed class PostgresPalermoContext(DbContextOptions<PostgresPalermoContext> options) : PalermoContext(options);
