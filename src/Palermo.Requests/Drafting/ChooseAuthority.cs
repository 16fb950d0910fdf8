using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Palermo.Authorities;
using Palermo.Kernel;
using Palermo.Kernel.Access;
using Palermo.Requests.Cases;
using Palermo.Requests.Document;
using Palermo.Web;

namespace Palermo.Requests.Drafting;

/// <summary>Takes an authority of the directory into a request, as it stands there today.</summary>
internal static class ChooseAuthority
{
    internal static void Map(IEndpointRouteBuilder app, RequestsModule module) =>
        app.MapPost("/requests/{id:guid}/authority", async (HttpContext http, Guid id) =>
            {
                FormToken.Check(http);
                var form = await http.Request.ReadFormAsync();
                Use(module, http.Features.Get<Viewer>()!, id, form["entry"].ToString());
                return Results.LocalRedirect($"/requests/{id}/steps/authority?saved=1");
            })
            .WithMetadata(new ForRolesAttribute(Role.Officer, Role.Approver, Role.Drafter), new NotCachedAttribute(), new RequireAntiforgeryTokenAttribute())
            .ExcludeFromDescription();

    /// <summary>Takes the entry into the request.</summary>
    /// <exception cref="RefusedException">The directory names no such authority for this request.</exception>
    internal static void Use(RequestsModule module, Viewer viewer, Guid id, string entry)
    {
        var step = Steps.Find(Steps.Authority)!;
        SavedStep saved;
        Data.Cases.Request request;
        RequestDocument document;
        using (var context = module.Database.Connect())
        {
            request = Visible.Request(context, viewer, id);
            saved = StepStore.Latest(context, id, step.Name);
            document = StepStore.Document(context, request);
        }

        var found = Found(module, module.Treaties.Reference.States.Resolve(request.Requested), document)
            .FirstOrDefault(a => a.Id == entry) ?? throw new RefusedException("drafting.authority.none");
        var part = StepStore.ToDocument(saved.Content);
        var chosen = part with
        {
            RequestedAuthority = new AuthorityEntry
            {
                Entry = found.Id, Name = NameOf(found), Address = found.Content.Address, Email = found.Content.Email, Telephone = found.Content.Telephone, Officer = found.Restricted?.Contacts ?? "",
            },
        };
        if (SaveStep.Save(module, viewer, id, step, saved.Version, StepStore.ToContent(chosen)).Conflicts.Count > 0) throw new RefusedException("refused.overtaken") { Conflict = true };
    }

    /// <summary>Authorities that receive a request of this kind at this stage of the proceedings, those that take its language first.</summary>
    internal static IReadOnlyList<AuthorityAnswer> Found(RequestsModule module, State requested, RequestDocument document) =>
        module.Authorities.Find(requested, module.Kinds.Resolve(document.Kind).Code, StageOf(document), document.TargetLanguage is { Length: > 0 } language ? language : null, restricted: true);

    /// <summary>The stage of the proceedings as the directory calls it; null when the request does not say.</summary>
    internal static string? StageOf(RequestDocument document) => document.Field("proceedings.nature") switch
    {
        "investigation" or "prosecution" => "before-trial",
        "trial" => "trial",
        "enforcement" => "enforcement",
        _ => null,
    };

    /// <summary>The name an authority is listed under; of one whose name was not read, what it was notified as.</summary>
    internal static string NameOf(AuthorityAnswer answer) => answer.Content.Names is [var first, ..] ? first.Name : answer.State.Code;
}
