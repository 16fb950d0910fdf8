using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.FileProviders;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Palermo.Access;
using Palermo.Authorities;
using Palermo.Exchange;
using Palermo.Kernel;
using Palermo.Requests;
using Palermo.Treaties;
using Palermo.Web;

namespace Palermo;

/// <summary>How a node serves.</summary>
/// <param name="Urls">Addresses to listen on, joined by semicolons.</param>
/// <param name="Organization">Name of the organization whose node it is; may be empty.</param>
/// <param name="Origin">Scheme and host under which the node is reached from outside; empty for those of each request.</param>
/// <param name="ExchangeUrls">Addresses to listen on for other nodes, joined by semicolons; empty for none.</param>
internal sealed record HostSettings(string Urls, string Organization, string Origin = "", string ExchangeUrls = "");

/// <summary>Composes the modules into a web application.</summary>
internal static class Host
{
    private const int LargestRequestBody = 1 << 20;
    private const int MostFormValues = 8192;

    /// <summary>At each address. A connection that is silent after its first byte holds a buffer of 64 KiB, with TLS two, so all of them hold 250 MB at most; a proxy in front opens far fewer, however many are behind it.</summary>
    private const int MostConnections = 2000;

    private const long CachedPagesInBytes = 64 << 20;

    private static readonly Assembly[] PageAssemblies =
        [typeof(AccessModule).Assembly, typeof(TreatyModule).Assembly, typeof(AuthoritiesModule).Assembly, typeof(RequestsModule).Assembly, typeof(ExchangeModule).Assembly];

    internal static WebApplication Build(Node node, HostSettings settings, Action<WebApplicationBuilder>? configure = null)
    {
        var treaties = node.Treaties;
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, ApplicationName = "palermo" });
        var forNodes = ExchangeRoutes.Addresses(settings.ExchangeUrls);
        builder.WebHost.UseUrls([.. settings.Urls.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries), .. forNodes]);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestRequestBody;
            kestrel.Limits.MaxRequestLineSize = 8 << 10;
            kestrel.Limits.MaxConcurrentConnections = MostConnections;
            ExchangeRoutes.Listen(kestrel, node.Exchange, forNodes);
        });
        Logs(builder);
        Telemetry(builder);
        var services = builder.Services;
        services.AddSingleton(treaties);
        services.AddSingleton(node.Access);
        services.AddSingleton(node.Authorities);
        services.AddSingleton(node.Requests);
        services.AddSingleton(node.Exchange);
        ExchangeRoutes.AddErrands(services);
        RequestRoutes.AddErrands(services);
        services.AddSingleton(treaties.Texts);
        services.AddSingleton(treaties.Clock);
        services.AddSingleton(SiteOf(settings));
        services.AddSingleton(WorldShapes.Read(Path.Combine(AppContext.BaseDirectory, "wwwroot", "world.json")));
        services.AddHttpContextAccessor();
        services.AddScoped<PageContext>();
        services.AddRazorComponents();
        // The body's own limit counts; what is longer is said to be too long, not taken for a forged form.
        services.Configure<FormOptions>(o => (o.ValueLengthLimit, o.ValueCountLimit) = ((int)new LongFormAttribute().MaxRequestBodySize!, MostFormValues));
        services.AddAntiforgery(o => o.FormFieldName = "token");
        services.AddDataProtection().SetApplicationName("palermo")
            .PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(treaties.Database.Folder, "keys")));
        AccessServices.Add(services, settings.Origin);
        services.AddOpenApi("v1");
        services.ConfigureHttpJsonOptions(o => o.SerializerOptions.TypeInfoResolverChain.Insert(0, TreatyRoutes.Json));
        services.AddOutputCache(o =>
        {
            o.SizeLimit = CachedPagesInBytes;
            o.MaximumBodySize = 2 << 20;
            o.AddBasePolicy(new PageCachePolicy(treaties));
        });
        services.AddResponseCompression(o =>
        {
            o.EnableForHttps = true;
            o.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, "application/atom+xml", "image/svg+xml", "text/csv", "application/problem+json"];
        });
        services.Configure<BrotliCompressionProviderOptions>(o => o.Level = CompressionLevel.Optimal);
        services.Configure<ForwardedHeadersOptions>(o => o.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto);
        configure?.Invoke(builder);

        var app = builder.Build();
        app.UseForwardedHeaders();
        app.UseMiddleware<Refusals>();
        app.Use(SecurityHeaders.Add);
        ExchangeRoutes.Use(app, node.Exchange);
        // Further down the pages are compressed once and kept; these two are kept by the browser.
        app.UseWhen(http => http.Request.Path.Value is "/palermo.css" or "/palermo.js", assets => assets.UseResponseCompression());
        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = new PhysicalFileProvider(Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "wwwroot")).FullName),
            OnPrepareResponse = c => c.Context.Response.Headers.CacheControl = "public, max-age=86400",
        });
        app.UseRouting();
        AccessRoutes.Use(app);
        // The cache stands before the compression, so that a page is compressed once and kept that way.
        app.UseOutputCache();
        app.UseResponseCompression();
        app.UseAntiforgery();
        app.MapOpenApi().WithMetadata(new PublicAttribute());
        LanguageSwitch.Map(app);
        Health.Map(app, treaties);
        AccessRoutes.Map(app, node.Access);
        TreatyRoutes.Map(app, treaties);
        AuthorityRoutes.Map(app, node.Authorities);
        RequestRoutes.Map(app, node.Requests);
        ExchangeRoutes.Map(app, node.Exchange);
        app.MapRazorComponents<Web.Components.App>().AddAdditionalAssemblies([.. PageAssemblies]);
        return app;
    }

    private static Site SiteOf(HostSettings settings) => new()
    {
        PageAssemblies = PageAssemblies,
        Modules = [.. TreatyRoutes.Modules, .. AuthorityRoutes.Modules, .. RequestRoutes.Modules, .. AccessRoutes.Modules],
        Organization = settings.Organization,
        WhatWaits = typeof(Requests.Board.BoardSummary),
        Origin = settings.Origin,
        Version = typeof(Host).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0],
        AssetVersion = AssetVersion(),
    };

    private static string AssetVersion()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var name in new[] { "palermo.css", "palermo.js" })
            if (Path.Combine(AppContext.BaseDirectory, "wwwroot", name) is var path && File.Exists(path)) hash.AppendData(File.ReadAllBytes(path));
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..12];
    }

    private static void Logs(WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        builder.Logging.AddJsonConsole(o => o.UseUtcTimestamp = true);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        // It warns of every page with a form that was not to be kept anyway.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.Error);
        // That the program could not start is said once, in a sentence.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
    }

    /// <summary>Traces and metrics, when the standard variables of OpenTelemetry name a collector.</summary>
    private static void Telemetry(WebApplicationBuilder builder)
    {
        if (string.IsNullOrEmpty(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"])) return;
        builder.Services.AddSingleton(Sdk.CreateTracerProviderBuilder().AddSource("Microsoft.AspNetCore", "Npgsql").AddOtlpExporter().Build());
        builder.Services.AddSingleton(Sdk.CreateMeterProviderBuilder().AddMeter("Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime", "Npgsql").AddOtlpExporter().Build());
        builder.Services.AddHostedService<TelemetryLifetime>();
    }

    /// <summary>Has the providers made with the application and flushed with it.</summary>
    private sealed class TelemetryLifetime(TracerProvider traces, MeterProvider metrics) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken)
        {
            traces.ForceFlush(2000);
            metrics.ForceFlush(2000);
            return Task.CompletedTask;
        }
    }
}
