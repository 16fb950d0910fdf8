using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Palermo.Data;
using Palermo.Data.Exchange;
using Palermo.Exchange.Evidence.Packing;
using Palermo.Exchange.Nodes;
using Palermo.Kernel;
using Palermo.Kernel.Access;
using Palermo.Requests.Files;
using Palermo.Web;

namespace Palermo.Exchange.Evidence.Record;

/// <summary>What people get of a package: how far it is, its custody record, and the files in it.</summary>
internal static class ReadEvidence
{
    /// <summary>How far a package is, for the script of the page.</summary>
    /// <param name="State">Code of its state.</param>
    /// <param name="Arrived">Bytes durably there.</param>
    /// <param name="Length">All bytes.</param>
    internal sealed record Progress(string State, long Arrived, long Length);

    internal static IResult ProgressOf(HttpContext http, ExchangeModule module, Guid requestId, Guid id)
    {
        var line = ListEvidence.Find(module, Viewer(http), requestId, id);
        var arrived = line.Package is { Outgoing: false, State: PackageStates.Announced or PackageStates.Arriving } ? module.Evidence.Arrived(line.Manifest) : line.Package.Arrived;
        return Results.Json(new Progress(line.Package.State, arrived, line.Package.Length));
    }

    /// <summary>The custody record, as JSON-LD or as a page to be saved.</summary>
    internal static IResult Custody(HttpContext http, ExchangeModule module, Guid requestId, Guid id, bool report)
    {
        var page = http.RequestServices.GetRequiredService<PageContext>();
        var line = ListEvidence.Find(module, page.SignedIn, requestId, id);
        var package = line.Package;
        Change.Make(module.Database, page.SignedIn.Actor, module.Clock, change => change.Audit("evidence.custody-exported", package.Case.ToString(), $"{package.Request}/{package.Id}"));
        http.Response.Headers.ContentDisposition = ReadFile.DispositionOf($"custody-{package.Id}{(report ? ".html" : ".jsonld")}");
        return report
            ? Results.Text(CustodyReport.Page(page.Texts, page.Language, SignedManifest.Of(package.Manifest, package.Signature, package.Stamp), line.Custody), CustodyReport.MediaType)
            : Results.Text(CustodyCase.ToJson(line.Manifest, line.Custody), CustodyCase.MediaType);
    }

    /// <summary>A file of a package that came and was verified: decrypted as it is given, and no chunk before it was verified again.</summary>
    internal static async Task File(HttpContext http, ExchangeModule module, Guid requestId, Guid id, int number)
    {
        var viewer = Viewer(http);
        var line = ListEvidence.Find(module, viewer, requestId, id);
        var file = line.Manifest.Files.FirstOrDefault(f => f.Number == number);
        if (file is null || !line.MayOpen) throw new RefusedException("package.unknown") { NotFound = true };
        var own = module.Trust.Own.FirstOrDefault(c => Fingerprint.Of(c) == line.Manifest.To.Certificate) ?? throw new RefusedException("package.not-ours") { Conflict = true };
        var key = KeyWrap.Unwrap(own, file.Key);
        Change.Make(module.Database, viewer.Actor, module.Clock, change =>
            WriteCustody.Add(module, change, change.Context.Set<EvidencePackage>().First(p => p.Id == id), line.Manifest, "opened", number, file.Sha256));
        var response = http.Response;
        ReadFile.ToKeep(response, file.Name, file.Size);
        try
        {
            await module.Evidence.FolderOf(id).ReadFile(file, id, key, response.Body, null, http.RequestAborted);
        }
        catch (RefusedException) when (response.HasStarted)
        {
            // The length was announced: the reader sees that the file is not whole.
            http.Abort();
        }
    }

    private static Viewer Viewer(HttpContext http) => http.RequestServices.GetRequiredService<PageContext>().SignedIn;
}
