using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Palermo.Kernel;
using Palermo.Requests.Life;
using Palermo.Requests.Search;

namespace Palermo.Requests.Board;

/// <summary>Which requests the board shows, in which order, and after which row.</summary>
public sealed record BoardQuery
{
    internal const string Me = "me", Us = "us", Them = "them", All = "all";
    internal const string ByDue = "due", BySince = "since", ByChanged = "changed";

    /// <summary>For whom it waits, as in addresses.</summary>
    internal static readonly IReadOnlyList<string> Boards = [Me, Us, Them, All];

    /// <summary>Orders: what is due first; what stands longest in its stage; what changed last.</summary>
    internal static readonly IReadOnlyList<string> Orders = [ByDue, BySince, ByChanged];

    /// <summary>Whose move it is.</summary>
    public string For { get; init; } = Me;

    /// <summary>Ours (true), theirs (false), or both.</summary>
    public bool? Outgoing { get; init; }

    /// <summary>Code of a kind, or null.</summary>
    public string? Kind { get; init; }

    /// <summary>The other state, or null.</summary>
    public State? Other { get; init; }

    /// <summary>A stage, or null.</summary>
    public string? Stage { get; init; }

    /// <summary>Only what is past its day.</summary>
    public bool Overdue { get; init; }

    /// <summary>Words that the request or its case holds, as typed; empty for any.</summary>
    public string Text { get; init; } = "";

    /// <summary>The order.</summary>
    public string Sort { get; init; } = ByDue;

    /// <summary>The row after which the page begins; null for the first page.</summary>
    public BoardPlace? After { get; init; }

    /// <summary>Whether anything narrows the board.</summary>
    public bool IsNarrowed => Outgoing is not null || Kind is not null || Other is not null || Stage is not null || Overdue || Text.Length > 0;

    /// <summary>Reads a query from an address.</summary>
    /// <exception cref="RefusedException">A value is none of those that were expected.</exception>
    internal static BoardQuery Read(RequestsModule module, IQueryCollection address)
    {
        return new BoardQuery
        {
            For = OneOf("for", Boards) ?? Me,
            Outgoing = OneOf("direction", ["outgoing", "incoming"]) is { } direction ? direction == "outgoing" : null,
            Kind = Given("kind") is { } kind ? (module.Kinds.Find(kind) ?? throw new RefusedException("cases.kind") { Field = "kind" }).Code : null,
            Other = Given("state") is { } state ? RefusedException.For("state", () => module.Treaties.Reference.States.Resolve(state)) : null,
            Stage = OneOf("stage", Stages.All),
            Overdue = OneOf("overdue", ["yes", "no"]) == "yes",
            Text = Given("text") is { Length: <= SearchQuery.Longest } or null ? Given("text") ?? "" : throw new RefusedException("requests.search.too-long", ("n", SearchQuery.Longest)) { Field = "text" },
            Sort = OneOf("sort", Orders) ?? ByDue,
            After = Given("after") is { } after ? BoardPlace.Read(after) : null,
        };

        string? Given(string name) => address[name].ToString().Trim() is { Length: > 0 } text ? text : null;

        string? OneOf(string name, IReadOnlyList<string> allowed)
        {
            if (Given(name) is not { } text) return null;
            return allowed.Contains(text, StringComparer.Ordinal) ? text
                : throw new RefusedException("board.one-of", ("name", name), ("given", RefusedException.Shorten(text)), ("allowed", string.Join(", ", allowed))) { Field = name };
        }
    }

    /// <summary>The query as it stands in an address, without the page.</summary>
    internal string Address(string path)
    {
        var members = new List<KeyValuePair<string, string?>> { new("for", For) };
        if (Outgoing is { } outgoing) members.Add(new("direction", outgoing ? "outgoing" : "incoming"));
        if (Kind is not null) members.Add(new("kind", Kind));
        if (Other is not null) members.Add(new("state", Other.Code));
        if (Stage is not null) members.Add(new("stage", Stage));
        if (Overdue) members.Add(new("overdue", "yes"));
        if (Text.Length > 0) members.Add(new("text", Text));
        if (Sort != ByDue) members.Add(new("sort", Sort));
        if (After is not null) members.Add(new("after", After.ToString()));
        return QueryHelpers.AddQueryString(path, members);
    }
}

/// <summary>A row's place in an order: what it is ordered by, and which of those that share it.</summary>
/// <param name="At">The day or moment, invariant; empty for none.</param>
/// <param name="Id">The request.</param>
public sealed record BoardPlace(string At, Guid Id)
{
    /// <summary>The day; null when nothing is due.</summary>
    public DateOnly? Day => Dates.TryParse(At, out var day) ? day : null;

    /// <summary>The moment, UTC.</summary>
    /// <exception cref="RefusedException">The place belongs to another order.</exception>
    public DateTime Moment => DateTime.TryParseExact(At, "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var moment) ? moment : throw Unknown();

    /// <summary>Reads a place from an address.</summary>
    /// <exception cref="RefusedException">It is none.</exception>
    internal static BoardPlace Read(string text) =>
        text.Split('~') is [var at, var id] && at.Length <= 40 && Guid.TryParseExact(id, "D", out var request) && (at.Length != 10 || Dates.TryParse(at, out _)) ? new(at, request) : throw Unknown();

    /// <inheritdoc/>
    public override string ToString() => $"{At}~{Id}";

    private static RefusedException Unknown() => new("board.after") { Field = "after" };
}
