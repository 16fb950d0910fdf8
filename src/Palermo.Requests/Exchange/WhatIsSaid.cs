namespace Palermo.Requests.Exchange;

/// <summary>One thing that one side's step says to the other side.</summary>
/// <param name="Code">Code in the payload and as AS4 action.</param>
/// <param name="FromRequesting">Whether the requesting state says it.</param>
/// <param name="Act">The step of the side that says it; empty for what no step says.</param>
/// <param name="Means">The step that the other side writes down; empty when none.</param>
internal sealed record Saying(string Code, bool FromRequesting, string Act, string Means);

/// <summary>What the two sides of a request say to each other, in one table: how the step of one becomes the step of the other.</summary>
internal static class WhatIsSaid
{
    internal const string Request = "request", Information = "spontaneous-information", Receipt = "receipt", Message = "message", Evidence = "evidence", EvidenceVerified = "evidence-verified", EvidenceRefused = "evidence-refused";

    /// <summary>All of it.</summary>
    internal static IReadOnlyList<Saying> All { get; } =
    [
        new(Request, true, "send", ""),
        new(Information, true, "send", ""),
        new("clarification", true, "clarified", "clarification-came"),
        new("withdrawal", true, "withdraw", "withdrawn"),
        new(Receipt, false, "", "receipt"),
        new("acceptance", false, "accept", "accepted"),
        new("clarification-request", false, "ask-clarification", "clarification-asked"),
        new("consultation", false, "consult", ""),
        new("postponement", false, "postpone", "postponed"),
        new("refusal", false, "refuse", "refused"),
        new("partial-refusal", false, "refuse-in-part", "partly-refused"),
        new("execution-began", false, "begin-execution", "execution-began"),
        new("partial-execution", false, "execute-in-part", "partly-executed"),
        new("execution", false, "execute", "executed"),
    ];

    /// <summary>What a step says to the other side; null when it is ours alone.</summary>
    internal static Saying? By(bool outgoing, string kind, string act) =>
        All.FirstOrDefault(s => s.FromRequesting == outgoing && s.Act == act && s.Act.Length > 0 && (s.Act != "send" || (s.Code == Information) == (kind == "spontaneous-information")));

    /// <summary>What a code means that came from the other side; null when it is none that side may say.</summary>
    internal static Saying? Find(bool fromRequesting, string code) => All.FirstOrDefault(s => s.FromRequesting == fromRequesting && s.Code == code);
}
