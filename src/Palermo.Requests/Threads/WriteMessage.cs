using Palermo.Data;
using Palermo.Data.Cases;
using Palermo.Kernel;
using Palermo.Kernel.Access;
using Palermo.Requests.Cases;
using Palermo.Requests.Exchange;
using Palermo.Requests.Life;

namespace Palermo.Requests.Threads;

/// <summary>A message as a form gives it.</summary>
/// <param name="Kind">clarification, answer, partial-answer, consultation or note.</param>
/// <param name="By">us or them; a note is always ours.</param>
/// <param name="Text">What was said.</param>
/// <param name="Thread">Number of the message that began the thread; null to begin one.</param>
internal sealed record MessageInput(string? Kind, string? By, string? Text, long? Thread);

/// <summary>Kinds of messages.</summary>
internal static class MessageKinds
{
    internal const string Clarification = "clarification", Answer = "answer", PartialAnswer = "partial-answer", Consultation = "consultation", Note = "note";

    internal static IReadOnlyList<string> All { get; } = [Clarification, Answer, PartialAnswer, Consultation, Note];

    /// <summary>Messages the other side may see. Notes stay within the office, whoever asks and wherever they would be sent.</summary>
    internal static IQueryable<ThreadMessage> WithOtherSide(IQueryable<ThreadMessage> messages) => messages.Where(m => m.Kind != Note);
}

/// <summary>Writes down a message between the two sides, or a note within the office.</summary>
internal static class WriteMessage
{
    internal const int LongestText = 20_000;
    private static readonly string[] BeforeSending = [Stages.Draft, Stages.InReview, Stages.Approved];

    /// <summary>Writes a message.</summary>
    /// <exception cref="RefusedException">Something is missing, the thread is another's, or the request has not left the house yet.</exception>
    internal static void Write(RequestsModule module, Viewer viewer, Guid requestId, MessageInput input)
    {
        var kind = MessageKinds.All.FirstOrDefault(k => k == input.Kind) ?? throw new RefusedException("threads.kind.wrong") { Field = "kind" };
        var ours = kind == MessageKinds.Note || input.By switch { "us" => true, "them" => false, _ => throw new RefusedException("threads.by.wrong") { Field = "by" } };
        var text = Lines(input.Text);
        if (text.Length is 0 or > LongestText) throw new RefusedException("threads.text.wrong", ("n", LongestText)) { Field = "text" };
        Change.Make(module.Database, viewer.Actor, module.Clock, change =>
        {
            var request = Visible.Request(change.Context, viewer, requestId);
            Visible.MustWrite(change.Context, viewer, request.Case, request.OrganizationPath);
            if (kind != MessageKinds.Note && BeforeSending.Contains(request.Stage)) throw new RefusedException("threads.not-sent") { Field = "kind" };
            if (input.Thread is { } thread)
            {
                var root = change.Context.Set<ThreadMessage>().FirstOrDefault(m => m.Id == thread && m.Request == requestId && m.Thread == null) ?? throw new RefusedException("threads.unknown") { NotFound = true };
                if ((root.Kind == MessageKinds.Note) != (kind == MessageKinds.Note)) throw new RefusedException("threads.mixed") { Field = "kind" };
            }

            Add(change, request, kind, ours, text, input.Thread, viewer);
            if (request.Node.Length > 0 && ours && kind != MessageKinds.Note) TellThem.Write(change, request, new MessagePayload { Act = WhatIsSaid.Message, Kind = kind, Text = text, On = DateOnly.FromDateTime(change.Now), By = viewer.Name });
        });
    }

    /// <summary>Writes a message within a change.</summary>
    internal static void Add(Change change, Request request, string kind, bool ours, string text, long? thread, Viewer viewer)
    {
        change.Context.Add(new ThreadMessage { Request = request.Id, Thread = thread, Kind = kind, Ours = ours, Text = text, By = viewer.Person, ByName = viewer.Name, At = change.Now });
        change.Audit("request.message", request.Case.ToString(), request.Id.ToString(), "", $"{kind} {(ours ? "us" : "them")} {text}");
        request.ChangedAt = change.Now;
    }

    /// <summary>A text of several lines without control characters and marks of direction.</summary>
    internal static string Lines(string? text) => string.Join('\n', (text ?? "").ReplaceLineEndings("\n").Split('\n').Select(l => Plain.Text(l.Replace('\t', ' ')).TrimEnd())).Trim();
}
