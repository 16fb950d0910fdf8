using Palermo.Data.Cases;
using Palermo.Kernel;
using Palermo.Kernel.Access;
using Palermo.Requests.Cases;

namespace Palermo.Requests.Files;

/// <summary>The stored files of a request, for other modules.</summary>
public static class StoredFiles
{
    /// <summary>The files a viewer may read, with who stored them.</summary>
    /// <exception cref="RefusedException">The viewer may not know of the request.</exception>
    public static IReadOnlyList<FileLine> Of(RequestsModule module, Viewer viewer, Guid requestId)
    {
        using var context = module.Database.Connect();
        return [.. ListFiles.Lines(context, Visible.Request(context, viewer, requestId)).Where(f => f.File.RemovedAt is null)];
    }

    /// <summary>Writes what a file holds; that it was read is audited.</summary>
    /// <exception cref="RefusedException">It is not what was stored; what was written until then is verified.</exception>
    public static async Task CopyTo(RequestsModule module, Viewer viewer, Attachment file, Stream target, CancellationToken cancel)
    {
        try
        {
            await ReadFile.CopyTo(module, FileSettings.Of(module), viewer, file, target, cancel);
        }
        catch (BrokenFileException)
        {
            throw new RefusedException("files.broken", ("name", file.FileName)) { Conflict = true };
        }
    }
}
