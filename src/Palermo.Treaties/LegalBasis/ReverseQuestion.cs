using Palermo.Treaties.Registry;

namespace Palermo.Treaties.LegalBasis;

/// <summary>Whether a state could help another with one offence.</summary>
/// <param name="Offence">Code of the offence.</param>
/// <param name="TreatyBasis">Whether a treaty carries the request: yes, no, or null when that is not known.</param>
/// <param name="Carriers">What carries it.</param>
/// <param name="NotKnown">Identifiers of the instruments of which the record does not say.</param>
/// <param name="ToShow">How many conditions are still to be shown on the treaty that leaves the fewest open.</param>
public sealed record OffenceLine(
    string Offence, bool? TreatyBasis, IReadOnlyList<OffenceLine.Carrier> Carriers, IReadOnlyList<string> NotKnown, int ToShow)
{
    /// <summary>One treaty that carries the request.</summary>
    public sealed record Carrier(string Instrument, IReadOnlyList<string> Articles, string Role, DateOnly? InForceSince, int ToShow)
    {
        /// <summary>All of it in one cell.</summary>
        public string Text => $"{Instrument} {string.Join(", ", Articles)} ({Role})";
    }

    /// <summary>The line of one answer.</summary>
    public static OffenceLine Of(BasisAnswer answer) => new(
        Codes.Of(answer.Query.Offence), answer.TreatyBasis,
        [.. answer.Treaties.Select(a => new Carrier(a.Id, a.Articles, BasisReport.RoleCode(a.Role), a.InForceSince, a.ToShow))],
        [.. answer.Unknown.Select(u => u.Instrument.Id)],
        answer.Surest?.ToShow ?? 0);
}

/// <summary>The finder asked the other way: for which offences could a state help another?</summary>
public static class ReverseQuestion
{
    /// <summary>The finder's answer for every offence, in the order of <see cref="Codes.Offences"/>.</summary>
    /// <param name="registry">What is known.</param>
    /// <param name="query">The question; its offence does not matter.</param>
    public static IReadOnlyList<BasisAnswer> Answers(TreatyRegistry registry, BasisQuery query) =>
        [.. Codes.Offences.Select(code => FindBasis.Answer(registry, query with { Offence = Codes.Offence(code)!.Value }))];
}
