using Palermo.Data;
using Palermo.Data.Access;
using Palermo.Data.Cases;
using Palermo.Kernel.Access;

namespace Palermo.Requests.Cases;

/// <summary>Sees to it that no confidential case is lost with the people on its list: where nobody is left who can work, the approvers of its organization take their place.</summary>
internal static class KeepReachable
{
    /// <summary>Puts the approvers on the lists of confidential cases that nobody can reach any more.</summary>
    /// <returns>How many cases there were.</returns>
    internal static int Run(RequestsModule module)
    {
        var roles = Roles.WriteCases.Select(Roles.Code).ToList();
        var approver = Roles.Code(Role.Approver);
        using (var context = module.Database.Connect())
            if (!Lost(context, roles).Any()) return 0;
        return Change.Make(module.Database, Actor.Node, module.Clock, change =>
        {
            var lost = Lost(change.Context, roles).ToList();
            foreach (var file in lost)
            {
                var approvers = (from m in change.Context.Set<Membership>()
                                 join o in change.Context.Set<Organization>() on m.Organization equals o.Id
                                 join p in change.Context.Set<Person>() on m.Person equals p.Id
                                 where m.EndedAt == null && p.EndedAt == null && m.Role == approver && file.OrganizationPath.StartsWith(o.Path)
                                 select p.Id).Distinct().ToList();
                foreach (var person in approvers)
                {
                    if (!change.Context.Set<CaseMember>().Any(m => m.Case == file.Id && m.Person == person)) change.Context.Add(new CaseMember { Case = file.Id, Person = person });
                    change.Audit("case.member-added", file.Id.ToString(), person.ToString(), "", "nobody was left");
                }
            }

            return lost.Count;
        });
    }

    private static IQueryable<CaseFile> Lost(PalermoContext context, List<string> roles) => context.Set<CaseFile>().Where(c => c.Confidential && !context.Set<CaseMember>().Any(m => m.Case == c.Id
        && context.Set<Person>().Any(p => p.Id == m.Person && p.EndedAt == null) && context.Set<Membership>().Any(s => s.Person == m.Person && s.EndedAt == null && roles.Contains(s.Role))));
}
