using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using Palermo.Data;
using Palermo.Data.Cases;
using Palermo.Kernel;
using Palermo.Kernel.Access;
using Palermo.Requests.Cases;

namespace Palermo.Requests.Files;

/// <summary>Gives a stored file to who may see it, to keep and never to show: no file is opened by a browser as a page of ours.</summary>
internal static class ReadFile
{
    /// <summary>Finds a file that a viewer may read.</summary>
    /// <exception cref="RefusedException">There is none, or it is not for this viewer: the same answer.</exception>
    internal static Attachment Find(RequestsModule module, Viewer viewer, Guid requestId, Guid fileId)
    {
        using var context = module.Database.Connect();
        var request = Visible.Request(context, viewer, requestId);
        var file = ListFiles.Of(context, request).AsNoTracking().FirstOrDefault(a => a.Id == fileId);
        return file is not null && ListFiles.MayRead(viewer, request, file) ? file : throw new RefusedException("files.unknown") { NotFound = true };
    }

    /// <summary>Writes what a file holds, and notes that it was read before a byte of it is given.</summary>
    /// <exception cref="BrokenFileException">It is not what was stored; that is noted, and what was written until then is verified.</exception>
    internal static async Task CopyTo(RequestsModule module, FileSettings settings, Viewer viewer, Attachment file, Stream target, CancellationToken cancel)
    {
        try
        {
            await using var reader = new FileStore(settings).Open(file.Id, file.Size, file.Sha256, file.WrappedKey);
            Note(module, viewer, file, "attachment.read", "");
            await reader.CopyTo(target, cancel);
        }
        catch (BrokenFileException e)
        {
            Note(module, viewer, file, "attachment.broken", e.Message);
            throw;
        }
    }

    /// <summary>Answers a browser.</summary>
    internal static async Task Send(HttpContext http, RequestsModule module, FileSettings settings, Viewer viewer, Guid requestId, Guid fileId)
    {
        var file = Find(module, viewer, requestId, fileId);
        var response = http.Response;
        ToKeep(response, file.FileName, file.Size);
        try
        {
            await CopyTo(module, settings, viewer, file, response.Body, http.RequestAborted);
        }
        catch (BrokenFileException)
        {
            if (!response.HasStarted) throw new RefusedException("files.broken", ("name", file.FileName)) { Conflict = true };
            // The length was announced: the reader sees that the file is not whole.
            http.Abort();
        }
    }

    /// <summary>Has a browser keep what follows under a name, and never show or run it.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="fileName">The name.</param>
    /// <param name="size">Bytes.</param>
    internal static void ToKeep(HttpResponse response, string fileName, long size)
    {
        response.ContentType = "application/octet-stream";
        response.ContentLength = size;
        response.Headers.ContentDisposition = DispositionOf(fileName);
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'; frame-ancestors 'none'";
        response.Headers.CacheControl = "no-store";
        response.Headers.AcceptRanges = "none";
    }

    /// <summary>The header that has a browser keep a file under its name (RFC 6266, RFC 5987).</summary>
    internal static string DispositionOf(string fileName)
    {
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(FileNames.Clean(fileName));
        return disposition.ToString();
    }

    private static void Note(RequestsModule module, Viewer viewer, Attachment file, string act, string after) =>
        Change.Make(module.Database, viewer.Actor, module.Clock, change => change.Audit(act, file.Case.ToString(), $"{file.Request}/{file.Id}", "", after));
}
