using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Palermo.Exchange.As4.Crypto;

/// <summary>AES key wrap of RFC 3394 with its default initial value (<c>kw-aes128</c>), which the framework does not have.</summary>
internal static class KeyWrap
{
    private const ulong Initial = 0xA6A6A6A6A6A6A6A6;
    private const int Rounds = 6, Block = 16;

    /// <summary>Wraps a key; the result is eight bytes longer.</summary>
    internal static byte[] Wrap(byte[] wrappingKey, ReadOnlySpan<byte> key)
    {
        if (key.Length < 16 || key.Length % 8 != 0) throw new ArgumentException("A key of at least 16 bytes, a multiple of 8.", nameof(key));
        using var cipher = Cipher(wrappingKey, wraps: true);
        var wrapped = new byte[key.Length + 8];
        key.CopyTo(wrapped.AsSpan(8));
        var (a, n) = (Initial, key.Length / 8);
        var block = new byte[Block];
        for (var t = 1; t <= Rounds * n; t++)
        {
            var r = wrapped.AsSpan(8 + ((t - 1) % n * 8), 8);
            BinaryPrimitives.WriteUInt64BigEndian(block, a);
            r.CopyTo(block.AsSpan(8));
            cipher.TransformBlock(block, 0, Block, block, 0);
            a = BinaryPrimitives.ReadUInt64BigEndian(block) ^ (ulong)t;
            block.AsSpan(8).CopyTo(r);
        }

        BinaryPrimitives.WriteUInt64BigEndian(wrapped, a);
        return wrapped;
    }

    /// <summary>Unwraps a key.</summary>
    /// <exception cref="CryptographicException">It was not wrapped with this key, or was changed.</exception>
    internal static byte[] Unwrap(byte[] wrappingKey, ReadOnlySpan<byte> wrapped)
    {
        if (wrapped.Length < 24 || wrapped.Length % 8 != 0) throw new CryptographicException("Not a wrapped key.");
        using var cipher = Cipher(wrappingKey, wraps: false);
        var key = wrapped[8..].ToArray();
        var (a, n) = (BinaryPrimitives.ReadUInt64BigEndian(wrapped), key.Length / 8);
        var block = new byte[Block];
        for (var t = Rounds * n; t >= 1; t--)
        {
            var r = key.AsSpan((t - 1) % n * 8, 8);
            BinaryPrimitives.WriteUInt64BigEndian(block, a ^ (ulong)t);
            r.CopyTo(block.AsSpan(8));
            cipher.TransformBlock(block, 0, Block, block, 0);
            a = BinaryPrimitives.ReadUInt64BigEndian(block);
            block.AsSpan(8).CopyTo(r);
        }

        return a == Initial ? key : throw new CryptographicException("Not wrapped with this key.");
    }

    /// <summary>AES of single blocks, set up once for all of them.</summary>
    private static ICryptoTransform Cipher(byte[] key, bool wraps)
    {
        using var aes = Aes.Create();
        (aes.Mode, aes.Padding) = (CipherMode.ECB, PaddingMode.None);
        return wraps ? aes.CreateEncryptor(key, null) : aes.CreateDecryptor(key, null);
    }
}
