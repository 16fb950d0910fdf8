using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Palermo.Authorities;
using Palermo.Data;
using Palermo.Data.Cases;
using Palermo.Data.Exchange;
using Palermo.Exchange;
using Palermo.Exchange.Evidence;
using Palermo.Exchange.Evidence.Line;
using Palermo.Exchange.Evidence.Packing;
using Palermo.Exchange.Evidence.Record;
using Palermo.Exchange.Evidence.Storage;
using Palermo.Exchange.Nodes;
using Palermo.Exchange.Nodes.Identity;
using Palermo.Kernel.Access;
using Palermo.Requests;
using Palermo.Requests.Cases;
using Palermo.Tests.Exchange.Nodes;
using Palermo.Tests.Support;
using Palermo.Web;
using Xunit;

namespace Palermo.Tests.Exchange.Evidence;

/// <summary>An office with a request, whose node takes in and gives out evidence. Who calls is said by the test.</summary>
internal sealed class EvidenceDesk : IAsyncDisposable
{
    internal const string Brazil = "palermo:bra:test", Italy = "palermo:ita:test";

    private WebApplication? _app;

    public EvidenceDesk(Provider provider, S3Store? remote = null)
    {
        Record = TestRecord.Shipped(provider);
        Requests = new RequestsModule(new AuthoritiesModule(Record.Open()), Repository.Data, Record.Folder);
        Module = new ExchangeModule(Requests, Record.Folder) { Evidence = new EvidenceStore(Path.Combine(Record.Folder, "evidence"), remote) };
        Officer = TestPeople.Make(Record.Database, Record.Clock, Role.Officer).Viewer;
        Request = OpenRequest.Outgoing(Requests, Officer, new NewRequest("mla", "Bank records", null, null, false), Shipped.Query("BRA", "ITA", "mla", "organized-group", "2026-06-01"));
    }

    public TestRecord Record { get; }

    public RequestsModule Requests { get; }

    public ExchangeModule Module { get; }

    public Viewer Officer { get; }

    public Guid Request { get; private set; }

    /// <summary>Party that calls; null for a stranger.</summary>
    public string? Caller { get; set; } = Brazil;

    /// <summary>Person who looks; null for nobody.</summary>
    public Viewer? Reader { get; set; }

    /// <summary>What the node has logged.</summary>
    public System.Collections.Concurrent.ConcurrentQueue<string> Logged { get; } = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Has the request of another office arrive here.</summary>
    public void Arrives(Guid id)
    {
        Change.Make(Record.Database, Officer.Actor, Record.Clock, change =>
        {
            var own = change.Context.Set<Request>().Single(r => r.Id == Request);
            change.Context.Add(new Request
            {
                Id = id, Case = own.Case, OrganizationPath = own.OrganizationPath, Outgoing = false, Kind = own.Kind, Requesting = "BRA", Requested = "ITA", Title = "Bank records", Stage = "received", StageSince = change.Now,
                WaitingFor = "us", CreatedBy = Officer.Person, CreatedAt = change.Now, ChangedAt = change.Now,
            });
        });
        Request = id;
    }

    /// <summary>Gives the node an identity.</summary>
    /// <returns>Its certificate.</returns>
    public X509Certificate2 BecomeNode(string party = Italy)
    {
        Environment.SetEnvironmentVariable(Passphrase.Variable, Identities.Secret);
        InitNode.Run(Module.Trust.Folder, new InitInput(party, "Authority") { SelfSigned = true, Algorithm = NodeKeys.EllipticCurve }, Identities.Secret, Record.Clock.GetUtcNow());
        return Module.Trust.Own[0];
    }

    /// <summary>Packs files of the request for the other office.</summary>
    public Task<SignedManifest> Offer(params byte[][] contents) => Offer(Packed.Receiver, contents);

    /// <summary>Packs files of the request for the other office's certificate.</summary>
    public Task<SignedManifest> Offer(X509Certificate2 them, params byte[][] contents) => OfferEvidence.For(
        Module, Officer, Request, [.. contents.Select((c, i) => Packed.Source($"file{i + 1}.bin", c))], (Italy, "Ministero"), them, (Brazil, "Ministério"), Packed.Sender, Cancel);

    /// <summary>Records a package that the other office announced.</summary>
    public void Announced(SignedManifest signed) =>
        Change.Make(Record.Database, Actor.Node, Record.Clock, change => AnnounceEvidence.Record(Module, change, Request, signed, null, Brazil));

    public EvidencePackage Package(Guid id)
    {
        using var context = Record.Database.Connect();
        return Known.Package(context, id)!;
    }

    public IReadOnlyList<CustodyLine> Custody(Guid id)
    {
        using var context = Record.Database.Connect();
        return Known.Custody(context, Module.Manifests.Of(Known.Package(context, id)!));
    }

    /// <summary>Starts the node's routes for other nodes.</summary>
    public async Task<Uri> Listen()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddProvider(new Lines(Logged));
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddHttpContextAccessor().AddSingleton(Requests.Texts).AddSingleton(new Site { PageAssemblies = [], Modules = [], Version = "", AssetVersion = "" }).AddScoped<PageContext>();
        _app = builder.Build();
        _app.Use((http, next) =>
        {
            if (Reader is not null) http.Features.Set(Reader);
            if (Caller is not null) http.Features.Set(new NodeCaller(new NodeEntry(Caller, Caller, [], null, Reach.Push, "", [], []), Packed.Sender));
            return next(http);
        });
        EvidenceRoutes.Map(_app, Module);
        await _app.StartAsync(Cancel);
        return new Uri(_app.Urls.Single() + "/");
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null) await _app.DisposeAsync();
        Record.Dispose();
    }

    private sealed class Lines(System.Collections.Concurrent.ConcurrentQueue<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel)) lines.Enqueue(formatter(state, exception) + " " + exception);
        }

        public void Dispose()
        {
            // Nothing is held.
        }
    }
}
