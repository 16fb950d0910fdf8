using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Palermo.Data;
using Palermo.Data.Cases;
using Palermo.Exchange;
using Palermo.Exchange.Evidence;
using Palermo.Exchange.Evidence.Line;
using Palermo.Exchange.Evidence.Packing;
using Palermo.Exchange.Evidence.Record;
using Palermo.Exchange.Nodes;
using Palermo.Kernel.Access;

namespace Palermo.Bench.Evidence;

/// <summary>Serves a node's routes for evidence over mutual TLS, for one package that counts as announced; says its identifier, then serves until it is ended.</summary>
internal static class TakeInHost
{
    internal static async Task Run(Node node, string package, string identity, int port)
    {
        var signed = new PackageFolder(package).Read();
        var caller = new NodeCaller(new NodeEntry("palermo:bench", "bench", [], null, Reach.Push, "", [signed.Signer], []), signed.Signer);
        Announce(node.Exchange, signed, caller.Entry.Party);
        var ours = Certificates.WithKey(identity, Environment.GetEnvironmentVariable(Certificates.Passphrase));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IMemoryPoolFactory<byte>, LargeReads>();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port, listen => listen.UseHttps(new HttpsConnectionAdapterOptions
        {
            // What a handshake asks for again and again is to be had without opening the key each time.
            ServerCertificate = X509CertificateLoader.LoadPkcs12(ours.Export(X509ContentType.Pkcs12), null),
            ClientCertificateMode = ClientCertificateMode.RequireCertificate,
            ClientCertificateValidation = (certificate, _, _) => certificate.RawDataMemory.Span.SequenceEqual(signed.Signer.RawDataMemory.Span),
        })));
        await using var app = builder.Build();
        app.Use((http, next) =>
        {
            http.Features.Set(caller);
            return next(http);
        });
        EvidenceRoutes.Map(app, node.Exchange);
        await app.StartAsync();
        await Console.Out.WriteLineAsync(signed.Manifest.Id.ToString());
        await app.WaitForShutdownAsync();
    }

    private static void Announce(ExchangeModule module, SignedManifest signed, string party) => Change.Make(module.Database, Actor.CommandLine, module.Clock, change =>
    {
        var (of, request) = (Guid.NewGuid(), Guid.NewGuid());
        change.Context.Add(new CaseFile { Id = of, Organization = of, OrganizationPath = of + "/", Number = of.ToString(), Title = "bench", CreatedBy = of, CreatedAt = change.Now });
        change.Context.SaveChanges();
        change.Context.Add(new Request
        {
            Id = request, Case = of, OrganizationPath = of + "/", Outgoing = false, Kind = "mla", Requesting = "BRA", Requested = "ITA", Title = "bench", Stage = "received", StageSince = change.Now, WaitingFor = "us",
            CreatedBy = of, CreatedAt = change.Now, ChangedAt = change.Now,
        });
        change.Context.SaveChanges();
        AnnounceEvidence.Record(module, change, request, signed, null, party);
    });
}
