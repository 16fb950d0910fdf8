using System.Globalization;
using System.Runtime.InteropServices;
using Palermo.Kernel;

namespace Palermo.Requests.Identifiers;

/// <summary>A day of which only the year, or the year and the month, may be known.</summary>
/// <param name="Year">The year, 1850 to 2200.</param>
/// <param name="Month">The month, if known.</param>
/// <param name="Day">The day of the month, if known.</param>
/// <remarks>Source: ISO 8601-1, reduced precision.</remarks>
[StructLayout(LayoutKind.Auto)]
public readonly record struct PartialDate(int Year, int? Month, int? Day)
{
    /// <summary>The first day it can be.</summary>
    public DateOnly First => new(Year, Month ?? 1, Day ?? 1);

    /// <summary>The last day it can be.</summary>
    public DateOnly Last => Day is not null ? First : Month is { } month ? new(Year, month, DateTime.DaysInMonth(Year, month)) : new(Year, 12, 31);

    /// <summary>Reads <c>1970</c>, <c>1970-04</c> or <c>1970-04-12</c>; false when the text is anything else.</summary>
    public static bool TryParse(string? text, out PartialDate date)
    {
        date = default;
        var span = (text ?? "").AsSpan().Trim();
        if (span.Length is not (4 or 7 or 10) || !Digits.All(span[..4])) return false;
        var year = int.Parse(span[..4], CultureInfo.InvariantCulture);
        if (year is < 1850 or > 2200) return false;
        if (span.Length == 4)
        {
            date = new(year, null, null);
            return true;
        }

        if (span[4] != '-' || !Digits.All(span[5..7])) return false;
        var month = int.Parse(span[5..7], CultureInfo.InvariantCulture);
        if (month is < 1 or > 12) return false;
        if (span.Length == 7)
        {
            date = new(year, month, null);
            return true;
        }

        if (span[7] != '-' || !Digits.All(span[8..])) return false;
        var day = int.Parse(span[8..], CultureInfo.InvariantCulture);
        if (day < 1 || day > DateTime.DaysInMonth(year, month)) return false;
        date = new(year, month, day);
        return true;
    }

    /// <summary>Whether both may be the same day.</summary>
    public bool MayBe(PartialDate other) => First <= other.Last && other.First <= Last;

    /// <summary>As ISO 8601.</summary>
    public override string ToString() => Day is not null ? Dates.Iso(First)
        : Month is { } month ? string.Create(CultureInfo.InvariantCulture, $"{Year:D4}-{month:D2}")
        : Year.ToString("D4", CultureInfo.InvariantCulture);
}
