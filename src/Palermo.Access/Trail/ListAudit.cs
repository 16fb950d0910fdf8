using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Palermo.Data;
using Palermo.Data.Audit;
using Palermo.Data.Cases;
using Palermo.Kernel;
using Palermo.Kernel.Access;

namespace Palermo.Access.Trail;

/// <summary>What of the audit trail is asked for; null where it does not matter.</summary>
/// <param name="Person">A person's identifier, or part of a name.</param>
/// <param name="Act">An act, or the beginning of several, such as <c>sign-in</c>.</param>
/// <param name="Subject">A subject's identifier.</param>
/// <param name="Since">First day, UTC.</param>
/// <param name="Until">Last day, UTC.</param>
internal sealed record AuditQuery(string? Person, string? Act, string? Subject, DateOnly? Since, DateOnly? Until)
{
    private const int Longest = 200;

    /// <summary>Reads the fields of a form or an address.</summary>
    /// <exception cref="RefusedException">A day is none.</exception>
    internal static AuditQuery Read(string? person, string? act, string? subject, string? since, string? until) =>
        new(Text(person), Text(act), Text(subject), Day("since", since), Day("until", until));

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : Plain.Text(text.Take(Longest)).Trim();

    private static DateOnly? Day(string field, string? text) => string.IsNullOrWhiteSpace(text) ? null : RefusedException.For(field, () => Dates.Parse(text));

    internal IQueryable<AuditEntry> Apply(IQueryable<AuditEntry> entries)
    {
        if (Guid.TryParse(Person, out var id) && id.ToString() is var text) entries = entries.Where(a => a.Person == text);
#pragma warning disable CA1304, CA1311, CA1862, MA0011 // The database lowers.
        else if (Person?.ToLowerInvariant() is { } name) entries = entries.Where(a => a.Name.ToLower().Contains(name));
#pragma warning restore CA1304, CA1311, CA1862, MA0011
        if (Act is not null) entries = entries.Where(a => a.Act.StartsWith(Act));
        if (Subject?.ToLowerInvariant() is { } subject) entries = entries.Where(a => a.Subject == subject);
        if (Since is { } since && Milliseconds(since) is var first) entries = entries.Where(a => a.At >= first);
        if (Until is { } until && Milliseconds(until.AddDays(1)) is var end) entries = entries.Where(a => a.At < end);
        return entries;
    }

    private static long Milliseconds(DateOnly day) => new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).ToUnixTimeMilliseconds();
}

/// <summary>Entries of the audit trail that a viewer may see, newest first.</summary>
internal static class ListAudit
{
    /// <summary>Entries on one page.</summary>
    internal const int PageSize = 50;

    private const int ChunkSize = 500;
    private const int MostChunks = 40;

    /// <summary>A page, and the number before which the next one begins; null when there is none.</summary>
    /// <param name="database">The record.</param>
    /// <param name="viewer">Who looks.</param>
    /// <param name="query">What is asked for.</param>
    /// <param name="before">Only entries with a smaller number; null for the newest.</param>
    internal static (IReadOnlyList<AuditEntry> Entries, long? Next) Page(PalermoDatabase database, Viewer viewer, AuditQuery query, long? before)
    {
        var page = new List<AuditEntry>();
        using var context = database.Connect();
        var sight = AuditSight.Of(context, viewer);
        for (var chunk = 0; chunk < MostChunks; chunk++)
        {
            var entries = Chunk(context, query, before);
            foreach (var entry in sight.Of(context, entries))
            {
                page.Add(entry);
                if (page.Count == PageSize) return (page, entry.Number);
            }

            if (entries.Count < ChunkSize) return (page, null);
            before = entries[^1].Number;
        }

        return (page, before);
    }

    /// <summary>All of them, chunk by chunk.</summary>
    internal static IEnumerable<AuditEntry> All(PalermoDatabase database, Viewer viewer, AuditQuery query)
    {
        using var context = database.Connect();
        var sight = AuditSight.Of(context, viewer);
        for (long? before = null; ;)
        {
            var entries = Chunk(context, query, before);
            foreach (var entry in sight.Of(context, entries)) yield return entry;
            if (entries.Count < ChunkSize) yield break;
            before = entries[^1].Number;
        }
    }

    private static List<AuditEntry> Chunk(PalermoContext context, AuditQuery query, long? before)
    {
        var entries = query.Apply(context.Set<AuditEntry>().AsNoTracking());
        if (before is { } number) entries = entries.Where(a => a.Number < number);
        return [.. entries.OrderByDescending(a => a.Number).Take(ChunkSize)];
    }
}
