using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Palermo.Access.Invitations;
using Palermo.Access.Sessions;
using Palermo.Access.SignIn;
using Palermo.Access.Tokens;
using Palermo.Access.Trail;
using Palermo.Data.Access;

namespace Palermo.Access;

/// <summary>What the module needs to serve.</summary>
public static class AccessServices
{
    /// <summary>Iterations of PBKDF2 with HMAC-SHA-512, as OWASP's Password Storage Cheat Sheet asks.</summary>
    private const int Iterations = 220_000;

    /// <summary>Adds them. The module itself, data protection and the site are added by the host.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="origin">Scheme and host under which the node is reached; empty for those of each request.</param>
    public static void Add(IServiceCollection services, string origin)
    {
        ArgumentNullException.ThrowIfNull(origin);
        services.AddIdentityCore<Person>().AddUserStore<PersonStore>();
        services.Configure<PasswordHasherOptions>(o => o.IterationCount = Iterations);
        services.AddSingleton<IPasswordHasher<Person>, PasswordHasher<Person>>();
        services.AddScoped<IPasskeyHandler<Person>, PasskeyHandler<Person>>();
        services.Configure<IdentityPasskeyOptions>(o =>
        {
            o.ResidentKeyRequirement = "required";
            o.UserVerificationRequirement = "required";
            if (origin.Length == 0) return;
            o.ServerDomain = new Uri(origin).Host;
            o.ValidateOrigin = c => ValueTask.FromResult(!c.CrossOrigin && c.Origin == origin);
        });
        services.AddSingleton<SessionKeeper>();
        services.AddSingleton<TokenKeeper>();
        services.AddSingleton<RefusalLog>();
        services.AddSingleton<Guesses>();
        services.AddSingleton<Devices>();
        services.AddSingleton<Credentials>();
        services.AddSingleton<NewCredentials>();
        services.AddSingleton<PasswordSignIn>();
        services.AddSingleton<Passkeys>();
        services.AddSingleton<LinkUse>();
        services.AddSingleton<Account.ChangeAccount>();
    }
}
