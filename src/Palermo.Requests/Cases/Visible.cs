using System.Linq.Expressions;
using Palermo.Data;
using Palermo.Data.Cases;
using Palermo.Kernel;
using Palermo.Kernel.Access;

namespace Palermo.Requests.Cases;

/// <summary>
/// What a viewer may know of. Everything that lists, counts, searches, exports or opens a case or request asks here, so that a
/// confidential case is not closed but invisible to those who are not on its list.
/// </summary>
/// <remarks>
/// A case that is not confidential is seen by those whose role covers its organization (<see cref="Roles.SeeCases"/>); every case is
/// seen by those on its own list. Administrators see none by that role.
/// </remarks>
public static class Visible
{
    /// <summary>The cases a viewer may know of.</summary>
    public static IQueryable<CaseFile> Cases(PalermoContext context, Viewer viewer)
    {
        var person = viewer.Person;
        var paths = Covering(viewer);
        Expression<Func<CaseFile, bool>> listed = paths.Count == 0
            ? c => context.Set<CaseMember>().Where(m => m.Person == person).Select(m => m.Case).Contains(c.Id)
            : c => context.Set<CaseMember>().Any(m => m.Case == c.Id && m.Person == person);
        return context.Set<CaseFile>().Where(paths.Aggregate(listed, (seen, path) => Or(seen, c => !c.Confidential && c.OrganizationPath.StartsWith(path))));
    }

    /// <summary>The requests a viewer may know of.</summary>
    public static IQueryable<Request> Requests(PalermoContext context, Viewer viewer)
    {
        var person = viewer.Person;
        var paths = Covering(viewer);
        // Who sees only the cases of a list is answered from the list; for who sees most, each of the few others is looked up when it is met.
        Expression<Func<Request, bool>> listed = paths.Count == 0
            ? r => context.Set<CaseMember>().Where(m => m.Person == person).Select(m => m.Case).Contains(r.Case)
            : r => context.Set<CaseMember>().Any(m => m.Case == r.Case && m.Person == person);
        return context.Set<Request>().Where(paths.Aggregate(listed, (seen, path) => Or(seen, r => !r.Confidential && r.OrganizationPath.StartsWith(path))));
    }

    /// <summary>One case.</summary>
    /// <exception cref="RefusedException">There is none, or the viewer may not know of it: the same answer.</exception>
    public static CaseFile Case(PalermoContext context, Viewer viewer, Guid id) =>
        Cases(context, viewer).FirstOrDefault(c => c.Id == id) ?? throw Unknown();

    /// <summary>One request.</summary>
    /// <exception cref="RefusedException">There is none, or the viewer may not know of it: the same answer.</exception>
    public static Request Request(PalermoContext context, Viewer viewer, Guid id) =>
        Requests(context, viewer).FirstOrDefault(r => r.Id == id) ?? throw Unknown();

    /// <summary>Whether a viewer who sees a case may write in it: by a role over its organization, or as somebody on its list who has such a role anywhere.</summary>
    public static bool MayWrite(PalermoContext context, Viewer viewer, Guid caseId, string path) =>
        viewer.IsIn(path, Role.Officer, Role.Approver)
        || (viewer.Is(Roles.WriteCases) && context.Set<CaseMember>().Any(m => m.Case == caseId && m.Person == viewer.Person));

    /// <exception cref="RefusedException">The viewer sees the case but may not write in it.</exception>
    internal static void MustWrite(PalermoContext context, Viewer viewer, Guid caseId, string path)
    {
        if (!MayWrite(context, viewer, caseId, path)) throw new RefusedException("cases.only-read") { Forbidden = true };
    }

    /// <summary>
    /// Requests closed in a year, whoever's, for figures that are published. The one way past the rule above: only counts without small
    /// numbers may be made of it.
    /// </summary>
    internal static IQueryable<Request> ClosedForPublicFigures(PalermoContext context, int year)
    {
        var (from, until) = (new DateTime(year, 1, 1, 0, 0, 0, DateTimeKind.Utc), new DateTime(year + 1, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        return context.Set<Request>().Where(r => r.WaitingFor == "none" && r.StageSince >= from && r.StageSince < until);
    }

    internal static RefusedException Unknown() => new("cases.unknown") { NotFound = true };

    /// <summary>The paths a viewer's roles cover, without those that lie under another one.</summary>
    private static List<string> Covering(Viewer viewer)
    {
        var paths = viewer.Paths(Roles.SeeCases);
        return [.. paths.Where(p => !paths.Any(above => above.Length < p.Length && p.StartsWith(above, StringComparison.Ordinal)))];
    }

    private static Expression<Func<T, bool>> Or<T>(Expression<Func<T, bool>> first, Expression<Func<T, bool>> second)
    {
        var parameter = first.Parameters[0];
        var body = new Swap(second.Parameters[0], parameter).Visit(second.Body);
        return Expression.Lambda<Func<T, bool>>(Expression.OrElse(body, first.Body), parameter);
    }

    private sealed class Swap(ParameterExpression from, ParameterExpression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : base.VisitParameter(node);
    }
}
