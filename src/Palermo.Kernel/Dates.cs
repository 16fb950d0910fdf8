using System.Globalization;

namespace Palermo.Kernel;

/// <summary>Days as people and machines write them.</summary>
public static class Dates
{
    /// <summary>The day as ISO 8601, <c>2006-09-01</c>.</summary>
    public static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The day written out, for example <c>1 September 2006</c>, with Western digits in every language.</summary>
    public static string Written(DateOnly day, Language language) => language.Code switch
    {
        "en" => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture),
        "es" or "pt" => day.ToString("d 'de' MMMM 'de' yyyy", language.Culture),
        "ru" => day.ToString("d MMMM yyyy 'г.'", language.Culture),
        "fr" => day.ToString(day.Day == 1 ? "d'er' MMMM yyyy" : "d MMMM yyyy", language.Culture),
        "zh" => string.Create(CultureInfo.InvariantCulture, $"{day.Year}年{day.Month}月{day.Day}日"),
        _ => $"{day.Day.ToString(CultureInfo.InvariantCulture)} {language.Culture.DateTimeFormat.GetMonthName(day.Month)} {day.Year.ToString(CultureInfo.InvariantCulture)}",
    };

    /// <summary>Reads a day a person or program gave.</summary>
    /// <param name="text">ISO 8601, <c>YYYY-MM-DD</c>, in the years 1900 to 2200.</param>
    /// <exception cref="RefusedException">The text is not such a day.</exception>
    public static DateOnly Parse(string text) =>
        TryParse(text, out var day) ? day : throw new RefusedException("refused.date", ("given", RefusedException.Shorten(text)));

    /// <summary>Reads an ISO 8601 day in the years 1900 to 2200; false when the text is anything else.</summary>
    public static bool TryParse(string? text, out DateOnly day) =>
        DateOnly.TryParseExact(text?.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day)
        && day.Year is >= 1900 and <= 2200;
}
