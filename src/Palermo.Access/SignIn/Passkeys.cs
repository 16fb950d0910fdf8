using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Palermo.Access.Sessions;
using Palermo.Access.Trail;
using Palermo.Data;
using Palermo.Data.Access;
using Palermo.Kernel;
using Palermo.Kernel.Access;
using Palermo.Web;

namespace Palermo.Access.SignIn;

/// <summary>One ceremony offered to the browser: what it is asked, and what the node has to be given back with the answer.</summary>
/// <param name="Options">Options of the browser's <c>navigator.credentials</c>, as JSON.</param>
/// <param name="State">The protected challenge, for the form.</param>
internal sealed record Ceremony(string Options, string State);

/// <summary>Signing in with passkeys, and adding them (W3C Web Authentication), by ASP.NET Core Identity's handler.</summary>
internal sealed class Passkeys(AccessModule access, IDataProtectionProvider protection, SessionKeeper sessions, Devices devices, RefusalLog log, Site site)
{
    private const int LongestAnswer = 16 << 10;
    private const int MostUsed = 10_000;
    private static readonly TimeSpan Lasts = TimeSpan.FromMinutes(10);

    private readonly ITimeLimitedDataProtector _states = protection.CreateProtector("palermo.passkey").ToTimeLimitedDataProtector();
    private readonly Lock _lock = new();
    private readonly Dictionary<string, DateTime> _used = new(StringComparer.Ordinal);

    /// <summary>Whether browsers can use passkeys under the address the page was asked under: they want a name, over HTTPS or <c>localhost</c>.</summary>
    internal static bool PossibleOn(HttpRequest request, string origin)
    {
        var address = origin.Length > 0 ? new Uri(origin) : new Uri($"{request.Scheme}://{request.Host}");
        return !IPAddress.TryParse(address.Host.Trim('[', ']'), out _) && (address.Scheme == "https" || address.Host == "localhost");
    }

    /// <summary>Whether browsers can use passkeys under the address the page was asked under.</summary>
    internal bool PossibleOn(HttpRequest request) => PossibleOn(request, site.Origin);

    /// <summary>Asks the browser for any passkey it has for this node.</summary>
    internal async Task<Ceremony> Ask(HttpContext http)
    {
        var made = await Handler(http).MakeRequestOptionsAsync(null, http);
        return new(made.RequestOptionsJson, _states.Protect("get|" + made.AssertionState, Lasts));
    }

    /// <summary>Signs in with the browser's answer and answers the session's key.</summary>
    /// <exception cref="RefusedException">The answer does not prove anybody.</exception>
    internal async Task<string> SignIn(HttpContext http, string answer, string state)
    {
        var result = await Handler(http).PerformAssertionAsync(new PasskeyAssertionContext { HttpContext = http, CredentialJson = Bounded(answer), AssertionState = Read(state, "get|") });
        if (!result.Succeeded || !Once(state)) throw Failed(http);
        var (person, from) = (result.User, NetworkAddress.Of(http));
        var id = Base64Url.EncodeToString(result.Passkey.CredentialId);
        var key = access.Change(new Actor(person.Id, person.Name, from), change =>
        {
            if (change.Context.Set<Passkey>().FirstOrDefault(p => p.CredentialId == id && p.Person == person.Id) is not { } row) return null;
            row.Content = PasskeyContent.Write(result.Passkey);
            row.LastUsedAt = change.Now;
            return sessions.Open(change, change.Context.Set<Person>().AsNoTracking().First(p => p.Id == person.Id), "passkey", from, http.Request.Headers.UserAgent.ToString());
        }) ?? throw Failed(http);
        devices.Remember(http, person.Id);
        return key;
    }

    /// <summary>Asks the browser to make a passkey for a person.</summary>
    internal async Task<Ceremony> Offer(HttpContext http, Person person)
    {
        var made = await Handler(http).MakeCreationOptionsAsync(new PasskeyUserEntity { Id = person.Id.ToString(), Name = person.Email, DisplayName = person.Name }, http);
        return new(made.CreationOptionsJson, _states.Protect($"create|{person.Id}|" + made.AttestationState, Lasts));
    }

    /// <summary>Checks the passkey the browser made for a person; <see cref="Add"/> records it.</summary>
    /// <exception cref="RefusedException">It cannot be taken.</exception>
    internal async Task<UserPasskeyInfo> Made(HttpContext http, Person person, string answer, string state)
    {
        var result = await Handler(http).PerformAttestationAsync(new PasskeyAttestationContext { HttpContext = http, CredentialJson = Bounded(answer), AttestationState = Read(state, $"create|{person.Id}|") });
        if (!result.Succeeded || !Once(state)) throw new RefusedException("access.passkey.failed");
        return result.Passkey;
    }

    /// <summary>Records a checked passkey within a change.</summary>
    internal static void Add(Change change, Guid person, UserPasskeyInfo passkey, string name)
    {
        var id = Base64Url.EncodeToString(passkey.CredentialId);
        if (change.Context.Set<Passkey>().Any(p => p.CredentialId == id)) throw new RefusedException("access.passkey.failed");
        change.Context.Add(new Passkey { CredentialId = id, Person = person, Name = name, Content = PasskeyContent.Write(passkey), CreatedAt = change.Now });
        change.Audit("passkey.added", person.ToString(), id[..Math.Min(16, id.Length)], "", name);
    }

    private static IPasskeyHandler<Person> Handler(HttpContext http) => http.RequestServices.GetRequiredService<IPasskeyHandler<Person>>();

    private static string Bounded(string answer) => answer.Length is > 0 and <= LongestAnswer ? answer : throw new RefusedException("access.passkey.failed");

    private string Read(string state, string kind)
    {
        try
        {
            if (state.Length <= LongestAnswer && _states.Unprotect(state) is var text && text.StartsWith(kind, StringComparison.Ordinal)) return text[kind.Length..];
        }
        catch (CryptographicException)
        {
            // Made up, another node's, or too old.
        }

        throw new RefusedException("access.passkey.old");
    }

    /// <summary>A challenge that was answered is not taken again. Only right answers are remembered, so strangers cannot fill this.</summary>
    private bool Once(string state)
    {
        lock (_lock)
        {
            foreach (var (old, at) in _used)
                if (access.Now - at > Lasts || _used.Count > MostUsed) _used.Remove(old);
            return _used.TryAdd(Secrets.Hash("ceremony", state), access.Now);
        }
    }

    private RefusedException Failed(HttpContext http)
    {
        log.Note(RefusalLog.Stranger(http), "sign-in.failed", "", "passkey", "");
        return new RefusedException("access.sign-in.failed");
    }
}
