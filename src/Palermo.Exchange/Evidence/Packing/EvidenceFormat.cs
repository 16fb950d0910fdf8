using System.Buffers.Binary;
using System.Security.Cryptography;
using Palermo.Kernel;

namespace Palermo.Exchange.Evidence.Packing;

/// <summary>
/// The bytes of a sealed file: a header, then chunks of 1 MiB with AES-256-GCM in the STREAM construction (Hoang, Reyhanitabar, Rogaway,
/// Vizár 2015). <c>docs/protocols/evidence.md</c> describes them.
/// </summary>
internal static class EvidenceFormat
{
    internal const int Chunk = 1 << 20, Tag = 16, SealedChunk = Chunk + Tag, Key = 32, Header = 32, Leaf = 32;

    /// <summary>Most bytes of one file: 1 PiB. The chunks' numbers would allow four times as much.</summary>
    internal const long Largest = 1L << 50;

    private const int Nonce = 12, Prefix = 7, PrefixAt = 9, PackageAt = 16;

    private static ReadOnlySpan<byte> Magic => "PALEVID\0"u8;

    /// <summary>A new header: name and version of the format, a random beginning for the nonces, and the package.</summary>
    internal static byte[] NewHeader(Guid package)
    {
        var header = new byte[Header];
        Magic.CopyTo(header);
        header[8] = 1;
        RandomNumberGenerator.Fill(header.AsSpan(PrefixAt, Prefix));
        package.TryWriteBytes(header.AsSpan(PackageAt), bigEndian: true, out _);
        return header;
    }

    /// <exception cref="RefusedException">It is not the header of a file of this package.</exception>
    internal static void CheckHeader(ReadOnlySpan<byte> header, Guid package, string name)
    {
        if (!header.StartsWith(Magic) || header[8] != 1 || new Guid(header[PackageAt..], bigEndian: true) != package) throw new RefusedException("package.header", ("name", name));
    }

    /// <summary>Chunks of a file; an empty one has one.</summary>
    internal static long Chunks(long size) => Math.Max(1, (size + Chunk - 1) / Chunk);

    /// <summary>Length of a sealed file, in bytes.</summary>
    /// <param name="size">Length of what it holds, in bytes.</param>
    internal static long SealedLength(long size) => Header + size + (Tag * Chunks(size));

    /// <summary>Where in a sealed file what a leaf covers begins: the first one covers the header, too.</summary>
    internal static long LeafAt(long chunk) => chunk == 0 ? 0 : Header + (chunk * SealedChunk);

    /// <summary>The chunk in whose leaf an offset of a sealed file lies.</summary>
    internal static long ChunkAt(long offset) => offset < Header ? 0 : (offset - Header) / SealedChunk;

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
