using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Palermo.Data;
using Palermo.Data.Cases;
using Palermo.Kernel.Access;

namespace Palermo.Requests.Cases;

/// <summary>Where a page of cases begins: after this one.</summary>
/// <param name="At">When it was opened, UTC.</param>
/// <param name="Id">The case.</param>
internal readonly record struct CasePlace(DateTime At, Guid Id)
{
    /// <summary>As it stands in an address.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{At:O}_{Id}");

    /// <summary>Reads what <see cref="ToString"/> wrote; null for anything else, which is the first page.</summary>
    internal static CasePlace? Read(string? text) =>
        text?.Split('_') is [var at, var id] && DateTime.TryParseExact(at, "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var moment) && moment.Kind == DateTimeKind.Utc && Guid.TryParse(id, out var of)
            ? new(moment, of) : null;
}

/// <summary>The cases a viewer may know of, newest first, page by page in the order of an index.</summary>
internal static class ListCases
{
    /// <summary>Cases on a page.</summary>
    internal const int OnPage = 50;

    /// <summary>A page, and where the next one begins; null when there is none.</summary>
    internal static (IReadOnlyList<CaseFile> Cases, CasePlace? Next) Page(PalermoContext context, Viewer viewer, CasePlace? after = null, int most = OnPage)
    {
        var cases = Visible.Cases(context, viewer).AsNoTracking();
        if (after is { At: var at, Id: var id }) cases = cases.Where(c => c.CreatedAt <= at && (c.CreatedAt < at || c.Id.CompareTo(id) < 0));
        var shown = cases.OrderByDescending(c => c.CreatedAt).ThenByDescending(c => c.Id).Take(most + 1).ToList();
        if (shown.Count <= most) return (shown, null);
        shown.RemoveAt(most);
        return (shown, new(shown[^1].CreatedAt, shown[^1].Id));
    }
}
