namespace Palermo.Requests.Identifiers;

/// <summary>Numbers of ships.</summary>
/// <remarks>Source: IMO Resolution A.1117(30): seven digits, the last is the last digit of the sum of the first six times 7 to 2.</remarks>
public static class ImoNumber
{
    /// <summary>The digits alone, without the letters <c>IMO</c>.</summary>
    public static string Normalize(string text)
    {
        var squeezed = Digits.Squeeze(text);
        return squeezed.StartsWith("IMO", StringComparison.Ordinal) ? squeezed[3..] : squeezed;
    }

    /// <summary>Whether it can be one.</summary>
    public static bool IsValid(string text)
    {
        var digits = Normalize(text);
        if (digits.Length != 7 || !Digits.All(digits)) return false;
        var sum = 0;
        for (var i = 0; i < 6; i++) sum += (digits[i] - '0') * (7 - i);
        return sum % 10 == digits[6] - '0';
    }
}
