using Microsoft.EntityFrameworkCore;
using Palermo.Data;
using Palermo.Data.Access;
using Palermo.Kernel;
using Palermo.Kernel.Access;

namespace Palermo.Access.People;

/// <summary>Whom and what an administrator manages: organizations below those of the role, and people who are something there.</summary>
internal static class AdministratorReach
{
    /// <summary>Organizations the viewer manages, by path.</summary>
    internal static IReadOnlyList<Organization> Organizations(PalermoContext context, Viewer viewer) =>
        [.. context.Set<Organization>().AsNoTracking().OrderBy(o => o.Path).AsEnumerable().Where(o => viewer.IsIn(o.Path, Role.Administrator))];

    /// <summary>The open organization of this identifier.</summary>
    /// <exception cref="RefusedException">There is none the viewer manages.</exception>
    internal static Organization Organization(PalermoContext context, Viewer viewer, string? id)
    {
        var number = Guid.TryParse(id, out var parsed) ? parsed : Guid.Empty;
        return context.Set<Organization>().FirstOrDefault(o => o.Id == number && o.EndedAt == null) is { } found && viewer.IsIn(found.Path, Role.Administrator)
            ? found : throw new RefusedException("access.organization.unknown") { NotFound = true };
    }

    /// <summary>The person of this identifier.</summary>
    /// <exception cref="RefusedException">There is none who is, or was, something where the viewer manages.</exception>
    internal static Person Person(PalermoContext context, Viewer viewer, string? id)
    {
        var number = Guid.TryParse(id, out var parsed) ? parsed : Guid.Empty;
        return Paths(context, number, all: true).Any(p => viewer.IsIn(p, Role.Administrator)) && context.Set<Person>().FirstOrDefault(p => p.Id == number) is { } person ? person : throw PersonChanges.Unknown();
    }

    /// <summary>
    /// The person of this identifier, for what reaches everything the person is: a new link, ending access. Somebody who is something elsewhere too
    /// cannot be taken over from here.
    /// </summary>
    /// <exception cref="RefusedException">There is none, or the person is something where the viewer does not manage.</exception>
    internal static Person WholePerson(PalermoContext context, Viewer viewer, string? id)
    {
        var person = Person(context, viewer, id);
        return Paths(context, person.Id, all: false).All(p => viewer.IsIn(p, Role.Administrator)) ? person : throw new RefusedException("access.person.elsewhere") { Forbidden = true };
    }

    /// <summary>People the viewer manages, by name.</summary>
    internal static IReadOnlyList<Person> People(PalermoContext context, Viewer viewer)
    {
        var organizations = Organizations(context, viewer).Select(o => o.Id).ToArray();
        var people = context.Set<Membership>().Where(m => organizations.Contains(m.Organization)).Select(m => m.Person);
        return [.. context.Set<Person>().AsNoTracking().Where(p => people.Contains(p.Id)).OrderBy(p => p.Name)];
    }

    private static string[] Paths(PalermoContext context, Guid person, bool all) =>
    [
        .. from m in context.Set<Membership>()
           join o in context.Set<Organization>() on m.Organization equals o.Id
           where m.Person == person && (all || m.EndedAt == null)
           select o.Path,
    ];
}
