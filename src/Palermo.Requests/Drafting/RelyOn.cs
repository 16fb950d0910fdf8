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
                if (form["again"].Count > 0) Again(module, viewer, id);
                else if (form["offence"].Count > 0) Ask(module, viewer, id, form["offence"].ToString());
                else if (form["drop"].Count > 0) Drop(module, viewer, id, form["drop"].ToString());
                else First(module, viewer, id, form["rely"].ToString());
                return Results.LocalRedirect($"/requests/{id}/steps/basis?saved=1");
            })
            .WithMetadata(new ForRolesAttribute(Role.Officer, Role.Approver, Role.Drafter), new NotCachedAttribute(), new RequireAntiforgeryTokenAttribute())
            .ExcludeFromDescription();

    /// <summary>Has the request rely on an instrument of its frozen answer before all others.</summary>
    /// <exception cref="RefusedException">The answer does not list it.</exception>
    internal static void First(RequestsModule module, Viewer viewer, Guid id, string instrument) => Save(module, viewer, id, basis =>
        basis.Report.Available.Any(a => a.Instrument == instrument)
            ? basis with { Relied = [instrument, .. basis.Relied.Where(r => r != instrument)] }
            : throw new RefusedException("drafting.basis.not-listed"));

    /// <summary>Has the request no longer rely on an instrument; the last one stays.</summary>
    /// <exception cref="RefusedException">It is the only one.</exception>
    internal static void Drop(RequestsModule module, Viewer viewer, Guid id, string instrument) => Save(module, viewer, id, basis =>
        basis.Relied.Any(r => r != instrument) ? basis with { Relied = [.. basis.Relied.Where(r => r != instrument)] } : throw new RefusedException("drafting.basis.last"));

    /// <summary>Asks the finder on what an incoming request, which came without a basis on file, can rest.</summary>
    /// <exception cref="RefusedException">The offence is not known.</exception>
    internal static void Ask(RequestsModule module, Viewer viewer, Guid id, string offence)
    {
        Request request;
        using (var context = module.Database.Connect()) request = Visible.Request(context, viewer, id);
        var query = BasisQuery.Read(
            module.Treaties.Reference.States, module.Clock, request.Requesting, request.Requested, module.Kinds.Resolve(request.Kind).FinderKind, offence, null, null, null, null, null, null);
        SavedStep saved;
        using (var context = module.Database.Connect()) saved = StepStore.Latest(context, id, Steps.Basis);
        var part = StepStore.ToDocument(saved.Content) with { Basis = FreezeBasis.Of(module, query) };
        if (SaveStep.Save(module, viewer, id, Steps.Find(Steps.Basis)!, saved.Version, StepStore.ToContent(part)).Conflicts.Count > 0) throw new RefusedException("refused.overtaken") { Conflict = true };
    }

    /// <summary>Asks the same question again, as of today; what was relied on stays where it is still listed.</summary>
    internal static void Again(RequestsModule module, Viewer viewer, Guid id) => Save(module, viewer, id, basis =>
    {
        var q = basis.Report.Query;
        var query = BasisQuery.Read(
            module.Treaties.Reference.States, module.Clock, q.From, q.To, q.Kind, q.Offence, null, q.MaxPenalty?.ToString(System.Globalization.CultureInfo.InvariantCulture),
            YesNo(q.Group), YesNo(q.Transnational), YesNo(q.OwnNational), q.Territory);
        var fresh = FreezeBasis.Of(module, query);
        var kept = basis.Relied.Where(r => fresh.Report.Available.Any(a => a.Instrument == r)).ToList();
        return kept.Count > 0 ? fresh with { Relied = kept } : fresh;
    });

    private static void Save(RequestsModule module, Viewer viewer, Guid id, Func<FrozenBasis, FrozenBasis> to)
    {
        var step = Steps.Find(Steps.Basis)!;
        SavedStep saved;
        using (var context = module.Database.Connect())
        {
            Request request = Visible.Request(context, viewer, id);
            saved = StepStore.Latest(context, request.Id, step.Name);
        }

        var part = StepStore.ToDocument(saved.Content);
        if (part.Basis is not { } basis) throw new RefusedException("drafting.basis.not-listed");
        if (SaveStep.Save(module, viewer, id, step, saved.Version, StepStore.ToContent(part with { Basis = to(basis) })).Conflicts.Count > 0)
            throw new RefusedException("refused.overtaken") { Conflict = true };
    }

    private static string? YesNo(bool? value) => value is { } known ? known ? "yes" : "no" : null;
}
