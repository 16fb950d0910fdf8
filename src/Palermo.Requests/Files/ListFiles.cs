using Microsoft.EntityFrameworkCore;
using Palermo.Data;
using Palermo.Data.Access;
using Palermo.Data.Cases;
using Palermo.Kernel.Access;
using Palermo.Requests.Cases;

namespace Palermo.Requests.Files;

/// <summary>A stored file with the name of who stored it.</summary>
/// <param name="File">The file.</param>
/// <param name="ByName">Who stored it.</param>
public sealed record FileLine(Attachment File, string ByName)
{
    /// <summary>What it was found to be.</summary>
    internal FileType Type => FileTypes.Of(File.Type);
}

/// <summary>The files of a request.</summary>
internal static class ListFiles
{
    /// <summary>The files of a request that the viewer was found to see, removed ones included.</summary>
    internal static IQueryable<Attachment> Of(PalermoContext context, Request request)
    {
        var (of, id) = (request.Case, request.Id);
        return context.Set<Attachment>().Where(a => a.Case == of && a.Request == id);
    }

    /// <summary>The files with their names, in the order in which they came.</summary>
    internal static IReadOnlyList<FileLine> Lines(PalermoContext context, Request request)
    {
        var files = Of(context, request).AsNoTracking().OrderBy(a => a.At).ThenBy(a => a.Title).ToList();
        var people = files.Select(f => f.By).Distinct().ToList();
        var names = context.Set<Person>().Where(p => people.Contains(p.Id)).Select(p => new { p.Id, p.Name }).ToDictionary(p => p.Id, p => p.Name);
        return [.. files.Select(f => new FileLine(f, names.GetValueOrDefault(f.By) ?? ""))];
    }

    /// <summary>Whether a viewer who sees a request may read one of its files: removed ones are for auditors.</summary>
    internal static bool MayRead(Viewer viewer, Request request, Attachment file) => file.RemovedAt is null || viewer.IsIn(request.OrganizationPath, Role.Auditor);
}
