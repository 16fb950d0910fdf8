using Microsoft.EntityFrameworkCore;
using Palermo.Data;
using Palermo.Data.Access;
using Palermo.Data.Audit;
using Palermo.Data.Cases;
using Palermo.Kernel.Access;

namespace Palermo.Access.Trail;

/// <summary>
/// What of the audit trail somebody may see. Of a case: auditors of its organization, and of a confidential one only those on its list.
/// Of everything else: auditors and administrators, as far as it was done by or to people and organizations of theirs, or by nobody known;
/// of mails, which name addresses of every organization, only those at the top.
/// </summary>
internal sealed class AuditSight
{
    /// <summary>Subject of entries about mails.</summary>
    private const string Mail = "mail";

    private readonly Viewer _viewer;
    private readonly HashSet<string> _own;
    private readonly HashSet<string> _others;

    private AuditSight(Viewer viewer, HashSet<string> own, HashSet<string> others) => (_viewer, _own, _others) = (viewer, own, others);

    /// <summary>A viewer's sight, with the people and organizations it reaches.</summary>
    internal static AuditSight Of(PalermoContext context, Viewer viewer)
    {
        var organizations = context.Set<Organization>().AsNoTracking().Select(o => new { o.Id, o.Path }).ToArray();
        var reached = organizations.Where(o => viewer.IsIn(o.Path, Role.Auditor, Role.Administrator)).Select(o => o.Id).ToHashSet();
        var own = reached.Select(o => o.ToString()).Append(viewer.Person.ToString()).ToHashSet(StringComparer.Ordinal);
        foreach (var m in context.Set<Membership>().AsNoTracking().Select(m => new { m.Person, m.Organization }).Distinct().AsEnumerable())
            if (reached.Contains(m.Organization)) own.Add(m.Person.ToString());
        var others = organizations.Select(o => o.Id.ToString()).Concat(context.Set<Person>().AsNoTracking().Select(p => p.Id).AsEnumerable().Select(p => p.ToString()))
            .Where(id => !own.Contains(id)).ToHashSet(StringComparer.Ordinal);
        return new(viewer, own, others);
    }

    /// <summary>Those of some entries that may be seen, in the same order.</summary>
    internal IEnumerable<AuditEntry> Of(PalermoContext context, IReadOnlyList<AuditEntry> entries)
    {
        var subjects = entries.Select(e => Guid.TryParse(e.Subject, out var id) ? id : Guid.Empty).Where(id => id != Guid.Empty && !_own.Contains(id.ToString())).Distinct().ToArray();
        var cases = context.Set<CaseFile>().AsNoTracking().Where(c => subjects.Contains(c.Id)).Select(c => new { c.Id, c.OrganizationPath, c.Confidential }).ToDictionary(c => c.Id.ToString(), StringComparer.Ordinal);
        var listed = context.Set<CaseMember>().AsNoTracking().Where(m => m.Person == _viewer.Person && subjects.Contains(m.Case)).Select(m => m.Case).AsEnumerable().Select(c => c.ToString()).ToHashSet(StringComparer.Ordinal);
        return entries.Where(e => cases.TryGetValue(e.Subject, out var file)
            ? _viewer.IsIn(file.OrganizationPath, Role.Auditor) && (!file.Confidential || listed.Contains(e.Subject))
            : (e.Subject != Mail || _viewer.IsAtTop(Role.Auditor, Role.Administrator)) && !_others.Contains(e.Person) && !_others.Contains(e.Subject));
    }
}
