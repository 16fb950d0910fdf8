using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Palermo.Data;
using Palermo.Data.Cases;
using Palermo.Requests.Drafting;

namespace Palermo.Requests.Search;

/// <summary>A case or request that holds the words looked for.</summary>
/// <param name="Id">Its row; a higher one changed later.</param>
/// <param name="Case">The case.</param>
/// <param name="Request">The request; null when the case itself holds the words.</param>
internal sealed record SearchHit(long Id, Guid Case, Guid? Request);

/// <summary>Keeps the words of cases and requests, within the change that changes them, and finds by them.</summary>
internal static class SearchIndex
{
    /// <summary>Members of a step that are not words of people.</summary>
    private static readonly HashSet<string> NotWords = new(StringComparer.Ordinal) { "id", "sha256", "concerns", "schema", "type", "code", "kind", "role", "script", "of", "language", "targetLanguage" };

    /// <summary>Keeps the words of a request, and of its case when it is new or one of its steps changed.</summary>
    internal static void Put(Change change, Request request, bool ofCase)
    {
        var context = change.Context;
        context.SaveChanges();
        if (ofCase) PutCase(context, request.Case);
        else Put(context, request.Id, request.Case, request.Id, SearchWords.Of([request.Number, request.TheirNumber, request.Title, .. Said(context, request.Id)]));
    }

    /// <summary>Keeps the words of a new case or one whose title changed.</summary>
    internal static void PutCase(PalermoContext context, Guid id)
    {
        var file = context.Set<CaseFile>().Single(c => c.Id == id);
        var things = context.Set<NamedThing>().Where(t => t.Subject == id).Select(t => new { t.Name, t.Key }).ToList();
        Put(context, id, id, null, SearchWords.Of([file.Number, file.Title, .. things.SelectMany(t => new[] { t.Name, t.Key }), .. Said(context, id)]));
    }

    /// <summary>What holds the words of a query, for everybody; the caller joins it with what the viewer may know of.</summary>
    /// <param name="context">The record.</param>
    /// <param name="query">What <see cref="SearchQuery.Of"/> gave.</param>
    internal static IQueryable<SearchHit> Find(PalermoContext context, string query) => context.Database.IsSqlite()
        // CROSS JOIN has SQLite go through the words in the order of their rows, newest first, and stop when a page is full.
        ? context.Database.SqlQuery<SearchHit>($"SELECT f.rowid AS \"Id\", s.\"case\" AS \"Case\", s.request AS \"Request\" FROM search_words AS f CROSS JOIN search_rows AS s ON s.id = f.rowid WHERE f.search_words MATCH {query}")
        : context.Database.SqlQuery<SearchHit>($"SELECT id AS \"Id\", \"case\" AS \"Case\", request AS \"Request\" FROM search_rows WHERE words @@ CAST({query} AS tsquery)");

    private static void Put(PalermoContext context, Guid subject, Guid of, Guid? request, IReadOnlyCollection<string> words)
    {
        var text = string.Join(' ', words);
        if (!context.Database.IsSqlite())
        {
            context.Database.ExecuteSql($"DELETE FROM search_rows WHERE subject = {subject}");
            context.Database.ExecuteSql($"INSERT INTO search_rows (subject, \"case\", request, words) VALUES ({subject}, {of}, {request}, array_to_tsvector({words.ToArray()}))");
            return;
        }

        context.Database.ExecuteSql($"DELETE FROM search_words WHERE rowid IN (SELECT id FROM search_rows WHERE subject = {subject})");
        context.Database.ExecuteSql($"DELETE FROM search_rows WHERE subject = {subject}");
        context.Database.ExecuteSql($"INSERT INTO search_rows (subject, \"case\", request) VALUES ({subject}, {of}, {request})");
        context.Database.ExecuteSql($"INSERT INTO search_words (rowid, words) SELECT id, {text} FROM search_rows WHERE subject = {subject}");
    }

    /// <summary>What people wrote into the steps of a case or request as they stand; the frozen finder's answer is not theirs.</summary>
    private static IEnumerable<string> Said(PalermoContext context, Guid subject)
    {
        var steps = context.Set<StepVersion>().AsNoTracking()
            .Where(s => s.Subject == subject && s.Step != Steps.Basis && !context.Set<StepVersion>().Any(n => n.Subject == s.Subject && n.Step == s.Step && n.Version > s.Version))
            .OrderBy(s => s.Step).Select(s => s.Content).ToList();
        return steps.SelectMany(s => Texts(JsonNode.Parse(s)));
    }

    private static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        JsonObject members => members.Where(m => !NotWords.Contains(m.Key)).SelectMany(m => Texts(m.Value)),
        JsonArray items => items.SelectMany(Texts),
        JsonValue value when value.TryGetValue<string>(out var text) => [text],
        _ => [],
    };
}
