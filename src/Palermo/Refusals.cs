using Microsoft.AspNetCore.Mvc;
using Palermo.Kernel;
using Palermo.Web;

namespace Palermo;

/// <summary>Turns what a handler refuses, or fails at, into one clear page or one problem detail (RFC 9457), with nothing half-sent.</summary>
internal sealed partial class Refusals(RequestDelegate next, Texts texts, ILogger<Refusals> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
            if (context.Response is { StatusCode: StatusCodes.Status404NotFound, HasStarted: false, ContentLength: null } && context.GetEndpoint() is null)
                await Answer(context, StatusCodes.Status404NotFound, null, "/not-found", "web.not-found");
        }
        catch (RefusedException e) when (!context.Response.HasStarted)
        {
            await Answer(context, e.Status, e, "/refused", e.Text.Key);
        }
        catch (BadHttpRequestException e) when (!context.Response.HasStarted)
        {
            await Answer(context, e.StatusCode, null, "/refused", "web.refused.lead");
        }
        catch (Exception e) when (!context.Response.HasStarted && e is not OperationCanceledException)
        {
            Failed(log, e, context.Request.Path);
            await Answer(context, StatusCodes.Status500InternalServerError, null, "/failed", "web.failed.lead");
        }
    }

    private async Task Answer(HttpContext context, int status, RefusedException? refused, string page, string key)
    {
        var path = context.Request.Path;
        context.Response.Clear();
        await SecurityHeaders.Add(context, _ => Task.CompletedTask);
        context.Response.Headers.CacheControl = "no-store";
        if (status == StatusCodes.Status401Unauthorized) context.Response.Headers.WWWAuthenticate = "Bearer";
        if (path.StartsWithSegments("/api", StringComparison.Ordinal))
        {
            context.Response.StatusCode = status;
            var language = PageContext.LanguageOf(context.Request);
            var problem = new ProblemDetails { Status = status, Title = refused is null ? texts.Say(language, key) : texts.Say(language, refused.Text), Type = "about:blank", Instance = path };
            await context.Response.WriteAsJsonAsync(problem, options: null, contentType: "application/problem+json");
            return;
        }

        context.Items[typeof(RefusedException)] = refused;
        context.Items[typeof(Refusals)] = true;
        context.Items[PageContext.AskedFor] = path + context.Request.QueryString;
        context.Request.Path = page;
        context.Request.QueryString = QueryString.Empty;
        context.Request.Method = HttpMethods.Get;
        context.SetEndpoint(null);
        context.Request.RouteValues.Clear();
        var services = context.RequestServices;
        await using var scope = services.CreateAsyncScope();
        context.RequestServices = scope.ServiceProvider;
        context.Response.OnStarting(() =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        });
        await next(context);
        context.RequestServices = services;
    }

    [LoggerMessage(LogLevel.Error, "A request to {Path} failed")]
    private static partial void Failed(ILogger log, Exception exception, string path);
}
