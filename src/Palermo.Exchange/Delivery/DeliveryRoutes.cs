using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Palermo.Web;

namespace Palermo.Exchange.Delivery;

/// <summary><c>POST /as4</c>: where other nodes' messages, receipts and requests to pull come in. Who sends is told by the message's signature.</summary>
internal static class DeliveryRoutes
{
    private const long MostBytes = 256L << 20;

    internal static void Map(IEndpointRouteBuilder app, ExchangeModule module)
    {
        app.MapPost("/as4", (HttpContext http) => Take(module, http)).WithMetadata(new PublicAttribute(), new NotCachedAttribute()).DisableAntiforgery().ExcludeFromDescription();
        Relay.Map(app, module);
    }

    private static async Task Take(ExchangeModule module, HttpContext http)
    {
        if (!module.Trust.HasIdentity)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var caller = Nodes.NodeCaller.Of(http);
        using var intake = module.Intake.Enter(caller?.Party ?? "");
        if (intake is null)
        {
            await Intake.TooMany(module, http).ExecuteAsync(http);
            return;
        }

        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = MostBytes;
        if (await TakeMessage.Take(module, http.Request.Body, http.Request.ContentType, caller, mayPull: true, http.RequestAborted) is not { } answer)
        {
            http.Response.StatusCode = StatusCodes.Status202Accepted;
            return;
        }

        http.Response.ContentType = answer.ContentType;
        await answer.WriteTo(http.Response.Body, http.RequestAborted);
    }
}
