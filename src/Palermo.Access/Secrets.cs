using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Palermo.Access;

/// <summary>Secrets that are given out once and kept only as hashes.</summary>
internal static class Secrets
{
    private const int Bytes = 32;

    /// <summary>A new secret of 256 random bits, 43 characters fit for addresses.</summary>
    internal static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>The hash under which a secret is kept, lower-case hexadecimal. A secret of one purpose is none of another. No salt: a secret cannot be guessed.</summary>
    internal static string Hash(string purpose, string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(purpose + ":" + secret)));

    /// <summary>Whether a text can be a secret at all; anything else is not even looked up.</summary>
    internal static bool Possible(string? text) => text is { Length: 43 } && Base64Url.IsValid(text);
}
