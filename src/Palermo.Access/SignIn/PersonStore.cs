using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Palermo.Data.Access;

namespace Palermo.Access.SignIn;

/// <summary>What ASP.NET Core Identity's passkey ceremonies read. They write nothing: people and passkeys are written by audited changes.</summary>
internal sealed class PersonStore(AccessModule access) : IUserPasskeyStore<Person>
{
    /// <inheritdoc/>
    public Task<string> GetUserIdAsync(Person user, CancellationToken cancellationToken) => Task.FromResult(user.Id.ToString());

    /// <inheritdoc/>
    public Task<string?> GetUserNameAsync(Person user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Email);

    /// <inheritdoc/>
    public Task<string?> GetNormalizedUserNameAsync(Person user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.NormalizedEmail);

    /// <inheritdoc/>
    public async Task<Person?> FindByIdAsync(string userId, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(userId, out var id)) return null;
        using var context = access.Database.Connect();
        return await context.Set<Person>().AsNoTracking().FirstOrDefaultAsync(p => p.Id == id && p.EndedAt == null, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<Person?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken)
    {
        using var context = access.Database.Connect();
        return await context.Set<Person>().AsNoTracking().FirstOrDefaultAsync(p => p.NormalizedEmail == normalizedUserName && p.EndedAt == null, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IList<UserPasskeyInfo>> GetPasskeysAsync(Person user, CancellationToken cancellationToken)
    {
        using var context = access.Database.Connect();
        var rows = await context.Set<Passkey>().AsNoTracking().Where(p => p.Person == user.Id).ToListAsync(cancellationToken);
        return [.. rows.Select(PasskeyContent.Read)];
    }

    /// <inheritdoc/>
    public async Task<Person?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken)
    {
        var id = Base64Url.EncodeToString(credentialId);
        using var context = access.Database.Connect();
        return await (from k in context.Set<Passkey>().AsNoTracking()
                      join p in context.Set<Person>().AsNoTracking() on k.Person equals p.Id
                      where k.CredentialId == id && p.EndedAt == null
                      select p).FirstOrDefaultAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<UserPasskeyInfo?> FindPasskeyAsync(Person user, byte[] credentialId, CancellationToken cancellationToken)
    {
        var id = Base64Url.EncodeToString(credentialId);
        using var context = access.Database.Connect();
        return await context.Set<Passkey>().AsNoTracking().FirstOrDefaultAsync(p => p.CredentialId == id && p.Person == user.Id, cancellationToken) is { } row ? PasskeyContent.Read(row) : null;
    }

    /// <inheritdoc/>
    public Task AddOrUpdatePasskeyAsync(Person user, UserPasskeyInfo passkey, CancellationToken cancellationToken) => throw Unwritten();

    /// <inheritdoc/>
    public Task RemovePasskeyAsync(Person user, byte[] credentialId, CancellationToken cancellationToken) => throw Unwritten();

    /// <inheritdoc/>
    public Task SetUserNameAsync(Person user, string? userName, CancellationToken cancellationToken) => throw Unwritten();

    /// <inheritdoc/>
    public Task SetNormalizedUserNameAsync(Person user, string? normalizedName, CancellationToken cancellationToken) => throw Unwritten();

    /// <inheritdoc/>
    public Task<IdentityResult> CreateAsync(Person user, CancellationToken cancellationToken) => throw Unwritten();

    /// <inheritdoc/>
    public Task<IdentityResult> UpdateAsync(Person user, CancellationToken cancellationToken) => throw Unwritten();

    /// <inheritdoc/>
    public Task<IdentityResult> DeleteAsync(Person user, CancellationToken cancellationToken) => throw Unwritten();

    /// <inheritdoc/>
    public void Dispose()
    {
        // Nothing is held between calls.
    }

    private static NotSupportedException Unwritten() => new("People and passkeys are written by audited changes only.");
}

/// <summary>What the framework keeps of a passkey, as JSON in its row.</summary>
internal sealed record PasskeyContent(
    byte[] CredentialId, byte[] PublicKey, DateTimeOffset CreatedAt, uint SignCount, string[]? Transports, bool IsUserVerified, bool IsBackupEligible, bool IsBackedUp,
    byte[] AttestationObject, byte[] ClientDataJson)
{
    /// <summary>The content of a passkey.</summary>
    internal static string Write(UserPasskeyInfo p) => JsonSerializer.Serialize(
        new(p.CredentialId, p.PublicKey, p.CreatedAt, p.SignCount, p.Transports, p.IsUserVerified, p.IsBackupEligible, p.IsBackedUp, p.AttestationObject, p.ClientDataJson),
        PasskeyJson.Default.PasskeyContent);

    /// <summary>The passkey of a row.</summary>
    internal static UserPasskeyInfo Read(Passkey row)
    {
        var c = JsonSerializer.Deserialize(row.Content, PasskeyJson.Default.PasskeyContent)!;
        return new(c.CredentialId, c.PublicKey, c.CreatedAt, c.SignCount, c.Transports, c.IsUserVerified, c.IsBackupEligible, c.IsBackedUp, c.AttestationObject, c.ClientDataJson) { Name = row.Name };
    }
}

[JsonSerializable(typeof(PasskeyContent))]
internal sealed partial class PasskeyJson : JsonSerializerContext;
