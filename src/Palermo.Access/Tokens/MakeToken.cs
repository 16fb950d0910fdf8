using System.Globalization;
using Palermo.Data.Access;
using Palermo.Kernel;
using Palermo.Kernel.Access;

namespace Palermo.Access.Tokens;

/// <summary>Makes and revokes tokens for programs.</summary>
internal static class MakeToken
{
    /// <summary>Days a token works at most.</summary>
    internal const int MostDays = 365;

    private const int MostTokens = 50;

    /// <summary>Makes a token and answers its text, which is shown once.</summary>
    /// <param name="access">The module.</param>
    /// <param name="viewer">For whom it acts.</param>
    /// <param name="name">What it is for.</param>
    /// <param name="scopes">What it allows.</param>
    /// <param name="days">How long it works.</param>
    /// <exception cref="RefusedException">Name, scopes or days cannot be taken.</exception>
    internal static string Make(AccessModule access, Viewer viewer, string? name, IReadOnlyCollection<string> scopes, string? days)
    {
        var chosen = TokenKeeper.Scopes.Where(scopes.Contains).ToArray();
        if (chosen.Length == 0 || scopes.Count > chosen.Length) throw new RefusedException("access.token.scopes") { Field = "scopes" };
        if (!int.TryParse(days, NumberStyles.None, CultureInfo.InvariantCulture, out var lasts) || lasts is < 1 or > MostDays) throw new RefusedException("access.token.days", ("n", MostDays)) { Field = "days" };
        var called = PersonName(name);
        var secret = Secrets.New();
        var id = Guid.NewGuid();
        access.Change(viewer.Actor, change =>
        {
            if (change.Context.Set<AccessToken>().Count(t => t.Person == viewer.Person && t.RevokedAt == null && t.ExpiresAt > change.Now) >= MostTokens)
                throw new RefusedException("access.token.many", ("n", MostTokens)) { Field = "name" };
            change.Context.Add(new AccessToken
            {
                Id = id, SecretHash = TokenKeeper.HashOf(secret), Person = viewer.Person, Name = called, Scopes = string.Join(' ', chosen), CreatedAt = change.Now, ExpiresAt = change.Now.AddDays(lasts),
            });
            change.Audit("token.made", viewer.Person.ToString(), id.ToString(), "", $"{called}: {string.Join(' ', chosen)}, {lasts} days");
        });
        return TokenKeeper.TextOf(id, secret);
    }

    /// <summary>Revokes a token of the viewer's.</summary>
    /// <exception cref="RefusedException">The viewer has no such token.</exception>
    internal static void Revoke(AccessModule access, Viewer viewer, string? id) => access.Change(viewer.Actor, change =>
    {
        var number = Guid.TryParse(id, out var parsed) ? parsed : Guid.Empty;
        var token = change.Context.Set<AccessToken>().FirstOrDefault(t => t.Id == number && t.Person == viewer.Person && t.RevokedAt == null) ?? throw new RefusedException("access.token.unknown") { NotFound = true };
        token.RevokedAt = change.Now;
        change.Audit("token.revoked", viewer.Person.ToString(), token.Id.ToString(), token.Name);
    });

    private static string PersonName(string? name)
    {
        var text = Plain.Text((name ?? "").Take(60)).Trim();
        return text.Length > 0 ? text : throw new RefusedException("access.token.name") { Field = "name" };
    }
}
