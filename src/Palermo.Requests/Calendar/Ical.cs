using System.Globalization;
using System.Text;
using Palermo.Kernel;

namespace Palermo.Requests.Calendar;

/// <summary>One day of a calendar on which something is due.</summary>
/// <param name="Uid">Stays the same for ever.</param>
/// <param name="On">The day.</param>
/// <param name="Summary">What is due.</param>
/// <param name="Description">More about it; empty for nothing.</param>
/// <param name="Address">Where to look.</param>
/// <param name="Certain">Whether it is settled; otherwise it is a suggestion.</param>
/// <param name="ChangedAt">When it changed last, UTC.</param>
internal sealed record IcalDay(string Uid, DateOnly On, string Summary, string Description, string Address, bool Certain, DateTime ChangedAt);

/// <summary>Writes iCalendar (RFC 5545).</summary>
internal static class Ical
{
    /// <summary>Most octets of a line without its break (3.1).</summary>
    internal const int LongestLine = 75;

    /// <summary>A calendar of whole days.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="days">What is due.</param>
    /// <param name="now">When it is written, UTC.</param>
    internal static string Calendar(string name, IReadOnlyCollection<IcalDay> days, DateTime now)
    {
        var to = new StringBuilder(200 + days.Count * 400);
        Line(to, "BEGIN:VCALENDAR");
        Line(to, "VERSION:2.0");
        Line(to, "PRODID:-//Palermo//Deadlines//EN");
        Line(to, "CALSCALE:GREGORIAN");
        Line(to, "METHOD:PUBLISH");
        Line(to, "X-WR-CALNAME:" + Escape(name));
        Line(to, "REFRESH-INTERVAL;VALUE=DURATION:PT1H");
        // A calendar must hold at least one component (3.6); with nothing due it is the zone its times are in.
        if (days.Count == 0) foreach (var line in Utc) Line(to, line);
        foreach (var day in days)
        {
            Line(to, "BEGIN:VEVENT");
            Line(to, "UID:" + Escape(day.Uid));
            Line(to, "DTSTAMP:" + Moment(now));
            Line(to, "LAST-MODIFIED:" + Moment(day.ChangedAt));
            Line(to, "DTSTART;VALUE=DATE:" + Date(day.On));
            Line(to, "DTEND;VALUE=DATE:" + Date(day.On.AddDays(1)));
            Line(to, "SUMMARY:" + Escape(day.Summary));
            if (day.Description.Length > 0) Line(to, "DESCRIPTION:" + Escape(day.Description));
            Line(to, "URL:" + day.Address);
            Line(to, day.Certain ? "STATUS:CONFIRMED" : "STATUS:TENTATIVE");
            Line(to, "TRANSP:TRANSPARENT");
            Line(to, "END:VEVENT");
        }

        Line(to, "END:VCALENDAR");
        return to.ToString();
    }

    private static readonly string[] Utc =
    [
        "BEGIN:VTIMEZONE", "TZID:UTC", "BEGIN:STANDARD", "DTSTART:19700101T000000", "TZOFFSETFROM:+0000", "TZOFFSETTO:+0000", "END:STANDARD", "END:VTIMEZONE",
    ];

    /// <summary>A value of type TEXT (3.3.11).</summary>
    internal static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 8);
        foreach (var c in text.ReplaceLineEndings("\n"))
        {
            switch (c)
            {
                case '\\' or ';' or ',': escaped.Append('\\').Append(c); break;
                case '\n': escaped.Append("\\n"); break;
                default: if (!char.IsControl(c) && !Plain.IsDirection(c)) escaped.Append(c); break;
            }
        }

        return escaped.ToString();
    }

    /// <summary>Writes a content line, folded so that no line has more than 75 octets and no character is cut (3.1).</summary>
    internal static void Line(StringBuilder to, string line)
    {
        var octets = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > LongestLine)
            {
                to.Append("\r\n ");
                octets = 1;
            }

            to.Append(rune.ToString());
            octets += rune.Utf8SequenceLength;
        }

        to.Append("\r\n");
    }

    private static string Date(DateOnly day) => day.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    private static string Moment(DateTime utc) => utc.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
}
