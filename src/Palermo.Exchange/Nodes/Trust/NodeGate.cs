using Microsoft.AspNetCore.Http;
using Palermo.Kernel;
using Palermo.Kernel.Access;
using Palermo.Web;

namespace Palermo.Exchange.Nodes.Trust;

/// <summary>
/// Keeps nodes and people apart: what nodes ask for is answered on their listener only, and only to a certificate the registry lists; nothing else
/// is answered there. The node's entry is a feature of the request (<see cref="NodeCaller"/>). What is turned away is told in a sentence, and audited.
/// </summary>
internal sealed class NodeGate(RequestDelegate next, ExchangeModule module)
{
    /// <summary>Handles one request.</summary>
    public async Task InvokeAsync(HttpContext http)
    {
        var path = http.Request.Path;
        var isForNodes = path.StartsWithSegments("/as4", StringComparison.Ordinal) || path.StartsWithSegments("/exchange", StringComparison.Ordinal) || path.StartsWithSegments("/evidence", StringComparison.Ordinal);
        var isForAll = path == RegistryRoutes.Registry;
        if (http.Features.Get<NodeListener>() is null)
        {
            if (isForNodes && !isForAll) http.Response.StatusCode = StatusCodes.Status404NotFound;
            else await next(http);
            return;
        }

        // The page that would say to a person what went wrong.
        if (http.Items.ContainsKey(PageContext.AskedFor)) await Answer(http, StatusCodes.Status500InternalServerError, new("web.failed.lead"));
        else if (!isForNodes) await Answer(http, StatusCodes.Status404NotFound, new("web.not-found.lead"));
        else await Serve(http, isForAll || path == RegistryRoutes.Hello);
    }

    private async Task Serve(HttpContext http, bool open)
    {
        try
        {
            if (!open) Admit(http);
            await next(http);
        }
        catch (RefusedException e) when (!http.Response.HasStarted)
        {
            await Answer(http, e.Status, e.Text);
        }
        catch (BadHttpRequestException e) when (!http.Response.HasStarted)
        {
            await Answer(http, e.StatusCode, new("web.refused.lead"));
        }
    }

    private void Admit(HttpContext http)
    {
        var shown = http.Connection.ClientCertificate;
        var refusal = shown is null ? new CertificateRefusal("none", new("nodes.certificate.none-shown")) : module.Trust.Check(shown, null);
        if (refusal is null && module.Trust.Owner(shown!) is { } entry)
        {
            http.Features.Set(new NodeCaller(entry, shown!));
            return;
        }

        refusal ??= new("unknown", new("nodes.certificate.none-shown"));
        var fingerprint = shown is null ? "" : Fingerprint.Of(shown);
        module.Refusals.Add(new Actor(null, "stranger", http.Connection.RemoteIpAddress?.ToString() ?? ""), "", "", RefusedException.Shorten($"{http.Request.Method} {http.Request.Path}"), $"{refusal.Code} {fingerprint}".TrimEnd());
        throw new RefusedException(refusal.Text) { Forbidden = true };
    }

    private Task Answer(HttpContext http, int status, Message text)
    {
        http.Response.Clear();
        http.Response.StatusCode = status;
        http.Response.Headers.CacheControl = "no-store";
        return http.Response.WriteAsJsonAsync(new ProblemAnswer("about:blank", module.Texts.Say(PageContext.LanguageOf(http.Request), text), status, text.Key), AnswerJson.Default.ProblemAnswer, "application/problem+json");
    }
}
