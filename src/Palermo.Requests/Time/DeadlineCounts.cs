using Palermo.Data.Cases;
using Palermo.Kernel;
using Palermo.Requests.Life;

namespace Palermo.Requests.Time;

/// <summary>Whether a deadline counts, and why.</summary>
/// <param name="Counts">Whether somebody is held to it now.</param>
/// <param name="Key">Key of the reason's text.</param>
/// <param name="Source">Where the reason stands.</param>
internal sealed record CountsAnswer(bool Counts, string Key, Citation Source);

/// <summary>Kinds of deadlines.</summary>
internal static class DeadlineKinds
{
    internal const string Suggested = "suggested", Agreed = "agreed", Legal = "legal";

    internal static IReadOnlyList<string> All { get; } = [Suggested, Agreed, Legal];
}

/// <summary>Whether somebody is held to a deadline.</summary>
internal static class DeadlineCounts
{
    /// <summary>Whether a deadline counts while its request is at a stage.</summary>
    /// <param name="kind">Kind of the deadline.</param>
    /// <param name="text">What is due, as it is kept.</param>
    /// <param name="stage">The request's stage.</param>
    /// <remarks>
    /// UNTOC art. 18(24): the requested state takes as full account as possible of deadlines the requesting state suggests. Art. 18(25): it may
    /// postpone assistance that would interfere with its own proceedings; what was only suggested waits until then, what was agreed or is law does not.
    /// Closing the file ends neither the duty to inform of art. 18(19) nor the safe conduct of art. 18(27).
    /// </remarks>
    [Rule("RQ-24", "Whether a deadline counts at a stage of a request", "UNTOC arts. 18(19), 18(24), 18(25), 18(27)")]
    internal static CountsAnswer Of(string kind, string text, string stage) => (kind, stage) switch
    {
        (_, Stages.Closed or Stages.Withdrawn) when !Outlives(text) => new(false, "time.counts.ended", new("untoc", "18(24)")),
        (DeadlineKinds.Suggested, Stages.Postponed) => new(false, "time.counts.postponed", new("untoc", "18(25)")),
        (DeadlineKinds.Suggested, _) => new(true, "time.counts.suggested", new("untoc", "18(24)")),
        (DeadlineKinds.Legal, _) => new(true, "time.counts.legal", WhatIsDue.SourceOf(text)),
        _ => new(true, "time.counts.agreed", new("untoc", "18(24)")),
    };

    /// <summary>Whether a duty does not end with the request: telling of a disclosure (UNTOC art. 18(19)) and a person's safe conduct (18(27)).</summary>
    internal static bool Outlives(string text) => WhatIsDue.Code(text) is WhatIsDue.Disclosure or WhatIsDue.SafeConduct;

    /// <summary>Whether a deadline is still to be met at a stage.</summary>
    internal static bool Open(Deadline deadline, string stage) => deadline.DoneAt is null && Of(deadline.Kind, deadline.Text, stage).Counts;
}
