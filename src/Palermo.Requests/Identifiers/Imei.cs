namespace Palermo.Requests.Identifiers;

/// <summary>Numbers of mobile telephones.</summary>
/// <remarks>Source: 3GPP TS 23.003 section 6.2: 15 digits, the last by the Luhn formula, or 16 with the software version instead of it.</remarks>
public static class Imei
{
    /// <summary>The digits alone.</summary>
    public static string Normalize(string text) => Digits.Squeeze(text);

    /// <summary>Whether it can be one.</summary>
    public static bool IsValid(string text)
    {
        var digits = Normalize(text);
        return Digits.All(digits) && (digits.Length == 16 || (digits.Length == 15 && Digits.Luhn(digits)));
    }
}
