using Microsoft.EntityFrameworkCore;
using Palermo.Data;
using Palermo.Data.Cases;

namespace Palermo.Requests.Time;

/// <summary>Keeps the day by which something of a request is due in step with its deadlines.</summary>
internal static class DueDay
{
    /// <summary>Sets <see cref="Request.DueOn"/> to the earliest open deadline that counts; what the context holds unsaved is saved first.</summary>
    internal static void Keep(PalermoContext context, Request request)
    {
        context.SaveChanges();
        request.DueOn = Earliest(context.Set<Deadline>().Where(d => d.Request == request.Id && d.DoneAt == null).AsEnumerable(), request.Stage);
    }

    /// <summary>The earliest day of open deadlines that count at a stage; null when there is none.</summary>
    internal static DateOnly? Earliest(IEnumerable<Deadline> deadlines, string stage) =>
        deadlines.Where(d => DeadlineCounts.Open(d, stage)).Min(d => (DateOnly?)d.DueOn);
}
