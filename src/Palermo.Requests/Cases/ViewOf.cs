using Palermo.Data;
using Palermo.Data.Cases;
using Palermo.Kernel.Access;

namespace Palermo.Requests.Cases;

/// <summary>Notes in the audit trail that somebody looked at a confidential case.</summary>
internal static class ViewOf
{
    /// <summary>Notes the view of a request, if its case is confidential.</summary>
    internal static void Record(RequestsModule module, Viewer viewer, Request request)
    {
        if (request.Confidential) Record(module, viewer, request.Case, request.Id.ToString());
    }

    /// <summary>Notes the view of something of a confidential case.</summary>
    internal static void Record(RequestsModule module, Viewer viewer, Guid caseId, string part) =>
        Change.Make(module.Database, viewer.Actor, module.Clock, change => change.Audit("case.viewed", caseId.ToString(), part));

    /// <summary>Notes that a list showed confidential cases or requests of them: one entry that names them all.</summary>
    /// <param name="module">The module.</param>
    /// <param name="viewer">Who looks.</param>
    /// <param name="list">Which list.</param>
    /// <param name="cases">What it shows: the cases, and whether they are confidential.</param>
    internal static void Listed(RequestsModule module, Viewer viewer, string list, IEnumerable<(Guid Case, bool Confidential)> cases)
    {
        var shown = Names(cases);
        if (shown.Length > 0) Change.Make(module.Database, viewer.Actor, module.Clock, change => change.Audit("cases.listed", viewer.Person.ToString(), list, "", shown));
    }

    /// <summary>The confidential ones of some cases, for an audit entry.</summary>
    internal static string Names(IEnumerable<(Guid Case, bool Confidential)> cases) => string.Join(' ', cases.Where(c => c.Confidential).Select(c => c.Case).Distinct());
}
