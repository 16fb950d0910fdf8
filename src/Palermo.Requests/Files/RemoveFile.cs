using Palermo.Data;
using Palermo.Kernel;
using Palermo.Kernel.Access;
using Palermo.Requests.Cases;
using Palermo.Requests.Document;
using Palermo.Requests.Life;

namespace Palermo.Requests.Files;

/// <summary>Takes a file out of a request. It stays stored, and auditors can still read it.</summary>
internal static class RemoveFile
{
    /// <summary>Removes a file.</summary>
    /// <exception cref="RefusedException">Not to be seen or written, or annexed to a request that can no longer be changed.</exception>
    internal static void Make(RequestsModule module, Viewer viewer, Guid requestId, Guid fileId) =>
        Change.Make(module.Database, viewer.Actor, module.Clock, change =>
        {
            var request = Visible.Request(change.Context, viewer, requestId);
            Visible.MustWrite(change.Context, viewer, request.Case, request.OrganizationPath);
            var file = ListFiles.Of(change.Context, request).FirstOrDefault(a => a.Id == fileId && a.RemovedAt == null) ?? throw new RefusedException("files.unknown") { NotFound = true };
            if (file.Purpose == AnnexEntry.Translation && Stages.MayEdit(request)) AnnexStep.Remove(change, viewer, request, file.Id);
            if (file.Purpose == StoreFile.Annex)
            {
                if (!Stages.MayEdit(request)) throw new RefusedException("files.annex-fixed", ("stage", new Message("request.stage." + request.Stage))) { Conflict = true };
                AnnexStep.Remove(change, viewer, request, file.Id);
            }

            file.RemovedAt = change.Now;
            request.ChangedAt = change.Now;
            change.Audit("attachment.removed", request.Case.ToString(), $"{request.Id}/{file.Id}", $"{file.Purpose} sha256:{file.Sha256} {file.FileName}");
        });
}
