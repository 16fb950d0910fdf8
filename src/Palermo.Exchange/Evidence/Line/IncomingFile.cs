using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using Palermo.Exchange.Evidence.Packing;
using Palermo.Kernel;

namespace Palermo.Exchange.Evidence.Line;

/// <summary>
/// A sealed file that arrives, in pieces and after any break. Each chunk is compared with its hash the moment it is whole, so what counts
/// as arrived is what was packed. Until all of it is there it is called <c>N.part</c>; <c>N.at</c> says up to where it is durably on the disk.
/// </summary>
/// <param name="folder">The package's folder.</param>
/// <param name="file">What the manifest says of the file.</param>
internal sealed class IncomingFile(PackageFolder folder, EvidenceItem file) : IDisposable
{
    private const int Buffer = 256 << 10;

    private readonly SemaphoreSlim _gate = new(1);
    private readonly IncrementalHash _leaf = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private CancellationTokenSource? _holder;
    private byte[]? _expected;
    private long _length = -1;

    /// <summary>Writes to the disk; a test fills it up.</summary>
    internal Func<FileStream, ReadOnlyMemory<byte>, ValueTask> Write { get; init; } = static async (part, bytes) =>
    {
        try
        {
            await part.WriteAsync(bytes);
        }
        catch (ArgumentOutOfRangeException e)
        {
            // So the framework says EFBIG.
            throw new IOException(e.Message, LineException.FileTooLong);
        }
    };

    /// <summary>After so many bytes what came is flushed to the disk, beside what comes.</summary>
    internal long FlushEvery { get; init; } = 256L << 20;

    /// <summary>Flushes to the disk; a test has it fail.</summary>
    internal Action<FileStream> ToDisk { get; init; } = static part => RandomAccess.FlushToDisk(part.SafeFileHandle);

    private string Part => folder.At(file.Number.ToString(CultureInfo.InvariantCulture) + ".part");

    private string At => folder.At(file.Number.ToString(CultureInfo.InvariantCulture) + ".at");

    private string Hashes => folder.At(file.Number.ToString(CultureInfo.InvariantCulture) + ".hashes");

    private string CheckedFrom => folder.At(file.Number.ToString(CultureInfo.InvariantCulture) + ".from");

    /// <summary>How much is durably there; whoever was still sending is stopped first, for only one can go on.</summary>
    internal Task<long> Offset(CancellationToken cancel) => Hold(_ => Task.FromResult(_length), cancel);

    /// <summary>Takes the hashes of the file's chunks, which must come before its bytes. Taking them again changes nothing.</summary>
    /// <exception cref="RefusedException">They do not lead to the manifest's root.</exception>
    internal Task TakeLeaves(Stream body, CancellationToken cancel) => File.Exists(folder.Leaves(file.Number)) ? Task.CompletedTask : Hold(async stop =>
    {
        // What a fall left of them is written over.
        await using (var target = new FileStream(Hashes, FileMode.Create, FileAccess.ReadWrite, FileShare.Read, 32 << 10))
        {
            await CopyAtMost(body, target, file.Chunks * EvidenceFormat.Leaf, stop);
            target.Position = 0;
            await OpenSealed.CheckLeaves(target, file, stop);
            target.Flush(flushToDisk: true);
        }

        File.Move(Hashes, folder.Leaves(file.Number), overwrite: true);
        return true;
    }, cancel);

    /// <summary>Takes more of the file.</summary>
    /// <param name="offset">Where the bytes belong; must be where the last ones ended.</param>
    /// <param name="body">The bytes, to their end or until the line breaks.</param>
    /// <param name="checksum">SHA-256 of the bytes, when the sender says it: then all of them count, or none.</param>
    /// <param name="arrived">Told how much is durably there, now and then.</param>
    /// <param name="cancel">When to stop; what came until then stays.</param>
    /// <returns>How much is durably there afterwards.</returns>
    /// <exception cref="LineException">They cannot be taken; what is durably there stays.</exception>
    internal Task<long> Append(long offset, Stream body, byte[]? checksum, Action<long>? arrived, CancellationToken cancel) => Hold(async stop =>
    {
        if (offset != _length) throw new LineException(LineException.WrongOffset, "package.line.offset", ("offset", _length.ToString(CultureInfo.InvariantCulture)));
        if (_length == file.SealedLength) return _length;
        if (_expected is null) await Recover(stop);
        if (_expected is null) throw new LineException(LineException.WrongOffset, "package.line.leaves-first");
        using var whole = checksum is null ? null : IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        if (whole is not null) await Mark(CheckedFrom, offset);
        try
        {
            await using (var part = new LargeFile(Part, new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, Share = FileShare.Read, BufferSize = 0 })) await Take(part, body, whole, arrived, stop);
            if (whole is not null && !whole.GetHashAndReset().AsSpan().SequenceEqual(checksum)) throw new LineException(LineException.WrongBytes, "package.line.checksum");
            File.Delete(CheckedFrom);
            if (whole is not null) await Note(_length, arrived);
        }
        catch
        {
            // Read again from the disk what is there; of bytes that were to be checked as a whole, nothing stays.
            _length = -1;
            throw;
        }

        if (_length == file.SealedLength) Finish();
        return _length;
    }, cancel);

    public void Dispose()
    {
        _gate.Dispose();
        _leaf.Dispose();
    }

    private async Task<T> Hold<T>(Func<CancellationToken, Task<T>> act, CancellationToken cancel)
    {
        var mine = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var before = Interlocked.Exchange(ref _holder, mine);
        try
        {
            if (before is not null) await before.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // It was over already.
        }

        try
        {
            await _gate.WaitAsync(cancel);
            try
            {
                if (_length < 0) await Recover(cancel);
                return await act(mine.Token);
            }
            catch (IOException e)
            {
                // Of our own disk: what the line does comes no further than to where it is read.
                _length = -1;
                throw LineException.OfDisk(e);
            }
            finally
            {
                _gate.Release();
            }
        }
        finally
        {
            Interlocked.CompareExchange(ref _holder, null, mine);
            mine.Dispose();
        }
    }

    private async Task Take(FileStream part, Stream body, IncrementalHash? whole, Action<long>? arrived, CancellationToken stop)
    {
        // While one buffer is hashed and written, the other is filled.
        var (buffer, other) = (ArrayPool<byte>.Shared.Rent(Buffer), ArrayPool<byte>.Shared.Rent(Buffer));
        var (flushed, flushing, putting) = (_length, Task.CompletedTask, Task.CompletedTask);
        part.Position = _length;
        try
        {
            while (true)
            {
                var (read, broken) = await Fill(body, buffer, stop);
                await putting;
                if (read > file.SealedLength - _length) throw new LineException(LineException.TooMuch, "package.line.longer", ("name", file.Name));
                whole?.AppendData(buffer, 0, read);
                if (_length - flushed >= FlushEvery && flushing.IsCompleted)
                {
                    await flushing;
                    (flushed, flushing) = (_length, Flush(part, _length, whole is null, arrived));
                }

                var filled = buffer.AsMemory(0, read);
                putting = Task.Run(() => Put(part, filled), CancellationToken.None);
                (buffer, other) = (other, buffer);
                if (broken || read == 0) break;
            }

            await putting;
            // What the disk says of a failure it says once: a flush that failed on the way is not made good by the last one.
            await flushing;
        }
        finally
        {
            await putting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await flushing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            ArrayPool<byte>.Shared.Return(buffer);
            ArrayPool<byte>.Shared.Return(other);
        }

        await Flush(part, _length, whole is null, arrived);
    }

    /// <summary>Hashes and writes some bytes; at the end of each chunk its hash is compared.</summary>
    private async Task Put(FileStream part, ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var chunk = EvidenceFormat.ChunkAt(_length);
            var end = Math.Min(EvidenceFormat.LeafAt(chunk + 1), file.SealedLength);
            var now = bytes[..(int)Math.Min(bytes.Length, end - _length)];
            if (_length == EvidenceFormat.LeafAt(chunk)) MerkleRoot.BeginLeaf(_leaf);
            var writing = Write(part, now);
            _leaf.AppendData(now.Span);
            await writing;
            _length += now.Length;
            bytes = bytes[now.Length..];
            if (_length < end || IsExpected(chunk)) continue;
            part.SetLength(EvidenceFormat.LeafAt(chunk));
            throw new LineException(LineException.WrongBytes, OpenSealed.Wrong(file, chunk, "package.chunk").Text);
        }
    }

    private bool IsExpected(long chunk)
    {
        Span<byte> hash = stackalloc byte[EvidenceFormat.Leaf];
        _leaf.GetHashAndReset(hash);
        return hash.SequenceEqual(_expected.AsSpan(checked((int)(chunk * EvidenceFormat.Leaf)), EvidenceFormat.Leaf));
    }

    private Task Flush(FileStream part, long length, bool counts, Action<long>? arrived) => Task.Run(async () =>
    {
        await Settle(part);
        if (counts) await Note(length, arrived);
    });

    private async Task Settle(FileStream part)
    {
        try
        {
            ToDisk(part);
        }
        catch (IOException)
        {
            // What is read back may come from memory and never have reached the disk: nothing counts beyond what was flushed before.
            await Mark(CheckedFrom, Read(At) ?? 0);
            throw;
        }
    }

    private async Task Note(long length, Action<long>? arrived)
    {
        await Mark(At, length);
        arrived?.Invoke(length);
    }

    /// <summary>Finds what is there: whole up to where it was flushed, and from there chunk by chunk as their hashes say.</summary>
    private async Task Recover(CancellationToken cancel)
    {
        Directory.CreateDirectory(folder.Path);
        _ = _leaf.GetHashAndReset();
        if (folder.Has(file.Number))
        {
            File.Delete(At);
            _length = file.SealedLength;
            return;
        }

        _expected = File.Exists(folder.Leaves(file.Number)) ? await File.ReadAllBytesAsync(folder.Leaves(file.Number), cancel) : null;
        if (_expected is null || !File.Exists(Part))
        {
            File.Delete(Part);
            File.Delete(At);
            File.Delete(CheckedFrom);
            _length = 0;
            return;
        }

        await using var part = new FileStream(Part, FileMode.Open, FileAccess.ReadWrite, FileShare.Read, 0);
        var most = Math.Min(Read(CheckedFrom) ?? long.MaxValue, Math.Min(part.Length, file.SealedLength));
        var flushed = Read(At) ?? 0;
        var chunk = EvidenceFormat.ChunkAt(Math.Min(flushed, most));
        _length = EvidenceFormat.LeafAt(chunk);
        var buffer = new byte[EvidenceFormat.Header + EvidenceFormat.SealedChunk];
        part.Position = _length;
        for (; _length < most; chunk++)
        {
            var end = Math.Min(EvidenceFormat.LeafAt(chunk + 1), file.SealedLength);
            // Of a chunk that is not whole only what was flushed counts: its hash cannot be asked yet.
            var there = (int)((most >= end ? end : Math.Clamp(flushed, _length, most)) - _length);
            if (there == 0) break;
            await part.ReadExactlyAsync(buffer.AsMemory(0, there), cancel);
            MerkleRoot.BeginLeaf(_leaf);
            _leaf.AppendData(buffer, 0, there);
            if (_length + there == end && !IsExpected(chunk)) break;
            _length += there;
            if (_length < end) break;
        }

        part.SetLength(_length);
        await Settle(part);
        await Mark(At, _length);
        File.Delete(CheckedFrom);
        if (_length == file.SealedLength) Finish();
    }

    private void Finish()
    {
        File.Move(Part, folder.Sealed(file.Number), overwrite: false);
        File.Delete(At);
        _expected = null;
    }

    /// <summary>Fills the buffer, or as much of it as comes before the end or a break.</summary>
    private static async Task<(int Read, bool Broken)> Fill(Stream body, byte[] buffer, CancellationToken stop)
    {
        var length = 0;
        try
        {
            while (length < buffer.Length && await body.ReadAsync(buffer.AsMemory(length), stop) is > 0 and var read) length += read;
            return (length, false);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or HttpRequestException)
        {
            return (length, true);
        }
    }

    private static async Task CopyAtMost(Stream from, Stream to, long most, CancellationToken cancel)
    {
        var buffer = new byte[32 << 10];
        while (true)
        {
            var (read, broken) = await Fill(from, buffer, cancel);
            if (broken) throw new LineException(LineException.Broken, "package.line.broken");
            if ((most -= read) < 0) throw new LineException(LineException.TooMuch, "package.line.leaves-longer");
            if (read == 0) return;
            await to.WriteAsync(buffer.AsMemory(0, read), cancel);
        }
    }

    private static async Task Mark(string path, long value)
    {
        await File.WriteAllTextAsync(path + ".new", value.ToString(CultureInfo.InvariantCulture));
        File.Move(path + ".new", path, overwrite: true);
    }

    private static long? Read(string path) => File.Exists(path) && long.TryParse(File.ReadAllText(path), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
}
