using System.Globalization;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Palermo.Data;
using Palermo.Data.Cases;
using Palermo.Kernel;
using Palermo.Kernel.Access;
using Palermo.Requests.Cases;
using Palermo.Requests.Search;

namespace Palermo.Requests.Board;

/// <summary>One row of the board.</summary>
/// <param name="Id">The request.</param>
/// <param name="Number">The requesting authority's number.</param>
/// <param name="TheirNumber">The requested authority's number.</param>
/// <param name="Title">What it is about.</param>
/// <param name="Kind">Code of the kind.</param>
/// <param name="Outgoing">Whether we ask.</param>
/// <param name="Requesting">Alpha-3 code of the requesting state.</param>
/// <param name="Requested">Alpha-3 code of the requested state.</param>
/// <param name="Stage">Code of the stage.</param>
/// <param name="StageSince">When it reached the stage, UTC.</param>
/// <param name="WaitingFor">Whose move it is.</param>
/// <param name="Urgent">Whether it is urgent.</param>
/// <param name="Confidential">Whether its case is confidential.</param>
/// <param name="DueOn">The next day by which something is due.</param>
/// <param name="ChangedAt">When anything of it changed last, UTC.</param>
/// <param name="Case">Its case.</param>
public sealed record BoardRow(
    Guid Id, string? Number, string? TheirNumber, string Title, string Kind, bool Outgoing, string Requesting, string Requested, string Stage, DateTime StageSince,
    string WaitingFor, bool Urgent, bool Confidential, DateOnly? DueOn, DateTime ChangedAt, Guid Case)
{
    /// <summary>Code of the state on the other side.</summary>
    public string Other => Outgoing ? Requested : Requesting;

    /// <summary>The number by which the request is known: the requesting authority's, otherwise the requested one's.</summary>
    public string? KnownAs => Outgoing ? Number ?? TheirNumber : TheirNumber ?? Number;
}

/// <summary>One page of the board.</summary>
/// <param name="Rows">Its rows.</param>
/// <param name="Next">Where the next page begins; null on the last.</param>
internal sealed record BoardPage(IReadOnlyList<BoardRow> Rows, BoardPlace? Next);

/// <summary>How many requests wait for whom, up to <see cref="ListRequests.MostCounted"/> and one more.</summary>
internal sealed record BoardCounts(int Me, int Us, int Them);

/// <summary>Lists the requests a viewer may know of by whom they wait for.</summary>
internal static class ListRequests
{
    /// <summary>Rows of a page.</summary>
    internal const int OnPage = 50;

    /// <summary>Most rows of an export.</summary>
    internal const int Exported = 5000;

    /// <summary>Most cases and requests holding the words by which the board is narrowed that are looked through, those changed last.</summary>
    internal const int LookedThrough = 2000;

    /// <summary>Counting stops here: more is said as "100+".</summary>
    internal const int MostCounted = 100;

    private static readonly Expression<Func<Request, BoardRow>> Row = r => new BoardRow(
        r.Id, r.Number, r.TheirNumber, r.Title, r.Kind, r.Outgoing, r.Requesting, r.Requested, r.Stage, r.StageSince, r.WaitingFor, r.Urgent, r.Confidential, r.DueOn, r.ChangedAt, r.Case);

    /// <summary>One page.</summary>
    /// <param name="context">The record.</param>
    /// <param name="viewer">Who looks.</param>
    /// <param name="query">What is asked.</param>
    /// <param name="today">Today, UTC.</param>
    /// <param name="most">Most rows.</param>
    internal static BoardPage Page(PalermoContext context, Viewer viewer, BoardQuery query, DateOnly today, int most = OnPage)
    {
        var visible = Narrowed(context, viewer, query, today);
        var rows = query.Sort switch
        {
            BoardQuery.BySince => Since(visible, query.After).Take(most + 1).Select(Row).ToList(),
            BoardQuery.ByChanged => Changed(visible, query.After).Take(most + 1).Select(Row).ToList(),
            _ => Due(visible, query.After, most + 1),
        };
        if (rows.Count <= most) return new(rows, null);
        rows.RemoveAt(most);
        return new(rows, PlaceOf(rows[^1], query.Sort));
    }

    /// <summary>How many wait for whom.</summary>
    internal static BoardCounts Counts(PalermoContext context, Viewer viewer)
    {
        var visible = Visible.Requests(context, viewer).AsNoTracking();
        return new(Count(BoardQuery.Me), Count(BoardQuery.Us), Count(BoardQuery.Them));
        int Count(string board) => Of(visible, viewer, board).Select(r => 1).Take(MostCounted + 1).Count();
    }

    /// <summary>The first rows of each board and how many there are.</summary>
    internal static IReadOnlyList<(string Board, int Count, IReadOnlyList<BoardRow> Rows)> Summary(PalermoContext context, Viewer viewer, DateOnly today, int most)
    {
        var counts = Counts(context, viewer);
        return [.. new[] { (BoardQuery.Me, counts.Me), (BoardQuery.Us, counts.Us), (BoardQuery.Them, counts.Them) }
            .Select(b => (b.Item1, b.Item2, b.Item2 == 0 ? [] : Page(context, viewer, new BoardQuery { For = b.Item1 }, today, most).Rows))];
    }

    /// <summary>Those of some requests that a viewer may know of.</summary>
    internal static Dictionary<Guid, BoardRow> Of(PalermoContext context, Viewer viewer, IReadOnlyList<Guid> requests) =>
        Visible.Requests(context, viewer).AsNoTracking().Where(r => requests.Contains(r.Id)).Select(Row).ToDictionary(r => r.Id);

    private static IQueryable<Request> Narrowed(PalermoContext context, Viewer viewer, BoardQuery query, DateOnly today)
    {
        var requests = Of(Visible.Requests(context, viewer).AsNoTracking(), viewer, query.For);
        if (query.Outgoing is { } outgoing) requests = requests.Where(r => r.Outgoing == outgoing);
        if (query.Kind is { } kind) requests = requests.Where(r => r.Kind == kind);
        if (query.Stage is { } stage) requests = requests.Where(r => r.Stage == stage);
        if (query.Other is { Code: var code }) requests = requests.Where(r => r.Outgoing ? r.Requested == code : r.Requesting == code);
        if (query.Overdue) requests = requests.Where(r => r.DueOn < today);
        if (query.Text.Length == 0) return requests;
        if (SearchQuery.Of(query.Text, !context.Database.IsSqlite()) is not { } words) return requests.Where(r => false);
        // Of a word that stands everywhere, what changed last: a board is narrowed by words that tell something.
        var (hits, cases) = (SearchCases.Hits(context, viewer, words).Take(LookedThrough), SearchCases.Hits(context, viewer, words).Take(LookedThrough));
        return requests.Where(r => hits.Where(h => h.Request != null).Select(h => h.Request!.Value).Contains(r.Id) || cases.Where(h => h.Request == null).Select(h => h.Case).Contains(r.Case));
    }

    private static IQueryable<Request> Of(IQueryable<Request> visible, Viewer viewer, string board)
    {
        var person = viewer.Person;
        return board switch
        {
            BoardQuery.Me => visible.Where(r => r.Owner == person && r.WaitingFor == "us"),
            BoardQuery.Us => visible.Where(r => r.WaitingFor == "us"),
            BoardQuery.Them => visible.Where(r => r.WaitingFor == "them"),
            _ => visible,
        };
    }

    /// <summary>What is due first, which puts the overdue on top; then what is not due on a day. Two questions, so that each is answered in the order of an index.</summary>
    private static List<BoardRow> Due(IQueryable<Request> requests, BoardPlace? after, int most)
    {
        var rows = new List<BoardRow>();
        if (after is null || after.Day is not null)
        {
            var due = requests.Where(r => r.DueOn != null);
            if (after is { Day: { } day, Id: var id }) due = due.Where(r => r.DueOn > day || (r.DueOn == day && r.Id.CompareTo(id) > 0));
            rows.AddRange(due.OrderBy(r => r.DueOn).ThenBy(r => r.Id).Take(most).Select(Row));
        }

        if (rows.Count == most) return rows;
        var open = requests.Where(r => r.DueOn == null);
        if (after is { Day: null, Id: var last }) open = open.Where(r => r.Id.CompareTo(last) > 0);
        rows.AddRange(open.OrderBy(r => r.Id).Take(most - rows.Count).Select(Row));
        return rows;
    }

    private static IQueryable<Request> Since(IQueryable<Request> requests, BoardPlace? after)
    {
        if (after is { Moment: var moment, Id: var id }) requests = requests.Where(r => r.StageSince > moment || (r.StageSince == moment && r.Id.CompareTo(id) > 0));
        return requests.OrderBy(r => r.StageSince).ThenBy(r => r.Id);
    }

    private static IQueryable<Request> Changed(IQueryable<Request> requests, BoardPlace? after)
    {
        if (after is { Moment: var moment, Id: var id }) requests = requests.Where(r => r.ChangedAt < moment || (r.ChangedAt == moment && r.Id.CompareTo(id) < 0));
        return requests.OrderByDescending(r => r.ChangedAt).ThenByDescending(r => r.Id);
    }

    private static BoardPlace PlaceOf(BoardRow row, string sort) => new(
        sort switch
        {
            BoardQuery.BySince => row.StageSince.ToString("O", CultureInfo.InvariantCulture),
            BoardQuery.ByChanged => row.ChangedAt.ToString("O", CultureInfo.InvariantCulture),
            _ => row.DueOn is { } due ? Dates.Iso(due) : "",
        },
        row.Id);
}
