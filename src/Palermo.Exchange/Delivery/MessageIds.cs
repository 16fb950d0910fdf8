using System.Globalization;

namespace Palermo.Exchange.Delivery;

/// <summary>AS4 message identifiers of Palermo messages: what is said, and who says it, so that the same content never travels under two.</summary>
internal static class MessageIds
{
    /// <summary>Identifier of the part that holds the payload.</summary>
    internal const string PayloadPart = "payload@palermo";

    /// <summary>Identifier of the part that holds a file.</summary>
    internal static string PartOf(Guid file) => string.Create(CultureInfo.InvariantCulture, $"{file:D}@palermo");

    /// <summary>The identifier, <c>guid@party</c>.</summary>
    internal static string Of(Guid payload, string party) => string.Create(CultureInfo.InvariantCulture, $"{payload:D}@{Domain(party)}");

    /// <summary>A party as its message identifiers name it: colons become full stops, since an identifier is one of RFC 2822. The registry lists no two that are the same then.</summary>
    internal static string Domain(string party) => party.Replace(':', '.');

    /// <summary>What is said, by an identifier of a party's message; null when it is not one.</summary>
    internal static Guid? PayloadOf(string? messageId, string party)
    {
        if (messageId?.IndexOf('@', StringComparison.Ordinal) is not > 0) return null;
        return Guid.TryParseExact(messageId[..messageId.IndexOf('@', StringComparison.Ordinal)], "D", out var payload) && messageId == Of(payload, party) ? payload : null;
    }
}
