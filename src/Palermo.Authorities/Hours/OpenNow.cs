using NodaTime;
using NodaTime.TimeZones;

namespace Palermo.Authorities.Hours;

/// <summary>Whether somebody answers at a moment, and how long or when next.</summary>
/// <param name="Open">Whether it is open.</param>
/// <param name="Now">The local time there.</param>
/// <param name="Change">When it closes, or opens next.</param>
internal sealed record OpenState(bool Open, ZonedDateTime Now, ZonedDateTime Change);

/// <summary>Opening hours at a moment.</summary>
internal static class OpenNow
{
    /// <summary>The time zone of this IANA name, or null.</summary>
    internal static DateTimeZone? Zone(string name) => DateTimeZoneProviders.Tzdb.GetZoneOrNull(name);

    /// <summary>Whether it is open at a moment. A local time that a change of the clock skips counts as the moment of the change.</summary>
    internal static OpenState At(WeeklyHours hours, DateTimeZone zone, Instant at)
    {
        var now = at.InZone(zone);
        Instant? opens = null, closes = null;
        for (var date = now.Date.PlusDays(-1); date <= now.Date.PlusDays(8); date = date.PlusDays(1))
        {
            foreach (var slot in hours.Slots.Where(s => s.Day == date.DayOfWeek))
            {
                var (from, to) = (Moment(zone, date, slot.From), Moment(zone, date, slot.To));
                if (from == closes) closes = to;
                else if (from <= at && at < to) closes = to;
                else if (from > at) opens ??= from;
            }
        }

        return closes is { } until ? new OpenState(true, now, until.InZone(zone)) : new OpenState(false, now, opens!.Value.InZone(zone));
    }

    private static Instant Moment(DateTimeZone zone, LocalDate date, int minute)
    {
        var local = date.AtMidnight().PlusMinutes(minute);
        return zone.ResolveLocal(local, Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnStartOfIntervalAfter)).ToInstant();
    }
}
