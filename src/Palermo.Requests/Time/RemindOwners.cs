using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Palermo.Data;
using Palermo.Data.Access;
using Palermo.Data.Cases;
using Palermo.Kernel.Access;
using Palermo.Requests.Life;
using Palermo.Requests.Mail;

namespace Palermo.Requests.Time;

/// <summary>Writes reminders of what is due, each in the same change as the note that it went out.</summary>
internal static class RemindOwners
{
    /// <summary>Reminds of everything due today. One request that fails keeps no other from being worked through.</summary>
    /// <returns>How many mails were written.</returns>
    /// <exception cref="AggregateException">Some requests could not be worked through.</exception>
    internal static int Run(RequestsModule module)
    {
        var (written, failures) = (0, new List<Exception>());
        foreach (var id in Waiting(module))
        {
            try
            {
                // One change for each request, so that a busy node is never kept waiting for all of them.
                if (!NothingToSay(module, id)) written += Change.Make(module.Database, Actor.Node, module.Clock, change => Remind(module, change, id));
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                failures.Add(e);
            }
        }

        return failures.Count == 0 ? written : throw new AggregateException(failures);
    }

    /// <summary>Requests of which something may have to be said today, in one question: all that would have to be if the owner never did anything.</summary>
    private static List<Guid> Waiting(RequestsModule module)
    {
        var (today, until) = (module.Today, module.Today.AddDays(DueNow.FirstDaysBefore));
        using var context = module.Database.Connect();
        return
        [
            .. context.Set<Deadline>().AsNoTracking()
                .Where(d => d.DoneAt == null && d.DueOn <= until && (d.RemindedOn == null || d.RemindedOn < today || (d.Ours && d.EscalatedOn == null && d.DueOn < today)))
                .Join(context.Set<Request>().Where(r => !Stages.Ended.Contains(r.Stage) || r.DueOn <= until), d => d.Request, r => r.Id, (d, r) => new { Deadline = d, r.Stage }).OrderBy(d => d.Deadline.DueOn).ThenBy(d => d.Deadline.Id)
                .AsEnumerable().Where(d => DueNow.Of([d.Deadline], d.Stage, today, null).Count > 0).Select(d => d.Deadline.Request).Distinct(),
        ];
    }

    private static bool NothingToSay(RequestsModule module, Guid id)
    {
        using var context = module.Database.Connect();
        return Actions(context, context.Set<Request>().First(r => r.Id == id), module.Today).Count == 0;
    }

    private static int Remind(RequestsModule module, Change change, Guid id)
    {
        var context = change.Context;
        var request = context.Set<Request>().First(r => r.Id == id);
        var today = DateOnly.FromDateTime(change.Now);
        var (reminded, taking) = (new HashSet<Guid>(), new HashSet<Guid>());
        var people = People.WhoMayWrite(context, request);
        foreach (var (deadline, what) in Actions(context, request, today))
        {
            if (what.HasFlag(Due.Remind))
            {
                deadline.RemindedOn = today;
                reminded.UnionWith(Owners(context, request, people, deadline).Select(p => p.Id));
                change.Audit("request.reminded", request.Case.ToString(), Part(request, deadline), "", deadline.Kind);
            }

            if (what.HasFlag(Due.Escalate))
            {
                deadline.EscalatedOn = today;
                taking.UnionWith(Deputies(context, request, people).Select(p => p.Id));
                change.Audit("request.escalated", request.Case.ToString(), Part(request, deadline), "", deadline.Kind);
            }
        }

        // Who takes over hears that, and not also that something is due.
        reminded.ExceptWith(taking);
        foreach (var person in context.Set<Person>().Where(p => reminded.Contains(p.Id) || taking.Contains(p.Id)).OrderBy(p => p.Name).ToList())
            Outbox.Write(module, change, person, taking.Contains(person.Id) ? "mail.escalated" : "mail.due", $"/requests/{request.Id}");
        return reminded.Count + taking.Count;
    }

    private static IReadOnlyList<DueAction> Actions(PalermoContext context, Request request, DateOnly today)
    {
        var deadlines = context.Set<Deadline>().Where(d => d.Request == request.Id && d.DoneAt == null).OrderBy(d => d.Id).ToList();
        return DueNow.Of(deadlines, request.Stage, today, OwnerActed(context, request));
    }

    private static DateOnly? OwnerActed(PalermoContext context, Request request)
    {
        if (request.Owner is not { } owner) return null;
        var acted = new[]
        {
            context.Set<RequestEvent>().Where(e => e.Request == request.Id && e.By == owner).Max(e => (DateTime?)e.At),
            context.Set<ThreadMessage>().Where(m => m.Request == request.Id && m.By == owner).Max(m => (DateTime?)m.At),
            context.Set<StepVersion>().Where(s => s.Subject == request.Id && s.By == owner).Max(s => (DateTime?)s.At),
        }.Max();
        return acted is { } at ? DateOnly.FromDateTime(at) : null;
    }

    /// <summary>Who is reminded: the owner and, once it was handed over, the deputy; the approvers when nobody here is to act.</summary>
    private static IEnumerable<Person> Owners(PalermoContext context, Request request, IReadOnlyList<Person> people, Deadline deadline)
    {
        var named = people.Where(p => p.Id == request.Owner || (deadline.EscalatedOn is not null && p.Id == request.Deputy)).ToList();
        return named.Count > 0 ? named : Deputies(context, request, people);
    }

    private static IEnumerable<Person> Deputies(PalermoContext context, Request request, IReadOnlyList<Person> people) =>
        people.Where(p => p.Id == request.Deputy).ToList() is { Count: > 0 } deputy ? deputy : People.Approvers(context, request).Where(p => p.Id != request.Owner);

    private static string Part(Request request, Deadline deadline) => string.Create(CultureInfo.InvariantCulture, $"{request.Id}/deadlines/{deadline.Id}");
}
