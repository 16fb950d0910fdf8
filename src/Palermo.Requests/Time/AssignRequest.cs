using Palermo.Data;
using Palermo.Data.Access;
using Palermo.Kernel;
using Palermo.Kernel.Access;
using Palermo.Requests.Cases;

namespace Palermo.Requests.Time;

/// <summary>Says who of the office has to act on a request, and who takes over.</summary>
internal static class AssignRequest
{
    /// <summary>Sets owner and deputy.</summary>
    /// <param name="module">The module.</param>
    /// <param name="viewer">Who says so.</param>
    /// <param name="requestId">The request.</param>
    /// <param name="owner">Identifier of the owner; empty for the office.</param>
    /// <param name="deputy">Identifier of the deputy; empty for none.</param>
    /// <exception cref="RefusedException">One of them may not write in the case, or both are the same.</exception>
    internal static void Set(RequestsModule module, Viewer viewer, Guid requestId, string? owner, string? deputy) =>
        Change.Make(module.Database, viewer.Actor, module.Clock, change =>
        {
            var request = Visible.Request(change.Context, viewer, requestId);
            Visible.MustWrite(change.Context, viewer, request.Case, request.OrganizationPath);
            var people = People.WhoMayWrite(change.Context, request);
            var (newOwner, newDeputy) = (Of(people, owner, "owner"), Of(people, deputy, "deputy"));
            if (newOwner is not null && newOwner.Id == newDeputy?.Id) throw new RefusedException("time.owner.same") { Field = "deputy" };
            if (request.Owner == newOwner?.Id && request.Deputy == newDeputy?.Id) return;
            change.Audit("request.assigned", request.Case.ToString(), request.Id.ToString(), $"{request.Owner} {request.Deputy}".Trim(), $"{newOwner?.Id} {newDeputy?.Id}".Trim());
            (request.Owner, request.Deputy, request.ChangedAt) = (newOwner?.Id, newDeputy?.Id, change.Now);
        });

    private static Person? Of(IReadOnlyList<Person> people, string? id, string field)
    {
        if (string.IsNullOrEmpty(id)) return null;
        return people.FirstOrDefault(p => string.Equals(p.Id.ToString(), id, StringComparison.OrdinalIgnoreCase)) ?? throw new RefusedException("time.owner.wrong") { Field = field };
    }
}
