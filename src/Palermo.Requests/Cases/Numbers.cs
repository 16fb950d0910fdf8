using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Palermo.Data;
using Palermo.Data.Cases;

namespace Palermo.Requests.Cases;

/// <summary>Numbers of cases and requests; taken within a change, which nobody overtakes, so they run without a gap.</summary>
internal static class Numbers
{
    /// <summary>The next case number of a year, for example <c>C-2026-00012</c>.</summary>
    internal static string NextCase(PalermoContext context, int year)
    {
        var prefix = string.Create(CultureInfo.InvariantCulture, $"C-{year}-");
        return Next(prefix, context.Set<CaseFile>().Where(c => c.Number.StartsWith(prefix)).OrderByDescending(c => c.Number.Length).ThenByDescending(c => c.Number).Select(c => c.Number).FirstOrDefault());
    }

    /// <summary>The next number of an outgoing request, for example <c>BRA-2026-00012</c>.</summary>
    internal static string NextRequest(PalermoContext context, string state, int year)
    {
        var prefix = string.Create(CultureInfo.InvariantCulture, $"{state}-{year}-");
        return Next(prefix, context.Set<Request>().Where(r => r.Outgoing && r.Number!.StartsWith(prefix)).OrderByDescending(r => r.Number!.Length).ThenByDescending(r => r.Number).Select(r => r.Number).FirstOrDefault());
    }

    private static string Next(string prefix, string? last) =>
        prefix + ((last is null ? 0 : int.Parse(last.AsSpan(prefix.Length), CultureInfo.InvariantCulture)) + 1).ToString("00000", CultureInfo.InvariantCulture);
}
