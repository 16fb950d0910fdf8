namespace Palermo.Requests.Identifiers;

/// <summary>International bank account numbers.</summary>
/// <remarks>Source: ISO 13616-1; check digits by ISO/IEC 7064 MOD 97-10.</remarks>
public static class Iban
{
    /// <summary>What is wrong with a number.</summary>
    public enum Fault
    {
        /// <summary>Nothing.</summary>
        None,

        /// <summary>Other characters than letters and digits, or not two letters and two digits first.</summary>
        Form,

        /// <summary>Not as long as the country's numbers are.</summary>
        Length,

        /// <summary>The check digits do not fit.</summary>
        CheckDigits,
    }

    /// <summary>The number without the blanks it is printed with, in capitals.</summary>
    public static string Normalize(string text) => Digits.Squeeze(text);

    /// <summary>What is wrong with a number; blanks and small letters are no fault.</summary>
    /// <param name="text">As typed.</param>
    /// <param name="lengths">Length by country; a country that is not in it is checked by its digits alone.</param>
    public static Fault Check(string text, IReadOnlyDictionary<string, int> lengths)
    {
        ArgumentNullException.ThrowIfNull(lengths);
        var iban = Normalize(text);
        if (iban.Length is < 5 or > 34 || !iban.All(char.IsAsciiLetterOrDigit) || !char.IsAsciiLetterUpper(iban[0]) || !char.IsAsciiLetterUpper(iban[1]) || !char.IsAsciiDigit(iban[2]) || !char.IsAsciiDigit(iban[3])) return Fault.Form;
        if (lengths.TryGetValue(iban[..2], out var length) && iban.Length != length) return Fault.Length;
        var rest = 0;
        for (var i = 0; i < iban.Length; i++)
        {
            var c = iban[(i + 4) % iban.Length];
            rest = char.IsAsciiDigit(c) ? ((rest * 10) + c - '0') % 97 : ((rest * 100) + c - 'A' + 10) % 97;
        }

        return rest == 1 ? Fault.None : Fault.CheckDigits;
    }
}
