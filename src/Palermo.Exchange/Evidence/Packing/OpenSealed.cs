using System.Security.Cryptography;
using Palermo.Kernel;
using Palermo.Requests.Files;

namespace Palermo.Exchange.Evidence.Packing;

/// <summary>Reads a sealed file: as anybody, to compare it with its manifest, or with its key, to get what it holds.</summary>
internal static class OpenSealed
{
    /// <summary>
    /// Reads a sealed file to its end. Each chunk is compared with its hash and, with the key, decrypted and verified before it is given
    /// on; the last one is given on only when the hash over the whole content is the manifest's.
    /// </summary>
    /// <param name="sealedFile">The sealed file.</param>
    /// <param name="leaves">The hashes of its chunks, found to lead to the manifest's root; null when they are not at hand.</param>
    /// <param name="file">What the manifest says of it.</param>
    /// <param name="package">The package.</param>
    /// <param name="key">Its key; null to compare only.</param>
    /// <param name="target">Where the content goes; null for nowhere.</param>
    /// <param name="progress">Told how many bytes of content were read.</param>
    /// <param name="cancel">When to stop.</param>
    /// <exception cref="RefusedException">It is not what was packed; the sentence names the first chunk that is not.</exception>
    internal static async Task Run(Stream sealedFile, Stream? leaves, EvidenceItem file, Guid package, byte[]? key, Stream? target, Action<long>? progress, CancellationToken cancel)
    {
        var header = new byte[EvidenceFormat.Header];
        if (await sealedFile.ReadAtLeastAsync(header, header.Length, throwOnEndOfStream: false, cancel) < header.Length) throw Wrong(file, 0, "package.cut");
        EvidenceFormat.CheckHeader(header, package, file.Name);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var root = new MerkleRoot();
        var expected = new byte[EvidenceFormat.Leaf];
        var left = file.Size;
        long next = 0;
        await ChunkPipe.Run(key, Read, Open, Write, cancel);
        if (leaves is null && Convert.ToHexStringLower(root.Value()) != file.Root) throw new RefusedException("package.root", ("name", file.Name));

        async Task<bool> Read(ChunkSlot slot, CancellationToken stop)
        {
            slot.Number = (uint)next++;
            slot.Length = (int)Math.Min(left, EvidenceFormat.Chunk);
            left -= slot.Length;
            slot.Last = left == 0;
            var length = slot.Length + EvidenceFormat.Tag;
            if (await sealedFile.ReadAtLeastAsync(slot.Sealed.AsMemory(0, length), length, throwOnEndOfStream: false, stop) < length) throw Wrong(file, slot.Number, "package.cut");
            if (slot.Last && await sealedFile.ReadAsync(expected.AsMemory(0, 1), stop) > 0) throw Wrong(file, slot.Number, "package.lengthened");
            return true;
        }

        void Open(ChunkSlot slot)
        {
            slot.MakeLeaf(header);
            if (slot.Aes is not null && !StreamChunks.TryOpen(slot.Aes, header, slot.Number, slot.Last, slot.Sealed.AsSpan(0, slot.Length + EvidenceFormat.Tag), slot.Plain.AsSpan(0, slot.Length)))
                throw Wrong(file, slot.Number, "package.chunk");
        }

        async Task Write(ChunkSlot slot, CancellationToken stop)
        {
            if (leaves is not null)
            {
                var leaf = new byte[EvidenceFormat.Leaf];
                await leaves.ReadExactlyAsync(leaf, stop);
                if (!leaf.AsSpan().SequenceEqual(slot.Leaf)) throw Wrong(file, slot.Number, "package.chunk");
            }

            root.Append(slot.Leaf);
            if (slot.Aes is not null)
            {
                hash.AppendData(slot.Plain, 0, slot.Length);
                if (slot.Last && Convert.ToHexStringLower(hash.GetHashAndReset()) != file.Sha256) throw new RefusedException("package.content", ("name", file.Name));
                if (target is not null) await target.WriteAsync(slot.Plain.AsMemory(0, slot.Length), stop);
            }

            progress?.Invoke(slot.Length);
        }
    }

    /// <summary>Whether the hashes of a file's chunks lead to the manifest's root. The stream stands at its beginning again afterwards.</summary>
    /// <exception cref="RefusedException">They do not, or there are too few or too many.</exception>
    internal static async Task CheckLeaves(Stream leaves, EvidenceItem file, CancellationToken cancel)
    {
        var root = new MerkleRoot();
        var buffer = new byte[EvidenceFormat.Leaf * 1024];
        var count = 0L;
        while (await leaves.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancel) is > 0 and var read)
        {
            count += read / EvidenceFormat.Leaf;
            if (read % EvidenceFormat.Leaf != 0 || count > file.Chunks) throw new RefusedException("package.root", ("name", file.Name));
            for (var at = 0; at < read; at += EvidenceFormat.Leaf) root.Append(buffer.AsSpan(at, EvidenceFormat.Leaf));
        }

        if (count != file.Chunks || Convert.ToHexStringLower(root.Value()) != file.Root) throw new RefusedException("package.root", ("name", file.Name));
        leaves.Position = 0;
    }

    internal static RefusedException Wrong(EvidenceItem file, long chunk, string key) =>
        new(key, ("name", file.Name), ("chunk", FormattableString.Invariant($"{chunk + 1}")), ("of", FormattableString.Invariant($"{file.Chunks}")));
}
