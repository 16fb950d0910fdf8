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
}
