using Palermo.Data.Facts;
using Palermo.Kernel;
using Palermo.Treaties.LegalBasis;

namespace Palermo.Treaties.Declarations;

/// <summary>What a declaration does to the finder.</summary>
public enum EffectKind
{
    /// <summary>Nothing.</summary>
    Nothing,

    /// <summary>Excludes the instrument.</summary>
    Excludes,

    /// <summary>Excludes the instrument for the requested state's own nationals and leaves the rest open.</summary>
    OwnNationals,

    /// <summary>Makes it unknown whether the instrument works.</summary>
    Unknown,

    /// <summary>Says that the instrument is a basis.</summary>
    Basis,

    /// <summary>Sets a condition.</summary>
    Condition,

    /// <summary>Adds a requirement.</summary>
    Requirement,

    /// <summary>Is shown as a warning.</summary>
    Warning,

    /// <summary>Exists, but its content could not be read.</summary>
    Unreadable,
}

/// <summary>One row of <c>declaration-effects.csv</c>.</summary>
/// <param name="Topic">Topic of the declaration.</param>
/// <param name="Value">Value of the declaration.</param>
/// <param name="Instrument">The instrument the row is for; empty for all.</param>
/// <param name="State">The state the row is for; empty for all.</param>
/// <param name="Kind">What it does.</param>
/// <param name="Code">Code of the reason, condition, requirement, warning or gap.</param>
/// <param name="Kinds">For which kinds of cooperation.</param>
/// <param name="CitedOnly">Whether only for kinds whose articles the declaration names.</param>
/// <param name="Offences">For which offences.</param>
/// <param name="EitherSide">Whether it works whichever of the two states made it; otherwise only when the requested state did.</param>
/// <param name="Named">The one state towards which it works, if it names one.</param>
/// <param name="Why">The reason for the row, in English.</param>
public sealed record DeclarationEffect(
    string Topic, string Value, string Instrument, string State, EffectKind Kind, string Code,
    CooperationKinds Kinds, bool CitedOnly, Offences Offences, bool EitherSide, State? Named, string Why);

/// <summary>A declaration with what it does.</summary>
/// <param name="Declaration">The declaration.</param>
/// <param name="By">The state that made it.</param>
/// <param name="Effect">What it does.</param>
/// <param name="Kinds">The kinds of cooperation it touches, after the articles it names have been looked at.</param>
public sealed record DeclaredEffect(DeclarationFact Declaration, State By, DeclarationEffect Effect, CooperationKinds Kinds)
{
    /// <summary>Whether it had been made by a day; a declaration whose date the source does not give counts from the start.</summary>
    public bool MadeBy(DateOnly day) => Declaration.Date is not { } made || made <= day;
}
