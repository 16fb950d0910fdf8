using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Palermo.Data.Access;
using Palermo.Kernel.Access;

namespace Palermo.Access.Tokens;

/// <summary>Tokens with which programs act for people: <c>palermo_ID_SECRET</c>. A token never does more than its person.</summary>
internal sealed class TokenKeeper(AccessModule access)
{
    /// <summary>All scopes a token can have.</summary>
    internal static IReadOnlyList<string> Scopes { get; } =
        [.. new[] { "treaties", "authorities", "requests", "audit" }.SelectMany(a => new[] { a + ":read", a + ":write" })];

    private const string Scheme = "Bearer ";
    private const string Prefix = "palermo_";
    private const int LongestHeader = 200;
    private static readonly TimeSpan SeenToThe = TimeSpan.FromMinutes(1);

    private readonly Remembered<Known> _remembered = new(access);

    private sealed record Known(Guid Person, string Name, IReadOnlyList<Standing> Standings, IReadOnlySet<string> Scopes, DateTime ExpiresAt);

    /// <summary>The hash under which a token's secret is kept.</summary>
    internal static string HashOf(string secret) => Secrets.Hash("token", secret);

    /// <summary>The token's text.</summary>
    internal static string TextOf(Guid id, string secret) => $"{Prefix}{id:N}_{secret}";

    /// <summary>For whom the program that sent this header acts; null when its token is unknown, revoked or over.</summary>
    internal Viewer? Find(string header, string from)
    {
        if (header.Length > LongestHeader || !header.StartsWith(Scheme + Prefix, StringComparison.OrdinalIgnoreCase)) return null;
        var text = header[(Scheme.Length + Prefix.Length)..].Trim();
        if (text.Split('_', 2) is not [var id, var secret] || !Guid.TryParseExact(id, "N", out var number) || !Secrets.Possible(secret)) return null;
        var hash = HashOf(secret);
        if (_remembered.Find(hash) is not { } known)
        {
            var version = access.Version;
            if (Read(number, hash) is not { } read) return null;
            _remembered.Keep(hash, known = read, version);
        }

        return access.Now < known.ExpiresAt ? new Viewer(known.Person, known.Name, from, known.Standings, known.Scopes) : null;
    }

    private Known? Read(Guid id, string hash)
    {
        using var context = access.Database.Connect();
        var found = (from t in context.Set<AccessToken>().AsNoTracking()
                     join p in context.Set<Person>().AsNoTracking() on t.Person equals p.Id
                     where t.Id == id && t.RevokedAt == null && p.EndedAt == null
                     select new { Token = t, p.Name }).FirstOrDefault();
        var now = access.Now;
        if (found is null || found.Token.ExpiresAt <= now || !CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(found.Token.SecretHash), Encoding.ASCII.GetBytes(hash))) return null;
        if (now - (found.Token.LastUsedAt ?? DateTime.MinValue) >= SeenToThe)
            LastUse.Note(access, c => c.Set<AccessToken>().Where(t => t.Id == id).ExecuteUpdate(t => t.SetProperty(x => x.LastUsedAt, now)));
        return new Known(
            found.Token.Person, $"{found.Name} ({found.Token.Name})", Standings.Of(context, found.Token.Person),
            found.Token.Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal), found.Token.ExpiresAt);
    }
}
