using Microsoft.AspNetCore.Http;
using Palermo.Data;
using Palermo.Data.Exchange;
using Palermo.Exchange.Evidence.Packing;
using Palermo.Exchange.Evidence.Record;
using Palermo.Exchange.Nodes;
using Palermo.Kernel;

namespace Palermo.Exchange.Evidence.Line;

/// <summary>Takes in the files of packages that were announced, and nothing else: tus 1.0.</summary>
internal static class TakeIn
{
    /// <summary>Creates an upload: says where the file that the metadata name is to be sent.</summary>
    internal static void Create(HttpContext http, ExchangeModule module)
    {
        Tus.MustSpeak(http.Request);
        var (id, number) = Tus.WhichFile(http.Request);
        var file = FileOf(http, module, id, number, out _);
        if (Tus.Number(http.Request, Tus.Length) != file.SealedLength) throw new LineException(StatusCodes.Status400BadRequest, "package.line.size", ("name", file.Name), ("length", FormattableString.Invariant($"{file.SealedLength}")));
        http.Response.Headers.Location = FormattableString.Invariant($"/evidence/{id}/files/{number}");
        http.Response.StatusCode = StatusCodes.Status201Created;
    }

    /// <summary>Says how much of a file is durably here.</summary>
    internal static async Task Head(HttpContext http, ExchangeModule module, Guid id, int number)
    {
        Tus.MustSpeak(http.Request);
        var file = FileOf(http, module, id, number, out var manifest);
        var offset = await module.Evidence.Arriving(id, file).Offset(http.RequestAborted);
        // Whoever fell after the last byte was on its disk, and before that was on record, is asked here again and nowhere else.
        WhenWhole(module, manifest);
        http.Response.Headers[Tus.Offset] = FormattableString.Invariant($"{offset}");
        http.Response.Headers[Tus.Length] = FormattableString.Invariant($"{file.SealedLength}");
    }

    /// <summary>Takes the hashes of a file's chunks.</summary>
    internal static async Task Leaves(HttpContext http, ExchangeModule module, Guid id, int number)
    {
        var file = FileOf(http, module, id, number, out _);
        await module.Evidence.Arriving(id, file).TakeLeaves(http.Request.Body, http.RequestAborted);
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    /// <summary>Takes more of a file.</summary>
    internal static async Task Patch(HttpContext http, ExchangeModule module, Guid id, int number)
    {
        Tus.MustSpeak(http.Request);
        if (http.Request.ContentType != Tus.Body) throw new LineException(StatusCodes.Status415UnsupportedMediaType, "package.line.header", ("header", "Content-Type"));
        var file = FileOf(http, module, id, number, out var manifest);
        var offset = Tus.Number(http.Request, Tus.Offset);
        if (http.Request.ContentLength > file.SealedLength - offset) throw new LineException(LineException.TooMuch, "package.line.longer", ("name", file.Name));
        var incoming = module.Evidence.Arriving(id, file);
        var after = await incoming.Append(offset, http.Request.Body, Tus.ChecksumOf(http.Request), _ => ArrivedEvidence.Note(module, manifest), http.RequestAborted);
        WhenWhole(module, manifest);
        http.Response.Headers[Tus.Offset] = FormattableString.Invariant($"{after}");
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static void WhenWhole(ExchangeModule module, Manifest manifest)
    {
        if (module.Evidence.IsWhole(manifest)) ArrivedEvidence.Whole(module, manifest.Id);
    }

    /// <summary>The file of a package that this caller announced and that is not yet done with.</summary>
    /// <exception cref="RefusedException">There is none; the same answer for packages of others.</exception>
    private static EvidenceItem FileOf(HttpContext http, ExchangeModule module, Guid id, int number, out Manifest manifest)
    {
        var caller = NodeCaller.Of(http) ?? throw new RefusedException("package.line.stranger") { Stranger = true };
        using var context = module.Database.Connect();
        var package = Known.Package(context, id);
        if (package is null || package.Outgoing || package.Party != caller.Party) throw new RefusedException("package.unknown") { NotFound = true };
        if (package.State == PackageStates.Refused) throw new RefusedException("package.line.refused", ("why", KeptMessage.Read(package.Problem) ?? (object)package.Problem)) { Conflict = true };
        manifest = module.Manifests.Of(package);
        return manifest.Files.FirstOrDefault(f => f.Number == number) ?? throw new RefusedException("package.unknown") { NotFound = true };
    }
}
