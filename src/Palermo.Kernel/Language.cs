using System.Globalization;

namespace Palermo.Kernel;

/// <summary>One of the seven languages of the interface.</summary>
/// <param name="Code">ISO 639-1 code.</param>
/// <param name="Endonym">The language's own name for itself.</param>
/// <param name="RightToLeft">Whether its script runs from right to left.</param>
/// <param name="Index">Position in <see cref="All"/>.</param>
public sealed record Language(string Code, string Endonym, bool RightToLeft, int Index)
{
    /// <summary>English, the language of data files and of a caller who names none.</summary>
    public static readonly Language English = new("en", "English", false, 0);

    /// <summary>All languages, in the order the switch shows them.</summary>
    public static readonly IReadOnlyList<Language> All =
    [
        English,
        new("fr", "Français", false, 1),
        new("es", "Español", false, 2),
        new("pt", "Português", false, 3),
        new("ru", "Русский", false, 4),
        new("ar", "العربية", true, 5),
        new("zh", "中文", false, 6),
    ];

    /// <summary>The culture whose collation and date patterns the language uses; always the Gregorian calendar.</summary>
    public CultureInfo Culture { get; } = CultureOf(Code);

    /// <summary><c>rtl</c> or <c>ltr</c>, for the <c>dir</c> attribute.</summary>
    public string Direction => RightToLeft ? "rtl" : "ltr";

    /// <summary>The language with this ISO 639-1 code, or null.</summary>
    public static Language? Find(string? code) =>
        All.FirstOrDefault(l => string.Equals(l.Code, code, StringComparison.OrdinalIgnoreCase));

    /// <summary>The best of the seven for an <c>Accept-Language</c> header; English when none fits.</summary>
    /// <param name="header">The header's value as sent by a stranger; anything unreadable in it is passed over.</param>
    public static Language FromAcceptLanguage(string? header)
    {
        if (string.IsNullOrEmpty(header) || header.Length > 500) return English;
        Language? best = null;
        var bestWeight = 0.0;
        foreach (var part in header.Split(','))
        {
            var pieces = part.Split(';', 2, StringSplitOptions.TrimEntries);
            var language = Find(pieces[0].Split('-')[0]);
            if (language is null) continue;
            var weight = 1.0;
            if (pieces.Length == 2 && pieces[1].StartsWith("q=", StringComparison.OrdinalIgnoreCase)
                && !double.TryParse(pieces[1].AsSpan(2), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out weight))
                continue;
            if (weight > bestWeight) (best, bestWeight) = (language, weight);
        }

        return best ?? English;
    }

    private static CultureInfo CultureOf(string code)
    {
        var culture = new CultureInfo(code switch { "ar" => "ar-EG", "zh" => "zh-CN", "pt" => "pt-BR", _ => code });
        culture.DateTimeFormat.Calendar = new GregorianCalendar();
        return culture;
    }
}
