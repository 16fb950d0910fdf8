using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Palermo.Data.Cases;
using Palermo.Kernel;
using Palermo.Requests.Cases;
using Palermo.Treaties.LegalBasis;
using Palermo.Web;
using Palermo.Web.Components;

namespace Palermo.Requests.Life;

/// <summary>What pages with a form about one request have in common: they find the request, keep what was typed and say what was refused.</summary>
public abstract class RequestForm : ComponentBase
{
    private Dictionary<string, string> _typed = new(StringComparer.Ordinal);

    /// <summary>The request the page is about.</summary>
    [Parameter] public Guid Id { get; set; }

    /// <summary>The request of the browser.</summary>
    [CascadingParameter] public HttpContext Http { get; set; } = null!;

    /// <summary>Language and texts.</summary>
    [Inject] protected PageContext Page { get; set; } = null!;

    /// <summary>The module.</summary>
    [Inject] protected RequestsModule Requests { get; set; } = null!;

    /// <summary>For leaving the page.</summary>
    [Inject] protected NavigationManager Navigation { get; set; } = null!;

    /// <summary>The request.</summary>
    protected Request Request { get; private set; } = null!;

    /// <summary>What was refused.</summary>
    protected IReadOnlyList<(string Field, string Text)> Errors { get; private set; } = [];

    /// <summary>The other side's state.</summary>
    protected State Other => Requests.Treaties.Reference.States.Resolve(Request.Outgoing ? Request.Requested : Request.Requesting);

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        using var context = Requests.Database.Connect();
        Request = Visible.Request(context, Page.SignedIn, Id);
        Visible.MustWrite(context, Page.SignedIn, Request.Case, Request.OrganizationPath);
        Load(context);
        if (HttpMethods.IsGet(Http.Request.Method)) ViewOf.Record(Requests, Page.SignedIn, Request);
    }

    /// <summary>Reads what else the page shows.</summary>
    protected virtual void Load(Data.PalermoContext context) { }

    /// <summary>Does what the form asks and goes back to the request; what is refused is shown beside its field.</summary>
    protected async Task Take(Action act, string? then = null)
    {
        ArgumentNullException.ThrowIfNull(act);
        var form = await Http.Request.ReadFormAsync();
        _typed = form.ToDictionary(p => p.Key, p => p.Value.ToString(), StringComparer.Ordinal);
        try
        {
            act();
        }
        catch (RefusedException e) when (!e.NotFound)
        {
            Errors = [(e.Field is null ? "" : Field.IdOf(e.Field), Page.Say(e.Text))];
            Page.AnswerWith(e.Forbidden ? 403 : e.Conflict ? 409 : 400);
            return;
        }

        Navigation.NavigateTo(then ?? $"/requests/{Id}?saved=1");
    }

    /// <summary>What was typed into a field, or what stands there at first.</summary>
    protected string Typed(string field, string first = "") => _typed.GetValueOrDefault(field) ?? first;

    /// <summary>What is wrong with a field.</summary>
    protected string? Error(string field) => Errors.Where(e => e.Field == Field.IdOf(field)).Select(e => e.Text).FirstOrDefault();

    /// <summary>A citation written out.</summary>
    protected string CiteText(Citation source) => BasisTexts.Cite(Requests.Treaties.Reference, Page.Texts, Page.Language, source);
}
