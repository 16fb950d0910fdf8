using Palermo.Data.Facts;
using Palermo.Kernel;
using Palermo.Treaties.Bilateral;
using Palermo.Treaties.InForce;
using Palermo.Treaties.Registry;

namespace Palermo.Treaties.LegalBasis;

/// <summary>The part a legal basis plays.</summary>
public enum BasisRole
{
    /// <summary>It carries the request.</summary>
    Primary,

    /// <summary>Another treaty governs, and this one stands beside it (UNTOC art. 18(7)).</summary>
    Supplementary,

    /// <summary>It adds the offence to an extradition treaty (UNTOC art. 16(3)).</summary>
    AddsOffence,

    /// <summary>No treaty: reciprocity, comity or domestic law.</summary>
    Fallback,
}

/// <summary>Something that must be so for a basis to carry the request.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Met">Whether it is so; null when it is still to be shown.</param>
/// <param name="Source">Where it is asked for.</param>
public readonly record struct BasisCondition(string Code, bool? Met, Citation Source);

/// <summary>Something the request must observe.</summary>
/// <param name="Code">central-authority, language, dual-criminality, use-limitation or speciality.</param>
/// <param name="Value">What the requested state notified or the treaty fixes; null when not known.</param>
/// <param name="Source">Where it is from.</param>
public readonly record struct BasisRequirement(string Code, string? Value, Citation Source);

/// <summary>Something to know before relying on a basis.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Declaration">The declaration behind it, if one is.</param>
public readonly record struct BasisWarning(string Code, DeclarationFact? Declaration);

/// <summary>A rule the answer rests on; <see cref="BasisTexts"/> puts it into words.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Source">Its source.</param>
public readonly record struct BasisReason(string Code, Citation Source);

/// <summary>A legal basis that carries the request, if its conditions are met.</summary>
public sealed class AvailableBasis
{
    /// <summary>The multilateral instrument; null for a bilateral treaty and for the way without a treaty.</summary>
    public Instrument? Instrument { get; init; }

    /// <summary>The bilateral treaty, if it is one.</summary>
    public BilateralTreaty? Bilateral { get; init; }

    /// <summary>Identifier for programs: the instrument's, the treaty's, or <c>none</c>.</summary>
    public string Id => Instrument?.Id ?? Bilateral?.Id ?? "none";

    /// <summary>The articles that carry it.</summary>
    public IReadOnlyList<string> Articles { get; init; } = [];

    /// <summary>The part it plays.</summary>
    public required BasisRole Role { get; init; }

    /// <summary>Since when it binds the two, if known.</summary>
    public DateOnly? InForceSince { get; init; }

    /// <summary>How it binds the two; default for what is not a multilateral instrument.</summary>
    public InForceAnswer InForce { get; init; }

    /// <summary>Up to when the record of the instrument is complete; null for what is not a multilateral instrument.</summary>
    public DateOnly? Edge { get; init; }

    /// <summary>Where the instrument names the offence.</summary>
    public string OffenceProvision { get; init; } = "";

    /// <summary>What must be so.</summary>
    public required IReadOnlyList<BasisCondition> Conditions { get; init; }

    /// <summary>What the request must observe.</summary>
    public required IReadOnlyList<BasisRequirement> Requirements { get; init; }

    /// <summary>What to know.</summary>
    public required IReadOnlyList<BasisWarning> Warnings { get; init; }

    /// <summary>The rules it rests on, besides the dates.</summary>
    public required IReadOnlyList<BasisReason> Reasons { get; init; }

    /// <summary>How many of the conditions are still to be shown.</summary>
    public int ToShow => Conditions.Count(c => c.Met is null);
}

/// <summary>An instrument that does not carry the request, and why.</summary>
/// <param name="Instrument">The instrument; null for a bilateral treaty.</param>
/// <param name="Bilateral">The bilateral treaty, if it is one.</param>
/// <param name="Reason">A code of <see cref="Exclusion"/>.</param>
/// <param name="State">The state the reason is about, if it is about one.</param>
/// <param name="Standing">That state's status, if the reason is about participation.</param>
/// <param name="Declaration">The declaration behind it, if one is.</param>
/// <param name="Source">Where the reason is from.</param>
public sealed record ExcludedBasis(
    Instrument? Instrument, BilateralTreaty? Bilateral, string Reason, State? State, StandingOn Standing, DeclarationFact? Declaration, Citation Source)
{
    /// <summary>Identifier for programs.</summary>
    public string Id => Instrument?.Id ?? Bilateral!.Id;
}

/// <summary>An instrument of which the record does not say whether it carries the request.</summary>
/// <param name="Instrument">The instrument.</param>
/// <param name="Missing">Code of what is missing.</param>
/// <param name="State">The state it is missing from, if one.</param>
/// <param name="Standing">That state's status, if participation is what is missing.</param>
/// <param name="Declaration">A declaration that leaves it open, if one does.</param>
/// <param name="Source">The provision the missing thing belongs to.</param>
public sealed record UnknownBasis(
    Instrument Instrument, string Missing, State? State, StandingOn Standing, DeclarationFact? Declaration, Citation Source);

/// <summary>The answer: every instrument stands in exactly one of three lists.</summary>
/// <param name="Query">The question.</param>
/// <param name="Available">What carries the request; last, always, the way without a treaty.</param>
/// <param name="Excluded">What does not, and why.</param>
/// <param name="Unknown">What the record does not say, and what would settle it.</param>
public sealed record BasisAnswer(
    BasisQuery Query, IReadOnlyList<AvailableBasis> Available, IReadOnlyList<ExcludedBasis> Excluded, IReadOnlyList<UnknownBasis> Unknown)
{
    /// <summary>Whether a treaty carries the request: yes; no; or null when all depends on what is not known.</summary>
    public bool? TreatyBasis => Available.Count > 1 ? true : Unknown.Count > 0 ? null : false;

    /// <summary>What carries the request, without the way without a treaty.</summary>
    public IEnumerable<AvailableBasis> Treaties => Available.Where(a => a.Role != BasisRole.Fallback);

    /// <summary>The basis to name when there is room for one: the first primary one, otherwise the first of the list.</summary>
    public AvailableBasis Best => Available.FirstOrDefault(a => a.Role == BasisRole.Primary) ?? Available[0];

    /// <summary>The treaty that leaves the fewest conditions to be shown, a primary one before others; null when none carries the request.</summary>
    public AvailableBasis? Surest => TreatyBasis == true ? Treaties.OrderBy(a => a.Role != BasisRole.Primary).ThenBy(a => a.ToShow).First() : null;
}
