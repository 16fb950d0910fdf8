using Palermo.Kernel;
using Palermo.Treaties.Declarations;
using Palermo.Treaties.LegalBasis;
using Palermo.Treaties.Registry;

namespace Palermo.Treaties.Provisions;

/// <summary>What rests on a provision.</summary>
internal static class ProvisionUse
{
    /// <summary>The permanent address of a provision's page.</summary>
    internal static string Address(Provision provision, DateOnly on) =>
        $"/treaties/{provision.Instrument.Id}/provisions/{Uri.EscapeDataString(provision.Number)}?on={Dates.Iso(on)}";

    /// <summary>Whether a citation and a provision overlap: the same article or paragraph, or one within the other.</summary>
    /// <param name="cited">For example <c>16</c>, <c>16(5)(a)</c> or <c>untoc:18</c>.</param>
    /// <param name="home">The instrument that a citation without one means.</param>
    /// <param name="provision">The provision.</param>
    internal static bool Touches(string cited, Instrument home, Provision provision)
    {
        var colon = cited.IndexOf(':', StringComparison.Ordinal);
        if ((colon < 0 ? home.Id : cited[..colon]) != provision.Instrument.Id) return false;
        var number = cited[(colon + 1)..];
        return number == provision.Number || number.StartsWith(provision.Number + "(", StringComparison.Ordinal) || provision.Number.StartsWith(number + "(", StringComparison.Ordinal);
    }

    /// <summary>The kinds of cooperation that rest on it, by the instrument whose table says so: its own, or a protocol to which it extends.</summary>
    internal static IReadOnlyList<(Instrument Instrument, string Kind)> Kinds(TreatyReference reference, Provision provision) =>
    [
        .. from instrument in reference.Instruments
           from kind in Codes.Kinds
           where reference.Coverage.Kind(instrument, Codes.Kind(kind)!.Value) is { } covered && covered.Articles.Any(a => Touches(a, instrument, provision))
           select (instrument, kind),
    ];

    /// <summary>The article or paragraph it belongs to, and its own paragraphs, in the treaty's order.</summary>
    internal static IReadOnlyList<Provision> Around(TreatyReference reference, Provision provision) =>
        [.. reference.Provisions.Of(provision.Instrument).Where(p => p != provision && Touches(p.Number, p.Instrument, provision))];

    /// <summary>The declarations that name it, its article or one of its paragraphs.</summary>
    internal static IReadOnlyList<DeclarationLine> Declared(IEnumerable<DeclarationLine> declarations, Provision provision) =>
        [.. declarations.Where(d => d.Articles.Any(a => Touches(a, provision.Instrument, provision)))];
}
