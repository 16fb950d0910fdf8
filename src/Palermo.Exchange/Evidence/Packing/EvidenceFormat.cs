using Palermo.Kernel;
using Palermo.Requests.Files;

namespace Palermo.Exchange.Evidence.Packing;

/// <summary>The bytes of a sealed file: a header, then chunks of 1 MiB (<see cref="StreamChunks"/>). <c>docs/protocols/evidence.md</c> describes them.</summary>
internal static class EvidenceFormat
{
    internal const int Chunk = 1 << 20, Tag = StreamChunks.Tag, SealedChunk = Chunk + Tag, Key = StreamChunks.Key, Header = 32, Leaf = 32;

    /// <summary>Most bytes of one file: 1 PiB. The chunks' numbers would allow four times as much.</summary>
    internal const long Largest = 1L << 50;

    private const int PackageAt = 16;

    private static ReadOnlySpan<byte> Magic => "PALEVID\0"u8;

    /// <summary>A new header, which names the package.</summary>
    internal static byte[] NewHeader(Guid package)
    {
        var header = StreamChunks.NewHeader(Magic, Header);
        package.TryWriteBytes(header.AsSpan(PackageAt), bigEndian: true, out _);
        return header;
    }

    /// <exception cref="RefusedException">It is not the header of a file of this package.</exception>
    internal static void CheckHeader(ReadOnlySpan<byte> header, Guid package, string name)
    {
        if (!StreamChunks.IsHeader(header, Magic) || new Guid(header[PackageAt..], bigEndian: true) != package) throw new RefusedException("package.header", ("name", name));
    }

    /// <summary>Chunks of a file; an empty one has one.</summary>
    internal static long Chunks(long size) => StreamChunks.Count(size, Chunk);

    /// <summary>Length of a sealed file, in bytes.</summary>
    /// <param name="size">Length of what it holds, in bytes.</param>
    internal static long SealedLength(long size) => Header + size + (Tag * Chunks(size));

    /// <summary>Where in a sealed file what a leaf covers begins: the first one covers the header, too.</summary>
    internal static long LeafAt(long chunk) => chunk == 0 ? 0 : Header + (chunk * SealedChunk);

    /// <summary>The chunk in whose leaf an offset of a sealed file lies.</summary>
    internal static long ChunkAt(long offset) => offset < Header ? 0 : (offset - Header) / SealedChunk;
}
