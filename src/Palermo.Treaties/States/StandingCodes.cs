using Palermo.Treaties.InForce;

namespace Palermo.Treaties.States;

/// <summary>How a standing is called: its code in data, its shape and its word on pages.</summary>
public static class StandingCodes
{
    /// <summary>The code in JSON and CSV.</summary>
    public static string Code(Status status) => status switch
    {
        Status.InForce => "in-force",
        Status.NotYetInForce => "not-yet-in-force",
        Status.NoLongerInForce => "no-longer-in-force",
        Status.SignatoryOnly => "signatory-only",
        Status.NotAParty => "not-a-party",
        _ => "not-known",
    };

    /// <summary>The part of the class after <c>p-is-</c>.</summary>
    public static string Shape(string code) => code switch
    {
        "in-force" => "in-force",
        "not-yet-in-force" => "pending",
        "no-longer-in-force" => "no",
        "signatory-only" => "signatory",
        "not-a-party" => "not-party",
        _ => "unknown",
    };

    /// <summary>Key of the word.</summary>
    public static string Key(string code) => $"states.status.{code}";
}
