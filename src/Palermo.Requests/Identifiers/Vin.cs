namespace Palermo.Requests.Identifiers;

/// <summary>Vehicle identification numbers.</summary>
/// <remarks>Source: ISO 3779 and ISO 3780; the check digit is required in North America only (49 CFR 565.15).</remarks>
public static class Vin
{
    private static readonly int[] Weights = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];

    /// <summary>What is wrong with a number.</summary>
    public enum Fault
    {
        /// <summary>Nothing.</summary>
        None,

        /// <summary>Not 17 letters and digits without I, O and Q.</summary>
        Form,

        /// <summary>The check digit does not fit, and vehicles made for North America have one.</summary>
        CheckDigit,

        /// <summary>The check digit does not fit; outside North America the ninth place need not be one.</summary>
        PerhapsNoCheckDigit,
    }

    /// <summary>The number without blanks, in capitals.</summary>
    public static string Normalize(string text) => Digits.Squeeze(text);

    /// <summary>What is wrong with a number.</summary>
    public static Fault Check(string text)
    {
        var vin = Normalize(text);
        if (vin.Length != 17) return Fault.Form;
        var sum = 0;
        for (var i = 0; i < 17; i++)
        {
            var value = Value(vin[i]);
            if (value < 0) return Fault.Form;
            sum += value * Weights[i];
        }

        var check = sum % 11 == 10 ? 'X' : (char)('0' + (sum % 11));
        if (vin[8] == check) return Fault.None;
        return vin[0] is >= '1' and <= '5' ? Fault.CheckDigit : Fault.PerhapsNoCheckDigit;
    }

    private static int Value(char c) => c switch
    {
        >= '0' and <= '9' => c - '0',
        >= 'A' and <= 'H' => c - 'A' + 1,
        >= 'J' and <= 'N' => c - 'J' + 1,
        'P' => 7,
        'R' => 9,
        >= 'S' and <= 'Z' => c - 'S' + 2,
        _ => -1,
    };
}
