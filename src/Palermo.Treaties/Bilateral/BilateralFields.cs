using System.Globalization;
using Palermo.Kernel;

namespace Palermo.Treaties.Bilateral;

/// <summary>A bilateral treaty as the fields of its form and page show it.</summary>
internal static class BilateralFields
{
    /// <summary>Field names and what stands in them.</summary>
    internal static Dictionary<string, string> Of(BilateralTreaty treaty, Language language) => new(StringComparer.Ordinal)
    {
        ["id"] = treaty.Id,
        ["title"] = treaty.Title,
        ["a"] = treaty.A.NameIn(language),
        ["b"] = treaty.B.NameIn(language),
        ["kinds"] = string.Join(';', BilateralLine.KindCodes(treaty)),
        ["provisions"] = string.Join("; ", treaty.Provisions),
        ["signedOn"] = treaty.SignedOn is { } signed ? Dates.Iso(signed) : "",
        ["inForceFrom"] = treaty.InForceFrom is { } from ? Dates.Iso(from) : "",
        ["inForceUntil"] = treaty.InForceUntil is { } until ? Dates.Iso(until) : "",
        ["minimumPenaltyYears"] = treaty.MinimumPenaltyYears?.ToString("0.##", CultureInfo.InvariantCulture) ?? "",
    };
}
