using Microsoft.EntityFrameworkCore;
using Palermo.Data;
using Palermo.Data.Access;
using Palermo.Kernel;

namespace Palermo.Access.Invitations;

/// <summary>What a link lets its holder do.</summary>
internal enum LinkKind
{
    /// <summary>Set up a way to sign in.</summary>
    Invitation,

    /// <summary>Sign in once; made on the machine's command line only.</summary>
    Session,
}

/// <summary>Links that work once. Only a secret's hash is kept, and the kind is part of what is hashed: a link of one kind opens nothing of the other.</summary>
internal static class Links
{
    /// <summary>How long an invitation works.</summary>
    internal static readonly TimeSpan InvitationLasts = TimeSpan.FromDays(7);

    /// <summary>How long a session link works.</summary>
    internal static readonly TimeSpan SessionLasts = TimeSpan.FromMinutes(10);

    /// <summary>Makes a link for a person and answers its path, which is shown once. Older links of the person no longer work.</summary>
    internal static string Make(Change change, Person person, LinkKind kind)
    {
        foreach (var old in change.Context.Set<Invitation>().Where(i => i.Person == person.Id && i.UsedAt == null)) old.UsedAt = change.Now;
        var secret = Secrets.New();
        change.Context.Add(new Invitation
        {
            Id = Guid.CreateVersion7(), SecretHash = HashOf(kind, secret), Person = person.Id, CreatedBy = change.Actor.Person, CreatedAt = change.Now,
            ExpiresAt = change.Now + (kind == LinkKind.Invitation ? InvitationLasts : SessionLasts),
        });
        change.Audit(kind == LinkKind.Invitation ? "invitation.made" : "session.link-made", person.Id.ToString());
        return (kind == LinkKind.Invitation ? "/invite/" : "/enter/") + secret;
    }

    /// <summary>Whom a link is for; null when it is none, was used or taken back, or is too old.</summary>
    internal static (Invitation Link, Person Person)? Find(PalermoContext context, LinkKind kind, string secret, DateTime now)
    {
        if (!Secrets.Possible(secret)) return null;
        var hash = HashOf(kind, secret);
        var found = (from i in context.Set<Invitation>()
                     join p in context.Set<Person>() on i.Person equals p.Id
                     where i.SecretHash == hash && i.UsedAt == null && p.EndedAt == null
                     select new { Link = i, Person = p }).FirstOrDefault();
        return found is null || found.Link.ExpiresAt <= now ? null : (found.Link, found.Person);
    }

    /// <summary>Uses a link up within a change.</summary>
    /// <exception cref="RefusedException">It does not work any more.</exception>
    internal static Person Use(Change change, LinkKind kind, string secret)
    {
        var (link, person) = Find(change.Context, kind, secret, change.Now) ?? throw Over();
        link.UsedAt = change.Now;
        change.Audit(kind == LinkKind.Invitation ? "invitation.used" : "session.link-used", person.Id.ToString());
        return person;
    }

    internal static RefusedException Over() => new("access.link.over") { NotFound = true };

    private static string HashOf(LinkKind kind, string secret) => Secrets.Hash(kind == LinkKind.Invitation ? "invite" : "enter", secret);
}
