using Palermo.Kernel;
using Palermo.Treaties.Registry;

namespace Palermo.Treaties.InForce;

/// <summary>One period for which a state bound itself.</summary>
/// <param name="Action">What was deposited.</param>
/// <param name="Deposited">When.</param>
/// <param name="From">First day on which it binds; null when not known.</param>
/// <param name="Denounced">When a denunciation was received, if one was.</param>
/// <param name="Until">First day on which it no longer binds, if known.</param>
public sealed record Bond(string Action, DateOnly Deposited, DateOnly? From, DateOnly? Denounced, DateOnly? Until);

/// <summary>What the record says of one state and one instrument.</summary>
/// <param name="Instrument">The instrument.</param>
/// <param name="State">The state.</param>
/// <param name="Signed">When it signed, if it did.</param>
/// <param name="Bonds">Its deposits, earliest first.</param>
/// <param name="KnownPartyBy">The day by which a source names it as a party without the date of its act.</param>
/// <param name="KnownUndated">Whether a source without a date names it as a party.</param>
/// <param name="KnownSignatoryBy">The day by which a source names it as a signatory without the date.</param>
public sealed record Standing(
    Instrument Instrument, State State, DateOnly? Signed, Bond[] Bonds,
    DateOnly? KnownPartyBy, bool KnownUndated, DateOnly? KnownSignatoryBy);

/// <summary>Where a state stands towards an instrument on a day.</summary>
public enum Status
{
    /// <summary>Neither party nor signatory.</summary>
    NotAParty,

    /// <summary>Signed, and not party.</summary>
    SignatoryOnly,

    /// <summary>Deposited, and not bound yet.</summary>
    NotYetInForce,

    /// <summary>Bound.</summary>
    InForce,

    /// <summary>Was bound, and is no longer.</summary>
    NoLongerInForce,

    /// <summary>The record does not say.</summary>
    NotKnown,
}

/// <summary>A state's status on a day, and what it rests on.</summary>
/// <param name="Status">The status.</param>
/// <param name="Deposited">Whether it has deposited by that day (or succeeded), as the depositary counts parties; null when not known.</param>
/// <param name="Since">For a bound state the first day; for one not yet bound the day it will be; null when not known.</param>
/// <param name="Bond">The deposit it rests on, if dated.</param>
public readonly record struct StandingOn(Status Status, bool? Deposited, DateOnly? Since, Bond? Bond);
