using System.Security.Cryptography;
using System.Text;

namespace Palermo.Requests.Document;

/// <summary>The mark a translation carries of its original, so that a changed original shows.</summary>
public static class TranslationHash
{
    /// <summary>SHA-256 of the text's UTF-8 bytes without blanks around it, lower-case hexadecimal.</summary>
    public static string Of(string original)
    {
        ArgumentNullException.ThrowIfNull(original);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(original.Trim())));
    }
}
