using System.Security.Cryptography;
using System.Threading.Channels;

namespace Palermo.Exchange.Evidence.Packing;

/// <summary>One chunk on its way through a pipe, with what works on it. Its buffers are used again for a later one.</summary>
internal sealed class ChunkSlot : IDisposable
{
    internal byte[] Plain { get; } = GC.AllocateUninitializedArray<byte>(EvidenceFormat.Chunk);

    internal byte[] Sealed { get; } = GC.AllocateUninitializedArray<byte>(EvidenceFormat.SealedChunk);

    internal byte[] Leaf { get; } = new byte[EvidenceFormat.Leaf];

    internal IncrementalHash Hash { get; } = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Cipher of this slot only: one cannot be shared by threads.</summary>
    internal AesGcm? Aes { get; set; }

    internal uint Number { get; set; }

    internal bool Last { get; set; }

    /// <summary>Bytes of content.</summary>
    internal int Length { get; set; }

    internal Task Work { get; set; } = Task.CompletedTask;

    /// <summary>Hashes the sealed chunk, and the header with the first one, as a leaf.</summary>
    internal void MakeLeaf(ReadOnlySpan<byte> header)
    {
        MerkleRoot.BeginLeaf(Hash);
        if (Number == 0) Hash.AppendData(header);
        Hash.AppendData(Sealed, 0, Length + EvidenceFormat.Tag);
        Hash.GetHashAndReset(Leaf);
    }

    public void Dispose()
    {
        Hash.Dispose();
        Aes?.Dispose();
    }
}

/// <summary>
/// Moves the chunks of a file from a reader through work that runs beside it to a writer, in their order. Holds at most a few chunks,
/// whatever the file's size.
/// </summary>
internal static class ChunkPipe
{
    private const int MostSlots = 6;

    /// <summary>Runs a file through.</summary>
    /// <param name="key">Key of the file; null when nothing is encrypted or decrypted.</param>
    /// <param name="read">Fills a slot; answers whether it is to be taken on.</param>
    /// <param name="work">What is done with each chunk, several at a time.</param>
    /// <param name="done">What is done with each chunk afterwards, one after the other and in order.</param>
    /// <param name="cancel">When to stop.</param>
    internal static async Task Run(byte[]? key, Func<ChunkSlot, CancellationToken, Task<bool>> read, Action<ChunkSlot> work, Func<ChunkSlot, CancellationToken, Task> done, CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var ordered = Channel.CreateBounded<ChunkSlot>(MostSlots);
        var free = Channel.CreateUnbounded<ChunkSlot>();
        List<ChunkSlot> all = [];
        var writer = Task.Run(() => Write(ordered.Reader, free.Writer, done, stop), CancellationToken.None);
        try
        {
            while (true)
            {
                var slot = await Take(free.Reader, all, key, stop.Token);
                if (!await read(slot, stop.Token)) break;
                slot.Work = Task.Run(() => work(slot), CancellationToken.None);
                await ordered.Writer.WriteAsync(slot, stop.Token);
                if (slot.Last) break;
            }
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            // The writer stopped; why is said when it is awaited below.
        }
        catch
        {
            await stop.CancelAsync();
            throw;
        }
        finally
        {
            ordered.Writer.TryComplete();
            var failed = await Settle(writer);
            foreach (var slot in all)
            {
                await Settle(slot.Work);
                slot.Dispose();
            }

            if (failed is not null && !cancel.IsCancellationRequested && failed is not OperationCanceledException) System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failed);
        }

        cancel.ThrowIfCancellationRequested();
    }

    private static async Task<ChunkSlot> Take(ChannelReader<ChunkSlot> free, List<ChunkSlot> all, byte[]? key, CancellationToken cancel)
    {
        if (free.TryRead(out var slot)) return slot;
        if (all.Count == MostSlots) return await free.ReadAsync(cancel);
        slot = new ChunkSlot { Aes = key is null ? null : new AesGcm(key, EvidenceFormat.Tag) };
        all.Add(slot);
        return slot;
    }

    private static async Task Write(ChannelReader<ChunkSlot> ordered, ChannelWriter<ChunkSlot> free, Func<ChunkSlot, CancellationToken, Task> done, CancellationTokenSource stop)
    {
        try
        {
            await foreach (var slot in ordered.ReadAllAsync(stop.Token))
            {
                await slot.Work;
                await done(slot, stop.Token);
                free.TryWrite(slot);
            }
        }
        catch
        {
            await stop.CancelAsync();
            throw;
        }
    }

    private static async Task<Exception?> Settle(Task task)
    {
        await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return task.Exception?.InnerException;
    }
}
