using Palermo.Data.Facts;
using Palermo.Kernel;
using Palermo.Treaties.LegalBasis;

namespace Palermo.Treaties.Bilateral;

/// <summary>A treaty between two states.</summary>
/// <param name="Id">Identifier, such as <c>bra-ita-mla-1989</c>.</param>
/// <param name="Title">Title, as entered.</param>
/// <param name="A">One party.</param>
/// <param name="B">The other party.</param>
/// <param name="Kinds">The kinds of cooperation it governs.</param>
/// <param name="Provisions">Articles that carry a request; may be empty.</param>
/// <param name="SignedOn">When it was signed, if known.</param>
/// <param name="InForceFrom">When it entered into force; null when it has not.</param>
/// <param name="InForceUntil">First day on which it is no longer in force, if it ended.</param>
/// <param name="MinimumPenaltyYears">Lowest maximum penalty it asks for, in years, if it does.</param>
public sealed record BilateralTreaty(
    string Id, string Title, State A, State B, CooperationKinds Kinds, IReadOnlyList<string> Provisions,
    DateOnly? SignedOn, DateOnly? InForceFrom, DateOnly? InForceUntil, decimal? MinimumPenaltyYears) : INamed
{
    /// <summary>Whether it is in force on a day.</summary>
    public bool InForceOn(DateOnly day) => InForceFrom is { } from && day >= from && (InForceUntil is not { } until || day < until);

    /// <inheritdoc/>
    public string NameIn(Language language) => Title;

    internal static BilateralTreaty From(BilateralTreatyFact fact, StateDirectory states) => new(
        fact.Treaty, fact.Title, states.Find(fact.PartyA)!, states.Find(fact.PartyB)!,
        fact.Kinds.Split(';').Aggregate(CooperationKinds.None, (set, code) => set | (Codes.Kind(code) ?? CooperationKinds.None)),
        fact.Provisions.Split(';', StringSplitOptions.RemoveEmptyEntries), fact.SignedOn, fact.InForceFrom, fact.InForceUntil, fact.MinimumPenaltyYears);
}
