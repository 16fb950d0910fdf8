using System.Globalization;
using System.Text.RegularExpressions;
using Palermo.Authorities.Hours;
using Palermo.Kernel;

namespace Palermo.Authorities.Entries;

/// <summary>Reads single fields of an entry: bounded, without marks that make a text look like another one.</summary>
internal static partial class FieldText
{
    /// <summary>A text of one or more lines.</summary>
    internal static string Text(string text, int longest)
    {
        var clean = string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Select(l => Plain.Text(l).TrimEnd())).Trim();
        return clean.Length <= longest ? clean : throw TooLong(longest);
    }

    /// <summary>A single line that must not be empty.</summary>
    internal static string Required(string text, int longest)
    {
        var clean = Plain.Text(text).Trim();
        if (clean.Length == 0) throw new RefusedException("authority.missing");
        return clean.Length <= longest ? clean : throw TooLong(longest);
    }

    /// <summary>A list joined by semicolons or line ends, each item once.</summary>
    internal static IReadOnlyList<string> List(string text, int most, Func<string, string> read)
    {
        var items = text.Split([';', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return items.Length <= most ? [.. items.Select(read).Distinct(StringComparer.Ordinal)] : throw TooMany(most);
    }

    /// <summary>Lines whose parts are joined by <c>|</c>.</summary>
    internal static IReadOnlyList<T> Lines<T>(string text, int most, int parts, Func<string[], T> read)
    {
        var lines = text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length > most) throw TooMany(most);
        return [.. lines.Select(line => line.Split('|', StringSplitOptions.TrimEntries) is var split && split.Length == parts ? read(split)
            : throw new RefusedException("authority.parts", ("given", RefusedException.Shorten(line)), ("parts", parts)))];
    }

    /// <summary>Names, a line each: <c>lv: Ģenerālprokuratūra</c>.</summary>
    internal static IReadOnlyList<NameIn> Names(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length == 0) throw new RefusedException("authority.name-missing");
        if (lines.Length > 20) throw TooMany(20);
        var names = new List<NameIn>();
        foreach (var line in lines)
        {
            if (line.Split(':', 2, StringSplitOptions.TrimEntries) is not [var tag, var name] || !Tag().IsMatch(tag) || name.Length == 0)
                throw new RefusedException("authority.name", ("given", RefusedException.Shorten(line)));
            if (names.Exists(n => n.Language == tag)) throw new RefusedException("authority.name-twice", ("given", tag));
            names.Add(new NameIn(tag, Required(name, 300)));
        }

        return names;
    }

    /// <summary>Titles with addresses, a line each.</summary>
    internal static IReadOnlyList<Link> Links(string text) => Lines(text, 30, 2, p => new Link(Required(p[0], 300), Address(p[1])));

    /// <summary>One of a list of codes.</summary>
    internal static string OneOf(string text, string[] codes) =>
        Array.Find(codes, c => string.Equals(c, text, StringComparison.OrdinalIgnoreCase)) ?? throw new RefusedException("authority.one-of", ("given", RefusedException.Shorten(text)), ("choices", codes));

    /// <summary>A code of small letters and hyphens.</summary>
    internal static string Code(string text) => CodePattern().IsMatch(text) ? text : throw new RefusedException("authority.code", ("given", RefusedException.Shorten(text)));

    /// <summary>A language's code.</summary>
    internal static string Language(string text) =>
        LanguagePattern().IsMatch(text) ? text.ToLowerInvariant() : throw new RefusedException("authority.language", ("given", RefusedException.Shorten(text)));

    /// <summary>An electronic address, or nothing.</summary>
    internal static string Email(string text) =>
        text.Length == 0 || (text.Length <= 200 && EmailPattern().IsMatch(text)) ? text : throw new RefusedException("authority.email", ("given", RefusedException.Shorten(text)));

    /// <summary>A telephone number, or nothing.</summary>
    internal static string Telephone(string text) =>
        text.Length == 0 || (text.Length <= 60 && TelephonePattern().IsMatch(text)) ? text : throw new RefusedException("authority.telephone", ("given", RefusedException.Shorten(text)));

    /// <summary>The address of a page.</summary>
    internal static string Address(string text) =>
        text.Length <= 500 && Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" && uri.UserInfo.Length == 0 && Plain.Text(text) == text && !text.Contains(' ', StringComparison.Ordinal)
            ? text : throw new RefusedException("authority.address", ("given", RefusedException.Shorten(text)));

    /// <summary>An IANA time zone, or nothing.</summary>
    internal static string Zone(string text) =>
        text.Length == 0 || OpenNow.Zone(text) is not null ? text : throw new RefusedException("authority.zone", ("given", RefusedException.Shorten(text)));

    /// <summary>A day not after today, or nothing.</summary>
    internal static DateOnly? Past(string text, DateOnly today)
    {
        if (text.Length == 0) return null;
        var day = Dates.Parse(text);
        return day <= today ? day : throw new RefusedException("authority.future", ("day", day));
    }

    private static RefusedException TooLong(int longest) => new("authority.too-long", ("longest", longest.ToString(CultureInfo.InvariantCulture)));

    private static RefusedException TooMany(int most) => new("authority.too-many", ("most", most.ToString(CultureInfo.InvariantCulture)));

    [GeneratedRegex("^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Tag();

    [GeneratedRegex("^[a-z][a-z-]{1,39}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex CodePattern();

    [GeneratedRegex("^[A-Za-z]{2,3}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LanguagePattern();

    [GeneratedRegex(@"^[A-Za-z0-9.!#$%&'*+/=?^_`{}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex EmailPattern();

    [GeneratedRegex(@"^\+?[0-9][0-9 ()./-]*( ?(ext|x)\.? ?[0-9]+)?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TelephonePattern();
}
