using System.Globalization;
using System.Text;

namespace Palermo.Requests.Search;

/// <summary>
/// Cuts texts into the words by which cases are found: letters and digits without accents and case, in every script. What is
/// written with marks inside (<c>BRA-2026-00012</c>, <c>O'Brien</c>) is also kept as one word without them; Chinese, Japanese and
/// Thai, which do not part words, are kept as pairs of letters.
/// </summary>
internal static class SearchWords
{
    /// <summary>Longest word, in characters; the rest of a longer one is not looked at.</summary>
    internal const int Longest = 40;

    /// <summary>Most bytes of words kept of one case or request; what comes after them is not found.</summary>
    internal const int MostBytes = 400_000;

    private const int MostParts = 10;

    /// <summary>The different words of texts, in the order in which they first stand.</summary>
    internal static IReadOnlyCollection<string> Of(IEnumerable<string?> texts)
    {
        var (words, bytes) = (new HashSet<string>(StringComparer.Ordinal), 0);
        foreach (var text in texts)
        {
            foreach (var chunk in Chunks(text))
            {
                foreach (var word in chunk.SelectMany(InPairs).Append(Joined(chunk)))
                {
                    if (word.Length == 0 || !words.Add(word)) continue;
                    bytes += Encoding.UTF8.GetByteCount(word) + 1;
                    if (bytes > MostBytes) return words;
                }
            }
        }

        return words;
    }

    /// <summary>The parts of each piece of a text that stands between blanks.</summary>
    internal static IEnumerable<IReadOnlyList<string>> Chunks(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) yield break;
        var (parts, part) = (new List<string>(), new StringBuilder());
        foreach (var rune in Folded(text))
        {
            if (Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.SpacingCombiningMark or UnicodeCategory.LetterNumber)
            {
                if (part.Length < Longest) part.Append(rune.ToString());
                continue;
            }

            EndPart();
            if (!Rune.IsWhiteSpace(rune) || parts.Count == 0) continue;
            yield return parts;
            parts = [];
        }

        EndPart();
        if (parts.Count > 0) yield return parts;

        void EndPart()
        {
            if (part.Length > 0) parts.Add(part.ToString());
            part.Clear();
        }
    }

    /// <summary>The parts of a piece as one word; empty when it has one part only, or too many to be a number or name.</summary>
    internal static string Joined(IReadOnlyList<string> parts) =>
        parts.Count is > 1 and <= MostParts && parts.Sum(p => p.Length) <= Longest ? string.Concat(parts) : "";

    /// <summary>A part as it is kept: itself, or the pairs of letters of a script that does not part words.</summary>
    internal static IEnumerable<string> InPairs(string part)
    {
        if (!part.Any(Unparted)) return [part];
        var words = new List<string>();
        for (var at = 0; at < part.Length;)
        {
            var end = at + 1;
            while (end < part.Length && Unparted(part[end]) == Unparted(part[at])) end++;
            if (!Unparted(part[at])) words.Add(part[at..end]);
            else
            {
                for (var i = at; i + 1 < end; i++) words.Add(part.Substring(i, 2));
                words.Add(part[(end - 1)..end]);
            }

            at = end;
        }

        return words;
    }

    /// <summary>Whether a letter belongs to a script that writes words without a space between them.</summary>
    internal static bool Unparted(char c) =>
        c is (>= '\u2E80' and <= '\u9FFF') or (>= '\uF900' and <= '\uFAFF') or (>= '\u0E00' and <= '\u0EFF') or (>= '\u1000' and <= '\u109F') or (>= '\u1780' and <= '\u17FF') or (>= '\uD840' and <= '\uDFFF');

    /// <summary>Without accents and case, and with letters that stand for two written as two.</summary>
    private static IEnumerable<Rune> Folded(string text)
    {
        foreach (var rune in Decomposed(text).EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format) continue;
            var lower = Rune.ToLowerInvariant(rune);
            switch (lower.Value)
            {
                case 'ß': yield return new('s'); yield return new('s'); break;
                case 'æ': yield return new('a'); yield return new('e'); break;
                case 'œ': yield return new('o'); yield return new('e'); break;
                case 'þ': yield return new('t'); yield return new('h'); break;
                case 'ø': yield return new('o'); break;
                case 'ł': yield return new('l'); break;
                case 'đ' or 'ð': yield return new('d'); break;
                case 'ħ': yield return new('h'); break;
                case 'ı': yield return new('i'); break;
                default: yield return lower; break;
            }
        }
    }

    private static string Decomposed(string text)
    {
        try
        {
            return text.Normalize(NormalizationForm.FormKD);
        }
        catch (ArgumentException)
        {
            // Half a surrogate pair: what is whole around it can still be found.
            return new string([.. text.Where(c => !char.IsSurrogate(c))]).Normalize(NormalizationForm.FormKD);
        }
    }
}
