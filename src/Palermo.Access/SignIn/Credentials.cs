using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Palermo.Data.Access;

namespace Palermo.Access.SignIn;

/// <summary>A person's password and authenticator key, as they are kept.</summary>
internal sealed class Credentials(IPasswordHasher<Person> hasher, IDataProtectionProvider protection)
{
    private readonly IDataProtector _keys = protection.CreateProtector("palermo.totp");
    private readonly string _nobodys = hasher.HashPassword(null!, Secrets.New());

    /// <summary>Sets a password and the authenticator key that always goes with it.</summary>
    internal void Set(Person person, string password, string key, long usedStep)
    {
        person.PasswordHash = hasher.HashPassword(person, password);
        SetKey(person, key, usedStep);
    }

    /// <summary>Sets the authenticator key; the code that proved it is used up.</summary>
    internal void SetKey(Person person, string key, long usedStep)
    {
        person.AuthenticatorKey = _keys.Protect(key);
        person.LastTotpStep = usedStep;
    }

    /// <summary>Whether a password is a person's. For nobody it takes as long and answers no.</summary>
    internal bool Fits(Person? person, string password) =>
        hasher.VerifyHashedPassword(person!, person?.PasswordHash ?? _nobodys, password) != PasswordVerificationResult.Failed && person?.PasswordHash is not null;

    /// <summary>The hash of another password of the person.</summary>
    internal string HashOf(Person person, string password) => hasher.HashPassword(person, password);

    /// <summary>The step of a code of the person's app that was not used yet; null when it is none.</summary>
    internal long? StepOf(Person person, string code, DateTimeOffset now)
    {
        if (person.AuthenticatorKey is null) return null;
        try
        {
            return Totp.StepOf(_keys.Unprotect(person.AuthenticatorKey), code, now, person.LastTotpStep);
        }
        catch (CryptographicException)
        {
            // The node's keys were lost: the app's key is lost with them, and recovery codes or a new link remain.
            return null;
        }
    }
}
