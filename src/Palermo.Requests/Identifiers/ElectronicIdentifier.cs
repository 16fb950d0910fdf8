using System.Buffers;
using System.Globalization;
using System.Net;

namespace Palermo.Requests.Identifiers;

/// <summary>Whether an electronic identifier has the form of its type.</summary>
/// <remarks>Source: RFC 5321 section 4.1.2 (mail), RFC 1035 and 5890 (domains), ITU-T E.164 (telephone), RFC 791 and 4291 (addresses), RFC 3986 (URL).</remarks>
public static class ElectronicIdentifier
{
    private static readonly SearchValues<char> NeverInAMailbox = SearchValues.Create(" \t\r\n<>,;@");

    /// <summary>The types that are checked; others pass.</summary>
    public static IReadOnlyList<string> Types { get; } = ["email", "telephone", "ip", "domain", "url", "imei", "account", "other"];

    /// <summary>Whether the value has the form of its type.</summary>
    public static bool IsValid(string type, string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        value = value.Trim();
        return type switch
        {
            "email" => IsEmail(value),
            "telephone" => IsTelephone(value),
            "ip" => IsAddress(value),
            "domain" => IsDomain(value),
            "url" => value.Length <= 8_000 && Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.Scheme.Length > 1 && uri.Host.Length > 0,
            "imei" => Imei.IsValid(value),
            _ => true,
        };
    }

    /// <summary>Whether a text is a mail address.</summary>
    public static bool IsEmail(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var at = value.LastIndexOf('@');
        return at is > 0 and <= 64 && value.Length <= 320 && !value.AsSpan(0, at).ContainsAny(NeverInAMailbox) && value[0] != '.' && value[at - 1] != '.' && IsDomain(value[(at + 1)..]);
    }

    /// <summary>Whether a text is a telephone number in international form.</summary>
    public static bool IsTelephone(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (value.Length > 40 || value.Length == 0 || value[0] != '+') return false;
        var digits = 0;
        foreach (var c in value.AsSpan(1))
        {
            if (char.IsAsciiDigit(c)) digits++;
            else if (c is not (' ' or '-' or '(' or ')' or '.' or '\u00A0')) return false;
        }

        return digits is >= 7 and <= 15;
    }

    /// <summary>Whether a text is a domain name of at least two labels, in any script.</summary>
    public static bool IsDomain(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (value.Length is < 3 or > 253) return false;
        string ascii;
        try
        {
            ascii = new IdnMapping().GetAscii(value);
        }
        catch (ArgumentException)
        {
            return false;
        }

        var labels = ascii.TrimEnd('.').Split('.');
        return labels.Length >= 2 && !Digits.All(labels[^1])
            && Array.TrueForAll(labels, l => l.Length is >= 1 and <= 63 && l[0] != '-' && l[^1] != '-' && l.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'));
    }

    private static bool IsAddress(string value) =>
        value.Length <= 60 && IPAddress.TryParse(value, out _) && (value.Contains(':', StringComparison.Ordinal) || value.Count(c => c == '.') == 3);
}
