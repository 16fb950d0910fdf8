using Microsoft.EntityFrameworkCore;
using Palermo.Data;
using Palermo.Data.Cases;
using Palermo.Kernel.Access;
using Palermo.Requests.Cases;
using Palermo.Requests.Life;
using Palermo.Requests.Time;

namespace Palermo.Requests.Calendar;

/// <summary>One thing that is due.</summary>
/// <param name="Deadline">The deadline.</param>
/// <param name="Request">Its request.</param>
internal sealed record DueLine(Deadline Deadline, Request Request);

/// <summary>When something is due, as the calendar groups it.</summary>
internal enum DueWhen
{
    /// <summary>Before today.</summary>
    Overdue,

    /// <summary>Until Sunday.</summary>
    ThisWeek,

    /// <summary>In the week after.</summary>
    NextWeek,

    /// <summary>After that.</summary>
    Later,
}

/// <summary>What is due of the requests a viewer may know of.</summary>
internal static class ListDue
{
    /// <summary>Most lines given at once.</summary>
    internal const int Most = 500;

    /// <summary>Open deadlines that count, earliest first.</summary>
    /// <param name="context">The record.</param>
    /// <param name="viewer">Who looks.</param>
    /// <param name="mine">Only of requests the viewer owns or is the deputy for, and of those nobody owns.</param>
    internal static IReadOnlyList<DueLine> For(PalermoContext context, Viewer viewer, bool mine)
    {
        var person = viewer.Person;
        var requests = Visible.Requests(context, viewer).AsNoTracking().Where(r => !Stages.Ended.Contains(r.Stage) || r.DueOn != null);
        if (mine) requests = requests.Where(r => r.Owner == person || r.Deputy == person || r.Owner == null);
        return [.. context.Set<Deadline>().AsNoTracking().Where(d => d.DoneAt == null)
            .Join(requests, d => d.Request, r => r.Id, (d, r) => new { Deadline = d, Request = r })
            .Where(l => l.Deadline.Kind != DeadlineKinds.Suggested || l.Request.Stage != Stages.Postponed)
            .OrderBy(l => l.Deadline.DueOn).ThenBy(l => l.Deadline.Id).Take(Most).AsEnumerable()
            .Where(l => DeadlineCounts.Open(l.Deadline, l.Request.Stage)).Select(l => new DueLine(l.Deadline, l.Request))];
    }

    /// <summary>The group a day belongs to; weeks begin on Monday.</summary>
    internal static DueWhen When(DateOnly day, DateOnly today)
    {
        if (day < today) return DueWhen.Overdue;
        var sunday = today.AddDays((7 - (int)today.DayOfWeek) % 7);
        return day <= sunday ? DueWhen.ThisWeek : day <= sunday.AddDays(7) ? DueWhen.NextWeek : DueWhen.Later;
    }
}
