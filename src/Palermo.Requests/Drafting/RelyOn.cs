using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Palermo.Data.Cases;
using Palermo.Kernel;
using Palermo.Kernel.Access;
using Palermo.Requests.Cases;
using Palermo.Requests.Document;
using Palermo.Treaties.LegalBasis;
using Palermo.Web;

namespace Palermo.Requests.Drafting;

/// <summary>Chooses the instruments a request relies on, or asks the finder the same question again today.</summary>
internal static class RelyOn
{
    internal static void Map(IEndpointRouteBuilder app, RequestsModule module) =>
        app.MapPost("/requests/{id:guid}/basis", async (HttpContext http, Guid id) =>
            {
                FormToken.Check(http);
                var form = await http.Request.ReadFormAsync();
                var viewer = http.Features.Get<Viewer>()!;
                if (form["ask"].Count > 0) Ask(module, viewer, id, form["offence"].ToString(), form["on"].ToString());
                else if (form["again"].Count > 0) Again(module, viewer, id);
                else if (form["drop"].Count > 0) Drop(module, viewer, id, form["drop"].ToString());
                else First(module, viewer, id, form["rely"].ToString());
                return Results.LocalRedirect($"/requests/{id}/steps/basis?saved=1");
            })
            .WithMetadata(new ForRolesAttribute(Role.Officer, Role.Approver, Role.Drafter), new NotCachedAttribute(), new RequireAntiforgeryTokenAttribute())
            .ExcludeFromDescription();

    /// <summary>Has the request rely on an instrument of its frozen answer before all others.</summary>
    /// <exception cref="RefusedException">The answer does not list it.</exception>
    internal static void First(RequestsModule module, Viewer viewer, Guid id, string instrument) => Save(module, viewer, id, (_, basis) =>
        Listed(basis).Report.Available.Any(a => a.Instrument == instrument)
            ? basis! with { Relied = [instrument, .. basis.Relied.Where(r => r != instrument)] }
            : throw new RefusedException("drafting.basis.not-listed"));

    /// <summary>Has the request no longer rely on an instrument; the last one stays.</summary>
    /// <exception cref="RefusedException">It is the only one.</exception>
    internal static void Drop(RequestsModule module, Viewer viewer, Guid id, string instrument) => Save(module, viewer, id, (_, basis) =>
        Listed(basis).Relied.Any(r => r != instrument) ? basis! with { Relied = [.. basis.Relied.Where(r => r != instrument)] } : throw new RefusedException("drafting.basis.last"));

    /// <summary>Asks the same question again, as of today; what was relied on stays where it is still listed.</summary>
    internal static void Again(RequestsModule module, Viewer viewer, Guid id) => Save(module, viewer, id, (_, basis) =>
    {
        var q = Listed(basis).Report.Query;
        var query = BasisQuery.Read(
            module.Treaties.Reference.States, module.Clock, q.From, q.To, q.Kind, q.Offence, null, q.MaxPenalty?.ToString(System.Globalization.CultureInfo.InvariantCulture),
            YesNo(q.Group), YesNo(q.Transnational), YesNo(q.OwnNational), q.Territory);
        var fresh = FreezeBasis.Of(module, query);
        var kept = basis!.Relied.Where(r => fresh.Report.Available.Any(a => a.Instrument == r)).ToList();
        return kept.Count > 0 ? fresh with { Relied = kept } : fresh;
    });

    /// <summary>Asks the finder for a request that has no answer yet, between its states and for its kind.</summary>
    /// <exception cref="RefusedException">The offence or the day cannot be read.</exception>
    internal static void Ask(RequestsModule module, Viewer viewer, Guid id, string offence, string on) => Save(module, viewer, id, (request, _) => FreezeBasis.Of(module, BasisQuery.Read(
        module.Treaties.Reference.States, module.Clock, request.Requesting, request.Requested, module.Kinds.Resolve(request.Kind).FinderKind, offence, on, null, null, null, null, null)));

    private static FrozenBasis Listed(FrozenBasis? basis) => basis ?? throw new RefusedException("drafting.basis.not-listed");

    private static void Save(RequestsModule module, Viewer viewer, Guid id, Func<Request, FrozenBasis?, FrozenBasis> to)
    {
        var step = Steps.Find(Steps.Basis)!;
        SavedStep saved;
        Request request;
        using (var context = module.Database.Connect())
        {
            request = Visible.Request(context, viewer, id);
            saved = StepStore.Latest(context, request.Id, step.Name);
        }

        var part = StepStore.ToDocument(saved.Content);
        if (SaveStep.Save(module, viewer, id, step, saved.Version, StepStore.ToContent(part with { Basis = to(request, part.Basis) })).Conflicts.Count > 0)
            throw new RefusedException("refused.overtaken") { Conflict = true };
    }

    private static string? YesNo(bool? value) => value is { } known ? known ? "yes" : "no" : null;
}
