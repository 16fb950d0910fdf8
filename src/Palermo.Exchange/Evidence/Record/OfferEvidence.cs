using System.IO.Pipelines;
using System.Security.Cryptography.X509Certificates;
using Palermo.Data;
using Palermo.Data.Cases;
using Palermo.Exchange.Evidence.Packing;
using Palermo.Exchange.Nodes;
using Palermo.Kernel;
using Palermo.Kernel.Access;
using Palermo.Requests.Cases;
using Palermo.Requests.Files;

namespace Palermo.Exchange.Evidence.Record;

/// <summary>Packs files of a request for another node, so that a message can announce them and they can be fetched or sent.</summary>
internal static class OfferEvidence
{
    /// <summary>Packs stored files of a request.</summary>
    /// <param name="module">The module.</param>
    /// <param name="viewer">Who offers them.</param>
    /// <param name="requestId">The request.</param>
    /// <param name="attachments">The stored files.</param>
    /// <param name="to">The receiver.</param>
    /// <param name="cancel">When to stop.</param>
    /// <exception cref="RefusedException">The viewer may not, a file is not to be read, or none of the receiver's certificates is accepted now.</exception>
    internal static Task<SignedManifest> For(ExchangeModule module, Viewer viewer, Guid requestId, IReadOnlyList<Guid> attachments, NodeEntry to, CancellationToken cancel)
    {
        var files = StoredFiles.Of(module.Requests, viewer, requestId);
        return For(module, viewer, requestId, [.. attachments.Select(id => SourceOf(module, viewer, files.FirstOrDefault(f => f.File.Id == id) ?? throw new RefusedException("files.unknown") { NotFound = true }))], to, cancel);
    }

    /// <summary>Packs files given as streams.</summary>
    /// <inheritdoc cref="For(ExchangeModule, Viewer, Guid, IReadOnlyList{Guid}, NodeEntry, CancellationToken)"/>
    internal static Task<SignedManifest> For(ExchangeModule module, Viewer viewer, Guid requestId, IReadOnlyList<EvidenceSource> files, NodeEntry to, CancellationToken cancel) =>
        For(module, viewer, requestId, files, (to.Party, to.Organization), module.Trust.Accepted(to)[0], (module.Trust.Party, module.Trust.Find(module.Trust.Party)?.Organization ?? module.Trust.Party), module.Trust.Own[0], cancel);

    /// <summary>Packs files with these certificates.</summary>
    internal static async Task<SignedManifest> For(ExchangeModule module, Viewer viewer, Guid requestId, IReadOnlyList<EvidenceSource> files, (string Party, string Name) to, X509Certificate2 them, (string Party, string Name) from, X509Certificate2 us, CancellationToken cancel)
    {
        if (files.Count is 0 or > ReadManifest.MostFiles) throw new RefusedException("package.offer.none") { Field = "files" };
        Request request;
        using (var context = module.Database.Connect()) request = Writable(context, viewer, requestId);
        var authority = TimeStamp.Authority(Environment.GetEnvironmentVariable(TimeStamp.Variable));
        using var client = new HttpClient();
        var order = new PackOrder(Guid.NewGuid(), requestId, from, to, viewer.Name, us, them)
        {
            Durable = true,
            Stamp = authority is null ? null : (data, stop) => TimeStamp.Ask(client, authority, data, stop),
        };
        var folder = module.Evidence.FolderOf(order.Id);
        try
        {
            var signed = await PackEvidence.Run(order, files, folder.Path, module.Clock, null, cancel);
            Change.Make(module.Database, viewer.Actor, module.Clock, change =>
            {
                request = Writable(change.Context, viewer, requestId);
                var stamp = File.Exists(folder.StampFile) ? File.ReadAllBytes(folder.StampFile) : null;
                AnnounceEvidence.NewPackage(change, request, signed, stamp, to.Party, outgoing: true);
                if (request.Node == to.Party) Delivery.EvidenceMessages.Announce(change, viewer, request, signed, stamp);
                change.Audit("evidence.packed", request.Case.ToString(), $"{request.Id}/{order.Id}", "", FormattableString.Invariant($"to {to.Party} files {signed.Manifest.Files.Count} bytes {signed.Manifest.Size} manifest sha256:{signed.Sha256}"));
            });
            return signed;
        }
        catch
        {
            if (Directory.Exists(folder.Path)) Directory.Delete(folder.Path, recursive: true);
            throw;
        }
    }

    /// <summary>A stored file as something to be packed. It is decrypted as it is read, and only what was verified is given on.</summary>
    internal static EvidenceSource SourceOf(ExchangeModule module, Viewer viewer, FileLine line) => new(line.File.FileName, line.File.Type, [(new DateTimeOffset(line.File.At, TimeSpan.Zero), line.ByName, "stored", line.File.Sha256)], cancel =>
    {
        var pipe = new Pipe();
        _ = Task.Run(() => Fill(pipe.Writer, target => StoredFiles.CopyTo(module.Requests, viewer, line.File, target, cancel)), CancellationToken.None);
        return Task.FromResult(pipe.Reader.AsStream());
    });

    private static async Task Fill(PipeWriter writer, Func<Stream, Task> write)
    {
        try
        {
            await write(writer.AsStream(leaveOpen: true));
            await writer.CompleteAsync();
        }
        catch (Exception e)
        {
            // Whoever reads is told, at the byte where it broke.
            await writer.CompleteAsync(e);
        }
    }

    private static Request Writable(PalermoContext context, Viewer viewer, Guid requestId)
    {
        var request = Visible.Request(context, viewer, requestId);
        return Visible.MayWrite(context, viewer, request.Case, request.OrganizationPath) ? request : throw new RefusedException("cases.only-read") { Forbidden = true };
    }
}
