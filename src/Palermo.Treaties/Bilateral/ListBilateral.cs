using Palermo.Treaties.LegalBasis;
using Palermo.Treaties.Registry;

namespace Palermo.Treaties.Bilateral;

/// <summary>One bilateral treaty of the list.</summary>
/// <param name="Id">Identifier.</param>
/// <param name="Title">Title, as entered.</param>
/// <param name="A">Code of one party.</param>
/// <param name="B">Code of the other party.</param>
/// <param name="Kinds">Codes of the kinds of cooperation it governs.</param>
/// <param name="Provisions">Articles that carry a request.</param>
/// <param name="SignedOn">When it was signed, if known.</param>
/// <param name="InForceFrom">When it entered into force; null when it has not.</param>
/// <param name="InForceUntil">First day on which it is no longer in force, if it ended.</param>
/// <param name="MinimumPenaltyYears">Lowest maximum penalty it asks for, in years, if it does.</param>
/// <param name="InForce">Whether it is in force on the day of the list.</param>
public sealed record BilateralLine(
    string Id, string Title, string A, string B, IReadOnlyList<string> Kinds, IReadOnlyList<string> Provisions,
    DateOnly? SignedOn, DateOnly? InForceFrom, DateOnly? InForceUntil, decimal? MinimumPenaltyYears, bool InForce)
{
    /// <summary>The line of one treaty.</summary>
    public static BilateralLine Of(BilateralTreaty treaty, DateOnly on) => new(
        treaty.Id, treaty.Title, treaty.A.Code, treaty.B.Code, KindCodes(treaty), treaty.Provisions,
        treaty.SignedOn, treaty.InForceFrom, treaty.InForceUntil, treaty.MinimumPenaltyYears, treaty.InForceOn(on));

    /// <summary>Codes of the kinds of cooperation a treaty governs.</summary>
    public static IReadOnlyList<string> KindCodes(BilateralTreaty treaty) =>
        [.. Codes.Kinds.Where(code => (treaty.Kinds & Codes.Kind(code)!.Value) != 0)];
}

/// <summary>The bilateral treaties on record.</summary>
public static class ListBilateral
{
    /// <summary>All of them, by identifier, with their status on a day.</summary>
    public static IReadOnlyList<BilateralLine> Lines(TreatyRegistry registry, DateOnly on) =>
        [.. registry.BilateralTreaties.Select(t => BilateralLine.Of(t, on))];
}
