using Microsoft.EntityFrameworkCore;
using Palermo.Data;
using Palermo.Data.Cases;
using Palermo.Kernel;
using Palermo.Kernel.Access;
using Palermo.Requests.Board;
using Palermo.Requests.Cases;

namespace Palermo.Requests.Search;

/// <summary>A case or request that a search found.</summary>
/// <param name="Hit">Where its words stand.</param>
/// <param name="Case">Its case.</param>
/// <param name="Request">The request; null for the case itself.</param>
internal sealed record Found(SearchHit Hit, CaseFile Case, BoardRow? Request);

/// <summary>One page of what a search found, what changed last first.</summary>
/// <param name="Items">What was found.</param>
/// <param name="Next">Row after which the next page begins; null on the last.</param>
internal sealed record FoundPage(IReadOnlyList<Found> Items, long? Next);

/// <summary>Searches the cases and requests a viewer may know of. How many others hold the words is never counted.</summary>
internal static class SearchCases
{
    /// <summary>The cases and requests a viewer may know of that hold the words of a query, what changed last first.</summary>
    internal static IQueryable<SearchHit> Hits(PalermoContext context, Viewer viewer, string query, long? after = null)
    {
        var visible = Visible.Cases(context, viewer);
        var hits = SearchIndex.Find(context, query).Where(h => visible.Any(c => c.Id == h.Case));
        if (after is { } row) hits = hits.Where(h => h.Id < row);
        return hits.OrderByDescending(h => h.Id);
    }

    /// <summary>Finds one page.</summary>
    /// <param name="context">The record.</param>
    /// <param name="viewer">Who looks.</param>
    /// <param name="text">What the viewer typed.</param>
    /// <param name="after">The row after which the page begins; null for the first.</param>
    /// <returns>Null when the text holds no word.</returns>
    /// <exception cref="RefusedException">The text is too long.</exception>
    internal static FoundPage? Page(PalermoContext context, Viewer viewer, string? text, long? after)
    {
        if (SearchQuery.Of(text, !context.Database.IsSqlite()) is not { } words) return null;
        var hits = Hits(context, viewer, words, after).Take(ListRequests.OnPage + 1).ToList();
        var shown = hits.Take(ListRequests.OnPage).ToList();
        var (caseIds, requestIds) = (shown.Select(h => h.Case).Distinct().ToList(), shown.Where(h => h.Request is not null).Select(h => h.Request!.Value).ToList());
        var cases = Visible.Cases(context, viewer).AsNoTracking().Where(c => caseIds.Contains(c.Id)).ToDictionary(c => c.Id);
        var requests = requestIds.Count == 0 ? [] : ListRequests.Of(context, viewer, requestIds);
        return new(
            [.. shown.Where(h => cases.ContainsKey(h.Case) && (h.Request is null || requests.ContainsKey(h.Request.Value))).Select(h => new Found(h, cases[h.Case], h.Request is { } id ? requests[id] : null))],
            hits.Count > shown.Count ? shown[^1].Id : null);
    }
}
