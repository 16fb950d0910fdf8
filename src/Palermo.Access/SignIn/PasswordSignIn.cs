using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Palermo.Access.Sessions;
using Palermo.Access.Trail;
using Palermo.Data.Access;
using Palermo.Kernel;
using Palermo.Kernel.Access;

namespace Palermo.Access.SignIn;

/// <summary>Signs in with address, password and a code of the authenticator app or a recovery code, all at once: a failure does not say which was wrong.</summary>
internal sealed class PasswordSignIn(AccessModule access, Credentials credentials, SessionKeeper sessions, Guesses guesses, Devices devices, RefusalLog log)
{
    /// <summary>Longest address that is looked up.</summary>
    internal const int LongestEmail = 254;

    private const int LongestCode = 40;
    private const int FreePerNetwork = 50;
    private static readonly TimeSpan Fades = TimeSpan.FromHours(1) / FreePerNetwork;
    private static readonly SemaphoreSlim Verifying = new(Math.Max(2, Environment.ProcessorCount));

    /// <summary>Signs in and answers the session's key.</summary>
    /// <exception cref="RefusedException">Something was wrong, or too many tries failed from here.</exception>
    internal async Task<string> Try(HttpContext http, string email, string password, string code)
    {
        if (email.Length > LongestEmail || password.Length > PasswordRule.Longest || code.Length > LongestCode) throw new RefusedException("access.sign-in.failed");
        var normalized = People.EmailAddress.Normalize(email);
        using var context = access.Database.Connect();
        var person = await context.Set<Person>().AsNoTracking().FirstOrDefaultAsync(p => p.NormalizedEmail == normalized && p.EndedAt == null, http.RequestAborted);
        var (own, network) = Keys(http, person, normalized);
        Wait(guesses.Begin(own));
        if (network is not null) Wait(guesses.Begin(network, FreePerNetwork, Fades));
        await Verifying.WaitAsync(http.RequestAborted);
        try
        {
            if (!credentials.Fits(person, password)) throw Failed(http, person);
        }
        finally
        {
            Verifying.Release();
        }

        var from = NetworkAddress.Of(http);
        var key = access.Change(new Actor(person!.Id, person.Name, from), change =>
        {
            // Read again within the change, so that of two uses of one code only one succeeds.
            var now = change.Context.Set<Person>().First(p => p.Id == person.Id);
            if (now.EndedAt is not null || now.SecurityStamp != person.SecurityStamp) return null;
            var step = credentials.StepOf(now, code, access.Clock.GetUtcNow());
            if (step is null && !RecoveryCodes.Use(now, code)) return null;
            now.LastTotpStep = step ?? now.LastTotpStep;
            if (step is null) change.Audit("recovery-code.used", now.Id.ToString(), "", "", RecoveryCodes.Left(now).ToString(CultureInfo.InvariantCulture));
            return sessions.Open(change, now, step is null ? "recovery-code" : "password", from, http.Request.Headers.UserAgent.ToString());
        }) ?? throw Failed(http, person);
        guesses.Succeeded(own);
        if (network is not null) guesses.TakeBack(network);
        devices.Remember(http, person.Id);
        return key;
    }

    private RefusedException Failed(HttpContext http, Person? person)
    {
        log.Note(RefusalLog.Stranger(http), "sign-in.failed", person?.Id.ToString() ?? "", "password", "");
        return new RefusedException("access.sign-in.failed");
    }

    /// <summary>What the try counts for: account and device where the person signed in from this device before, otherwise account and network, and the network alone.</summary>
    private (string Own, string? Network) Keys(HttpContext http, Person? person, string normalized)
    {
        if (person is not null && devices.Of(http.Request, person.Id) is { } device) return ($"device|{person.Id}|{device}", null);
        var network = NetworkAddress.NetworkOf(http);
        return ($"account|{Secrets.Hash("account", normalized)}|{network}", "network|" + network);
    }

    private static void Wait(TimeSpan wait)
    {
        if (wait > TimeSpan.Zero) throw new RefusedException("access.wait", ("n", (int)Math.Ceiling(wait.TotalSeconds))) { TooOften = true };
    }
}
