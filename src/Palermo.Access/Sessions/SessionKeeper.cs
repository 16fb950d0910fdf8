using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Palermo.Data;
using Palermo.Data.Access;
using Palermo.Kernel.Access;

namespace Palermo.Access.Sessions;

/// <summary>
/// Sign-ins that have not ended. The browser holds a random key, the record its hash. The row's ticket is protected with the node's
/// keys and names key, person and the person's security stamp: who can only write the database cannot make a session, and a changed way to
/// sign in ends those made before.
/// </summary>
internal sealed class SessionKeeper(AccessModule access, IDataProtectionProvider protection)
{
    /// <summary>A session nobody used for this long is over.</summary>
    internal static readonly TimeSpan Idle = TimeSpan.FromMinutes(30);

    /// <summary>A session is over after this long in any case.</summary>
    internal static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    /// <summary>How long after signing in a person may change ways to sign in.</summary>
    internal static readonly TimeSpan Fresh = TimeSpan.FromMinutes(15);

    private const string Purpose = "session";
    private const int LongestAgent = 200;
    private static readonly TimeSpan SeenToThe = TimeSpan.FromMinutes(1);

    private readonly IDataProtector _tickets = protection.CreateProtector("palermo.session");
    private readonly Remembered<Known> _remembered = new(access);

    private sealed record Known(Guid Person, string Name, IReadOnlyList<Standing> Standings, DateTime LastSeenAt, DateTime ExpiresAt);

    /// <summary>The hash of a key.</summary>
    internal static string HashOf(string key) => Secrets.Hash(Purpose, key);

    /// <summary>Begins a session within a change; answers the key for the cookie, which is new every time.</summary>
    /// <param name="change">The change.</param>
    /// <param name="person">Whose it is, with the security stamp it has after the change.</param>
    /// <param name="way"><c>passkey</c>, <c>password</c>, <c>recovery-code</c>, <c>invitation</c> or <c>link</c>.</param>
    /// <param name="from">Network address.</param>
    /// <param name="agent">What the browser calls itself.</param>
    internal string Open(Change change, Person person, string way, string from, string agent)
    {
        var key = Secrets.New();
        var hash = HashOf(key);
        var over = change.Now - Idle;
        change.Context.Set<Session>().Where(s => s.Person == person.Id && (s.ExpiresAt < change.Now || s.LastSeenAt < over)).ExecuteDelete();
        change.Context.Add(new Session
        {
            KeyHash = hash, Person = person.Id, Ticket = _tickets.Protect(Encoding.UTF8.GetBytes(TicketOf(hash, person))), Way = way, From = from,
            Agent = Kernel.Plain.Text(agent.Take(LongestAgent)), CreatedAt = change.Now, LastSeenAt = change.Now, ExpiresAt = change.Now + Longest,
        });
        change.Audit("sign-in", person.Id.ToString(), way);
        return key;
    }

    /// <summary>Gives the browser a session's key; the session it had before ends.</summary>
    internal void Give(Microsoft.AspNetCore.Http.HttpContext http, string key)
    {
        if (SessionCookie.Read(http.Request) is { } before && HashOf(before) is var hash)
        {
            using var context = access.Database.Connect();
            context.Set<Session>().Where(s => s.KeyHash == hash).ExecuteDelete();
            access.Forget();
        }

        SessionCookie.Write(http, key);
    }

    /// <summary>Who a key belongs to; null when the session is over or never was.</summary>
    internal Viewer? Find(string key, string from)
    {
        var hash = HashOf(key);
        if (_remembered.Find(hash) is not { } known)
        {
            var version = access.Version;
            if (Read(hash) is not { } read) return null;
            _remembered.Keep(hash, known = read, version);
        }

        return Lives(known.LastSeenAt, known.ExpiresAt) ? new Viewer(known.Person, known.Name, from, known.Standings) : null;
    }

    /// <summary>Whether a session began a moment ago: ways to sign in are changed only by who just proved who they are.</summary>
    internal bool IsFresh(Guid person, string? key)
    {
        if (key is null) return false;
        var hash = HashOf(key);
        var since = access.Now - Fresh;
        using var context = access.Database.Connect();
        return context.Set<Session>().Any(s => s.KeyHash == hash && s.Person == person && s.CreatedAt > since);
    }

    /// <summary>A person's sessions that are not over, the last used first.</summary>
    internal IReadOnlyList<Session> Of(Guid person)
    {
        using var context = access.Database.Connect();
        return [.. context.Set<Session>().AsNoTracking().Where(s => s.Person == person).OrderByDescending(s => s.LastSeenAt).AsEnumerable().Where(s => Lives(s.LastSeenAt, s.ExpiresAt))];
    }

    /// <summary>Ends one session of a person; nothing happens when it is another's.</summary>
    internal void End(Viewer viewer, string hash, string act) => access.Change(viewer.Actor, change =>
    {
        if (change.Context.Set<Session>().Where(s => s.KeyHash == hash && s.Person == viewer.Person).ExecuteDelete() > 0) change.Audit(act, viewer.Person.ToString(), hash[..8]);
    });

    /// <summary>Ends all sessions of a person but one, within a change.</summary>
    internal static int EndOthers(Change change, Guid person, string? keepHash)
    {
        var ended = change.Context.Set<Session>().Where(s => s.Person == person && s.KeyHash != (keepHash ?? "")).ExecuteDelete();
        if (ended > 0) change.Audit("session.ended", person.ToString(), "others", ended.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return ended;
    }

    /// <summary>Gives a person another security stamp and binds the session that goes on to it; all others end.</summary>
    internal void Restamp(Change change, Person person, string? keepHash)
    {
        person.SecurityStamp = Secrets.New();
        EndOthers(change, person.Id, keepHash);
        if (keepHash is not null && change.Context.Set<Session>().FirstOrDefault(s => s.KeyHash == keepHash && s.Person == person.Id) is { } session)
            session.Ticket = _tickets.Protect(Encoding.UTF8.GetBytes(TicketOf(keepHash, person)));
    }

    private bool Lives(DateTime lastSeenAt, DateTime expiresAt) => access.Now < expiresAt && access.Now - lastSeenAt < Idle;

    private Known? Read(string hash)
    {
        using var context = access.Database.Connect();
        var found = (from s in context.Set<Session>().AsNoTracking()
                     join p in context.Set<Person>().AsNoTracking() on s.Person equals p.Id
                     where s.KeyHash == hash && p.EndedAt == null
                     select new { Session = s, Person = p }).FirstOrDefault();
        if (found is null || !Lives(found.Session.LastSeenAt, found.Session.ExpiresAt) || !Fits(found.Session, found.Person)) return null;
        var now = access.Now;
        if (now - found.Session.LastSeenAt >= SeenToThe)
            LastUse.Note(access, c => c.Set<Session>().Where(s => s.KeyHash == hash).ExecuteUpdate(s => s.SetProperty(x => x.LastSeenAt, now)));
        return new Known(found.Person.Id, found.Person.Name, Standings.Of(context, found.Person.Id), now, found.Session.ExpiresAt);
    }

    private bool Fits(Session session, Person person)
    {
        try
        {
            return Encoding.UTF8.GetString(_tickets.Unprotect(session.Ticket)) == TicketOf(session.KeyHash, person);
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return false;
        }
    }

    private static string TicketOf(string hash, Person person) => $"{hash}|{person.Id}|{person.SecurityStamp}";
}
