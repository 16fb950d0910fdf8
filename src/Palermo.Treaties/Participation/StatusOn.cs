using Palermo.Kernel;
using Palermo.Treaties.InForce;
using Palermo.Treaties.Registry;

namespace Palermo.Treaties.Participation;

/// <summary>Who took part in an instrument on a day.</summary>
/// <param name="Instrument">Identifier.</param>
/// <param name="On">The day.</param>
/// <param name="Known">The day whose knowledge this is; null for today's.</param>
/// <param name="Parties">Number of <paramref name="PartiesList"/>.</param>
/// <param name="Signatories">States that had signed, whether or not they became parties.</param>
/// <param name="PartiesList">States and organizations that had deposited or succeeded by the day, as the depositary counts them.</param>
/// <param name="SignatoriesOnlyList">Those that had signed and certainly not deposited.</param>
/// <param name="InForceList">Those bound on the day.</param>
/// <param name="UnknownList">Those of which the record does not say whether they had deposited.</param>
/// <param name="Complete">False past the edge of knowledge, or when parties are known by name only.</param>
/// <param name="AsAt">Up to when the record is complete.</param>
public sealed record StatusReport(
    string Instrument, DateOnly On, DateOnly? Known, int Parties, int Signatories, IReadOnlyList<string> PartiesList,
    IReadOnlyList<string> SignatoriesOnlyList, IReadOnlyList<string> InForceList, IReadOnlyList<string> UnknownList, bool Complete, DateOnly AsAt);

/// <summary>The status of an instrument on a day.</summary>
public static class StatusOn
{
    /// <summary>Counts parties and signatories as the depositary does.</summary>
    /// <param name="registry">What is known.</param>
    /// <param name="instrument">The instrument.</param>
    /// <param name="on">The day.</param>
    [Rule("TR-06", "Parties and signatories on a day", "Vienna Convention on the Law of Treaties arts. 2(1)(g), 11-16, 77; practice of the depositary")]
    public static StatusReport Report(TreatyRegistry registry, Instrument instrument, DateOnly on)
    {
        var (parties, signedOnly, bound, unknown) = (new List<string>(), new List<string>(), new List<string>(), new List<string>());
        var signatories = 0;
        foreach (var state in registry.States.All)
        {
            var status = registry.On(instrument, state, on);
            if (status.Deposited == true) parties.Add(state.Code);
            if (status.Deposited is null) unknown.Add(state.Code);
            if (status.Status == Status.InForce) bound.Add(state.Code);
            if (status.Status == Status.SignatoryOnly) signedOnly.Add(state.Code);
            if (HasSigned(registry.Standing(instrument, state), on)) signatories++;
        }

        var edge = registry.Edge(instrument);
        return new StatusReport(instrument.Id, on, registry.KnownOn, parties.Count, signatories, parties, signedOnly, bound, unknown, edge.Covers(on), edge.AsAt);
    }

    /// <summary>Whether a signature by that day is recorded.</summary>
    public static bool HasSigned(Standing? standing, DateOnly on) =>
        (standing?.Signed is { } signed && signed <= on) || (standing?.KnownSignatoryBy is { } by && by <= on);
}
