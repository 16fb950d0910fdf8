using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Palermo.Requests.Files;

/// <summary>A stored file does not hold what was put into it: changed, cut, put together anew, or of another key.</summary>
internal sealed class BrokenFileException(string message) : Exception(message);

/// <summary>
/// How a file is encrypted: chunks of 64 KiB with AES-256-GCM in the STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár 2015), so that
/// a chunk changed, left out, moved, repeated or added is found. <c>docs/protocols/attachment-file.md</c> describes the bytes.
/// </summary>
internal static class SealedFormat
{
    internal const int Chunk = 64 << 10, Tag = 16, Key = 32, Header = 16, WrappedKey = 1 + Nonce + Key + Tag;
    private const int Nonce = 12, Prefix = 7, PrefixAt = 9;
    private const byte WrapVersion = 1;

    private static ReadOnlySpan<byte> Magic => "PALFILE\0"u8;

    /// <summary>A new header: name and version of the format, and a random beginning for the nonces.</summary>
    internal static byte[] NewHeader()
    {
        var header = new byte[Header];
        Magic.CopyTo(header);
        header[8] = 1;
        RandomNumberGenerator.Fill(header.AsSpan(PrefixAt, Prefix));
        return header;
    }

    /// <exception cref="BrokenFileException">It is not the header of a stored file.</exception>
    internal static void CheckHeader(ReadOnlySpan<byte> header)
    {
        if (!header.StartsWith(Magic) || header[8] != 1) throw new BrokenFileException("not a stored file of version 1");
    }

    /// <summary>Length of a stored file, in bytes.</summary>
    /// <param name="size">Length of what it holds, in bytes.</param>
    internal static long Length(long size) => Header + size + (Tag * Math.Max(1, (size + Chunk - 1) / Chunk));

    /// <summary>Encrypts a chunk; the tag follows it.</summary>
    internal static void Seal(AesGcm aes, ReadOnlySpan<byte> header, uint number, bool last, ReadOnlySpan<byte> plain, Span<byte> encrypted)
    {
        Span<byte> nonce = stackalloc byte[Nonce];
        NonceOf(nonce, header, number, last);
        aes.Encrypt(nonce, plain, encrypted[..plain.Length], encrypted.Slice(plain.Length, Tag), header);
    }

    /// <summary>Decrypts a chunk with its tag.</summary>
    /// <exception cref="BrokenFileException">It is not the chunk of this number of this file.</exception>
    internal static void Open(AesGcm aes, ReadOnlySpan<byte> header, uint number, bool last, ReadOnlySpan<byte> encrypted, Span<byte> plain)
    {
        Span<byte> nonce = stackalloc byte[Nonce];
        NonceOf(nonce, header, number, last);
        try
        {
            aes.Decrypt(nonce, encrypted[..^Tag], encrypted[^Tag..], plain, header);
        }
        catch (CryptographicException)
        {
            throw new BrokenFileException($"chunk {number} is not what was stored");
        }
    }

    /// <summary>Wraps a file's key with the node's, bound to the attachment.</summary>
    internal static byte[] Wrap(ReadOnlySpan<byte> nodeKey, Guid attachment, ReadOnlySpan<byte> fileKey)
    {
        var wrapped = new byte[WrappedKey];
        wrapped[0] = WrapVersion;
        RandomNumberGenerator.Fill(wrapped.AsSpan(1, Nonce));
        using var aes = new AesGcm(nodeKey, Tag);
        aes.Encrypt(wrapped.AsSpan(1, Nonce), fileKey, wrapped.AsSpan(1 + Nonce, Key), wrapped.AsSpan(1 + Nonce + Key), attachment.ToByteArray(bigEndian: true));
        return wrapped;
    }

    /// <summary>A file's key.</summary>
    /// <exception cref="BrokenFileException">It was wrapped with another node's key, or for another attachment.</exception>
    internal static byte[] Unwrap(ReadOnlySpan<byte> nodeKey, Guid attachment, ReadOnlySpan<byte> wrapped)
    {
        if (wrapped.Length != WrappedKey || wrapped[0] != WrapVersion) throw new BrokenFileException("not a wrapped key of version 1");
        var key = new byte[Key];
        using var aes = new AesGcm(nodeKey, Tag);
        try
        {
            aes.Decrypt(wrapped.Slice(1, Nonce), wrapped.Slice(1 + Nonce, Key), wrapped[(1 + Nonce + Key)..], key, attachment.ToByteArray(bigEndian: true));
            return key;
        }
        catch (CryptographicException)
        {
            throw new BrokenFileException("its key was wrapped with another node's key, or for another file");
        }
    }

    private static void NonceOf(Span<byte> nonce, ReadOnlySpan<byte> header, uint number, bool last)
    {
        header.Slice(PrefixAt, Prefix).CopyTo(nonce);
        BinaryPrimitives.WriteUInt32BigEndian(nonce[Prefix..], number);
        nonce[Nonce - 1] = last ? (byte)1 : (byte)0;
    }
}
