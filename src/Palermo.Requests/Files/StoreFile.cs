using Palermo.Data;
using Palermo.Data.Cases;
using Palermo.Kernel;
using Palermo.Kernel.Access;
using Palermo.Requests.Cases;
using Palermo.Requests.Document;
using Palermo.Requests.Life;

namespace Palermo.Requests.Files;

/// <summary>What is said of a file that comes in.</summary>
/// <param name="Purpose">A code of <see cref="StoreFile.Purposes"/>.</param>
/// <param name="Title">What it is; its name when nothing is said.</param>
/// <param name="FileName">Name it comes with.</param>
internal sealed record NewFile(string? Purpose, string? Title, string? FileName);

/// <summary>Stores a file of a request: encrypted, hashed and scanned on the way in, and all of it or nothing.</summary>
internal static class StoreFile
{
    internal const string Annex = "annex";
    internal const int LongestTitle = 300;

    /// <summary>What files are for.</summary>
    internal static IReadOnlyList<string> Purposes { get; } = [Annex, "scan", "evidence", AnnexEntry.Translation, "letter"];

    /// <summary>What files may be for now: what is annexed to a request is part of what it says.</summary>
    internal static IEnumerable<string> PurposesNow(Request request) => Purposes.Where(p => p != Annex || Stages.MayEdit(request));

    /// <summary>Looks whether a viewer may store files with a request, before a byte of one is read.</summary>
    /// <exception cref="RefusedException">Not to be seen, or not to be written.</exception>
    internal static void Check(RequestsModule module, Viewer viewer, Guid requestId)
    {
        using var context = module.Database.Connect();
        Writable(context, viewer, requestId);
    }

    /// <summary>Stores a file.</summary>
    /// <returns>Its identifier.</returns>
    /// <exception cref="RefusedException">Not to be seen or written, the purpose does not fit, or the file cannot be taken; nothing is left of it.</exception>
    internal static async Task<Guid> Store(RequestsModule module, FileSettings settings, Viewer viewer, Guid requestId, NewFile input, Stream content, CancellationToken cancel)
    {
        using (var context = module.Database.Connect()) CheckPurpose(Writable(context, viewer, requestId), input.Purpose);
        var store = new FileStore(settings);
        var id = Guid.NewGuid();
        WrittenFile file;
        try
        {
            file = await store.Write(id, content, cancel);
        }
        catch (InfectedFileException e)
        {
            KeepOut(module, viewer, requestId, input, e);
            throw new RefusedException("files.infected", ("name", e.Name));
        }

        try
        {
            store.Place(id);
            Change.Make(module.Database, viewer.Actor, module.Clock, change => Record(change, viewer, requestId, input, file));
        }
        catch (Exception e)
        {
            // When the answer to the commit was lost, the row may be there; then the file stays, too.
            if (!IsKnown(module, id)) store.Drop(id);
            if (e is IOException or UnauthorizedAccessException) throw new RefusedException("files.disk") { Conflict = true };
            throw;
        }

        store.Keep(id);
        return id;
    }

    /// <summary>Whether an attachment has a row.</summary>
    internal static bool IsKnown(RequestsModule module, Guid id)
    {
        using var context = module.Database.Connect();
        return context.Set<Attachment>().Any(a => a.Id == id);
    }

    private static void Record(Change change, Viewer viewer, Guid requestId, NewFile input, WrittenFile file)
    {
        var request = Writable(change.Context, viewer, requestId);
        CheckPurpose(request, input.Purpose);
        var name = FileNames.Clean(input.FileName);
        var title = Plain.Text((input.Title ?? "").Trim().Take(LongestTitle)).Trim();
        var attachment = new Attachment
        {
            Id = file.Id, Case = request.Case, Request = request.Id, Purpose = input.Purpose!, Title = title.Length > 0 ? title : Path.GetFileNameWithoutExtension(name), FileName = name,
            Type = file.Type, Size = file.Size, Sha256 = file.Sha256, WrappedKey = file.WrappedKey, Scan = file.Scan.Scan, By = viewer.Person, At = change.Now,
        };
        change.Context.Add(attachment);
        change.Audit("attachment.stored", request.Case.ToString(), $"{request.Id}/{file.Id}", "", $"{attachment.Purpose} {file.Size} bytes sha256:{file.Sha256} {file.Scan.Scan} {name}");
        if (IsPart(attachment, request)) AnnexStep.Add(change, viewer, request, attachment);
        request.ChangedAt = change.Now;
    }

    /// <summary>Whether a file is part of what a request says, as long as that may be changed: its annexes, and the translation of the whole that goes along.</summary>
    private static bool IsPart(Attachment file, Request request) => file.Purpose == Annex || (file.Purpose == AnnexEntry.Translation && request.Outgoing && Stages.MayEdit(request));

    private static void KeepOut(RequestsModule module, Viewer viewer, Guid requestId, NewFile input, InfectedFileException found) =>
        Change.Make(module.Database, viewer.Actor, module.Clock, change =>
            change.Audit("attachment.infected", Visible.Request(change.Context, viewer, requestId).Case.ToString(), requestId.ToString(), "", $"{found.Name} {found.Size} bytes sha256:{found.Sha256} {FileNames.Clean(input.FileName)}"));

    private static Request Writable(PalermoContext context, Viewer viewer, Guid requestId)
    {
        var request = Visible.Request(context, viewer, requestId);
        Visible.MustWrite(context, viewer, request.Case, request.OrganizationPath);
        return request;
    }

    private static void CheckPurpose(Request request, string? purpose)
    {
        if (!Purposes.Contains(purpose, StringComparer.Ordinal)) throw new RefusedException("files.purpose.expected") { Field = "purpose" };
        if (!PurposesNow(request).Contains(purpose, StringComparer.Ordinal)) throw new RefusedException("files.annex-late", ("stage", new Message("request.stage." + request.Stage))) { Field = "purpose", Conflict = true };
    }
}
