using Palermo.Data;
using Palermo.Data.Cases;
using Palermo.Kernel;
using Palermo.Requests.Drafting;
using Palermo.Requests.Life;

namespace Palermo.Requests.Time;

/// <summary>What a step of a request's life means for its deadlines.</summary>
internal static class DeadlinesAfterMove
{
    /// <summary>Enters, meets and takes back deadlines that follow from a move.</summary>
    /// <param name="change">The move's change.</param>
    /// <param name="request">The request, at its new stage.</param>
    /// <param name="move">The move.</param>
    internal static void Run(Change change, Request request, Move move)
    {
        change.Context.SaveChanges();
        var open = change.Context.Set<Deadline>().Where(d => d.Request == request.Id && d.DoneAt == null).ToList();
        switch (move.Act)
        {
            case "approve" or "accept" when Dates.TryParse(StepStore.Document(change.Context, request).Field("handling.deadline"), out var day):
                // Suggested by whoever asks, so it binds whoever is asked.
                Suggest(change, request, open, WhatIsDue.Answer, day, ours: !request.Outgoing);
                break;
            case "ask-clarification" or "clarification-asked" when move.AnswerBy is { } day:
                Suggest(change, request, open, WhatIsDue.Clarification, day, ours: request.Outgoing);
                break;
            case "made-orally" when !open.Any(d => d.Text == WhatIsDue.Confirmation):
                // Confirmed in writing forthwith (UNTOC art. 18(14)): the next day.
                KeepDeadline.Add(change, request, DeadlineKinds.Legal, (move.On ?? DateOnly.FromDateTime(change.Now)).AddDays(1), WhatIsDue.Confirmation, ours: true);
                break;
            case "send":
                KeepDeadline.Done(change, request, open.Where(d => d.Text == WhatIsDue.Confirmation));
                break;
            case "clarified" or "clarification-came":
                KeepDeadline.Done(change, request, open.Where(d => d.Text == WhatIsDue.Clarification));
                break;
            case "reopen" or "executed" or "execute" or "refused" or "refuse":
                KeepDeadline.Done(change, request, open.Where(d => d.Text is WhatIsDue.Answer or WhatIsDue.Clarification));
                break;
            default:
                if (Stages.Ended.Contains(request.Stage, StringComparer.Ordinal)) KeepDeadline.Done(change, request, open.Where(d => !DeadlineCounts.Outlives(d.Text)));
                break;
        }

        DueDay.Keep(change.Context, request);
    }

    private static void Suggest(Change change, Request request, List<Deadline> open, string text, DateOnly day, bool ours)
    {
        if (open.FirstOrDefault(d => d.Text == text) is { } before) KeepDeadline.Move(before, day);
        else KeepDeadline.Add(change, request, DeadlineKinds.Suggested, day, text, ours);
    }
}
