using System.Text;
using Palermo.Kernel;

namespace Palermo.Requests.Letter;

/// <summary>Text from anybody, made harmless for Word, XML and the reader's eye without losing a letter of it.</summary>
internal static class SafeText
{
    private static readonly HashSet<string> RightToLeftLanguages = new(StringComparer.OrdinalIgnoreCase) { "ar", "fa", "he", "iw", "ur", "ps", "sd", "ug", "yi", "dv", "ku-arab", "ckb" };

    private static readonly HashSet<string> RightToLeftScripts = new(StringComparer.OrdinalIgnoreCase) { "Arab", "Hebr", "Syrc", "Thaa", "Nkoo", "Adlm", "Rohg" };

    /// <summary>Whether a language is written from right to left.</summary>
    internal static bool IsRightToLeft(string? language) => language is not null && RightToLeftLanguages.Contains(language);

    /// <summary>Whether a script (ISO 15924) runs from right to left.</summary>
    internal static bool IsRightToLeftScript(string? script) => script is not null && RightToLeftScripts.Contains(script);

    /// <summary>A text in one line.</summary>
    internal static string Line(string? text) => string.Join(' ', Lines(text)).Trim();

    /// <summary>
    /// The lines of a text, one blank line at most between two. Overrides, embeddings and isolates of direction go, because what they
    /// turn around would be read as something else; so do control characters and what XML cannot hold.
    /// </summary>
    internal static IReadOnlyList<string> Lines(string? text)
    {
        var lines = new List<string>();
        var line = new StringBuilder();
        void End()
        {
            var done = line.ToString().Trim();
            line.Clear();
            if (done.Length > 0 || (lines.Count > 0 && lines[^1].Length > 0)) lines.Add(done);
        }

        text ??= "";
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c is '\n' or '\u2028' or '\u2029' || (c == '\r' && (i + 1 == text.Length || text[i + 1] != '\n'))) End();
            else if (c == '\t') line.Append(' ');
            else if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) line.Append(c).Append(text[++i]);
            else if (IsHarmless(c)) line.Append(c);
        }

        End();
        while (lines.Count > 0 && lines[^1].Length == 0) lines.RemoveAt(lines.Count - 1);
        return lines;
    }

    /// <summary>Whether a text has letters, so that there is something to translate.</summary>
    internal static bool HasWords(string text) => text.EnumerateRunes().Any(Rune.IsLetter);

    /// <summary>Marks that only say on which side they stand are left; Arabic needs them.</summary>
    private static bool IsHarmless(char c) =>
        !char.IsControl(c) && !char.IsSurrogate(c) && c is not ('\uFFFE' or '\uFFFF' or '\uFEFF')
        && (c is '\u200E' or '\u200F' or '\u061C' || !Plain.IsDirection(c));
}
