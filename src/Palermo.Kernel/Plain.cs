using System.Text;

namespace Palermo.Kernel;

/// <summary>Text without the characters that can make it look like something else.</summary>
public static class Plain
{
    /// <summary>A text without control characters and without marks that change the direction of writing.</summary>
    public static string Text(IEnumerable<char> text) => Whole([.. text.Where(c => !char.IsControl(c) && !IsDirection(c))]);

    /// <summary>The text without halves of characters, which no database keeps.</summary>
    private static string Whole(char[] text)
    {
        if (!text.Any(char.IsSurrogate)) return new(text);
        return string.Concat(new string(text).EnumerateRunes().Where(r => r != Rune.ReplacementChar).Select(r => r.ToString()));
    }

    /// <summary>Whether a character is a mark, override or isolate of the Unicode bidirectional algorithm.</summary>
    public static bool IsDirection(char c) =>
        c is '\u061C' or '\u200E' or '\u200F' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
