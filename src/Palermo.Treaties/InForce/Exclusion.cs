using Palermo.Kernel;

namespace Palermo.Treaties.InForce;

/// <summary>Why an instrument does not carry a request, as codes in the order in which they are looked at.</summary>
public static class Exclusion
{
    /// <summary>It has no article for this kind of cooperation.</summary>
    public const string KindNotCovered = "kind-not-covered";

    /// <summary>A state is not a party.</summary>
    public const string NotAParty = "not-a-party";

    /// <summary>A state signed only.</summary>
    public const string SignatoryOnly = "signatory-only";

    /// <summary>Not in force yet, altogether or for a state.</summary>
    public const string NotYetInForce = "not-yet-in-force";

    /// <summary>A state denounced it.</summary>
    public const string NoLongerInForce = "no-longer-in-force";

    /// <summary>The offence is not one of its offences.</summary>
    public const string OffenceOutOfScope = "offence-out-of-scope";

    /// <summary>The offence is not grave enough.</summary>
    public const string PenaltyTooLow = "penalty-too-low";

    /// <summary>No organized criminal group is involved.</summary>
    public const string NoOrganizedGroup = "no-organized-group";

    /// <summary>The facts are domestic.</summary>
    public const string NotTransnational = "not-transnational";

    /// <summary>The requested state declared that it is not a basis.</summary>
    public const string DeclaredNotABasis = "declared-not-a-basis";

    /// <summary>A declaration excludes it between the two.</summary>
    public const string ExcludedBetweenParties = "excluded-between-parties";

    /// <summary>It does not extend to the territory.</summary>
    public const string TerritoryExcluded = "territory-excluded";

    /// <summary>The requested state acts only on a treaty, and this is not one to it.</summary>
    public const string ConditionalOnTreaty = "conditional-on-treaty";

    private static readonly string[] Order =
    [
        KindNotCovered, NotAParty, SignatoryOnly, NotYetInForce, NoLongerInForce, OffenceOutOfScope, PenaltyTooLow,
        NoOrganizedGroup, NotTransnational, DeclaredNotABasis, ExcludedBetweenParties, TerritoryExcluded, ConditionalOnTreaty,
    ];

    /// <summary>All codes, in the order in which they are looked at.</summary>
    public static IReadOnlyList<string> All => Order;

    /// <summary>The code's place in the order; the smaller one is given when several apply.</summary>
    public static int Rank(string? code) => Array.IndexOf(Order, code);
}
