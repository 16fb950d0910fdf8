using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Palermo.Requests.Files;

/// <summary>
/// Chunks of an encrypted file: AES-256-GCM in the STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár 2015), so that a chunk changed, left
/// out, moved, repeated or added is found. A chunk's nonce is the prefix in the file's header, its number and whether it is the last; the whole
/// header is bound to each. Stored files and sealed evidence have headers and chunks of their own sizes.
/// </summary>
internal static class StreamChunks
{
    internal const int Tag = 16, Key = 32;
    private const int Nonce = 12, Prefix = 7, VersionAt = 8, PrefixAt = 9;
    private const byte Version = 1;

    /// <summary>A new header: eight bytes that name the format, its version, and a random beginning for the nonces; what follows is the format's own.</summary>
    internal static byte[] NewHeader(ReadOnlySpan<byte> magic, int length)
    {
        var header = new byte[length];
        magic.CopyTo(header);
        header[VersionAt] = Version;
        RandomNumberGenerator.Fill(header.AsSpan(PrefixAt, Prefix));
        return header;
    }

    /// <summary>Whether it is a header of the format, in this version.</summary>
    internal static bool IsHeader(ReadOnlySpan<byte> header, ReadOnlySpan<byte> magic) => header.StartsWith(magic) && header[VersionAt] == Version;

    /// <summary>Chunks of a file; an empty one has one.</summary>
    internal static long Count(long size, int chunk) => Math.Max(1, (size + chunk - 1) / chunk);

    /// <summary>Encrypts a chunk; the tag follows it.</summary>
    internal static void Seal(AesGcm aes, ReadOnlySpan<byte> header, uint number, bool last, ReadOnlySpan<byte> plain, Span<byte> target)
    {
        Span<byte> nonce = stackalloc byte[Nonce];
        NonceOf(nonce, header, number, last);
        aes.Encrypt(nonce, plain, target[..plain.Length], target.Slice(plain.Length, Tag), header);
    }

    /// <summary>Decrypts a chunk with its tag.</summary>
    /// <returns>Whether it is the chunk of this number of this file.</returns>
    internal static bool TryOpen(AesGcm aes, ReadOnlySpan<byte> header, uint number, bool last, ReadOnlySpan<byte> encrypted, Span<byte> plain)
    {
        Span<byte> nonce = stackalloc byte[Nonce];
        NonceOf(nonce, header, number, last);
        try
        {
            aes.Decrypt(nonce, encrypted[..^Tag], encrypted[^Tag..], plain, header);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
    }

    private static void NonceOf(Span<byte> nonce, ReadOnlySpan<byte> header, uint number, bool last)
    {
        header.Slice(PrefixAt, Prefix).CopyTo(nonce);
        BinaryPrimitives.WriteUInt32BigEndian(nonce[Prefix..], number);
        nonce[Nonce - 1] = last ? (byte)1 : (byte)0;
    }
}
