using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using Palermo.Exchange.As4.Xml;

namespace Palermo.Exchange.As4.Parts;

/// <summary>Verifies a spooled part: tag and signed digest first, and only then is it unpacked, once, to see that it can be and how long it is.</summary>
internal static class ReceivePart
{
    private const int Chunk = 64 << 10, TailSize = 4, SmallestGzip = 20;

    /// <summary>The verified part.</summary>
    /// <param name="id">Content-ID.</param>
    /// <param name="announced">What the header says of it.</param>
    /// <param name="digest">The digest that was signed.</param>
    /// <param name="spool">The part as it came.</param>
    /// <param name="key">The message's key.</param>
    /// <param name="most">Bytes it may have unpacked.</param>
    /// <param name="cancel">When to stop.</param>
    /// <exception cref="As4Exception">It is not what was signed, cannot be unpacked or is too long.</exception>
    internal static OpenedPart Verify(string id, AnnouncedPart announced, string digest, Spool spool, byte[] key, long most, CancellationToken cancel)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Chunk);
        try
        {
            return Verify(id, announced, digest, spool, key, most, buffer, cancel);
        }
        finally
        {
            // It held plain text.
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    private static OpenedPart Verify(string id, AnnouncedPart announced, string digest, Spool spool, byte[] key, long most, byte[] buffer, CancellationToken cancel)
    {
        var tail = new byte[TailSize];
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            Run(new OpeningStream(spool, key), buffer, bytes =>
            {
                hash.AppendData(bytes);
                tail = bytes.Length >= TailSize ? bytes[^TailSize..].ToArray() : [.. tail.AsSpan(bytes.Length), .. bytes];
            }, cancel);
            if (!CryptographicOperations.FixedTimeEquals(hash.GetHashAndReset(), Convert.FromBase64String(digest))) throw Refuse.Signature("A part is not what was signed.");
        }
        catch (CryptographicException e)
        {
            throw Refuse.Decryption("A part cannot be decrypted.", e);
        }

        Stream Open() => announced.Compressed ? new GZipStream(new OpeningStream(spool, key), CompressionMode.Decompress) : new OpeningStream(spool, key);
        try
        {
            var length = 0L;
            Run(Open(), buffer, bytes => { if ((length += bytes.Length) > most) throw Refuse.Decompression("A part is larger, unpacked, than this node takes."); }, cancel);
            // The framework takes what was cut before it was compressed and signed for the whole; gzip ends with the length.
            if (announced.Compressed && (spool.Length < OpeningStream.Overhead + SmallestGzip || BinaryPrimitives.ReadUInt32LittleEndian(tail) != (uint)length)) throw Refuse.Decompression("A part said to be compressed with gzip is not whole.");
            return new OpenedPart(id, announced.Type, length, Open);
        }
        catch (InvalidDataException e)
        {
            throw Refuse.Decompression("A part said to be compressed with gzip is not.", e);
        }
    }

    private delegate void Take(ReadOnlySpan<byte> bytes);

    private static void Run(Stream stream, byte[] buffer, Take take, CancellationToken cancel)
    {
        using (stream)
        {
            for (int read; (read = stream.Read(buffer)) > 0;)
            {
                cancel.ThrowIfCancellationRequested();
                take(buffer.AsSpan(0, read));
            }
        }
    }
}
