using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Palermo.Exchange.Evidence.Line;
using Palermo.Exchange.Evidence.Packing;
using Palermo.Kernel;
using Palermo.Tests.Support;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Exchange.Evidence;

/// <summary>What can never be moved comes to an end, and it is said why.</summary>
public sealed class GivenUpTests
{
    private static readonly LineSettings Settings = new() { FirstPause = TimeSpan.Zero, Attempts = 4 };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AReceiverThatNeverHasRoomIsGivenUpWithItsSentence(bool breaksOff)
    {
        using var folder = new TestFolder();
        var (package, signed) = await Packed.Pack(folder, null, Packed.Content(5 * EvidenceFormat.Chunk));
        var length = signed.Manifest.Files[0].SealedLength;
        using var tooOften = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var (patches, durable) = (0, 0L);
        await using var receiver = await Receiver(async http =>
        {
            http.Response.Headers[Tus.Offset] = $"{durable}";
            if (http.Request.Method == "PUT") await http.Request.Body.CopyToAsync(Stream.Null, Cancel);
            http.Response.StatusCode = http.Request.Method == "POST" ? 201 : 204;
            if (http.Request.Method != "PATCH") return;
            if (++patches > 50) await tooOften.CancelAsync();
            // Once more arrives, in the midst of failures; and never again.
            if (patches == 3) durable = EvidenceFormat.Header + EvidenceFormat.SealedChunk;
            _ = await http.Request.Body.ReadAtLeastAsync(new byte[100_000], 100_000, throwOnEndOfStream: false, Cancel);
            // As whoever does not wait for the rest of gigabytes: what it answers is not heard.
            if (breaksOff && http.Request.ContentLength > EvidenceFormat.SealedChunk) http.Abort();
            http.Response.StatusCode = 507;
            http.Response.ContentType = "text/plain";
            await http.Response.WriteAsync("No room for evidence here.", Cancel);
        });
        using var client = new HttpClient { BaseAddress = new Uri(receiver.Urls.Single() + "/") };
        var there = 0L;
        var refused = await Should.ThrowAsync<RefusedException>(() => SendEvidence.Run(client, package, Settings, TimeProvider.System, added => there += added, tooOften.Token));
        refused.Text.Key.ShouldBe("package.line.given-up");
        refused.Text.Fillings.Single().Value.ShouldBe("507 No room for evidence here.");
        (there, patches).ShouldBe((durable, 3 + Settings.Attempts));
        length.ShouldBeGreaterThan(there);
    }

    [Fact]
    public async Task ASourceThatAlwaysSendsAWrongChunkIsGivenUpWithTheChunk()
    {
        await using var brazil = new EvidenceDesk(Provider.Sqlite);
        var signed = await brazil.Offer(Packed.Content(3 * EvidenceFormat.Chunk));
        var source = brazil.Module.Evidence.FolderOf(signed.Manifest.Id).Sealed(1);
        var bytes = await File.ReadAllBytesAsync(source, Cancel);
        bytes[EvidenceFormat.Header + EvidenceFormat.SealedChunk + 5] ^= 1;
        await File.WriteAllBytesAsync(source, bytes, Cancel);
        brazil.Caller = EvidenceDesk.Italy;
        using var folder = new TestFolder();
        using var counting = new Counting(Cancel);
        using var client = new HttpClient(counting) { BaseAddress = await brazil.Listen() };
        var refused = await Should.ThrowAsync<RefusedException>(() => ReceiveEvidence.Run(client, signed.Manifest.Id, new PackageFolder(folder.File("package")), _ => { }, Settings, TimeProvider.System, null, counting.TooOften));
        brazil.Module.Texts.Say(Language.English, refused.Text).ShouldBe("Nothing moved in many attempts, so it was stopped; it goes on from here when started again. The last thing to fail: Chunk 2 of 3 of “file1.bin” is not what was packed: it was changed, moved or exchanged. Nothing from it on is given out.");
        counting.Asked.ShouldBe(1 + Settings.Attempts);
    }

    [Fact]
    public async Task ARecordThatFailsIsNotCalledADisk()
    {
        await using var italy = new EvidenceDesk(Provider.Sqlite);
        using var client = new HttpClient { BaseAddress = await italy.Listen() };
        await using (var context = italy.Record.Database.Connect())
        {
            await context.Database.ExecuteSqlRawAsync("ALTER TABLE evidence_packages RENAME TO gone", Cancel);
        }

        using var answer = await client.GetAsync(new Uri($"evidence/{Guid.NewGuid()}/files/1", UriKind.Relative), Cancel);
        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await answer.Content.ReadAsStringAsync(Cancel)).ShouldBe("The node cannot read or write its record at the moment. What has arrived stays; try again later.");
        italy.Logged.ShouldHaveSingleItem().ShouldContain("no such table");
    }

    [Theory]
    [InlineData(13, 507, "package.line.disk-full")]
    [InlineData(10, 507, "package.line.disk")]
    [InlineData(19, 503, "package.line.record")]
    public void WhatADatabaseSaysOfItsDiskIsTold(int code, int status, string key)
    {
        var told = LineException.OfRecord(new DbUpdateException("", new Microsoft.Data.Sqlite.SqliteException("", code)));
        (told.Status, told.Text.Key).ShouldBe((status, key));
    }

    private static async Task<WebApplication> Receiver(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(answer);
        await app.StartAsync(Cancel);
        return app;
    }

    /// <summary>Counts how often a sealed file is asked for, and ends what would go on for ever.</summary>
    private sealed class Counting(CancellationToken cancel) : DelegatingHandler(new SocketsHttpHandler())
    {
        private readonly CancellationTokenSource _end = CancellationTokenSource.CreateLinkedTokenSource(cancel);

        public int Asked { get; private set; }

        public CancellationToken TooOften => _end.Token;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.RequestUri!.AbsolutePath.EndsWith("/files/1", StringComparison.Ordinal) && ++Asked > 50) await _end.CancelAsync();
            return await base.SendAsync(request, cancellationToken);
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing) _end.Dispose();
            base.Dispose(disposing);
        }
    }
}
