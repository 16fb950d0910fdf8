using Microsoft.EntityFrameworkCore;
using Palermo.Data;
using Palermo.Data.Access;
using Palermo.Data.Cases;
using Palermo.Kernel.Access;

namespace Palermo.Requests.Time;

/// <summary>People by what they may do with a request.</summary>
internal static class People
{
    private static readonly string[] Writers = [.. Roles.WriteCases.Select(Roles.Code)];
    private static readonly string[] OverOrganization = [Roles.Code(Role.Officer), Roles.Code(Role.Approver)];

    /// <summary>People who may write in a request's case, by name: the office's officers and approvers, and who is on the case's list; of a confidential case only the latter.</summary>
    internal static IReadOnlyList<Person> WhoMayWrite(PalermoContext context, Request request)
    {
        var listed = Active(context, Writers).Where(m => context.Set<CaseMember>().Any(c => c.Case == request.Case && c.Person == m.Person)).Select(m => m.Person);
        var ids = request.Confidential ? listed : listed.Union(Over(context, request.OrganizationPath, OverOrganization));
        return [.. context.Set<Person>().AsNoTracking().Where(p => p.EndedAt == null && ids.Contains(p.Id)).OrderBy(p => p.Name).ThenBy(p => p.Id)];
    }

    /// <summary>Approvers over a request's organization who may know of the request.</summary>
    internal static IReadOnlyList<Person> Approvers(PalermoContext context, Request request)
    {
        var ids = Over(context, request.OrganizationPath, Roles.Code(Role.Approver));
        return [.. context.Set<Person>().AsNoTracking()
            .Where(p => p.EndedAt == null && ids.Contains(p.Id) && (!request.Confidential || context.Set<CaseMember>().Any(c => c.Case == request.Case && c.Person == p.Id)))
            .OrderBy(p => p.Name).ThenBy(p => p.Id)];
    }

    /// <summary>A person as somebody who looks, with the memberships of today; null when the person's access was ended.</summary>
    internal static Viewer? AsViewer(PalermoContext context, Guid person, string from)
    {
        if (context.Set<Person>().AsNoTracking().FirstOrDefault(p => p.Id == person && p.EndedAt == null) is not { } found) return null;
        var standings = (from m in context.Set<Membership>()
                         join o in context.Set<Organization>() on m.Organization equals o.Id
                         where m.Person == person && m.EndedAt == null && o.EndedAt == null
                         select new { m.Role, o.Id, o.Path }).ToList();
        return new Viewer(found.Id, found.Name, from, [.. from s in standings let role = Roles.Find(s.Role) where role is not null select new Standing(role.Value, s.Id, s.Path)]);
    }

    private static IQueryable<Membership> Active(PalermoContext context, string[] roles) => context.Set<Membership>().Where(m => m.EndedAt == null && roles.Contains(m.Role));

    private static IQueryable<Guid> Over(PalermoContext context, string path, params string[] roles) =>
        from m in Active(context, roles)
        join o in context.Set<Organization>() on m.Organization equals o.Id
        where o.EndedAt == null && path.StartsWith(o.Path)
        select m.Person;
}
