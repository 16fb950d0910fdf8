using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Palermo.Exchange.Nodes.Registry;
using Palermo.Exchange.Nodes.Trust;
using Palermo.Kernel;
using Palermo.Web;

namespace Palermo.Exchange.Nodes;

/// <summary>Where a node publishes the registry, when it does, and where it says who it is and whom it sees.</summary>
internal static class RegistryRoutes
{
    /// <summary>The published registry: for nodes and for everybody else.</summary>
    internal const string Registry = "/exchange/registry";

    /// <summary>Who answers, and who asks as the answering node sees it: on the listener for nodes.</summary>
    internal const string Hello = "/exchange/hello";

    internal static void Map(IEndpointRouteBuilder app, ExchangeModule module)
    {
        app.MapGet(Registry, (HttpContext http) => Publish(http, module)).WithMetadata(new PublicAttribute(), new NotCachedAttribute()).ExcludeFromDescription();
        app.MapGet(Hello, (HttpContext http) => SayHello(http, module)).WithMetadata(new PublicAttribute(), new NotCachedAttribute()).ExcludeFromDescription();
    }

    /// <summary>Entity tag of an edition.</summary>
    internal static string TagOf(long serial) => string.Create(CultureInfo.InvariantCulture, $"\"palermo-registry-{serial}\"");

    private static IResult Publish(HttpContext http, ExchangeModule module)
    {
        var store = module.Trust.Registry;
        if (store.Current is not { Publishes: true, Edition: { } edition } || SafeFile.Read(store.CopyPath, RegistryEdition.Largest) is not { } document)
            throw new RefusedException("nodes.registry.not-here") { NotFound = true };
        var tag = TagOf(edition.Serial);
        http.Response.Headers.ETag = tag;
        http.Response.Headers.CacheControl = "no-cache";
        return http.Request.Headers.IfNoneMatch.Any(v => v is not null && v.Split(',').Any(t => t.Trim() == tag))
            ? Results.StatusCode(StatusCodes.Status304NotModified) : Results.Bytes(document, "application/jose+json");
    }

    private static IResult SayHello(HttpContext http, ExchangeModule module)
    {
        var trust = module.Trust;
        var node = trust.Identity ?? throw new RefusedException("nodes.identity.none");
        http.Response.Headers.CacheControl = "no-store";
        CallerAnswer? caller = null;
        if (http.Connection.ClientCertificate is { } shown)
        {
            var refusal = trust.Check(shown, null);
            caller = new(Fingerprint.Of(shown), trust.Owner(shown)?.Party, refusal?.Code, refusal is null ? null : module.Texts.Say(PageContext.LanguageOf(http.Request), refusal.Text));
        }

        return Results.Json(new HelloAnswer(node.Party, node.Organization, trust.Clock.GetUtcNow(), trust.Registry.Current.Edition?.Serial ?? 0, caller), AnswerJson.Default.HelloAnswer);
    }
}
