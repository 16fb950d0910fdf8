using System.Text;
using System.Text.RegularExpressions;
using NodaTime;
using NodaTime.Text;
using Palermo.Authorities.Hours;
using Palermo.Kernel;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Authorities;

public sealed class OpeningHoursTests
{
    [Theory]
    [InlineData("Mon-Fri 09:00-17:00", 5)]
    [InlineData("Mon-Thu 09:00-12:00,13:00-17:00; Fri 09:00-15:00", 9)]
    [InlineData("Sun,Tue 00:00-24:00", 2)]
    public void HoursAreRead(string text, int slots) => WeeklyHours.Parse(text).Slots.Count.ShouldBe(slots);

    [Theory]
    [InlineData("")]
    [InlineData("9-5")]
    [InlineData("Mon-Fri 9:00-17:00")]
    [InlineData("Mon-Fri 17:00-09:00")]
    [InlineData("Mon-Fri 09:00-25:00")]
    [InlineData("Fri-Mon 09:00-17:00")]
    [InlineData("lundi 09:00-17:00")]
    [InlineData("Mon 09:00-12:00; Mon 11:00-13:00")]
    [InlineData("Mon 09:00-12:00-13:00")]
    public void AnythingElseIsRefused(string text) => Should.Throw<RefusedException>(() => WeeklyHours.Parse(text));

    // Riga moves its clocks forward on 29 March 2026 at 03:00 and back on 25 October 2026 at 04:00.
    [Theory]
    [InlineData("2026-03-27T07:30:00Z", true, "17:00+02")]
    [InlineData("2026-03-27T06:59:00Z", false, "09:00+02")]
    [InlineData("2026-03-27T15:00:00Z", false, "09:00+03")]
    [InlineData("2026-03-30T06:00:00Z", true, "17:00+03")]
    [InlineData("2026-10-23T14:30:00Z", false, "09:00+02")]
    [InlineData("2026-10-26T06:59:00Z", false, "09:00+02")]
    [InlineData("2026-10-26T07:00:00Z", true, "17:00+02")]
    public void HoursFollowTheLocalClock(string at, bool open, string change)
    {
        var state = State("Mon-Fri 09:00-17:00", "Europe/Riga", at);
        (state.Open, ZonedDateTimePattern.CreateWithInvariantCulture("HH:mmo<g>", null).Format(state.Change)).ShouldBe((open, change));
    }

    [Fact]
    public void AnHourThatDoesNotExistBeginsWhenTheClockHasMoved()
    {
        // 03:00 to 04:00 is skipped.
        var state = State("Sun 03:30-05:00", "Europe/Riga", "2026-03-29T00:30:00Z");
        (state.Open, state.Change.ToInstant()).ShouldBe((false, Instant.FromUtc(2026, 3, 29, 1, 0)));
        State("Sun 03:30-05:00", "Europe/Riga", "2026-03-29T01:10:00Z").Change.ToInstant().ShouldBe(Instant.FromUtc(2026, 3, 29, 2, 0));
    }

    [Fact]
    public void HoursThatGoOnAfterMidnightAreOneStretch() =>
        State("Mon 20:00-24:00; Tue 00:00-06:00", "UTC", "2026-06-01T23:00:00Z").Change.ToInstant().ShouldBe(Instant.FromUtc(2026, 6, 2, 6, 0));

    [Theory]
    [InlineData("Europe/Riga")]
    [InlineData("America/Sao_Paulo")]
    [InlineData("Asia/Kathmandu")]
    [InlineData("UTC")]
    public void TheCalendarIsValid(string zoneName)
    {
        var zone = OpenNow.Zone(zoneName)!;
        var text = AvailabilityCalendar.Write("id-1", "Open: Ģenerālprokuratūra; " + new string('ā', 100), WeeklyHours.Parse("Mon-Thu 09:00-12:00,13:00-17:00; Fri 09:00-12:00; Sun 20:00-24:00"), zone, Instant.FromUtc(2026, 6, 1, 12, 0));
        text.ShouldEndWith("END:VCALENDAR\r\n");
        foreach (var line in text.Split("\r\n")) Encoding.UTF8.GetByteCount(line).ShouldBeLessThanOrEqualTo(75);
        text.Replace("\r\n", "", StringComparison.Ordinal).ShouldNotContain('\n');
        var lines = text.Replace("\r\n ", "", StringComparison.Ordinal).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var open = new Stack<string>();
        foreach (var line in lines)
        {
            if (line.StartsWith("BEGIN:", StringComparison.Ordinal)) open.Push(line[6..]);
            else if (line.StartsWith("END:", StringComparison.Ordinal)) open.Pop().ShouldBe(line[4..]);
            else Regex.IsMatch(line, "^[A-Z-]+(;[A-Z]+=[^:;]+)*:.+$", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).ShouldBeTrue(line);
        }

        open.ShouldBeEmpty();
        lines.Count(l => l == "BEGIN:VEVENT").ShouldBe(3);
        lines.ShouldContain($"DTSTART;TZID={zoneName}:20260601T090000");
        lines.ShouldContain($"DTEND;TZID={zoneName}:20260608T000000");
        lines.Count(l => l.EndsWith("BYDAY=MO,TU,WE,TH,FR", StringComparison.Ordinal)).ShouldBe(1);
        lines.ShouldContain("TZID:" + zoneName);
        lines.ShouldContain(l => l.StartsWith("SUMMARY:", StringComparison.Ordinal) && l.Contains("ra\\; ", StringComparison.Ordinal));
    }

    [Fact]
    public void TheCalendarsTimeZoneChangesWhenTheClocksDo()
    {
        var text = AvailabilityCalendar.Write("id", "x", WeeklyHours.Parse("Mon 09:00-10:00"), OpenNow.Zone("Europe/Riga")!, Instant.FromUtc(2026, 6, 1, 12, 0));
        text.ShouldContain("BEGIN:STANDARD\r\nDTSTART:20261025T040000\r\nTZOFFSETFROM:+0300\r\nTZOFFSETTO:+0200\r\nTZNAME:EET\r\n");
        text.ShouldContain("BEGIN:DAYLIGHT\r\nDTSTART:20260329T030000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0300\r\nTZNAME:EEST\r\n");
    }

    private static OpenState State(string hours, string zone, string at) => OpenNow.At(WeeklyHours.Parse(hours), OpenNow.Zone(zone)!, InstantPattern.General.Parse(at).Value);
}
