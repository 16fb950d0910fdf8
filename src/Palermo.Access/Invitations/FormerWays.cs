using Microsoft.EntityFrameworkCore;
using Palermo.Data;
using Palermo.Data.Access;

namespace Palermo.Access.Invitations;

/// <summary>With what somebody who is sent a link could act until now; perhaps it is lost, or in other hands.</summary>
/// <param name="Password">Whether there is a password.</param>
/// <param name="Passkeys">The passkeys.</param>
/// <param name="Tokens">Names of the tokens of programs.</param>
internal sealed record FormerWays(bool Password, IReadOnlyList<Passkey> Passkeys, IReadOnlyList<string> Tokens)
{
    /// <summary>Whether there are any, as there are not for a new person.</summary>
    internal bool Any => Password || Passkeys.Count > 0 || Tokens.Count > 0;

    /// <summary>Those of a person.</summary>
    internal static FormerWays Of(AccessModule access, Person person)
    {
        using var context = access.Database.Connect();
        var now = access.Now;
        return new(
            person.PasswordHash is not null, [.. context.Set<Passkey>().AsNoTracking().Where(p => p.Person == person.Id).OrderBy(p => p.CreatedAt)],
            [.. context.Set<AccessToken>().Where(t => t.Person == person.Id && t.RevokedAt == null && t.ExpiresAt > now).OrderBy(t => t.CreatedAt).Select(t => t.Name)]);
    }

    /// <summary>Ends them within a change: tokens always, passkeys and password unless the person keeps them.</summary>
    internal static void End(Change change, Person person, bool keep)
    {
        foreach (var token in change.Context.Set<AccessToken>().Where(t => t.Person == person.Id && t.RevokedAt == null))
        {
            token.RevokedAt = change.Now;
            change.Audit("token.revoked", person.Id.ToString(), token.Id.ToString(), token.Name);
        }

        if (keep) return;
        foreach (var passkey in change.Context.Set<Passkey>().Where(p => p.Person == person.Id))
        {
            change.Context.Remove(passkey);
            change.Audit("passkey.removed", person.Id.ToString(), passkey.CredentialId[..Math.Min(16, passkey.CredentialId.Length)], passkey.Name);
        }

        if (person.PasswordHash is null) return;
        (person.PasswordHash, person.AuthenticatorKey, person.RecoveryCodes) = (null, null, "");
        change.Audit("password.removed", person.Id.ToString());
    }
}
