using Microsoft.EntityFrameworkCore;

namespace Palermo.Data.Access;

/// <summary>An organization of the node: its owner, or a unit or partner below it.</summary>
public sealed class Organization
{
    /// <summary>Identifier.</summary>
    public required Guid Id { get; init; }

    /// <summary>The organization above it; null for one at the top.</summary>
    public Guid? Parent { get; init; }

    /// <summary>Identifiers from the top down to this one, each followed by a slash; what a membership covers is a prefix of it.</summary>
    public required string Path { get; init; }

    /// <summary>Name.</summary>
    public required string Name { get; set; }

    /// <summary>Alpha-3 code of its state; empty for an international organization.</summary>
    public required string State { get; set; }

    /// <summary>When it was closed, UTC.</summary>
    public DateTime? EndedAt { get; set; }
}

/// <summary>A person who may sign in.</summary>
public sealed class Person
{
    /// <summary>Identifier.</summary>
    public required Guid Id { get; init; }

    /// <summary>Name as colleagues know it.</summary>
    public required string Name { get; set; }

    /// <summary>Electronic address; signs in with it.</summary>
    public required string Email { get; set; }

    /// <summary>The address in the form in which two are the same, unique.</summary>
    public required string NormalizedEmail { get; set; }

    /// <summary>Language of mails; null for English.</summary>
    public string? Language { get; set; }

    /// <summary>Hash of the password; null when there is none.</summary>
    public string? PasswordHash { get; set; }

    /// <summary>Protected TOTP key; null when there is none.</summary>
    public string? AuthenticatorKey { get; set; }

    /// <summary>The last time step whose code was used, so that a code works once.</summary>
    public long LastTotpStep { get; set; }

    /// <summary>Hashes of unused recovery codes, joined by semicolons.</summary>
    public string RecoveryCodes { get; set; } = "";

    /// <summary>Changes whenever a way to sign in changes; ends sessions.</summary>
    public required string SecurityStamp { get; set; }

    /// <summary>When it was made, UTC.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>When the person's access was ended, UTC.</summary>
    public DateTime? EndedAt { get; set; }
}

/// <summary>A passkey (WebAuthn credential).</summary>
public sealed class Passkey
{
    /// <summary>The credential's identifier, base64url.</summary>
    public required string CredentialId { get; init; }

    /// <summary>Whose it is.</summary>
    public required Guid Person { get; init; }

    /// <summary>Name the person gave it.</summary>
    public required string Name { get; set; }

    /// <summary>Everything the framework keeps of it, as JSON.</summary>
    public required string Content { get; set; }

    /// <summary>When it was added, UTC.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>When it was last used, UTC.</summary>
    public DateTime? LastUsedAt { get; set; }
}

/// <summary>What a person may do in an organization and what is below it.</summary>
public sealed class Membership
{
    /// <summary>Number.</summary>
    public long Id { get; init; }

    /// <summary>Who.</summary>
    public required Guid Person { get; init; }

    /// <summary>Where.</summary>
    public required Guid Organization { get; init; }

    /// <summary>administrator, officer, approver, drafter, auditor or reader.</summary>
    public required string Role { get; init; }

    /// <summary>Since when, UTC.</summary>
    public required DateTime Since { get; init; }

    /// <summary>Until when, UTC.</summary>
    public DateTime? EndedAt { get; set; }
}

/// <summary>A sign-in that has not ended.</summary>
public sealed class Session
{
    /// <summary>SHA-256 of the key in the person's cookie, hexadecimal.</summary>
    public required string KeyHash { get; init; }

    /// <summary>Whose it is.</summary>
    public required Guid Person { get; init; }

    /// <summary>The protected ticket.</summary>
    public required byte[] Ticket { get; set; }

    /// <summary>passkey, password or recovery-code.</summary>
    public required string Way { get; init; }

    /// <summary>Address it came from.</summary>
    public required string From { get; init; }

    /// <summary>What the browser calls itself.</summary>
    public required string Agent { get; init; }

    /// <summary>When it began, UTC.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>When it was last used, UTC, to the minute.</summary>
    public required DateTime LastSeenAt { get; set; }

    /// <summary>When it ends by itself, UTC.</summary>
    public required DateTime ExpiresAt { get; set; }
}

/// <summary>A link that lets one person in, once.</summary>
public sealed class Invitation
{
    /// <summary>Identifier.</summary>
    public required Guid Id { get; init; }

    /// <summary>SHA-256 of the secret in the link, hexadecimal.</summary>
    public required string SecretHash { get; init; }

    /// <summary>Whom it is for; the person exists already and has no way to sign in, or has lost them.</summary>
    public required Guid Person { get; init; }

    /// <summary>Who made it; null when made on the command line.</summary>
    public Guid? CreatedBy { get; init; }

    /// <summary>When it was made, UTC.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>Until when it works, UTC.</summary>
    public required DateTime ExpiresAt { get; init; }

    /// <summary>When it was used or taken back, UTC.</summary>
    public DateTime? UsedAt { get; set; }
}

/// <summary>A token with which a program acts for a person.</summary>
public sealed class AccessToken
{
    /// <summary>Identifier; the first part of the token.</summary>
    public required Guid Id { get; init; }

    /// <summary>SHA-256 of the secret, hexadecimal.</summary>
    public required string SecretHash { get; init; }

    /// <summary>For whom it acts; it can never do more than the person.</summary>
    public required Guid Person { get; init; }

    /// <summary>What it is for.</summary>
    public required string Name { get; init; }

    /// <summary>Scopes, joined by spaces.</summary>
    public required string Scopes { get; init; }

    /// <summary>When it was made, UTC.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>Until when it works, UTC.</summary>
    public required DateTime ExpiresAt { get; init; }

    /// <summary>When it was last used, UTC, to the minute.</summary>
    public DateTime? LastUsedAt { get; set; }

    /// <summary>When it was revoked, UTC.</summary>
    public DateTime? RevokedAt { get; set; }
}

/// <summary>The tables of the Access module.</summary>
internal static class AccessTables
{
    internal static void Configure(ModelBuilder model)
    {
        model.Entity<Organization>(e => e.ToTable("organizations").HasIndex(o => o.Path));
        model.Entity<Person>(e => e.ToTable("persons").HasIndex(p => p.NormalizedEmail).IsUnique());
        model.Entity<Passkey>(e =>
        {
            e.ToTable("passkeys").HasKey(p => p.CredentialId);
            e.HasIndex(p => p.Person);
        });
        model.Entity<Membership>(e => e.ToTable("memberships").HasIndex(m => m.Person));
        model.Entity<Session>(e =>
        {
            e.ToTable("sessions").HasKey(s => s.KeyHash);
            e.HasIndex(s => s.Person);
        });
        model.Entity<Invitation>(e => e.ToTable("invitations").HasIndex(i => i.SecretHash).IsUnique());
        model.Entity<AccessToken>(e => e.ToTable("access_tokens").HasIndex(t => t.Person));
    }
}
