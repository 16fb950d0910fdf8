using Microsoft.AspNetCore.Http;
using Palermo.Access.Sessions;
using Palermo.Access.SignIn;
using Palermo.Access.Trail;
using Palermo.Data;
using Palermo.Data.Access;
using Palermo.Kernel;
using Palermo.Kernel.Access;

namespace Palermo.Access.Invitations;

/// <summary>Opens and uses links that work once.</summary>
internal sealed class LinkUse(AccessModule access, Credentials credentials, SessionKeeper sessions, Devices devices, Guesses guesses, RefusalLog log)
{
    private const int FreePerNetwork = 20;

    /// <summary>Whom a link is for.</summary>
    /// <exception cref="RefusedException">It does not work, which is audited; or too many did not from here.</exception>
    internal Person Open(HttpContext http, LinkKind kind, string secret)
    {
        using var context = access.Database.Connect();
        if (Links.Find(context, kind, secret, access.Now) is { Person: var person }) return person;
        var wait = guesses.Begin("link|" + NetworkAddress.NetworkOf(http), FreePerNetwork);
        log.Note(RefusalLog.Stranger(http), kind == LinkKind.Invitation ? "invitation.refused" : "session.link-refused", "", "", "");
        throw wait > TimeSpan.Zero ? new RefusedException("access.wait", ("n", (int)Math.Ceiling(wait.TotalSeconds))) { TooOften = true } : Links.Over();
    }

    /// <summary>Signs in with a session link; answers the session's key.</summary>
    internal string Enter(HttpContext http, string secret)
    {
        var person = Open(http, LinkKind.Session, secret);
        return Finish(http, person, change => Links.Use(change, LinkKind.Session, secret), "link");
    }

    /// <summary>Sets up password and authenticator app with an invitation; answers the session's key and the recovery codes.</summary>
    /// <exception cref="RefusedException">The password or the code cannot be taken, or the link does not work any more.</exception>
    internal (string Key, IReadOnlyList<string> Codes) SetPassword(HttpContext http, string secret, string password, string repeated, string key, string code, bool keep = false)
    {
        var person = Open(http, LinkKind.Invitation, secret);
        var step = NewCredentials.Check(person, password, repeated, key, code, access.Clock.GetUtcNow());
        IReadOnlyList<string> codes = [];
        var session = Finish(http, person, change =>
        {
            var now = Links.Use(change, LinkKind.Invitation, secret);
            FormerWays.End(change, now, keep);
            credentials.Set(now, password, key, step);
            codes = RecoveryCodes.Renew(now);
            sessions.Restamp(change, now, null);
            change.Audit("password.set", now.Id.ToString());
            return now;
        }, "invitation");
        return (session, codes);
    }

    /// <summary>Sets up a passkey with an invitation; answers the session's key.</summary>
    internal string SetPasskey(HttpContext http, string secret, Microsoft.AspNetCore.Identity.UserPasskeyInfo passkey, string name, bool keep = false) =>
        Finish(http, Open(http, LinkKind.Invitation, secret), change =>
        {
            var now = Links.Use(change, LinkKind.Invitation, secret);
            FormerWays.End(change, now, keep);
            Passkeys.Add(change, now.Id, passkey, name);
            sessions.Restamp(change, now, null);
            return now;
        }, "invitation");

    private string Finish(HttpContext http, Person person, Func<Change, Person> use, string way)
    {
        var from = NetworkAddress.Of(http);
        var key = access.Change(new Actor(person.Id, person.Name, from), change => sessions.Open(change, use(change), way, from, http.Request.Headers.UserAgent.ToString()));
        devices.Remember(http, person.Id);
        return key;
    }
}
