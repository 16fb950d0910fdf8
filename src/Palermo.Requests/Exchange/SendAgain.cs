using Palermo.Data;
using Palermo.Data.Exchange;
using Palermo.Kernel;
using Palermo.Kernel.Access;
using Palermo.Requests.Cases;

namespace Palermo.Requests.Exchange;

/// <summary>Has a message tried again at once that was given up, or that waits because something went wrong. It keeps its identifier, by which the other side knows it if it did arrive.</summary>
internal static class SendAgain
{
    /// <summary>Whether a message can be sent again.</summary>
    internal static bool May(string state, string problem) => state == "failed" || (state == "waiting" && problem.Length > 0);

    /// <summary>Sends it again.</summary>
    /// <exception cref="RefusedException">There is no such message, the viewer may not write in the case, or nothing is wrong with it.</exception>
    internal static void Run(RequestsModule module, Viewer viewer, Guid requestId, Guid messageId) =>
        Change.Make(module.Database, viewer.Actor, module.Clock, change =>
        {
            var request = Visible.Request(change.Context, viewer, requestId);
            Visible.MustWrite(change.Context, viewer, request.Case, request.OrganizationPath);
            var message = change.Context.Set<OutgoingMessage>().FirstOrDefault(m => m.Id == messageId && m.Request == request.Id) ?? throw new RefusedException("exchange.unknown-message") { NotFound = true };
            if (!May(message.State, message.Problem)) throw new RefusedException("exchange.send-again.not") { Conflict = true };
            change.Audit("exchange.send-again", request.Case.ToString(), request.Id.ToString(), message.State, $"{message.Act} {message.Sequence} {message.Id} {message.To}");
            (message.State, message.Problem, message.Attempts, message.NotBefore, message.GiveUpAt) = ("waiting", "", 0, null, change.Now + TellThem.Patience);
        });
}
