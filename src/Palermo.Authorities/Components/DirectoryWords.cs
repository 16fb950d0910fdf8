using System.Globalization;
using NodaTime;
using NodaTime.Text;
using Palermo.Authorities.Entries;
using Palermo.Authorities.Hours;
using Palermo.Kernel;
using Palermo.Web;

namespace Palermo.Authorities.Components;

/// <summary>The directory's codes in the reader's words.</summary>
internal static class DirectoryWords
{
    private static readonly OffsetPattern Offset = OffsetPattern.CreateWithInvariantCulture("+HH:mm");
    private static readonly LocalTimePattern Time = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    internal static string Kind(PageContext page, string code) => Word(page, "kind.", code);

    /// <summary>Languages by their own names, which every reader of a request in them knows, with their codes.</summary>
    internal static string Languages(PageContext page, IEnumerable<string> codes) => page.Say("authority.list", ("items", codes.Select(Endonym).ToArray()));

    internal static string List(PageContext page, string prefix, IEnumerable<string> codes) =>
        page.Say("authority.list", ("items", codes.Select(c => page.Texts.Has(prefix + c) ? (object)new Message(prefix + c) : c).ToArray()));

    internal static string Name(PageContext page, AuthorityContent content) =>
        content.Names.Count == 0 ? page.Say("authority.name.unread") : content.NameFor(page.Language.Code);

    /// <summary>What a field holds, in words where it holds codes.</summary>
    internal static string Value(PageContext page, string field, string text) => field switch
    {
        _ when text.Length == 0 => "",
        "kinds" => List(page, "kind.", text.Split(';')),
        "languages" => Languages(page, text.Split(';')),
        "channels" => List(page, "authority.channel.", text.Split(';')),
        "stage" => page.Say("authority.stage." + text),
        "dual_criminality" => page.Say("authority.dual." + text),
        EntryFields.Certified => page.Say("authority.certified." + text),
        _ => text,
    };

    /// <summary>Whether it is open and until or from when, with the shape of the answer.</summary>
    internal static (string Shape, string Text) Open(PageContext page, OpenState state)
    {
        if (state.Open && state.Change.ToInstant() - state.Now.ToInstant() >= Duration.FromDays(7)) return ("yes", page.Say("authority.now.always"));
        return (state.Open ? "yes" : "no", page.Say(
            state.Open ? "authority.now.open" : "authority.now.closed", ("day", Day(state.Change)), ("time", Clock(state.Change)), ("offset", "UTC" + Offset.Format(state.Change.Offset))));
    }

    /// <summary>The time there.</summary>
    internal static string There(PageContext page, ZonedDateTime now) =>
        page.Say("authority.now.clock", ("day", Day(now)), ("time", Clock(now)), ("offset", "UTC" + Offset.Format(now.Offset)));

    private static string Endonym(string code)
    {
        try
        {
            return CultureInfo.GetCultureInfo(code, predefinedOnly: true).NativeName is { } name && name != code ? $"{name} ({code})" : code;
        }
        catch (CultureNotFoundException)
        {
            return code;
        }
    }

    private static DateOnly Day(ZonedDateTime time) => time.Date.ToDateOnly();

    private static string Clock(ZonedDateTime time) => Time.Format(time.TimeOfDay);

    private static string Word(PageContext page, string prefix, string code) => page.Texts.Has(prefix + code) ? page.Say(prefix + code) : code;
}
