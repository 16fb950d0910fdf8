using System.Collections.Concurrent;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Palermo.Exchange.Evidence.Packing;
using Palermo.Exchange.Evidence.Storage;
using Palermo.Kernel;
using Palermo.Tests.Support;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Exchange.Evidence;

/// <summary>Sealed files in a store that speaks S3.</summary>
public sealed class S3StoreTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>The example of the S3 documentation, “Authenticating requests: using the authorization header”, GET object.</summary>
    [Fact]
    public void RequestsAreSignedAsTheDocumentationSays()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://examplebucket.s3.amazonaws.com/test.txt");
        request.Headers.Range = new RangeHeaderValue(0, 9);
        new S3Signature("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "us-east-1")
            .Sign(request, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", new DateTimeOffset(2013, 5, 24, 0, 0, 0, TimeSpan.Zero));
        request.Headers.GetValues("Authorization").Single().ShouldEndWith(
            "SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
    }

    [Fact]
    public async Task APackageIsReadFromTheStoreItWasMovedTo()
    {
        using var folder = new TestFolder();
        await using var fake = await FakeS3.Start();
        var store = fake.Store();
        var content = Packed.Content((3 * EvidenceFormat.Chunk) + 5);
        var (local, signed) = await Packed.Pack(folder, null, content, []);
        var package = new PackageFolder(local.Path, store);
        await StoreAway.Move(package, signed.Manifest, store, Cancel);
        Directory.EnumerateFiles(package.Path, "*.sealed").ShouldBeEmpty();
        fake.Objects.Keys.Order().ShouldBe([.. signed.Manifest.Files.Select(f => "/bucket/" + PackageFolder.RemoteName(signed.Manifest.Id, f.Number))]);
        await OpenEvidence.Run(package, [], Packed.Receiver, folder.File("out"), null, Cancel);
        (await File.ReadAllBytesAsync(folder.File("out/file1.bin"), Cancel)).ShouldBe(content);
        await using (var part = await package.OpenSealed(signed.Manifest.Files[0], signed.Manifest.Id, 1_500_000, Cancel))
        {
            using var rest = new MemoryStream();
            await part.CopyToAsync(rest, Cancel);
            rest.ToArray().ShouldBe(fake.Objects.First(o => o.Key.EndsWith("1.sealed", StringComparison.Ordinal)).Value[1_500_000..]);
        }

        // A store that changes what it was given is found out like anybody else.
        fake.Objects.First(o => o.Key.EndsWith("1.sealed", StringComparison.Ordinal)).Value[2_000_000] ^= 1;
        var refused = await Should.ThrowAsync<RefusedException>(() => VerifyEvidence.Run(package, [], Packed.Receiver, null, Cancel));
        refused.Text.Key.ShouldBe("package.chunk");
    }

    [Fact]
    public async Task WhatTheStoreDoesNotTakeStaysHere()
    {
        using var folder = new TestFolder();
        await using var fake = await FakeS3.Start();
        fake.PartsTaken = 1;
        var store = fake.Store();
        var (local, signed) = await Packed.Pack(folder, null, Packed.Content(3 * EvidenceFormat.Chunk));
        await Should.ThrowAsync<HttpRequestException>(() => StoreAway.Move(local, signed.Manifest, store, Cancel));
        File.Exists(local.Sealed(1)).ShouldBeTrue();
        fake.Objects.ShouldBeEmpty();
        fake.Uploads.ShouldBeEmpty();
        fake.PartsTaken = int.MaxValue;
        await StoreAway.Move(local, signed.Manifest, store, Cancel);
        fake.Objects.Count.ShouldBe(1);
    }

    [Fact]
    public void TheStoreIsNamedByTheEnvironment()
    {
        S3Store.FromEnvironment(_ => null, TimeProvider.System).ShouldBeNull();
        S3Store.FromEnvironment(v => v == S3Store.Variable ? "https://s3.example/evidence" : "x", TimeProvider.System).ShouldNotBeNull();
        foreach (var wrong in new[] { "s3.example/evidence", "https://s3.example", "https://s3.example/a/b", "ftp://s3.example/a" })
            Should.Throw<RefusedException>(() => S3Store.FromEnvironment(v => v == S3Store.Variable ? wrong : "x", TimeProvider.System)).Text.Key.ShouldBe("package.s3");
        Should.Throw<RefusedException>(() => S3Store.FromEnvironment(v => v == S3Store.Variable ? "https://s3.example/evidence" : null, TimeProvider.System));
    }

    /// <summary>A store in memory that knows what we ask: multipart upload, and reading from a byte on.</summary>
    private sealed class FakeS3 : IAsyncDisposable
    {
        private readonly WebApplication _app;

        private FakeS3(WebApplication app) => _app = app;

        public ConcurrentDictionary<string, byte[]> Objects { get; } = new();

        public ConcurrentDictionary<string, SortedDictionary<int, byte[]>> Uploads { get; } = new();

        public int PartsTaken { get; set; } = int.MaxValue;

        public static async Task<FakeS3> Start()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            var fake = new FakeS3(builder.Build());
            fake._app.Run(fake.Answer);
            await fake._app.StartAsync(Cancel);
            return fake;
        }

        public S3Store Store() => new(new HttpClient(), new Uri(_app.Urls.Single() + "/bucket/"), new S3Signature("key", "secret", "us-east-1"), TimeProvider.System) { Part = 1 << 20 };

        public ValueTask DisposeAsync() => _app.DisposeAsync();

        private async Task Answer(HttpContext http)
        {
            var (request, response) = (http.Request, http.Response);
            var (name, upload) = (request.Path.Value!, request.Query["uploadId"].ToString());
            if (!request.Headers.Authorization.ToString().StartsWith("AWS4-HMAC-SHA256 Credential=key/", StringComparison.Ordinal)) response.StatusCode = StatusCodes.Status403Forbidden;
            else if (HttpMethods.IsPost(request.Method) && request.Query.ContainsKey("uploads"))
            {
                upload = "id+/" + Uploads.Count.ToString(System.Globalization.CultureInfo.InvariantCulture);
                Uploads[upload] = [];
                await response.WriteAsync($"<InitiateMultipartUploadResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><UploadId>{upload}</UploadId></InitiateMultipartUploadResult>", Cancel);
            }
            else if (HttpMethods.IsPut(request.Method))
            {
                using var body = new MemoryStream();
                await request.Body.CopyToAsync(body, Cancel);
                var number = int.Parse(request.Query["partNumber"].ToString(), System.Globalization.CultureInfo.InvariantCulture);
                if (number > PartsTaken) response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                else Uploads[upload][number] = body.ToArray();
                response.Headers.ETag = $"\"part{number}\"";
            }
            else if (HttpMethods.IsPost(request.Method))
            {
                Uploads.TryRemove(upload, out var parts).ShouldBeTrue();
                var said = await new StreamReader(request.Body).ReadToEndAsync(Cancel);
                foreach (var number in parts!.Keys) said.ShouldContain($"<PartNumber>{number}</PartNumber><ETag>&quot;part{number}&quot;</ETag>");
                Objects[name] = [.. parts.Values.SelectMany(p => p)];
                await response.WriteAsync("<CompleteMultipartUploadResult/>", Cancel);
            }
            else if (HttpMethods.IsDelete(request.Method)) Uploads.TryRemove(upload, out _);
            else await Give(http, Objects[name]);
        }

        private static async Task Give(HttpContext http, byte[] bytes)
        {
            var from = (int)http.Request.GetTypedHeaders().Range!.Ranges.Single().From!.Value;
            http.Response.StatusCode = StatusCodes.Status206PartialContent;
            http.Response.Headers.ContentRange = $"bytes {from}-{bytes.Length - 1}/{bytes.Length}";
            await http.Response.Body.WriteAsync(bytes.AsMemory(from), Cancel);
        }
    }
}
