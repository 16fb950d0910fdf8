using System.Security.Cryptography;

namespace Palermo.Requests.Files;

/// <summary>A stored file does not hold what was put into it: changed, cut, put together anew, or of another key.</summary>
internal sealed class BrokenFileException(string message) : Exception(message);

/// <summary>How a file is encrypted: in chunks of 64 KiB (<see cref="StreamChunks"/>). <c>docs/protocols/attachment-file.md</c> describes the bytes.</summary>
internal static class SealedFormat
{
    internal const int Chunk = 64 << 10, Tag = StreamChunks.Tag, Key = StreamChunks.Key, Header = 16, WrappedKey = 1 + Nonce + Key + Tag;
    private const int Nonce = 12;
    private const byte WrapVersion = 1;

    private static ReadOnlySpan<byte> Magic => "PALFILE\0"u8;

    /// <summary>A new header.</summary>
    internal static byte[] NewHeader() => StreamChunks.NewHeader(Magic, Header);

    /// <exception cref="BrokenFileException">It is not the header of a stored file.</exception>
    internal static void CheckHeader(ReadOnlySpan<byte> header)
    {
        if (!StreamChunks.IsHeader(header, Magic)) throw new BrokenFileException("not a stored file of version 1");
    }

    /// <summary>Length of a stored file, in bytes.</summary>
    /// <param name="size">Length of what it holds, in bytes.</param>
    internal static long Length(long size) => Header + size + (Tag * StreamChunks.Count(size, Chunk));

    /// <summary>Decrypts a chunk with its tag.</summary>
    /// <exception cref="BrokenFileException">It is not the chunk of this number of this file.</exception>
    internal static void Open(AesGcm aes, ReadOnlySpan<byte> header, uint number, bool last, ReadOnlySpan<byte> encrypted, Span<byte> plain)
    {
        if (!StreamChunks.TryOpen(aes, header, number, last, encrypted, plain)) throw new BrokenFileException($"chunk {number} is not what was stored");
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
}
