namespace Palermo.Requests.Completeness;

/// <summary>What a requested state asks for besides the treaty, as its authority said. Null members and empty answers are different things: null is not known.</summary>
/// <remarks>Source: UNTOC arts. 18(9), 18(13)-(14), 18(17).</remarks>
public sealed record StateRequirements
{
    /// <summary>Whether it asks for dual criminality.</summary>
    public bool? DualCriminality { get; init; }

    /// <summary>Languages it accepts, by ISO 639-1 code.</summary>
    public IReadOnlyList<string>? Languages { get; init; }

    /// <summary>Forms of its own that go with a request, by name.</summary>
    public IReadOnlyList<string>? Forms { get; init; }

    /// <summary>Whether translations must be certified.</summary>
    public bool? Certification { get; init; }

    /// <summary>What it says about certification and legalization, in words.</summary>
    public string? CertificationSaid { get; init; }

    /// <summary>What evidence it wants to see, in words.</summary>
    public string? EvidentiaryStandard { get; init; }
}
