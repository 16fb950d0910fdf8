using Palermo.Kernel;
using Palermo.Treaties.InForce;
using Palermo.Treaties.Registry;

namespace Palermo.Treaties.Participation;

/// <summary>One instrument in the list.</summary>
/// <param name="Instrument">Identifier.</param>
/// <param name="Title">Full title.</param>
/// <param name="ShortTitle">Short title.</param>
/// <param name="AdoptedOn">Day of adoption.</param>
/// <param name="EntryIntoForce">First entry into force, if known.</param>
/// <param name="Depositary"><c>un</c> or <c>oas</c>.</param>
/// <param name="Parent">The convention a protocol belongs to, or null.</param>
/// <param name="Parties">Parties recorded by the day.</param>
/// <param name="AsAt">Up to when the record is complete.</param>
/// <param name="Complete">Whether the record of the day is complete.</param>
public sealed record InstrumentLine(
    string Instrument, string Title, string ShortTitle, DateOnly AdoptedOn, DateOnly? EntryIntoForce, string Depositary,
    string? Parent, int Parties, DateOnly AsAt, bool Complete);

/// <summary>The list of instruments.</summary>
public static class ListTreaties
{
    /// <summary>All instruments with their parties on a day.</summary>
    public static IReadOnlyList<InstrumentLine> Lines(TreatyRegistry registry, DateOnly on, Language language) =>
    [
        .. registry.Instruments.Select(i => new InstrumentLine(
            i.Id, i.TitleIn(language), i.NameIn(language), i.AdoptedOn, i.EntryIntoForce, i.Depositary,
            i.ParentId.Length > 0 ? i.ParentId : null, registry.States.All.Count(s => registry.On(i, s, on).Deposited == true),
            registry.Edge(i).AsAt, registry.Edge(i).Covers(on))),
    ];
}
