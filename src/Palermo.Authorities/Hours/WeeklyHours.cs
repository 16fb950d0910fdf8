using NodaTime;
using NodaTime.Text;
using Palermo.Kernel;

namespace Palermo.Authorities.Hours;

/// <summary>One stretch of opening hours.</summary>
/// <param name="Day">Day of the week.</param>
/// <param name="From">Minute of the day it opens.</param>
/// <param name="To">Minute of the day it closes; 1440 is midnight at its end.</param>
internal sealed record OpenSlot(IsoDayOfWeek Day, int From, int To);

/// <summary>Opening hours that repeat every week: <c>Mon-Fri 09:00-12:00,13:00-17:00; Sat 10:00-12:00</c>.</summary>
internal sealed class WeeklyHours
{
    private static readonly string[] Names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    private static readonly LocalTimePattern Time = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    private WeeklyHours(IReadOnlyList<OpenSlot> slots, string text) => (Slots, Text) = (slots, text);

    /// <summary>All stretches, from Monday morning to Sunday evening.</summary>
    internal IReadOnlyList<OpenSlot> Slots { get; }

    /// <summary>The hours as they are written.</summary>
    internal string Text { get; }

    /// <summary>Reads opening hours.</summary>
    /// <exception cref="RefusedException">They are not written as expected, or overlap.</exception>
    internal static WeeklyHours Parse(string text)
    {
        var slots = new List<OpenSlot>();
        var parts = text.Split([';', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length is 0 or > 14) throw Wrong(text);
        foreach (var part in parts)
        {
            if (part.Split(' ', StringSplitOptions.RemoveEmptyEntries) is not [var days, var times]) throw Wrong(part);
            foreach (var day in DaysOf(days))
                foreach (var stretch in times.Split(','))
                {
                    if (stretch.Split('-') is not [var from, var to] || Minute(from) is not { } opens || Minute(to) is not { } closes || opens >= closes) throw Wrong(part);
                    if (slots.Exists(s => s.Day == day && s.From < closes && opens < s.To)) throw new RefusedException("authority.hours-overlap", ("given", RefusedException.Shorten(part)));
                    slots.Add(new OpenSlot(day, opens, closes));
                }
        }

        return new WeeklyHours([.. slots.OrderBy(s => s.Day).ThenBy(s => s.From)], string.Join("; ", parts));
    }

    /// <summary>The day's short English name, as in the text.</summary>
    internal static string NameOf(IsoDayOfWeek day) => Names[(int)day - 1];

    private static IEnumerable<IsoDayOfWeek> DaysOf(string days)
    {
        foreach (var part in days.Split(','))
        {
            var ends = part.Split('-');
            var (first, last) = (Array.IndexOf(Names, ends[0]), Array.IndexOf(Names, ends[^1]));
            if (ends.Length > 2 || first < 0 || last < first) throw Wrong(days);
            for (var day = first; day <= last; day++) yield return (IsoDayOfWeek)(day + 1);
        }
    }

    private static int? Minute(string text) => text == "24:00" ? 1440
        : Time.Parse(text) is { Success: true, Value: var time } ? (time.Hour * 60) + time.Minute : null;

    private static RefusedException Wrong(string given) => new("authority.hours", ("given", RefusedException.Shorten(given)));
}
