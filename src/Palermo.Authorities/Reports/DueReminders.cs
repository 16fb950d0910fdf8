using Palermo.Authorities.Finding;
using Palermo.Data;
using Palermo.Data.Access;
using Palermo.Data.Authorities;
using Palermo.Data.Cases;
using Palermo.Kernel;
using Palermo.Kernel.Access;

namespace Palermo.Authorities.Reports;

/// <summary>Reminds owners of entries that nobody has confirmed for a year.</summary>
internal static class DueReminders
{
    /// <summary>The same entry is not brought up again before so many days.</summary>
    internal const int Silence = 30;

    private const int MostAtOnce = 500, MostAddressees = 5;

    /// <summary>Writes the mails that are due; whoever sends mail finds them in the record.</summary>
    /// <returns>How many were written.</returns>
    internal static int Write(AuthoritiesModule module) => Change.Make(module.Database, Actor.Node, module.Clock, change =>
    {
        var (today, before, written) = (DateOnly.FromDateTime(change.Now), change.Now.AddDays(-Silence), 0);
        var oldest = today.AddDays(-IsStale.Days);
        var due = change.Context.Set<Authority>()
            .Where(a => a.EndedAt == null && (a.OwnerPerson != null || a.OwnerOrganization != null) && (a.LastConfirmedOn == null || a.LastConfirmedOn < oldest) && (a.RemindedAt == null || a.RemindedAt < before))
            .OrderBy(a => a.LastConfirmedOn).ThenBy(a => a.Id).Take(MostAtOnce).ToArray();
        foreach (var entry in due)
        {
            var people = Owners(change.Context, entry);
            if (people.Count == 0) continue;
            foreach (var person in people)
            {
                var language = Language.Find(person.Language) ?? Language.English;
                var last = entry.LastConfirmedOn is { } day ? new Message("authority.mail.last", ("day", day)) : new Message("authority.mail.never");
                change.Context.Add(new OutgoingMail
                {
                    To = person.Email,
                    Subject = module.Texts.Say(language, "authority.mail.subject", ("name", entry.Name)),
                    Body = module.Texts.Say(language, "authority.mail.body", ("name", entry.Name), ("last", last), ("address", $"/authorities/{entry.Id}")),
                    At = change.Now,
                });
                written++;
            }

            entry.RemindedAt = change.Now;
            change.Audit("authority.owner-reminded", entry.Id.ToString());
        }

        return written;
    });

    /// <summary>The person who owns an entry, otherwise people of the organization who may change it.</summary>
    private static List<Person> Owners(PalermoContext context, Authority entry)
    {
        if (entry.OwnerPerson is { } owner && context.Set<Person>().FirstOrDefault(p => p.Id == owner && p.EndedAt == null) is { } person) return [person];
        if (entry.OwnerOrganization is not { } organization) return [];
        var roles = Entries.Writers.Roles.Select(Roles.Code).ToArray();
        var members = context.Set<Membership>().Where(m => m.Organization == organization && m.EndedAt == null && roles.Contains(m.Role)).Select(m => m.Person);
        return [.. context.Set<Person>().Where(p => p.EndedAt == null && members.Contains(p.Id)).OrderBy(p => p.Name).ThenBy(p => p.Id).Take(MostAddressees)];
    }
}
