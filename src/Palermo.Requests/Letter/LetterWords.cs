using System.Globalization;
using System.Text;
using Palermo.Kernel;
using Palermo.Requests.Document;
using Palermo.Treaties.Registry;

namespace Palermo.Requests.Letter;

/// <summary>The wording of one letter: its fixed texts, and names, days and amounts as its language writes them.</summary>
/// <param name="texts">The interface's texts.</param>
/// <param name="reference">Instruments and states.</param>
/// <param name="code">Code of the letter's language; English stands in for one that is not among the seven.</param>
internal sealed class LetterWords(Texts texts, TreatyReference reference, string code)
{
    /// <summary>Code of the language into which free text goes.</summary>
    internal string Code { get; } = code;

    /// <summary>Language of the fixed wording.</summary>
    internal Language Language { get; } = Language.Find(code) ?? Language.English;

    /// <summary>A fixed text.</summary>
    internal string Say(string key, params (string Name, object? Value)[] fillings) => texts.Say(Language, key, fillings);

    /// <summary>A fixed text when there is one for the key, otherwise what stands in for it.</summary>
    internal string SayOr(string key, string otherwise) => texts.Has(key) ? texts.Say(Language, key) : otherwise;

    /// <summary>Whether there is a fixed text.</summary>
    internal bool Has(string key) => texts.Has(key);

    /// <summary>A state's name; the code as given when it is none we know.</summary>
    internal string State(string? alpha3) => reference.States.Find(alpha3)?.NameIn(Language) ?? SafeText.Line(alpha3);

    /// <summary>An instrument's full title; null when it is none of the multilateral ones.</summary>
    internal string? Title(string instrument) => reference.Find(instrument)?.TitleIn(Language);

    /// <summary>Name of a language: in the letter's language for the seven, otherwise the language's own.</summary>
    internal string LanguageName(string of)
    {
        if (Language.Find(of) is { } one) return Say($"letter.language.{one.Code}");
        try
        {
            return SafeText.Line(CultureInfo.GetCultureInfo(of).NativeName);
        }
        catch (CultureNotFoundException)
        {
            return SafeText.Line(of);
        }
    }

    /// <summary>A day, a month or a year written out as far as it is known; null when the text is none of these.</summary>
    internal string? Day(string text)
    {
        if (Dates.TryParse(text, out var day)) return Dates.Written(day, Language);
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day)) return Dates.Written(day, Language);
        if (DateOnly.TryParseExact(text, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out day)) return Month(day);
        return DateOnly.TryParseExact(text, "yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) ? Language.Code switch { "zh" => text + "年", "ru" => text + " г.", _ => text } : null;
    }

    private string Month(DateOnly day)
    {
        var year = day.Year.ToString(CultureInfo.InvariantCulture);
        var month = Language.Culture.DateTimeFormat.GetMonthName(day.Month);
        return Language.Code switch
        {
            "zh" => string.Create(CultureInfo.InvariantCulture, $"{day.Year}年{day.Month}月"),
            "es" or "pt" => $"{month} de {year}",
            "ru" => $"{month} {year} г.",
            _ => $"{month} {year}",
        };
    }

    /// <summary>An amount with its digits in groups, and its currency.</summary>
    internal string Amount(decimal value, string currency)
    {
        var format = Language.Code == "ar" ? CultureInfo.InvariantCulture.NumberFormat : Language.Culture.NumberFormat;
        return $"{value.ToString(value == decimal.Truncate(value) ? "N0" : "N2", format)}\u00A0{SafeText.Line(currency)}".TrimEnd('\u00A0');
    }

    /// <summary>An account's number; an IBAN in groups of four, as banks print it (ISO 13616).</summary>
    internal static string AccountNumber(AccountEntry account)
    {
        var number = SafeText.Line(account.Number);
        if (account.Type != "iban" || number.Length > 34 || !number.All(char.IsAsciiLetterOrDigit)) return number;
        var grouped = new StringBuilder();
        for (var i = 0; i < number.Length; i++)
        {
            if (i > 0 && i % 4 == 0) grouped.Append(' ');
            grouped.Append(number[i]);
        }

        return grouped.ToString();
    }

    /// <summary>A person's name in one script, family name first where that script does so.</summary>
    internal static string Name(NameEntry name) => name.Script is "Hans" or "Hant" or "Hani" or "Jpan" or "Kore" or "Hang"
        ? SafeText.Line(name.Family + name.Given)
        : SafeText.Line($"{name.Given} {name.Family}");

    /// <summary>How a person is called in the letter: by the first name given.</summary>
    internal static string Name(PersonEntry person) => person.Names.Count > 0 ? Name(person.Names[0]) : SafeText.Line(person.Id);
}
