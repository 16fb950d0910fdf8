using System.Text.RegularExpressions;
using Palermo.Kernel;
using Palermo.Treaties.Bilateral;
using Palermo.Treaties.Provisions;
using Palermo.Treaties.Registry;

namespace Palermo.Treaties.Search;

/// <summary>What a search found, best first in each group.</summary>
/// <param name="States">States.</param>
/// <param name="Territories">Territories.</param>
/// <param name="Instruments">Instruments.</param>
/// <param name="Provisions">Articles and paragraphs.</param>
/// <param name="Bilateral">Bilateral treaties.</param>
public sealed record SearchResult(
    IReadOnlyList<State> States, IReadOnlyList<Territory> Territories, IReadOnlyList<Instrument> Instruments,
    IReadOnlyList<Provision> Provisions, IReadOnlyList<BilateralTreaty> Bilateral)
{
    /// <summary>Number of all that was found.</summary>
    public int Count => States.Count + Territories.Count + Instruments.Count + Provisions.Count + Bilateral.Count;
}

/// <summary>Search over everything public: states, instruments, provisions, bilateral treaties.</summary>
public static partial class SearchAll
{
    /// <summary>Longest text searched for, in characters.</summary>
    public const int Longest = 200;

    /// <summary>The largest number of results in a group.</summary>
    public const int Most = 50;

    /// <summary>Searches.</summary>
    /// <param name="registry">What is known.</param>
    /// <param name="language">The language of headings and titles; English is always searched too.</param>
    /// <param name="text">A name or part of one, a code, an article such as <c>untoc 18(7)</c>, or words of a heading.</param>
    /// <exception cref="RefusedException">The text is longer than <see cref="Longest"/>.</exception>
    public static SearchResult Find(TreatyRegistry registry, Language language, string text)
    {
        if (text.Length > Longest) throw new RefusedException("refused.search", ("n", Longest));
        var words = text.Split([' ', '\t', '\u00a0', ',', ';', '«', '»', '"', '“', '”'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(StateDirectory.Fold).Where(w => w.Length > 0).ToArray();
        if (words.Length == 0) return new SearchResult([], [], [], [], []);
        var whole = StateDirectory.Fold(text);
        return new SearchResult(
            [.. registry.States.Search(text).Take(Most)],
            [.. registry.States.Territories.Where(t => t.Code.Equals(text.Trim(), StringComparison.OrdinalIgnoreCase) || (whole.Length > 1 && t.Names.Any(n => StateDirectory.Fold(n).Contains(whole, StringComparison.Ordinal)))).Take(Most)],
            [.. Instruments(registry, language, whole, words).Take(Most)],
            [.. Provisions(registry, language, text, words).Take(Most)],
            [.. registry.BilateralTreaties.Where(t => Holds(words, t.Id + " " + t.Title + " " + t.A.NameIn(language) + " " + t.B.NameIn(language))).OrderBy(t => StateDirectory.Fold(t.Id) == whole ? 0 : 1).Take(Most)]);
    }

    private static IEnumerable<Instrument> Instruments(TreatyRegistry registry, Language language, string whole, string[] words) =>
        registry.Instruments.Select(i => (Instrument: i, Rank: Exact(i, whole) ? 0
                : words.Any(Telling) && Holds(words, $"{i.Id} {i.Abbreviation} {i.UntcNumber} {i.NameIn(language)} {i.TitleIn(language)} {i.NameIn(Language.English)} {i.TitleIn(Language.English)}") ? 1 : 2))
            .Where(r => r.Rank < 2).OrderBy(r => r.Rank).ThenBy(r => r.Instrument.Index).Select(r => r.Instrument);

    private static bool Exact(Instrument instrument, string folded) =>
        folded == StateDirectory.Fold(instrument.Id) || folded == StateDirectory.Fold(instrument.Abbreviation) || folded == StateDirectory.Fold(instrument.UntcNumber);

    /// <summary>By number when the text ends in one, with the instrument named before it or none; otherwise by the words of the heading.</summary>
    private static IEnumerable<Provision> Provisions(TreatyRegistry registry, Language language, string text, string[] words)
    {
        var match = Number().Match(text);
        if (match.Success)
        {
            var number = Blank().Replace(match.Groups["number"].Value, "");
            var before = ArticleWord().Replace(match.Groups["before"].Value, " ").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(StateDirectory.Fold).Where(w => w.Length > 0).ToArray();
            var named = before.Length == 0 ? registry.Instruments : [.. Instruments(registry, language, string.Concat(before), before)];
            var found = named.SelectMany(registry.Reference.Provisions.Of)
                .Where(p => p.Number.Equals(number, StringComparison.OrdinalIgnoreCase) || p.Number.StartsWith(number + "(", StringComparison.OrdinalIgnoreCase))
                .OrderBy(p => p.Number.Equals(number, StringComparison.OrdinalIgnoreCase) ? 0 : 1).ToArray();
            if (found.Length > 0) return found;
        }

        if (!words.Any(Telling)) return [];
        return registry.Instruments.SelectMany(registry.Reference.Provisions.Of).Where(p => Headed(p, language, words));
    }

    /// <summary>Every word stands in the heading or names the instrument, and at least one stands in the heading.</summary>
    private static bool Headed(Provision provision, Language language, string[] words)
    {
        var heading = StateDirectory.Fold(provision.Headings[language.Index]);
        var english = StateDirectory.Fold(provision.Headings[Language.English.Index]);
        var inHeading = words.Where(w => heading.Contains(w, StringComparison.Ordinal) || english.Contains(w, StringComparison.Ordinal)).ToArray();
        return inHeading.Length > 0 && words.Except(inHeading, StringComparer.Ordinal).All(w => Exact(provision.Instrument, w));
    }

    /// <summary>Whether a word is long enough to look for it inside other words; a Chinese one always is.</summary>
    private static bool Telling(string word) => word.Length >= 3 || !char.IsAscii(word[0]);

    private static bool Holds(string[] words, string text)
    {
        var folded = StateDirectory.Fold(text);
        return words.All(w => folded.Contains(w, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"^(?<before>.*?)(?<![\p{L}\p{N}-])(?<number>(\d{1,3}|[IVX]{1,6})(\s*\([0-9a-z]{1,4}\))*)\s*$", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 200)]
    private static partial Regex Number();

    [GeneratedRegex(@"\b(articles?|arts?|artículos?|artigos?|paragraphs?|para|статьи|статья|ст|المادة|مادة)\b\.?|第|条", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 200)]
    private static partial Regex ArticleWord();

    [GeneratedRegex(@"\s", RegexOptions.None, 200)]
    private static partial Regex Blank();
}
