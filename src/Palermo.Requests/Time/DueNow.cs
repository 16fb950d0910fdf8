using Palermo.Data.Cases;

namespace Palermo.Requests.Time;

/// <summary>What is to be said about a deadline today.</summary>
[Flags]
internal enum Due
{
    /// <summary>Nothing.</summary>
    Nothing = 0,

    /// <summary>The owner is reminded.</summary>
    Remind = 1,

    /// <summary>The deputy takes over.</summary>
    Escalate = 2,
}

/// <summary>One thing to say.</summary>
/// <param name="Deadline">The deadline.</param>
/// <param name="What">What to say.</param>
internal sealed record DueAction(Deadline Deadline, Due What);

/// <summary>Who is to be told what about deadlines on a day.</summary>
/// <remarks>
/// The owner is reminded seven days before, one day before, on the day, and then every week. What is ours and three working days overdue without
/// the owner having done anything since goes to the deputy, once. Nothing twice on a day, and nothing once it is done.
/// </remarks>
internal static class DueNow
{
    /// <summary>Days before the last day on which the first reminder goes out.</summary>
    internal const int FirstDaysBefore = 7;

    /// <summary>Working days overdue after which the deputy is told.</summary>
    internal const int WorkingDaysUntilDeputy = 3;

    /// <summary>What to say about deadlines of one request.</summary>
    /// <param name="deadlines">The deadlines.</param>
    /// <param name="stage">The request's stage.</param>
    /// <param name="today">Today.</param>
    /// <param name="ownerActed">The last day on which the owner did something with the request; null when never.</param>
    internal static IReadOnlyList<DueAction> Of(IEnumerable<Deadline> deadlines, string stage, DateOnly today, DateOnly? ownerActed)
    {
        var actions = new List<DueAction>();
        foreach (var deadline in deadlines)
        {
            if (!DeadlineCounts.Open(deadline, stage)) continue;
            var what = (Reminds(deadline, today) ? Due.Remind : Due.Nothing) | (Escalates(deadline, today, ownerActed) ? Due.Escalate : Due.Nothing);
            if (what != Due.Nothing) actions.Add(new(deadline, what));
        }

        return actions;
    }

    /// <summary>A reminder that was missed because the node stood still is made up for once.</summary>
    private static bool Reminds(Deadline deadline, DateOnly today) =>
        LastOccasion(deadline.DueOn, today) is { } occasion && (deadline.RemindedOn is null || deadline.RemindedOn < occasion);

    private static DateOnly? LastOccasion(DateOnly due, DateOnly today)
    {
        var late = today.DayNumber - due.DayNumber;
        return late switch
        {
            >= 0 => due.AddDays(late / 7 * 7),
            -1 => today,
            >= -FirstDaysBefore => due.AddDays(-FirstDaysBefore),
            _ => null,
        };
    }

    private static bool Escalates(Deadline deadline, DateOnly today, DateOnly? ownerActed)
    {
        if (!deadline.Ours || deadline.EscalatedOn is not null) return false;
        var since = ownerActed is { } acted && acted > deadline.DueOn ? acted : deadline.DueOn;
        return WorkingDays.Between(since, today) >= WorkingDaysUntilDeputy;
    }
}

/// <summary>Working days: Monday to Friday. Public holidays differ from office to office and are not known here.</summary>
internal static class WorkingDays
{
    /// <summary>Number of working days after a day, up to and including another.</summary>
    internal static int Between(DateOnly after, DateOnly until)
    {
        var days = until.DayNumber - after.DayNumber;
        if (days <= 0) return 0;
        var count = days / 7 * 5;
        for (var day = after.AddDays(days / 7 * 7 + 1); day <= until; day = day.AddDays(1))
            if (day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)) count++;
        return count;
    }
}
