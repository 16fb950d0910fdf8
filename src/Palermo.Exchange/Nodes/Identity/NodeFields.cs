using System.Text.RegularExpressions;
using Palermo.Kernel;

namespace Palermo.Exchange.Nodes.Identity;

/// <summary>Reads what describes a node, from a person or from a stranger's file.</summary>
internal static partial class NodeFields
{
    private const int LongestName = 200;
    private const int MostStates = 200;
    private const int LongestAddress = 500;

    /// <summary>A party identifier.</summary>
    /// <exception cref="RefusedException">It is none.</exception>
    internal static string Party(string? given)
    {
        var text = (given ?? "").Trim();
        return PartyPattern().IsMatch(text) ? text : throw new RefusedException("nodes.party", ("given", RefusedException.Shorten(given)));
    }

    /// <summary>An organization's name.</summary>
    /// <exception cref="RefusedException">It is empty or too long.</exception>
    internal static string Organization(string? given)
    {
        var text = Plain.Text((given ?? "").Take(LongestName + 1)).Trim();
        return text.Length is > 0 and <= LongestName ? text : throw new RefusedException("nodes.organization", ("n", LongestName));
    }

    /// <summary>Alpha-3 codes, sorted.</summary>
    /// <exception cref="RefusedException">One is none.</exception>
    internal static IReadOnlyList<string> States(IEnumerable<string?>? given)
    {
        var codes = (given ?? []).SelectMany(s => (s ?? "").Split([',', ' '], StringSplitOptions.RemoveEmptyEntries)).Take(MostStates + 1).Select(s => s.ToUpperInvariant()).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        if (codes.Length > MostStates) throw new RefusedException("nodes.states", ("given", "…"));
        return codes.FirstOrDefault(c => c.Length != 3 || !c.All(char.IsAsciiLetterUpper)) is { } wrong ? throw new RefusedException("nodes.states", ("given", RefusedException.Shorten(wrong))) : codes;
    }

    /// <summary>Where a node listens, with a slash at its end; null for none.</summary>
    /// <exception cref="RefusedException">It is not an address beginning with https.</exception>
    internal static string? Address(string? given)
    {
        if (string.IsNullOrWhiteSpace(given)) return null;
        return given.Length <= LongestAddress && Uri.TryCreate(given.Trim(), UriKind.Absolute, out var uri) && uri.Scheme == "https" && uri.UserInfo.Length + uri.Query.Length + uri.Fragment.Length == 0 && uri.IdnHost.Length > 0
            ? uri.AbsoluteUri.TrimEnd('/') + "/" : throw new RefusedException("nodes.address", ("given", RefusedException.Shorten(given)));
    }

    /// <summary>Codes of what a node can do.</summary>
    /// <exception cref="RefusedException">One is none.</exception>
    internal static IReadOnlyList<string> Capabilities(IEnumerable<string?>? given)
    {
        var codes = (given ?? []).SelectMany(s => (s ?? "").Split([',', ' '], StringSplitOptions.RemoveEmptyEntries)).Take(33).Distinct(StringComparer.Ordinal).ToArray();
        return codes.Length <= 32 && codes.All(c => CapabilityPattern().IsMatch(c)) ? codes : throw new RefusedException("nodes.capabilities", ("given", RefusedException.Shorten(string.Join(',', codes))));
    }

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9:._@/-]{1,62}[A-Za-z0-9]\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex PartyPattern();

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9.-]{0,31}\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex CapabilityPattern();
}
