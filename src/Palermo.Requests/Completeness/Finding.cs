using Palermo.Kernel;

namespace Palermo.Requests.Completeness;

/// <summary>Something about a request that its drafter, its approver or its reader has to know.</summary>
/// <param name="Field">
/// Where: a field (<c>facts.summary</c>), a member (<c>requestingAuthority.name</c>), a list (<c>persons</c>), or a member of an entry (<c>persons/p1/names</c>, by
/// the entry's identifier).
/// </param>
/// <param name="Article">The provision that asks for it; its instrument is empty when none does.</param>
/// <param name="Severity">One of <see cref="Severities"/>.</param>
/// <param name="Message">The sentence.</param>
public sealed record Finding(string Field, Citation Article, string Severity, Message Message)
{
    /// <summary>The step of the task list where it is put right, one of <see cref="Kinds.KindCatalogue.Sections"/>.</summary>
    public required string Section { get; init; }

    /// <summary>Whether <see cref="Article"/> is of an instrument the request does not rely on, and shows only what is customary.</summary>
    public bool Compared { get; init; }
}

/// <summary>How much a <see cref="Finding"/> matters.</summary>
public static class Severities
{
    /// <summary>A mandatory item is not there.</summary>
    public const string Missing = "missing";

    /// <summary>An expected item is not there, and nothing says why.</summary>
    public const string ReasonNeeded = "reason-needed";

    /// <summary>Something is there and cannot be right.</summary>
    public const string Wrong = "wrong";

    /// <summary>Good to know; does not make the request incomplete.</summary>
    public const string Note = "note";
}
