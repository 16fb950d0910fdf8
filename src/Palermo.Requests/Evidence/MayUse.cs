using Palermo.Data.Cases;
using Palermo.Kernel;

namespace Palermo.Requests.Evidence;

/// <summary>How information came to be here.</summary>
internal enum Given
{
    /// <summary>As the answer to a request of ours (UNTOC art. 18(19)).</summary>
    Answer,

    /// <summary>Without a request (art. 18(4), (5)).</summary>
    Spontaneously,

    /// <summary>In a request to us (art. 18(20)).</summary>
    InRequest,
}

/// <summary>A limit as far as it concerns one use.</summary>
/// <param name="Text">The limit in words; empty when it is only what the Convention says.</param>
/// <param name="Consent">What became of the wish, as <see cref="EvidenceUse.Consent"/>; null when nobody asked.</param>
internal sealed record LimitOn(string Text, string? Consent);

/// <summary>Whether a use is allowed.</summary>
/// <param name="May">Yes, no, or null for not known.</param>
/// <param name="Key">Key of the reason's text.</param>
/// <param name="Source">Where it stands.</param>
public sealed record UseAnswer(bool? May, string Key, Citation Source);

/// <summary>States of consent.</summary>
internal static class Consents
{
    internal const string Asked = "asked", Consented = "consented", Refused = "refused", Exculpatory = "exculpatory";
}

/// <summary>Whether evidence may be used.</summary>
internal static class MayUse
{
    /// <summary>Whether what another state gave may be used in a case.</summary>
    /// <remarks>
    /// UNTOC art. 18(19): what was given for the proceedings stated in the request goes into no other without prior consent; disclosure of what exculpates
    /// an accused person is not prevented, but the other state is told before, or without delay when that was not possible. Art. 18(5): who receives
    /// information without having asked keeps to the confidentiality and restrictions the sender asked for, with the same exception. Art. 18(20): the
    /// requesting state may require that the fact and substance of its request stay confidential, except as far as execution needs it.
    /// </remarks>
    /// <param name="given">How it came.</param>
    /// <param name="sameCase">Whether the case is the one it was given for.</param>
    /// <param name="confidential">Whether the sender asked for confidentiality.</param>
    /// <param name="limits">Limits it came with, and what became of the wish to use it.</param>
    [Rule("RQ-20", "Whether evidence may be used in another case", "UNTOC art. 18(19)")]
    internal static UseAnswer Of(Given given, bool sameCase, bool confidential, IReadOnlyCollection<LimitOn> limits)
    {
        var source = new Citation("untoc", given switch { Given.Answer => "18(19)", Given.Spontaneously => "18(5)", _ => "18(20)" });
        if (sameCase)
            return limits.Any(l => l.Text.Length > 0) ? new(null, "evidence.may.read-limit", source) : new(true, "evidence.may.same-case", source);
        if (limits.Count == 0)
        {
            return (given, confidential) switch
            {
                (Given.Answer, _) => new(false, "evidence.may.ask-first", source),
                (_, true) => new(false, "evidence.may.confidential", source),
                (Given.Spontaneously, false) => new(true, "evidence.may.unrestricted", source),
                _ => new(null, "evidence.may.not-regulated", source),
            };
        }

        // Art. 18(20) knows no exception for what exculpates.
        var open = limits.Where(l => l.Consent != Consents.Consented && !(l.Consent == Consents.Exculpatory && given != Given.InRequest)).ToList();
        if (open.Any(l => l.Consent == Consents.Refused)) return new(false, "evidence.may.refused", source);
        if (open.Any(l => l.Consent == Consents.Asked)) return new(false, "evidence.may.wait", source);
        if (open.Count > 0) return new(false, "evidence.may.ask-first", source);
        return limits.Any(l => l.Consent == Consents.Exculpatory) ? new(true, "evidence.may.exculpatory", source) : new(true, "evidence.may.consented", source);
    }

    /// <summary>How what belongs to a request came to be here.</summary>
    internal static Given HowGiven(Request request) =>
        request.Outgoing ? Given.Answer : request.Kind == SpontaneousInformation ? Given.Spontaneously : Given.InRequest;

    internal const string SpontaneousInformation = "spontaneous-information";
}
