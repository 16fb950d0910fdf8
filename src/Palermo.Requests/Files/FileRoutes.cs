using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Palermo.Kernel.Access;
using Palermo.Web;

namespace Palermo.Requests.Files;

/// <summary>Routes of the files: one takes them in, one gives them out.</summary>
internal static class FileRoutes
{
    internal static void Map(IEndpointRouteBuilder app, RequestsModule module)
    {
        var settings = FileSettings.Of(module);
        Sweep(module, settings);
        // The one route with large bodies. The server's lowest rate for bodies holds here too: a line that stands still is given up.
        app.MapPost("/requests/{id:guid}/files/upload", (HttpContext http, Guid id) => UploadFile.Take(http, module, settings, id))
            .WithMetadata(new ForRolesAttribute(Role.Officer, Role.Approver, Role.Drafter) { Area = "requests" }, new NotCachedAttribute(), new BodyLimit(settings.Largest + UploadFile.Besides))
            .ExcludeFromDescription();
        app.MapGet("/requests/{id:guid}/files/{file:guid}", (HttpContext http, Guid id, Guid file) =>
                ReadFile.Send(http, module, settings, http.RequestServices.GetRequiredService<PageContext>().SignedIn, id, file))
            .WithMetadata(new ForRolesAttribute(Role.Officer, Role.Approver, Role.Drafter, Role.Auditor, Role.Reader) { Area = "requests" }, new NotCachedAttribute())
            .ExcludeFromDescription();
    }

    /// <summary>Clears away what a crash left. A store that cannot be read now says so when it is used.</summary>
    private static void Sweep(RequestsModule module, FileSettings settings)
    {
        try
        {
            new FileStore(settings).Sweep(id => StoreFile.IsKnown(module, id), module.Clock.GetUtcNow());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return;
        }
    }

    private sealed record BodyLimit(long? MaxRequestBodySize) : IRequestSizeLimitMetadata;
}
