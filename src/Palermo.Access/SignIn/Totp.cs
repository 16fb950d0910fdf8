using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Palermo.Access.SignIn;

/// <summary>Codes of an authenticator app that change every 30 seconds.</summary>
/// <remarks>Source: RFC 6238 (with HMAC-SHA-1, six digits, 30 seconds, which every app has), RFC 4226, RFC 4648 for the key's letters.</remarks>
internal static class Totp
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const int KeyBytes = 20;
    private const int Seconds = 30;

    /// <summary>A new key of 160 bits in 32 letters.</summary>
    internal static string NewKey() => Base32(RandomNumberGenerator.GetBytes(KeyBytes));

    /// <summary>The step in whose time a code is right, the one before and the one after included; null when it is none or was used.</summary>
    /// <param name="key">The key's letters.</param>
    /// <param name="code">What was typed.</param>
    /// <param name="now">Now.</param>
    /// <param name="used">The last step whose code was used: a code works once.</param>
    internal static long? StepOf(string key, string code, DateTimeOffset now, long used)
    {
        var digits = new string([.. code.Where(char.IsAsciiDigit)]);
        if (digits.Length != 6) return null;
        var step = now.ToUnixTimeSeconds() / Seconds;
        for (var s = step - 1; s <= step + 1; s++)
            if (s > used && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(CodeAt(key, s)), Encoding.ASCII.GetBytes(digits))) return s;
        return null;
    }

    /// <summary>The code of a moment.</summary>
    internal static string CodeAt(string key, DateTimeOffset at) => CodeAt(key, at.ToUnixTimeSeconds() / Seconds);

    /// <summary>The address an authenticator app reads from the QR code.</summary>
    internal static string Address(string key, string email) => $"otpauth://totp/Palermo:{Uri.EscapeDataString(email)}?secret={key}&issuer=Palermo&digits=6&period={Seconds.ToString(CultureInfo.InvariantCulture)}";

    private static string CodeAt(string key, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[20];
#pragma warning disable CA5350 // RFC 6238 as the apps have it; HMAC does not rest on SHA-1's resistance to collisions.
        HMACSHA1.HashData(Bytes(key), counter, hash);
#pragma warning restore CA5350
        var offset = hash[^1] & 15;
        var number = BinaryPrimitives.ReadInt32BigEndian(hash[offset..]) & int.MaxValue;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    /// <summary>Bytes in the letters of RFC 4648; their number is a multiple of five.</summary>
    internal static string Base32(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length * 8 / 5);
        var (buffer, bits) = (0, 0);
        foreach (var b in bytes)
        {
            (buffer, bits) = ((buffer << 8) | b, bits + 8);
            for (; bits >= 5; bits -= 5) text.Append(Letters[(buffer >> (bits - 5)) & 31]);
            buffer &= (1 << bits) - 1;
        }

        return text.ToString();
    }

    private static byte[] Bytes(string key)
    {
        var bytes = new List<byte>(KeyBytes);
        var (buffer, bits) = (0, 0);
        foreach (var c in key)
        {
            (buffer, bits) = ((buffer << 5) | Letters.IndexOf(c, StringComparison.Ordinal), bits + 5);
            if (bits < 8) continue;
            bytes.Add((byte)(buffer >> (bits - 8)));
            bits -= 8;
            buffer &= (1 << bits) - 1;
        }

        return [.. bytes];
    }
}
