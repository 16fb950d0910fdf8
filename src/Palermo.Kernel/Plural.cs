namespace Palermo.Kernel;

/// <summary>The plural form a whole number takes in a language, by the Unicode CLDR's rules.</summary>
public static class Plural
{
    /// <summary>The CLDR category: <c>zero</c>, <c>one</c>, <c>two</c>, <c>few</c>, <c>many</c> or <c>other</c>.</summary>
    /// <param name="language">The language.</param>
    /// <param name="n">A number of things, not negative.</param>
    public static string Form(Language language, int n) => language.Code switch
    {
        "en" or "es" => n == 1 ? "one" : "other",
        "fr" or "pt" => n is 0 or 1 ? "one" : "other",
        "ru" => (n % 10, n % 100) switch
        {
            (1, not 11) => "one",
            (2 or 3 or 4, not (12 or 13 or 14)) => "few",
            _ => "many",
        },
        "ar" => n switch
        {
            0 => "zero",
            1 => "one",
            2 => "two",
            _ => (n % 100) switch { >= 3 and <= 10 => "few", >= 11 => "many", _ => "other" },
        },
        _ => "other",
    };

    /// <summary>The categories a language needs for whole numbers, so that a check can ask for each of them.</summary>
    public static IReadOnlyList<string> Forms(Language language) => language.Code switch
    {
        "en" or "es" or "fr" or "pt" => ["one", "other"],
        "ru" => ["one", "few", "many"],
        "ar" => ["zero", "one", "two", "few", "many", "other"],
        _ => ["other"],
    };
}
