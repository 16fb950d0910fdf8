using System.Globalization;
using Palermo.Data;
using Palermo.Data.Cases;
using Palermo.Kernel;
using Palermo.Kernel.Access;
using Palermo.Requests.Cases;
using Palermo.Requests.Life;

namespace Palermo.Requests.Time;

/// <summary>A deadline as a form gives it.</summary>
/// <param name="Kind">suggested, agreed, legal, provisional-arrest or safe-conduct.</param>
/// <param name="DueOn">The last day; of the last two kinds the day from which it is counted.</param>
/// <param name="Days">Days of the period, for the last two kinds.</param>
/// <param name="Text">What is due.</param>
/// <param name="Ours">us or them.</param>
internal sealed record DeadlineInput(string? Kind, string? DueOn, string? Days, string? Text, string? Ours);

/// <summary>Enters a deadline, moves it, or notes that it was met.</summary>
internal static class KeepDeadline
{
    internal const int LongestText = 500;
    internal const string ProvisionalArrest = "provisional-arrest", SafeConduct = "safe-conduct";
    private const int MostOfOneRequest = 200;

    /// <summary>What may be chosen.</summary>
    internal static IReadOnlyList<string> Choices { get; } = [DeadlineKinds.Suggested, DeadlineKinds.Agreed, DeadlineKinds.Legal, ProvisionalArrest, SafeConduct];

    /// <summary>Enters a deadline.</summary>
    /// <exception cref="RefusedException">Something cannot be understood, or the viewer may not write here.</exception>
    internal static void Add(RequestsModule module, Viewer viewer, Guid requestId, DeadlineInput input)
    {
        var kind = Choices.FirstOrDefault(c => c == input.Kind) ?? throw new RefusedException("time.kind.wrong") { Field = "kind" };
        var day = RefusedException.For("dueOn", () => Dates.Parse(input.DueOn ?? ""));
        var ours = input.Ours switch { "us" => true, "them" => false, _ => throw new RefusedException("time.whose.wrong") { Field = "ours" } };
        var text = Plain.Text((input.Text ?? "").Trim().Take(LongestText)).Trim();
        if (kind is ProvisionalArrest or SafeConduct)
        {
            var days = DaysOf(input.Days);
            var period = kind == ProvisionalArrest ? LegalPeriods.ProvisionalArrest(day, days) : LegalPeriods.SafeConduct(day, days);
            day = period.LastDay ?? throw new RefusedException(period.Key) { Field = "days" };
            text = WhatIsDue.Mark + kind + (text.Length == 0 ? "" : WhatIsDue.Added + text);
            kind = DeadlineKinds.Legal;
        }
        else text = text.TrimStart(WhatIsDue.Mark[0]);

        if (text.Length == 0) throw new RefusedException("time.text.wrong", ("n", LongestText)) { Field = "text" };
        Change.Make(module.Database, viewer.Actor, module.Clock, change =>
        {
            var request = Writable(change, viewer, requestId);
            if (Stages.Ended.Contains(request.Stage, StringComparer.Ordinal) && !DeadlineCounts.Outlives(text)) throw new RefusedException("time.ended") { Conflict = true };
            if (change.Context.Set<Deadline>().Count(d => d.Request == requestId) >= MostOfOneRequest) throw new RefusedException("time.too-many", ("n", MostOfOneRequest));
            Add(change, request, kind, day, text, ours);
        });
    }

    /// <summary>Enters a deadline within a change.</summary>
    internal static void Add(Change change, Request request, string kind, DateOnly dueOn, string text, bool ours)
    {
        change.Context.Add(new Deadline { Request = request.Id, Kind = kind, DueOn = dueOn, Text = text, Ours = ours });
        change.Audit("request.deadline-set", request.Case.ToString(), request.Id.ToString(), "", $"{kind} {Dates.Iso(dueOn)} {(ours ? "us" : "them")} {text}");
        DueDay.Keep(change.Context, request);
        request.ChangedAt = change.Now;
    }

    /// <summary>Moves a deadline to another day.</summary>
    /// <exception cref="RefusedException">Not known, done already, or not a day.</exception>
    internal static void Move(RequestsModule module, Viewer viewer, Guid requestId, long number, string? dueOn)
    {
        var day = RefusedException.For("dueOn", () => Dates.Parse(dueOn ?? ""));
        Change.Make(module.Database, viewer.Actor, module.Clock, change =>
        {
            var request = Writable(change, viewer, requestId);
            var deadline = OpenOne(change.Context, requestId, number);
            if (deadline.DueOn == day) return;
            change.Audit("request.deadline-moved", request.Case.ToString(), Part(request, deadline), Dates.Iso(deadline.DueOn), Dates.Iso(day));
            Move(deadline, day);
            DueDay.Keep(change.Context, request);
            request.ChangedAt = change.Now;
        });
    }

    /// <summary>Notes that a deadline was met or taken back.</summary>
    /// <exception cref="RefusedException">Not known, or done already.</exception>
    internal static void Done(RequestsModule module, Viewer viewer, Guid requestId, long number) =>
        Change.Make(module.Database, viewer.Actor, module.Clock, change =>
        {
            var request = Writable(change, viewer, requestId);
            Done(change, request, [OpenOne(change.Context, requestId, number)]);
            DueDay.Keep(change.Context, request);
            request.ChangedAt = change.Now;
        });

    /// <summary>Notes within a change that deadlines were met or taken back; the caller keeps <see cref="DueDay"/>.</summary>
    internal static void Done(Change change, Request request, IEnumerable<Deadline> deadlines)
    {
        foreach (var deadline in deadlines)
        {
            deadline.DoneAt = change.Now;
            change.Audit("request.deadline-done", request.Case.ToString(), Part(request, deadline), Dates.Iso(deadline.DueOn), "");
        }
    }

    internal static void Move(Deadline deadline, DateOnly day) => (deadline.DueOn, deadline.EscalatedOn) = (day, null);

    private static Request Writable(Change change, Viewer viewer, Guid id)
    {
        var request = Visible.Request(change.Context, viewer, id);
        Visible.MustWrite(change.Context, viewer, request.Case, request.OrganizationPath);
        return request;
    }

    private static Deadline OpenOne(PalermoContext context, Guid requestId, long number)
    {
        var deadline = context.Set<Deadline>().FirstOrDefault(d => d.Id == number && d.Request == requestId) ?? throw new RefusedException("time.unknown") { NotFound = true };
        return deadline.DoneAt is null ? deadline : throw new RefusedException("time.done-already") { Conflict = true };
    }

    private static int? DaysOf(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        return int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is > 0 and <= LegalPeriods.MostDays
            ? days : throw new RefusedException("time.days.wrong", ("n", LegalPeriods.MostDays)) { Field = "days" };
    }

    private static string Part(Request request, Deadline deadline) => string.Create(CultureInfo.InvariantCulture, $"{request.Id}/deadlines/{deadline.Id}");
}
