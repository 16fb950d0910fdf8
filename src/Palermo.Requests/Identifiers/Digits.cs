namespace Palermo.Requests.Identifiers;

/// <summary>What identifiers have in common.</summary>
internal static class Digits
{
    /// <summary>No identifier is longer; a stranger's text is not worked on beyond it.</summary>
    private const int Longest = 200;

    /// <summary>The text without blanks, hyphens, full stops and invisible marks, in capitals, for comparing.</summary>
    internal static string Squeeze(string text)
    {
        Span<char> kept = stackalloc char[Longest];
        var n = 0;
        foreach (var c in text)
        {
            if (char.IsWhiteSpace(c) || c is '-' or '.' or '/' or '\u200B' || char.IsControl(c) || Kernel.Plain.IsDirection(c)) continue;
            if (n == Longest) break;
            kept[n++] = char.ToUpperInvariant(c);
        }

        return new string(kept[..n]);
    }

    /// <summary>The check that the last digit of bank cards and of telephones' numbers passes (ISO/IEC 7812-1, annex B).</summary>
    internal static bool Luhn(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var d = digits[^(i + 1)] - '0';
            if (i % 2 == 1) d = d > 4 ? (d * 2) - 9 : d * 2;
            sum += d;
        }

        return sum % 10 == 0;
    }

    /// <summary>Whether a text is made of ASCII digits only, and of some.</summary>
    internal static bool All(ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExceptInRange('0', '9');
}
