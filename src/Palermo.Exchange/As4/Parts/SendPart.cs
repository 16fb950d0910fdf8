using System.Buffers;
using System.IO.Compression;
using System.Security.Cryptography;
using Palermo.Exchange.As4.Crypto;

namespace Palermo.Exchange.As4.Parts;

/// <summary>A part to be sent: compressed and hashed once for the signature, and again, encrypted, for every attempt to send.</summary>
internal sealed class SendPart
{
    private const int Chunk = 64 << 10;

    private static readonly byte[] EmptyGzip = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    private readonly OutgoingPart _part;
    private readonly byte[]? _small;

    private SendPart(OutgoingPart part, byte[] digest, byte[]? small) => (_part, Digest, _small) = (part, digest, small);

    /// <summary>Content-ID.</summary>
    internal string Id => _part.Id;

    /// <summary>SHA-256 of the compressed bytes, or of the bytes where nothing is compressed.</summary>
    internal byte[] Digest { get; }

    /// <summary>Reads a part once for its digest. A small one stays in memory as it will be sent.</summary>
    internal static async Task<SendPart> Of(OutgoingPart part, CancellationToken cancel)
    {
        var kept = new MemoryStream();
        await using var sink = new Sink((bytes, _) =>
        {
            if (kept is not null && kept.Length + bytes.Length <= Chunk) kept.Write(bytes.Span);
            else kept = null;
            return ValueTask.CompletedTask;
        });
        await Pour(part, sink, cancel);
        return new SendPart(part, sink.Hash(), kept?.ToArray());
    }

    /// <summary>Writes it encrypted: nonce, ciphertext, tag. Every attempt has its own nonce.</summary>
    /// <exception cref="IOException">The part changed since it was signed.</exception>
    internal async Task Write(Stream to, byte[] key, CancellationToken cancel)
    {
        var nonce = RandomNumberGenerator.GetBytes(GcmFlow.NonceSize);
        using var flow = GcmFlow.Seal(key, nonce);
        var cipher = new byte[Math.Min(Chunk, _small?.Length ?? Chunk)];
        await to.WriteAsync(nonce, cancel);
        async ValueTask Seal(ReadOnlyMemory<byte> bytes, CancellationToken stop)
        {
            for (; !bytes.IsEmpty; bytes = bytes[Math.Min(bytes.Length, cipher.Length)..])
            {
                var piece = bytes[..Math.Min(bytes.Length, cipher.Length)];
                flow.Next(piece.Span, cipher);
                await to.WriteAsync(cipher.AsMemory(0, piece.Length), stop);
            }
        }

        if (_small is not null)
        {
            await Seal(_small, cancel);
        }
        else
        {
            await using var sink = new Sink(Seal);
            await Pour(_part, sink, cancel);
            if (!sink.Hash().AsSpan().SequenceEqual(Digest)) throw new IOException($"The part {Id} changed since the message was signed.");
        }

        await to.WriteAsync(flow.Tag(), cancel);
    }

    /// <summary>Reads the part in chunks of one size, so that compressing it twice gives the same bytes.</summary>
    private static async Task Pour(OutgoingPart part, Sink sink, CancellationToken cancel)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Chunk);
        try
        {
            await Pour(part, sink, buffer.AsMemory(0, Chunk), cancel);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static async Task Pour(OutgoingPart part, Sink sink, Memory<byte> buffer, CancellationToken cancel)
    {
        await using var source = part.Open();
        await using var gzip = part.Compress ? new GZipStream(sink, CompressionLevel.Optimal, leaveOpen: true) : null;
        var target = (Stream?)gzip ?? sink;
        var total = 0L;
        for (int read; (read = await source.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancel)) > 0; total += read)
            await target.WriteAsync(buffer[..read], cancel);
        // The framework writes nothing at all for nothing, which is no gzip.
        if (gzip is not null && total == 0) await sink.WriteAsync(EmptyGzip, cancel);
    }

    /// <summary>Hashes what is written and hands it on.</summary>
    private sealed class Sink(Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> next) : Stream
    {
        private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        internal byte[] Hash() => _hash.GetHashAndReset();

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            _hash.AppendData(buffer.Span);
            return next(buffer, cancellationToken);
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        protected override void Dispose(bool disposing)
        {
            if (disposing) _hash.Dispose();
            base.Dispose(disposing);
        }

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
