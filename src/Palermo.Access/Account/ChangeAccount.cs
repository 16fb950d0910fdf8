using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Palermo.Access.People;
using Palermo.Access.Sessions;
using Palermo.Access.SignIn;
using Palermo.Data;
using Palermo.Data.Access;
using Palermo.Kernel;
using Palermo.Kernel.Access;

namespace Palermo.Access.Account;

/// <summary>What people change of their own account. Whatever changes a way to sign in ends all other sessions.</summary>
internal sealed class ChangeAccount(AccessModule access, Credentials credentials, SessionKeeper sessions)
{
    /// <summary>Changes the name and the language of mails.</summary>
    internal void SetName(Viewer viewer, string? name, string? language) => access.Change(viewer.Actor, change =>
    {
        var person = Own(change, viewer);
        var before = $"{person.Name} {person.Language}";
        (person.Name, person.Language) = (PersonChanges.NameOf(name), Language.Find(language)?.Code);
        change.Audit("person.corrected", person.Id.ToString(), "", before, $"{person.Name} {person.Language}");
    });

    /// <summary>Sets password and authenticator app together; answers new recovery codes.</summary>
    /// <exception cref="RefusedException">The password or the code cannot be taken.</exception>
    internal IReadOnlyList<string> SetPassword(Viewer viewer, string? sessionKey, string password, string repeated, string key, string code) => Make(viewer, sessionKey, (change, person) =>
    {
        var step = NewCredentials.Check(person, password, repeated, key, code, access.Clock.GetUtcNow());
        credentials.Set(person, password, key, step);
        change.Audit("password.set", person.Id.ToString());
        return RecoveryCodes.Renew(person);
    });

    /// <summary>Replaces all recovery codes.</summary>
    /// <exception cref="RefusedException">There is no password they would help with.</exception>
    internal IReadOnlyList<string> RenewCodes(Viewer viewer, string? sessionKey) => Make(viewer, sessionKey, (change, person) =>
    {
        if (person.PasswordHash is null) throw new RefusedException("access.recovery.no-password");
        change.Audit("recovery-codes.renewed", person.Id.ToString());
        return RecoveryCodes.Renew(person);
    });

    /// <summary>Adds a passkey.</summary>
    internal void AddPasskey(Viewer viewer, string? sessionKey, UserPasskeyInfo passkey, string name) => Make(viewer, sessionKey, (change, person) =>
    {
        Passkeys.Add(change, person.Id, passkey, name);
        return true;
    });

    /// <summary>Removes a passkey.</summary>
    /// <exception cref="RefusedException">The viewer has no such passkey, or it is the last way to sign in.</exception>
    internal void RemovePasskey(Viewer viewer, string? sessionKey, string id) => Make(viewer, sessionKey, (change, person) =>
    {
        var own = change.Context.Set<Passkey>().Where(p => p.Person == person.Id).ToArray();
        var passkey = Array.Find(own, p => p.CredentialId == id) ?? throw new RefusedException("access.passkey.unknown") { NotFound = true };
        if (own.Length == 1 && person.PasswordHash is null) throw new RefusedException("access.last-way") { Conflict = true };
        change.Context.Remove(passkey);
        change.Audit("passkey.removed", person.Id.ToString(), id[..Math.Min(16, id.Length)], passkey.Name);
        return true;
    });

    /// <summary>Takes password, app and recovery codes away.</summary>
    /// <exception cref="RefusedException">They are the last way to sign in.</exception>
    internal void RemovePassword(Viewer viewer, string? sessionKey) => Make(viewer, sessionKey, (change, person) =>
    {
        if (!change.Context.Set<Passkey>().Any(p => p.Person == person.Id)) throw new RefusedException("access.last-way") { Conflict = true };
        (person.PasswordHash, person.AuthenticatorKey, person.RecoveryCodes) = (null, null, "");
        change.Audit("password.removed", person.Id.ToString());
        return true;
    });

    /// <summary>Ends all sessions of the viewer but this one.</summary>
    internal void EndOthers(Viewer viewer, string? sessionKey) =>
        access.Change(viewer.Actor, change => SessionKeeper.EndOthers(change, viewer.Person, sessionKey is null ? null : SessionKeeper.HashOf(sessionKey)));

    private T Make<T>(Viewer viewer, string? sessionKey, Func<Change, Person, T> make)
    {
        if (!sessions.IsFresh(viewer.Person, sessionKey)) throw new RefusedException("access.sign-in-again") { Forbidden = true };
        return access.Change(viewer.Actor, change =>
        {
            var person = Own(change, viewer);
            var made = make(change, person);
            sessions.Restamp(change, person, SessionKeeper.HashOf(sessionKey!));
            return made;
        });
    }

    private static Person Own(Change change, Viewer viewer) => change.Context.Set<Person>().First(p => p.Id == viewer.Person);
}
