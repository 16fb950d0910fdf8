using Palermo.Data;
using Palermo.Data.Cases;
using Palermo.Kernel.Access;
using Palermo.Requests.Life;

namespace Palermo.Requests.Threads;

/// <summary>Steps of life in which one side says something to the other also stand in the thread.</summary>
internal static class ThreadsAfterMove
{
    private static readonly Dictionary<string, (string Kind, bool Ours)> Says = new(StringComparer.Ordinal)
    {
        ["clarification-asked"] = (MessageKinds.Clarification, false),
        ["clarified"] = (MessageKinds.Answer, true),
        ["partly-executed"] = (MessageKinds.PartialAnswer, false),
        ["ask-clarification"] = (MessageKinds.Clarification, true),
        ["clarification-came"] = (MessageKinds.Answer, false),
        ["consult"] = (MessageKinds.Consultation, true),
        ["execute-in-part"] = (MessageKinds.PartialAnswer, true),
    };

    /// <summary>Writes what a move said into the thread it belongs to.</summary>
    internal static void Run(Change change, Viewer viewer, Request request, Move move)
    {
        if (!Says.TryGetValue(move.Act, out var said)) return;
        var text = WriteMessage.Lines(move.Text);
        if (text.Length > 0) WriteMessage.Add(change, request, said.Kind, said.Ours, text, said.Kind == MessageKinds.Answer ? LastQuestion(change.Context, request) : null, viewer);
    }

    internal static long? LastQuestion(PalermoContext context, Request request) =>
        context.Set<ThreadMessage>().Where(m => m.Request == request.Id && m.Thread == null && m.Kind == MessageKinds.Clarification).Max(m => (long?)m.Id);
}
