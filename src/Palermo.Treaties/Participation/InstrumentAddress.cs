using Palermo.Kernel;
using Palermo.Treaties.Registry;

namespace Palermo.Treaties.Participation;

/// <summary>The permanent address of an instrument's page: always with its day, always in the same order.</summary>
internal static class InstrumentAddress
{
    internal static string Of(Instrument instrument, DateOnly on, DateOnly? known = null, string sort = "", string? filter = null) =>
        $"/treaties/{instrument.Id}?{Days(on, known)}{(sort.Length > 0 ? "&sort=" + sort : "")}{(filter is null ? "" : "&f=" + Uri.EscapeDataString(filter))}";

    /// <summary>The two days as a query string.</summary>
    internal static string Days(DateOnly on, DateOnly? known) => $"on={Dates.Iso(on)}{(known is { } day ? "&known=" + Dates.Iso(day) : "")}";

    /// <summary>The day whose knowledge is asked for; null when none is given or it is not in the past.</summary>
    /// <exception cref="RefusedException">It is not a day.</exception>
    internal static DateOnly? Known(string? text, TreatyModule module) =>
        string.IsNullOrWhiteSpace(text) ? null : Dates.Parse(text) is var day && day < module.Today ? day : null;
}
