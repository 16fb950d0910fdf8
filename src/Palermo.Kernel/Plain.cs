namespace Palermo.Kernel;

/// <summary>Text without the characters that can make it look like something else.</summary>
public static class Plain
{
    /// <summary>A text without control characters and without marks that change the direction of writing.</summary>
    public static string Text(IEnumerable<char> text) => new([.. text.Where(c => !char.IsControl(c) && !IsDirection(c))]);

    /// <summary>Whether a character is a mark, override or isolate of the Unicode bidirectional algorithm.</summary>
    public static bool IsDirection(char c) =>
        c is '\u061C' or '\u200E' or '\u200F' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
