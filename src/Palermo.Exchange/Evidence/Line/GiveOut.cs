using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Palermo.Data.Exchange;
using Palermo.Exchange.Evidence.Packing;
using Palermo.Exchange.Evidence.Record;
using Palermo.Exchange.Nodes;
using Palermo.Kernel;

namespace Palermo.Exchange.Evidence.Line;

/// <summary>Gives the files of a package to the receiver that its manifest names, from any byte on.</summary>
internal static class GiveOut
{
    /// <summary>Manifest, signature or time stamp.</summary>
    internal static IResult Head(HttpContext http, ExchangeModule module, Guid id, Func<EvidencePackage, byte[]?> part, string type)
    {
        var package = PackageOf(http, module, id);
        http.Response.Headers.CacheControl = "no-store";
        return part(package) is { } bytes ? Results.Bytes(bytes, type) : throw new RefusedException("package.unknown") { NotFound = true };
    }

    /// <summary>A sealed file, or the hashes of its chunks.</summary>
    internal static IResult File(HttpContext http, ExchangeModule module, Guid id, int number, bool leaves)
    {
        var package = PackageOf(http, module, id);
        var file = module.Manifests.Of(package).Files.FirstOrDefault(f => f.Number == number) ?? throw new RefusedException("package.unknown") { NotFound = true };
        var folder = module.Evidence.FolderOf(id);
        var path = leaves ? folder.Leaves(number) : folder.Sealed(number);
        if (!leaves && !System.IO.File.Exists(path) && folder.Has(number)) return new FromStore(folder, file, id);
        if (!System.IO.File.Exists(path)) throw new RefusedException("package.missing", ("name", file.Name)) { Conflict = true };
        http.Response.Headers.CacheControl = "no-store";
        return Results.File(path, "application/octet-stream", enableRangeProcessing: true, entityTag: new EntityTagHeaderValue($"\"{file.Root}\""));
    }

    /// <summary>From which byte on a file is asked for; from the first, unless the range is one that begins within the file and goes to its end.</summary>
    internal static long OffsetIn(HttpRequest request, long length) => request.GetTypedHeaders().Range is { Ranges.Count: 1 } range && range.Ranges.First() is { From: { } from, To: null } && from < length ? from : 0;

    private static EvidencePackage PackageOf(HttpContext http, ExchangeModule module, Guid id)
    {
        var caller = NodeCaller.Of(http) ?? throw new RefusedException("package.line.stranger") { Stranger = true };
        using var context = module.Database.Connect();
        return Known.Package(context, id) is { Outgoing: true } package && package.Party == caller.Party ? package : throw new RefusedException("package.unknown") { NotFound = true };
    }

    /// <summary>A sealed file that was moved to the other store, from the byte asked for to its end.</summary>
    private sealed class FromStore(PackageFolder folder, EvidenceItem file, Guid package) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var offset = OffsetIn(httpContext.Request, file.SealedLength);
            await using var content = await folder.OpenSealed(file, package, offset, httpContext.RequestAborted);
            var response = httpContext.Response;
            response.StatusCode = offset > 0 ? StatusCodes.Status206PartialContent : StatusCodes.Status200OK;
            if (offset > 0) response.Headers.ContentRange = new ContentRangeHeaderValue(offset, file.SealedLength - 1, file.SealedLength).ToString();
            response.ContentType = "application/octet-stream";
            response.ContentLength = file.SealedLength - offset;
            response.Headers.ETag = $"\"{file.Root}\"";
            await content.CopyToAsync(response.Body, 1 << 20, httpContext.RequestAborted);
        }
    }
}
