using System.Security.Cryptography;
using Palermo.Requests.Files;

namespace Palermo.Exchange.Evidence.Packing;

/// <summary>What was sealed.</summary>
/// <param name="Size">Bytes of content.</param>
/// <param name="Sha256">SHA-256 of the content, lower-case hexadecimal.</param>
/// <param name="Chunks">Chunks.</param>
/// <param name="Root">Merkle root over the sealed chunks, lower-case hexadecimal.</param>
internal sealed record SealedContent(long Size, string Sha256, long Chunks, string Root);

/// <summary>Seals a file: reads and hashes it, encrypts it chunk by chunk, hashes what it writes. All three at the same time.</summary>
internal static class SealFile
{
    /// <summary>Seals what a stream gives.</summary>
    /// <param name="source">The content.</param>
    /// <param name="sink">Where the sealed file goes.</param>
    /// <param name="leaves">Where the hashes of its chunks go, one after the other.</param>
    /// <param name="key">The file's own key, 32 bytes.</param>
    /// <param name="package">The package.</param>
    /// <param name="progress">Told how many bytes of content were written.</param>
    /// <param name="cancel">When to stop.</param>
    /// <exception cref="IOException">It cannot be read or written.</exception>
    internal static async Task<SealedContent> Run(Stream source, Stream sink, Stream leaves, byte[] key, Guid package, Action<long>? progress, CancellationToken cancel)
    {
        var header = EvidenceFormat.NewHeader(package);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var root = new MerkleRoot();
        long size = 0, chunks = 0;
        var (ahead, waiting) = (new byte[1], 0);
        await sink.WriteAsync(header, cancel);
        await ChunkPipe.Run(key, Read, Seal, Write, cancel);
        return new(size, Convert.ToHexStringLower(hash.GetHashAndReset()), chunks, Convert.ToHexStringLower(root.Value()));

        async Task<bool> Read(ChunkSlot slot, CancellationToken stop)
        {
            if (waiting > 0) slot.Plain[0] = ahead[0];
            slot.Length = waiting + await source.ReadAtLeastAsync(slot.Plain.AsMemory(waiting), EvidenceFormat.Chunk - waiting, throwOnEndOfStream: false, stop);
            // Whether a chunk is the last one is known only once nothing follows.
            waiting = slot.Length == EvidenceFormat.Chunk ? await source.ReadAsync(ahead, stop) : 0;
            slot.Number = checked((uint)chunks++);
            slot.Last = waiting == 0;
            size += slot.Length;
            hash.AppendData(slot.Plain, 0, slot.Length);
            return true;
        }

        void Seal(ChunkSlot slot)
        {
            StreamChunks.Seal(slot.Aes!, header, slot.Number, slot.Last, slot.Plain.AsSpan(0, slot.Length), slot.Sealed);
            slot.MakeLeaf(header);
        }

        async Task Write(ChunkSlot slot, CancellationToken stop)
        {
            await sink.WriteAsync(slot.Sealed.AsMemory(0, slot.Length + EvidenceFormat.Tag), stop);
            await leaves.WriteAsync(slot.Leaf, stop);
            root.Append(slot.Leaf);
            progress?.Invoke(slot.Length);
        }
    }
}
