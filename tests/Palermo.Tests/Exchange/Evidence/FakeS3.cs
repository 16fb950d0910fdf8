using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Palermo.Exchange.Evidence.Storage;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Exchange.Evidence;

/// <summary>A store in memory that knows what we ask: multipart upload, and reading from a byte on.</summary>
internal sealed class FakeS3 : IAsyncDisposable
{
    private readonly WebApplication _app;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

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
