using Palermo.Treaties.InForce;

namespace Palermo.Treaties.Participation;

/// <summary>How a status on a day is written, marked and drawn.</summary>
/// <param name="Code">For programs; the word's text is <c>instrument.status.</c> and this code.</param>
/// <param name="Shape">Shape of the mark, as in the assets' README.</param>
/// <param name="MapClass">Class on a map.</param>
internal readonly record struct StandingWords(string Code, string Shape, string MapClass)
{
    /// <summary>Key of the word.</summary>
    internal string TextKey => "instrument.status." + Code;

    internal static StandingWords Of(StandingOn standing) => standing.Status switch
    {
        Status.InForce => new("in-force", "in-force", "s-yes"),
        Status.NotYetInForce => new("not-yet-in-force", "pending", "s-pending"),
        Status.SignatoryOnly => new("signatory", "signatory", "s-signed"),
        Status.NoLongerInForce => new("no-longer-in-force", "not-party", "s-no"),
        Status.NotAParty => new("not-a-party", "not-party", "s-no"),
        _ when standing.Deposited == true => new("party-since-not-known", "unknown", "s-unknown"),
        _ => new("not-known", "unknown", "s-unknown"),
    };
}
