namespace Palermo.Requests.Identifiers;

/// <summary>Scripts in which names are written, by ISO 15924 code.</summary>
/// <remarks>Source: ISO 15924; blocks of the Unicode Standard.</remarks>
internal static class Scripts
{
    private const int Longest = 500;

    /// <summary>The code of a script found in a text that is said to be in another one; null when all letters fit, or when the script is not one of those told apart here.</summary>
    internal static string? Other(string text, string script)
    {
        var said = Family(script);
        if (said is null) return null;
        foreach (var c in text.AsSpan(0, Math.Min(text.Length, Longest)))
            if (Of(c) is { } found && found != said && !(said is "Jpan" or "Kore" && found is "Hani" or "Jpan" or "Kore")) return found;
        return null;
    }

    private static string? Family(string script) => script switch
    {
        "Latn" or "Cyrl" or "Arab" or "Grek" or "Hebr" or "Armn" or "Geor" or "Deva" or "Thai" or "Jpan" or "Kore" => script,
        "Hans" or "Hant" or "Hani" => "Hani",
        _ => null,
    };

    private static string? Of(char c) => c switch
    {
        (>= 'A' and <= 'Z') or (>= 'a' and <= 'z') or (>= '\u00C0' and <= '\u024F' and not ('\u00D7' or '\u00F7')) or (>= '\u1E00' and <= '\u1EFF') => "Latn",
        >= '\u0370' and <= '\u03FF' => "Grek",
        >= '\u0400' and <= '\u052F' => "Cyrl",
        >= '\u0531' and <= '\u058F' => "Armn",
        >= '\u0591' and <= '\u05FF' => "Hebr",
        (>= '\u0620' and <= '\u077F') or (>= '\uFB50' and <= '\uFDFF') => "Arab",
        >= '\u0900' and <= '\u097F' => "Deva",
        >= '\u0E00' and <= '\u0E7F' => "Thai",
        >= '\u10A0' and <= '\u10FF' => "Geor",
        (>= '\u3040' and <= '\u30FF') => "Jpan",
        (>= '\u3400' and <= '\u4DBF') or (>= '\u4E00' and <= '\u9FFF') => "Hani",
        (>= '\u1100' and <= '\u11FF') or (>= '\uAC00' and <= '\uD7AF') => "Kore",
        _ => null,
    };
}
