using Microsoft.EntityFrameworkCore;
using Palermo.Data;
using Palermo.Data.Access;
using Palermo.Kernel.Access;

namespace Palermo.Access;

/// <summary>What somebody is where, from the record.</summary>
internal static class Standings
{
    /// <summary>What a person is where now: memberships that have not ended, in organizations that are not closed.</summary>
    internal static IReadOnlyList<Standing> Of(PalermoContext context, Guid person) =>
    [
        .. (from m in context.Set<Membership>().AsNoTracking()
            join o in context.Set<Organization>().AsNoTracking() on m.Organization equals o.Id
            where m.Person == person && m.EndedAt == null && o.EndedAt == null
            orderby m.Id
            select new { m.Role, o.Id, o.Path }).AsEnumerable()
            .Select(r => (Role: Roles.Find(r.Role), r.Id, r.Path)).Where(r => r.Role is not null)
            .Select(r => new Standing(r.Role!.Value, r.Id, r.Path)),
    ];
}
