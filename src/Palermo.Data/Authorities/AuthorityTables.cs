using Microsoft.EntityFrameworkCore;
using Palermo.Data.Audit;

namespace Palermo.Data.Authorities;

/// <summary>An entry of the directory of authorities: what is searched by stands in columns, what it says in its last version.</summary>
public sealed class Authority
{
    /// <summary>Identifier.</summary>
    public required Guid Id { get; init; }

    /// <summary>Number of its last <see cref="AuthorityVersion"/>.</summary>
    public required int Version { get; set; }

    /// <summary>Alpha-3 code of its state.</summary>
    public required string State { get; set; }

    /// <summary>Its first name, for lists.</summary>
    public required string Name { get; set; }

    /// <summary>Codes of the kinds of cooperation, each between semicolons: <c>;mla;extradition;</c>.</summary>
    public required string Kinds { get; set; }

    /// <summary>any, before-trial, trial or enforcement.</summary>
    public required string Stage { get; set; }

    /// <summary>Codes of the languages it accepts, each between semicolons.</summary>
    public required string Languages { get; set; }

    /// <summary>The day on which somebody last said that it is correct; null when nobody has.</summary>
    public DateOnly? LastConfirmedOn { get; set; }

    /// <summary>The person who is reminded.</summary>
    public Guid? OwnerPerson { get; set; }

    /// <summary>The organization whose people are reminded when there is no person.</summary>
    public Guid? OwnerOrganization { get; set; }

    /// <summary>When the owner was last reminded, UTC.</summary>
    public DateTime? RemindedAt { get; set; }

    /// <summary>When it was made, UTC.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>When it was last changed, UTC.</summary>
    public required DateTime ChangedAt { get; set; }

    /// <summary>When it was taken out of the directory, UTC; its versions stay.</summary>
    public DateTime? EndedAt { get; set; }
}

/// <summary>Everything an entry said at one time; all versions stay.</summary>
public sealed class AuthorityVersion : IOnlyGrows
{
    /// <summary>The entry.</summary>
    public required Guid Authority { get; init; }

    /// <summary>1, 2, 3 …; two writers cannot take the same one.</summary>
    public required int Version { get; init; }

    /// <summary>entered, changed, imported, ended or restored.</summary>
    public required string Act { get; init; }

    /// <summary>The public part as JSON.</summary>
    public required string Content { get; init; }

    /// <summary>The restricted part as JSON; never read for a stranger.</summary>
    public required string Restricted { get; init; }

    /// <summary>Why, in words; may be empty.</summary>
    public required string Remark { get; init; }

    /// <summary>Who wrote it; null for the command line.</summary>
    public Guid? By { get; init; }

    /// <summary>Name of who wrote it.</summary>
    public required string ByName { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTime At { get; init; }
}

/// <summary>That somebody said an entry is still correct; all stay.</summary>
public sealed class AuthorityConfirmation : IOnlyGrows
{
    /// <summary>Number.</summary>
    public long Id { get; init; }

    /// <summary>The entry.</summary>
    public required Guid Authority { get; init; }

    /// <summary>The version that was confirmed.</summary>
    public required int Version { get; init; }

    /// <summary>As of which day it is correct.</summary>
    public required DateOnly On { get; init; }

    /// <summary>Who said so; null for the command line.</summary>
    public Guid? By { get; init; }

    /// <summary>Name of who said so.</summary>
    public required string ByName { get; init; }

    /// <summary>When it was written down, UTC.</summary>
    public required DateTime At { get; init; }
}

/// <summary>That somebody found an entry to be wrong.</summary>
public sealed class AuthorityReport
{
    /// <summary>Number.</summary>
    public long Id { get; init; }

    /// <summary>The entry: the identifier of an <see cref="Authority"/>, or of a notification to a depositary.</summary>
    public required string Entry { get; init; }

    /// <summary>What is wrong, in the reporter's words; may be empty.</summary>
    public required string Text { get; init; }

    /// <summary>Who reported it; null for a stranger.</summary>
    public Guid? By { get; init; }

    /// <summary>Name of who reported it; empty for a stranger.</summary>
    public required string ByName { get; init; }

    /// <summary>From which network address; kept so that one address cannot flood the owners.</summary>
    public required string From { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTime At { get; init; }

    /// <summary>When it was settled, UTC; null while it is open.</summary>
    public DateTime? SettledAt { get; set; }

    /// <summary>Name of who settled it.</summary>
    public string SettledBy { get; set; } = "";

    /// <summary>corrected, correct-already or not-understood.</summary>
    public string Outcome { get; set; } = "";

    /// <summary>What was found, in words; may be empty.</summary>
    public string Answer { get; set; } = "";
}

/// <summary>The tables of the Authorities module.</summary>
internal static class AuthorityTables
{
    internal static void Configure(ModelBuilder model)
    {
        model.Entity<Authority>(e =>
        {
            e.ToTable("authorities").HasIndex(a => new { a.State, a.EndedAt });
            e.HasIndex(a => a.LastConfirmedOn);
        });
        model.Entity<AuthorityVersion>(e =>
        {
            e.ToTable("authority_versions").HasKey(v => new { v.Authority, v.Version });
            e.HasOne<Authority>().WithMany().HasForeignKey(v => v.Authority).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<AuthorityConfirmation>(e => e.ToTable("authority_confirmations").HasIndex(c => c.Authority));
        model.Entity<AuthorityReport>(e =>
        {
            e.ToTable("authority_reports").HasIndex(r => new { r.Entry, r.SettledAt });
            e.HasIndex(r => new { r.From, r.At });
            e.HasIndex(r => r.SettledAt);
        });
    }
}
