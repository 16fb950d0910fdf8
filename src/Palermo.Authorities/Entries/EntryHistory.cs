using Palermo.Data.Authorities;

namespace Palermo.Authorities.Entries;

/// <summary>One thing that happened to an entry.</summary>
/// <param name="Act">entered, changed, restored, ended or confirmed.</param>
/// <param name="At">When, UTC.</param>
/// <param name="By">Name of who did it; empty for strangers.</param>
/// <param name="Version">Number of the version.</param>
/// <param name="Remark">Why; may be empty.</param>
/// <param name="ConfirmedOn">As of which day it was confirmed.</param>
/// <param name="Differences">What it says differently from the version before.</param>
public sealed record HistoryLine(
    string Act, DateTime At, string By, int Version, string Remark, DateOnly? ConfirmedOn, IReadOnlyList<(string Field, string Before, string After)> Differences);

/// <summary>All that happened to an entry, the last first. Strangers see neither names of people nor anything of the restricted part.</summary>
internal static class EntryHistory
{
    internal static IReadOnlyList<HistoryLine> Of(AuthoritiesModule module, Guid id, bool restricted)
    {
        using var context = module.Database.Connect();
        var versions = context.Set<AuthorityVersion>().Where(v => v.Authority == id).OrderBy(v => v.Version)
            .Select(v => new { v.Version, v.Act, v.At, v.ByName, v.Remark, v.Content, Restricted = restricted ? v.Restricted : null }).ToArray();
        var lines = new List<HistoryLine>();
        Dictionary<string, string>? before = null;
        foreach (var version in versions)
        {
            var after = EntryFields.Write(ContentJson.Content(version.Content));
            if (version.Restricted is { } part)
                foreach (var (field, text) in EntryFields.Write(ContentJson.Restricted(part))) after.Add(field, text);
            lines.Add(new HistoryLine(version.Act, version.At, restricted ? version.ByName : "", version.Version, restricted ? version.Remark : "", null, before is null ? [] : [.. EntryFields.Differences(before, after)]));
            before = after;
        }

        lines.AddRange(context.Set<AuthorityConfirmation>().Where(c => c.Authority == id).AsEnumerable()
            .Select(c => new HistoryLine("confirmed", c.At, restricted ? c.ByName : "", c.Version, "", c.On, [])));
        return [.. lines.OrderByDescending(l => l.At).ThenByDescending(l => l.Version).ThenBy(l => l.Act == "confirmed" ? 0 : 1)];
    }
}
