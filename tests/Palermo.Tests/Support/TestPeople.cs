using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Palermo.Access;
using Palermo.Access.People;
using Palermo.Access.Sessions;
using Palermo.Access.Tokens;
using Palermo.Data;
using Palermo.Data.Access;
using Palermo.Kernel.Access;

namespace Palermo.Tests.Support;

/// <summary>Somebody of a test, and what the person is where.</summary>
/// <param name="Id">The person.</param>
/// <param name="Name">The person's name.</param>
/// <param name="Email">The person's address.</param>
/// <param name="Organization">Where.</param>
/// <param name="Viewer">The person as somebody who looks.</param>
public sealed record TestPerson(Guid Id, string Name, string Email, Organization Organization, Viewer Viewer)
{
    /// <summary>Value of the header <c>Cookie</c> with which the person is signed in; empty until <see cref="TestPeople.SignIn"/>.</summary>
    public string Cookie { get; init; } = "";

    /// <summary>The header, for <c>TestNode.Get</c> and <c>Send</c>.</summary>
    public (string Name, string Value) Header => ("Cookie", Cookie);
}

/// <summary>Makes organizations, people, roles and sessions straight in the record.</summary>
public static class TestPeople
{
    /// <summary>A person with a role in an organization, both made when there is none of the name.</summary>
    public static TestPerson Make(PalermoDatabase database, TimeProvider clock, Role role, string organization = "Ministry of Justice", string? name = null, string? state = "BRA")
    {
        name ??= "Ana " + role;
        return Change.Make(database, Actor.CommandLine, clock, change =>
        {
            var where = Organizations.Named(change, organization, state ?? "");
            var person = PersonChanges.Create(change, name, $"{Guid.NewGuid():N}@example.org");
            change.Context.SaveChanges();
            PersonChanges.Grant(change, person.Id, where, role);
            return new TestPerson(person.Id, person.Name, person.Email, where, new Viewer(person.Id, person.Name, "127.0.0.1", [new Standing(role, where.Id, where.Path)]));
        });
    }

    /// <summary>The person with a session's cookie, made without any form.</summary>
    internal static TestPerson SignIn(AccessModule access, SessionKeeper sessions, TestPerson person)
    {
        var key = access.Change(new Actor(person.Id, person.Name, "127.0.0.1"), change =>
            sessions.Open(change, change.Context.Set<Person>().AsNoTracking().First(p => p.Id == person.Id), "passkey", "127.0.0.1", "test"));
        return person with { Cookie = $"{SessionCookie.NameFor(https: false)}={key}" };
    }

    /// <summary>One more session of a person.</summary>
    public static TestPerson SignIn(Web.TestNode node, TestPerson person) => SignIn(node.Services.GetRequiredService<AccessModule>(), node.Services.GetRequiredService<SessionKeeper>(), person);

    /// <summary>A token with which a program acts for the person, as the header <c>Authorization</c>.</summary>
    public static (string Name, string Value) Token(PalermoDatabase database, TimeProvider clock, TestPerson person, params string[] scopes)
    {
        var secret = Secrets.New();
        var id = Guid.NewGuid();
        var now = clock.GetUtcNow().UtcDateTime;
        Change.Make(database, person.Viewer.Actor, clock, change => change.Context.Add(new AccessToken
        {
            Id = id, SecretHash = TokenKeeper.HashOf(secret), Person = person.Id, Name = "test", Scopes = string.Join(' ', scopes.Length == 0 ? TokenKeeper.Scopes : scopes), CreatedAt = now, ExpiresAt = now.AddDays(1),
        }));
        return ("Authorization", "Bearer " + TokenKeeper.TextOf(id, secret));
    }
}
