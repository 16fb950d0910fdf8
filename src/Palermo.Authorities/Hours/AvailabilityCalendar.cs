using System.Globalization;
using System.Text;
using NodaTime;
using NodaTime.Text;
using NodaTime.TimeZones;

namespace Palermo.Authorities.Hours;

/// <summary>Opening hours as an iCalendar file (RFC 5545) that repeats weekly in the authority's own time zone.</summary>
internal static class AvailabilityCalendar
{
    /// <summary>The time zone's changes are written out for so many years; the hours repeat as long.</summary>
    private const int Years = 5;

    private static readonly LocalDateTimePattern Local = LocalDateTimePattern.CreateWithInvariantCulture("uuuuMMdd'T'HHmmss");
    private static readonly InstantPattern Utc = InstantPattern.CreateWithInvariantCulture("uuuuMMdd'T'HHmmss'Z'");

    /// <summary>The file.</summary>
    /// <param name="id">Identifier of the entry.</param>
    /// <param name="summary">What a calendar shows.</param>
    /// <param name="hours">The hours.</param>
    /// <param name="zone">The time zone.</param>
    /// <param name="now">Now.</param>
    internal static string Write(string id, string summary, WeeklyHours hours, DateTimeZone zone, Instant now)
    {
        var today = now.InZone(zone).Date;
        var monday = today.With(DateAdjusters.PreviousOrSame(IsoDayOfWeek.Monday));
        var end = monday.PlusYears(Years).AtStartOfDayInZone(zone).ToInstant();
        var text = new StringBuilder();
        void Line(string line) => Fold(text, line);
        Line("BEGIN:VCALENDAR");
        Line("VERSION:2.0");
        Line("PRODID:-//Palermo//Authorities//EN");
        Line("CALSCALE:GREGORIAN");
        Line("METHOD:PUBLISH");
        Zone(Line, zone, monday.AtStartOfDayInZone(zone).ToInstant(), end);
        foreach (var (number, group) in hours.Slots.GroupBy(s => (s.From, s.To)).Index())
        {
            var first = monday.PlusDays((int)group.Min(s => s.Day) - 1).AtMidnight();
            Line("BEGIN:VEVENT");
            Line(string.Create(CultureInfo.InvariantCulture, $"UID:{id}-{number + 1}@palermo"));
            Line("DTSTAMP:" + Utc.Format(now));
            Line($"DTSTART;TZID={zone.Id}:{Local.Format(first.PlusMinutes(group.Key.From))}");
            Line($"DTEND;TZID={zone.Id}:{Local.Format(first.PlusMinutes(group.Key.To))}");
            Line($"RRULE:FREQ=WEEKLY;UNTIL={Utc.Format(end)};BYDAY={string.Join(',', group.Select(s => WeeklyHours.NameOf(s.Day)[..2].ToUpperInvariant()))}");
            Line("SUMMARY:" + Escape(summary));
            Line("TRANSP:TRANSPARENT");
            Line("END:VEVENT");
        }

        Line("END:VCALENDAR");
        return text.ToString();
    }

    /// <summary>The zone's offsets in the covered years, each as an observance that begins at its change.</summary>
    private static void Zone(Action<string> line, DateTimeZone zone, Instant from, Instant to)
    {
        line("BEGIN:VTIMEZONE");
        line("TZID:" + zone.Id);
        foreach (var interval in zone.GetZoneIntervals(from, to))
        {
            var part = interval.Savings == Offset.Zero ? "STANDARD" : "DAYLIGHT";
            var before = interval.HasStart ? zone.GetZoneInterval(interval.Start - Duration.Epsilon).WallOffset : interval.WallOffset;
            var onset = interval.HasStart ? interval.Start.WithOffset(before).LocalDateTime : new LocalDateTime(1970, 1, 1, 0, 0);
            line("BEGIN:" + part);
            line("DTSTART:" + Local.Format(onset));
            line("TZOFFSETFROM:" + Written(before));
            line("TZOFFSETTO:" + Written(interval.WallOffset));
            line("TZNAME:" + interval.Name);
            line("END:" + part);
        }

        line("END:VTIMEZONE");
    }

    private static string Written(Offset offset)
    {
        var minutes = Math.Abs(offset.Seconds) / 60;
        return string.Create(CultureInfo.InvariantCulture, $"{(offset.Seconds < 0 ? '-' : '+')}{minutes / 60:00}{minutes % 60:00}");
    }

    private static string Escape(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(";", "\\;", StringComparison.Ordinal).Replace(",", "\\,", StringComparison.Ordinal).ReplaceLineEndings("\\n");

    /// <summary>Lines end with CR LF and hold at most 75 octets; a longer one goes on after a space, and no letter is cut in two.</summary>
    private static void Fold(StringBuilder text, string line)
    {
        var octets = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > 75)
            {
                text.Append("\r\n ");
                octets = 1;
            }

            text.Append(rune.ToString());
            octets += rune.Utf8SequenceLength;
        }

        text.Append("\r\n");
    }
}
