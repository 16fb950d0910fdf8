using Palermo.Kernel;
using Palermo.Kernel.Access;

namespace Palermo.Requests.Life;

/// <summary>One thing that may happen to a request.</summary>
/// <param name="Act">Its code.</param>
/// <param name="From">Stages in which it may happen.</param>
/// <param name="To">The stage it leads to; empty when the stage stays.</param>
/// <param name="Needs">What it demands besides the day.</param>
/// <param name="Source">Where the law speaks of it.</param>
internal sealed record Transition(string Act, IReadOnlyList<string> From, string To, Needs Needs, Citation Source)
{
    /// <summary>Who may do it, of those who may write in the case.</summary>
    internal IReadOnlyList<Role> By { get; init; } = [Role.Officer, Role.Approver];
}

/// <summary>What a step of life demands.</summary>
[Flags]
internal enum Needs
{
    /// <summary>Nothing more.</summary>
    Nothing = 0,

    /// <summary>Reasons in words.</summary>
    Reasons = 1,

    /// <summary>At least one ground from the table of grounds.</summary>
    Grounds = 2,

    /// <summary>A request without missing items.</summary>
    Complete = 4,

    /// <summary>Somebody other than who made it and who submitted it.</summary>
    SecondPerson = 8,

    /// <summary>That the other side was consulted before (UNTOC art. 18(26)); for extradition only where appropriate (art. 16(16)), so not demanded.</summary>
    Consultation = 16,

    /// <summary>That it is urgent (UNTOC art. 18(14)).</summary>
    Urgency = 32,
}

/// <summary>What may follow what: the life of outgoing and of incoming requests.</summary>
internal static class Transitions
{
    /// <summary>Stands for the stage from which clarification was asked: a question in the middle of the execution does not begin it anew (UNTOC art. 18(16)).</summary>
    internal const string BeforeClarification = "before-clarification";

    /// <summary>Kinds whose requests art. 18 governs, confiscation by art. 13(3).</summary>
    internal static readonly IReadOnlyList<string> Assistance = ["mla", "videoconference", "witness-transfer", "confiscation"];

    private static readonly IReadOnlyList<Role> Anyone = [Role.Officer, Role.Approver, Role.Drafter];

    /// <summary>Ours. What the other side did is written down when we learn of it.</summary>
    internal static IReadOnlyList<Transition> Outgoing { get; } =
    [
        new("submit", [Stages.Draft], Stages.InReview, Needs.Complete, new("untoc", "18(15)")) { By = Anyone },
        new("send-back", [Stages.InReview], Stages.Draft, Needs.Reasons, default) { By = [Role.Approver, Role.Officer] },
        new("approve", [Stages.InReview], Stages.Approved, Needs.Complete | Needs.SecondPerson, new("untoc", "18(13)")) { By = [Role.Approver] },
        new("reopen", [Stages.Approved], Stages.Draft, Needs.Reasons, default) { By = [Role.Approver] },
        new("made-orally", [Stages.Draft, Stages.InReview, Stages.Approved], "", Needs.Urgency | Needs.Reasons, new("untoc", "18(14)")),
        new("send", [Stages.Approved], Stages.Sent, Needs.Nothing, new("untoc", "18(13)")),
        new("receipt", [Stages.Sent], Stages.Received, Needs.Nothing, new("untoc", "18(13)")),
        // A receipt does not always come, and what came first is what is known: each may follow the sending itself.
        new("accepted", [Stages.Sent, Stages.Received, Stages.ClarificationAsked, Stages.Postponed], Stages.Accepted, Needs.Nothing, new("untoc", "18(17)")),
        new("clarification-asked", [Stages.Sent, Stages.Received, Stages.Accepted, Stages.InExecution, Stages.PartlyExecuted], Stages.ClarificationAsked, Needs.Reasons, new("untoc", "18(16)")),
        new("clarified", [Stages.ClarificationAsked], BeforeClarification, Needs.Reasons, new("untoc", "18(16)")),
        new("postponed", [Stages.Sent, Stages.Received, Stages.Accepted, Stages.ClarificationAsked, Stages.InExecution, Stages.PartlyExecuted], Stages.Postponed, Needs.Reasons, new("untoc", "18(25)")),
        new("refused", [Stages.Sent, Stages.Received, Stages.Accepted, Stages.ClarificationAsked, Stages.Postponed, Stages.InExecution], Stages.Refused, Needs.Grounds, new("untoc", "18(23)")),
        new("execution-began", [Stages.Sent, Stages.Received, Stages.Accepted, Stages.ClarificationAsked, Stages.Postponed], Stages.InExecution, Needs.Nothing, new("untoc", "18(24)")),
        new("partly-executed", [Stages.Sent, Stages.Received, Stages.Accepted, Stages.ClarificationAsked, Stages.Postponed, Stages.InExecution, Stages.PartlyExecuted], Stages.PartlyExecuted, Needs.Reasons, new("untoc", "18(24)")),
        new("partly-refused", [Stages.Sent, Stages.Received, Stages.Accepted, Stages.ClarificationAsked, Stages.Postponed, Stages.InExecution, Stages.PartlyExecuted], "", Needs.Grounds, new("untoc", "18(23)")),
        new("executed", [Stages.Sent, Stages.Received, Stages.Accepted, Stages.ClarificationAsked, Stages.Postponed, Stages.InExecution, Stages.PartlyExecuted], Stages.Executed, Needs.Nothing, new("untoc", "18(24)")),
        new("close", [Stages.Executed, Stages.PartlyExecuted, Stages.Refused], Stages.Closed, Needs.Nothing, new("untoc", "18(24)")),
        new("withdraw", [Stages.Draft, Stages.InReview, Stages.Approved, Stages.Sent, Stages.Received, Stages.Accepted, Stages.ClarificationAsked, Stages.Postponed, Stages.InExecution, Stages.PartlyExecuted], Stages.Withdrawn, Needs.Reasons, new("untoc", "18(24)")),
    ];

    /// <summary>Theirs.</summary>
    internal static IReadOnlyList<Transition> Incoming { get; } =
    [
        new("accept", [Stages.Received, Stages.ClarificationAsked, Stages.Postponed], Stages.Accepted, Needs.Nothing, new("untoc", "18(17)")),
        new("ask-clarification", [Stages.Received, Stages.Accepted, Stages.InExecution, Stages.PartlyExecuted], Stages.ClarificationAsked, Needs.Reasons, new("untoc", "18(16)")),
        new("clarification-came", [Stages.ClarificationAsked], BeforeClarification, Needs.Reasons, new("untoc", "18(16)")),
        new("consult", [Stages.Received, Stages.Accepted, Stages.ClarificationAsked, Stages.Postponed, Stages.InExecution, Stages.PartlyExecuted], "", Needs.Reasons, new("untoc", "18(26)")),
        new("postpone", [Stages.Received, Stages.Accepted, Stages.InExecution, Stages.PartlyExecuted], Stages.Postponed, Needs.Reasons | Needs.Consultation, new("untoc", "18(25)")),
        new("refuse", [Stages.Received, Stages.Accepted, Stages.ClarificationAsked, Stages.Postponed, Stages.InExecution], Stages.Refused, Needs.Grounds | Needs.Reasons | Needs.Consultation, new("untoc", "18(23)")) { By = [Role.Approver] },
        new("refuse-in-part", [Stages.Received, Stages.Accepted, Stages.InExecution, Stages.PartlyExecuted], "", Needs.Grounds | Needs.Reasons | Needs.Consultation, new("untoc", "18(23)")) { By = [Role.Approver] },
        new("begin-execution", [Stages.Accepted, Stages.Postponed], Stages.InExecution, Needs.Nothing, new("untoc", "18(24)")),
        new("execute-in-part", [Stages.InExecution, Stages.PartlyExecuted], Stages.PartlyExecuted, Needs.Reasons, new("untoc", "18(24)")),
        new("execute", [Stages.InExecution, Stages.PartlyExecuted], Stages.Executed, Needs.Nothing, new("untoc", "18(24)")),
        new("close", [Stages.Executed, Stages.PartlyExecuted, Stages.Refused], Stages.Closed, Needs.Nothing, new("untoc", "18(24)")),
        new("withdrawn", [Stages.Received, Stages.Accepted, Stages.ClarificationAsked, Stages.Postponed, Stages.InExecution, Stages.PartlyExecuted], Stages.Withdrawn, Needs.Reasons, new("untoc", "18(24)")),
    ];

    /// <summary>Information given without a request (UNTOC art. 18(4)–(5)): nobody accepts, executes or refuses it.</summary>
    private static readonly HashSet<string> OfInformation = ["submit", "send-back", "approve", "reopen", "send", "receipt", "withdraw", "withdrawn", "consult", "close"];

    /// <summary>What may follow a stage.</summary>
    /// <param name="outgoing">Whether we ask.</param>
    /// <param name="stage">The stage.</param>
    /// <param name="kind">Code of the kind.</param>
    [Rule("RQ-10", "What may happen next to a request", "UNTOC art. 18(4)–(5), (13), (15)–(17), (21), (23)–(26)")]
    internal static IReadOnlyList<Transition> From(bool outgoing, string stage, string kind = "mla")
    {
        var all = outgoing ? Outgoing : Incoming;
        if (kind != "spontaneous-information") return [.. all.Where(t => t.From.Contains(stage, StringComparer.Ordinal))];
        return [.. all.Where(t => OfInformation.Contains(t.Act) && (t.From.Contains(stage, StringComparer.Ordinal) || (t.Act == "close" && stage is Stages.Sent or Stages.Received)))];
    }

    /// <summary>The transition of an act from a stage; null when it may not happen then.</summary>
    internal static Transition? Find(bool outgoing, string stage, string kind, string? act) => From(outgoing, stage, kind).FirstOrDefault(t => t.Act == act);

    /// <summary>Where the law speaks of a step for a kind of cooperation: art. 18 for assistance; for extradition only what art. 16 says; otherwise nowhere.</summary>
    internal static Citation SourceFor(Transition transition, string kind) =>
        Assistance.Contains(kind, StringComparer.Ordinal) ? transition.Source
        : kind == "extradition" ? transition.Act switch { "consult" => new("untoc", "16(16)"), "made-orally" => new("untoc", "16(9)"), "refuse" or "refused" => new("untoc", "16(7)"), _ => default }
        : default;
}
