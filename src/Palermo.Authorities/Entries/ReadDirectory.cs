using Palermo.Data;
using Palermo.Data.Authorities;
using Palermo.Kernel;

namespace Palermo.Authorities.Entries;

/// <summary>Reads the node's own entries. Without leave the restricted part is not read from the record at all.</summary>
internal static class ReadDirectory
{
    /// <summary>The entries in the directory, of one state or of all.</summary>
    internal static IReadOnlyList<DirectoryEntry> Entries(AuthoritiesModule module, State? state, bool restricted)
    {
        using var context = module.Database.Connect();
        var code = state?.Code;
        var rows =
            from a in context.Set<Authority>()
            join v in context.Set<AuthorityVersion>() on new { a.Id, a.Version } equals new { Id = v.Authority, v.Version }
            where a.EndedAt == null && (code == null || a.State == code)
            orderby a.State, a.Name, a.Id
            select new { Row = a, v.Content, Restricted = restricted ? v.Restricted : null };
        return [.. rows.AsEnumerable().Select(r => Entry(module, r.Row, r.Content, r.Restricted))];
    }

    /// <summary>The entry of this identifier, in the directory or taken out of it; null when there is none.</summary>
    internal static DirectoryEntry? Find(AuthoritiesModule module, string id, bool restricted)
    {
        if (!Guid.TryParseExact(id, "D", out var guid)) return null;
        using var context = module.Database.Connect();
        return Find(module, context, guid, restricted);
    }

    internal static DirectoryEntry? Find(AuthoritiesModule module, PalermoContext context, Guid id, bool restricted)
    {
        if (context.Set<Authority>().Find(id) is not { } row) return null;
        var version = context.Set<AuthorityVersion>().Where(v => v.Authority == id && v.Version == row.Version)
            .Select(v => new { v.Content, Restricted = restricted ? v.Restricted : null }).Single();
        return Entry(module, row, version.Content, version.Restricted);
    }

    private static DirectoryEntry Entry(AuthoritiesModule module, Authority row, string content, string? restricted)
    {
        var read = ContentJson.Content(content);
        return new DirectoryEntry(row.Id.ToString(), module.Treaties.Reference.States.Find(read.State)!, read)
        {
            Restricted = restricted is null ? null : ContentJson.Restricted(restricted),
            Version = row.Version,
            LastConfirmedOn = row.LastConfirmedOn,
            Ended = row.EndedAt is not null,
            Row = row,
        };
    }
}
