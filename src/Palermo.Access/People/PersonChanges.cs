using Microsoft.EntityFrameworkCore;
using Palermo.Access.Sessions;
using Palermo.Data;
using Palermo.Data.Access;
using Palermo.Data.Cases;
using Palermo.Kernel;
using Palermo.Kernel.Access;

namespace Palermo.Access.People;

/// <summary>People and what they are where. Nobody gets a password from somebody else: a new person gets a link that works once.</summary>
internal static class PersonChanges
{
    /// <summary>Longest name of a person or an organization.</summary>
    internal const int LongestName = 200;

    /// <summary>Makes a person.</summary>
    /// <exception cref="RefusedException">Name or address cannot be taken, or somebody has the address already.</exception>
    internal static Person Create(Change change, string? name, string? email)
    {
        var address = EmailAddress.Read(email);
        var normalized = EmailAddress.Normalize(address);
        if (change.Context.Set<Person>().Any(p => p.NormalizedEmail == normalized)) throw new RefusedException("access.email.taken", ("given", RefusedException.Shorten(address))) { Field = "email", Conflict = true };
        var person = new Person { Id = Guid.CreateVersion7(), Name = NameOf(name), Email = address, NormalizedEmail = normalized, SecurityStamp = Secrets.New(), CreatedAt = change.Now };
        change.Context.Add(person);
        change.Audit("person.created", person.Id.ToString(), "", "", $"{person.Name} <{person.Email}>");
        return person;
    }

    /// <summary>Gives a person a role in an organization; nothing happens when the person has it.</summary>
    internal static void Grant(Change change, Guid person, Organization organization, Role role)
    {
        var code = Roles.Code(role);
        if (change.Context.Set<Membership>().Any(m => m.Person == person && m.Organization == organization.Id && m.Role == code && m.EndedAt == null)) return;
        change.Context.Add(new Membership { Person = person, Organization = organization.Id, Role = code, Since = change.Now });
        change.Audit("role.given", person.ToString(), organization.Id.ToString(), "", $"{code}: {organization.Name}");
    }

    /// <summary>Takes a role from a person.</summary>
    /// <exception cref="RefusedException">There is no such role, or it is the last administrator's.</exception>
    internal static void Withdraw(Change change, long membership)
    {
        var row = change.Context.Set<Membership>().FirstOrDefault(m => m.Id == membership && m.EndedAt == null) ?? throw new RefusedException("access.role.unknown") { NotFound = true };
        KeepAnAdministrator(change, m => m.Id != membership);
        row.EndedAt = change.Now;
        change.Audit("role.taken", row.Person.ToString(), row.Organization.ToString(), row.Role);
    }

    /// <summary>Ends a person's access: sessions, tokens, links and calendar addresses with it. Cases keep the name.</summary>
    /// <exception cref="RefusedException">There is no such person, or it is the last administrator.</exception>
    internal static void End(Change change, Guid person)
    {
        var row = change.Context.Set<Person>().FirstOrDefault(p => p.Id == person && p.EndedAt == null) ?? throw Unknown();
        KeepAnAdministrator(change, m => m.Person != person);
        row.EndedAt = change.Now;
        row.SecurityStamp = Secrets.New();
        SessionKeeper.EndOthers(change, person, null);
        foreach (var token in change.Context.Set<AccessToken>().Where(t => t.Person == person && t.RevokedAt == null)) token.RevokedAt = change.Now;
        foreach (var link in change.Context.Set<Invitation>().Where(i => i.Person == person && i.UsedAt == null)) link.UsedAt = change.Now;
        foreach (var feed in change.Context.Set<CalendarFeed>().Where(f => f.Person == person && f.RevokedAt == null)) feed.RevokedAt = change.Now;
        change.Audit("person.ended", person.ToString());
    }

    /// <summary>Lets a person whose access was ended in again; a new link is still needed when there is no way to sign in.</summary>
    internal static void Restore(Change change, Guid person)
    {
        var row = change.Context.Set<Person>().FirstOrDefault(p => p.Id == person && p.EndedAt != null) ?? throw Unknown();
        row.EndedAt = null;
        change.Audit("person.restored", person.ToString());
    }

    /// <summary>A name without characters that can make it look like something else.</summary>
    /// <exception cref="RefusedException">It is blank or too long.</exception>
    internal static string NameOf(string? name)
    {
        var text = Plain.Text(name ?? "").Trim();
        return text.Length is > 0 and <= LongestName ? text : throw new RefusedException("access.name.expected", ("n", LongestName)) { Field = "name" };
    }

    internal static RefusedException Unknown() => new("access.person.unknown") { NotFound = true };

    /// <summary>Refuses what would leave the node without anybody who manages it.</summary>
    internal static void KeepAnAdministrator(Change change, Func<Membership, bool> stays)
    {
        var code = Roles.Code(Role.Administrator);
        var left = (from m in change.Context.Set<Membership>()
                    join p in change.Context.Set<Person>() on m.Person equals p.Id
                    join o in change.Context.Set<Organization>() on m.Organization equals o.Id
                    where m.Role == code && m.EndedAt == null && p.EndedAt == null && o.EndedAt == null
                    select m).AsNoTracking().AsEnumerable();
        if (!left.Any(stays)) throw new RefusedException("access.last-administrator") { Conflict = true };
    }
}
