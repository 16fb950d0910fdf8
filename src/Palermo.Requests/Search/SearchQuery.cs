using Palermo.Kernel;

namespace Palermo.Requests.Search;

/// <summary>
/// What somebody looks for, as each database takes it. Only letters and digits of the text get into it, so whatever means
/// something to a database's own query language is gone.
/// </summary>
internal static class SearchQuery
{
    /// <summary>Longest text, in characters.</summary>
    internal const int Longest = 200;

    private const int MostPieces = 12, ShortestBeginning = 2, ShortestNumber = 6;

    /// <summary>The text as a query: every word has to stand in one case or request, as a whole or as a word's beginning.</summary>
    /// <returns>Null when the text holds no letter and no digit.</returns>
    /// <exception cref="RefusedException">The text is longer than <see cref="Longest"/>.</exception>
    internal static string? Of(string? text, bool postgres)
    {
        if (text is { Length: > Longest }) throw new RefusedException("requests.search.too-long", ("n", Longest)) { Field = "q" };
        var chunks = SearchWords.Chunks(text).Take(MostPieces).ToList();
        if (chunks.Count == 0) return null;
        var (and, or) = postgres ? (" & ", " | ") : (" AND ", " OR ");
        var all = string.Join(and, chunks.Select(Piece));
        // A number written in groups is kept without the blanks.
        var whole = string.Concat(chunks.SelectMany(c => c));
        return chunks.Count > 1 && whole.Length is >= ShortestNumber and <= SearchWords.Longest && whole.Any(char.IsAsciiDigit) ? $"({all}){or}{Word(whole)}" : all;

        string Piece(IReadOnlyList<string> parts)
        {
            var joined = SearchWords.Joined(parts);
            if (joined.Length > 0 && joined.Any(char.IsAsciiDigit)) return Word(joined);
            var apart = string.Join(and, parts.SelectMany(Words).Select(Word));
            return joined.Length == 0 ? $"({apart})" : $"(({apart}){or}{Word(joined)})";
        }

        string Word(string word) => word.Length < ShortestBeginning && !SearchWords.Unparted(word[0])
            ? (postgres ? $"'{word}'" : $"\"{word}\"")
            : (postgres ? $"'{word}':*" : $"\"{word}\"*");
    }

    /// <summary>The words of a part to look for: a last single letter of a script without blanks is the beginning of a pair already asked for.</summary>
    private static IEnumerable<string> Words(string part)
    {
        var words = SearchWords.InPairs(part).ToList();
        return words.Count > 1 && words[^1].Length == 1 && SearchWords.Unparted(words[^1][0]) ? words.SkipLast(1) : words;
    }
}
