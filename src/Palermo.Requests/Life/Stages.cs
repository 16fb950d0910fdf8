using Palermo.Data.Cases;

namespace Palermo.Requests.Life;

/// <summary>Stages of a request's life.</summary>
internal static class Stages
{
    internal const string Draft = "draft", InReview = "in-review", Approved = "approved", Sent = "sent", Received = "received", Accepted = "accepted",
        ClarificationAsked = "clarification-asked", Postponed = "postponed", Refused = "refused", InExecution = "in-execution", PartlyExecuted = "partly-executed",
        Executed = "executed", Closed = "closed", Withdrawn = "withdrawn";

    /// <summary>All stages in the order of a life without trouble.</summary>
    internal static IReadOnlyList<string> All { get; } =
        [Draft, InReview, Approved, Sent, Received, Accepted, ClarificationAsked, Postponed, Refused, InExecution, PartlyExecuted, Executed, Closed, Withdrawn];

    /// <summary>Stages after which nothing is due.</summary>
    internal static IReadOnlyList<string> Ended { get; } = [Closed, Withdrawn];

    /// <summary>Whether what a request says may be changed: ours while it is a draft, theirs while we write down what came on paper. What came from their node stays as they signed it.</summary>
    internal static bool MayEdit(Request request) => request.Outgoing ? request.Stage == Draft : request.Node.Length == 0 && request.Stage is Received or ClarificationAsked;

    /// <summary>Whose move it is at a stage.</summary>
    internal static string WaitingFor(bool outgoing, string stage) => stage switch
    {
        Closed or Withdrawn => "none",
        Draft or InReview or Approved => "us",
        Sent or Received or Accepted or Postponed or InExecution or PartlyExecuted => outgoing ? "them" : "us",
        ClarificationAsked => outgoing ? "us" : "them",
        // Executed and refused: we read what came and close, or they have to say that they received it; the file is ours to close either way.
        _ => "us",
    };
}
