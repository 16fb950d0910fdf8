using Palermo.Data;
using Palermo.Data.Access;
using Palermo.Data.Cases;
using Palermo.Kernel;
using Palermo.Kernel.Access;

namespace Palermo.Requests.Cases;

/// <summary>A case's own list: who sees it whatever their role, and, while it is confidential, who sees it at all.</summary>
internal static class ListOfCase
{
    /// <summary>Most people offered at once.</summary>
    internal const int MostCandidates = 500;

    /// <summary>Puts somebody on the list.</summary>
    /// <exception cref="RefusedException">The viewer may not write in the case, or there is no such person.</exception>
    internal static void Add(RequestsModule module, Viewer viewer, Guid caseId, Guid person) => Change.Make(module.Database, viewer.Actor, module.Clock, change =>
    {
        var file = Writable(change, viewer, caseId);
        if (change.Context.Set<CaseMember>().Any(m => m.Case == caseId && m.Person == person)) return;
        var found = Eligible(change.Context, file).FirstOrDefault(p => p.Id == person) ?? throw new RefusedException("cases.members.unknown") { Field = "add" };
        change.Context.Add(new CaseMember { Case = caseId, Person = person });
        change.Audit("case.member-added", caseId.ToString(), person.ToString(), "", found.Name);
    });

    /// <summary>Takes somebody off the list; the last one stays, so that no case is lost.</summary>
    /// <exception cref="RefusedException">The viewer may not write in the case, or nobody would be left.</exception>
    internal static void Remove(RequestsModule module, Viewer viewer, Guid caseId, Guid person) => Change.Make(module.Database, viewer.Actor, module.Clock, change =>
    {
        MustManage(viewer, Writable(change, viewer, caseId));
        var members = change.Context.Set<CaseMember>().Where(m => m.Case == caseId).ToList();
        if (members.Find(m => m.Person == person) is not { } member) return;
        if (!members.Any(m => m.Person != person && Reaches(change.Context, m.Person))) throw new RefusedException("cases.members.last");
        change.Context.Remove(member);
        change.Audit("case.member-removed", caseId.ToString(), person.ToString());
    });

    /// <summary>Makes a case confidential or lifts it.</summary>
    /// <exception cref="RefusedException">The viewer may not write in the case, or is not on its list.</exception>
    internal static void SetConfidential(RequestsModule module, Viewer viewer, Guid caseId, bool confidential) => Change.Make(module.Database, viewer.Actor, module.Clock, change =>
    {
        var file = Writable(change, viewer, caseId);
        MustManage(viewer, file);
        if (file.Confidential == confidential) return;
        if (!change.Context.Set<CaseMember>().Any(m => m.Case == caseId && m.Person == viewer.Person)) throw new RefusedException("cases.members.not-you") { Forbidden = true };
        file.Confidential = confidential;
        foreach (var request in change.Context.Set<Request>().Where(r => r.Case == caseId)) request.Confidential = confidential;
        change.Audit(confidential ? "case.confidential" : "case.not-confidential", caseId.ToString());
    });

    /// <summary>People who could be put on the list, by name, at most <see cref="MostCandidates"/>.</summary>
    internal static IReadOnlyList<Person> Candidates(PalermoContext context, Guid caseId)
    {
        var file = context.Set<CaseFile>().First(c => c.Id == caseId);
        return [.. Eligible(context, file).Where(p => !context.Set<CaseMember>().Any(m => m.Case == caseId && m.Person == p.Id)).OrderBy(p => p.Name).ThenBy(p => p.Id).Take(MostCandidates)];
    }

    /// <summary>Those who work with cases in the case's top organization or anywhere below it; of other organizations on the node nobody is named.</summary>
    private static IQueryable<Person> Eligible(PalermoContext context, CaseFile file)
    {
        var roles = Roles.All.Where(r => r != Role.Administrator).Select(Roles.Code).ToList();
        var top = file.OrganizationPath[..(file.OrganizationPath.IndexOf('/', StringComparison.Ordinal) + 1)];
        var within = from m in context.Set<Membership>()
                     join o in context.Set<Organization>() on m.Organization equals o.Id
                     where m.EndedAt == null && o.EndedAt == null && roles.Contains(m.Role) && o.Path.StartsWith(top)
                     select m.Person;
        return context.Set<Person>().Where(p => p.EndedAt == null && within.Contains(p.Id));
    }

    /// <exception cref="RefusedException">The viewer is neither officer nor approver of the case's organization.</exception>
    private static void MustManage(Viewer viewer, CaseFile file)
    {
        if (!viewer.IsIn(file.OrganizationPath, Role.Officer, Role.Approver)) throw new RefusedException("cases.members.officers") { Forbidden = true };
    }

    /// <summary>Whether somebody on a list can still sign in and work with cases.</summary>
    private static bool Reaches(PalermoContext context, Guid person)
    {
        var roles = Roles.WriteCases.Select(Roles.Code).ToList();
        return context.Set<Person>().Any(p => p.Id == person && p.EndedAt == null) && context.Set<Membership>().Any(m => m.Person == person && m.EndedAt == null && roles.Contains(m.Role));
    }

    private static CaseFile Writable(Change change, Viewer viewer, Guid caseId)
    {
        var file = Visible.Case(change.Context, viewer, caseId);
        Visible.MustWrite(change.Context, viewer, caseId, file.OrganizationPath);
        return file;
    }
}
