using Palermo.Requests.Files;
using Palermo.Tests.Support;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Requests.Files;

/// <summary>Runs alone, because it measures what the whole process allocates.</summary>
[CollectionDefinition(nameof(LargeFileTests), DisableParallelization = true)]
public sealed class LargeFileCollection;

[Collection(nameof(LargeFileTests))]
public sealed class LargeFileTests
{
    private const long Size = 200 << 20;

    [Fact]
    public async Task AFileOf200MebibytesPassesThroughAFewChunksOfMemory()
    {
        using var folder = new TestFolder();
        var store = new FileStore(FileSettings.Of(folder.Path, _ => null));
        var cancel = TestContext.Current.CancellationToken;
        await store.Write(Guid.NewGuid(), new MemoryStream(new byte[SealedFormat.Chunk * 2]), cancel);
        await using var source = new Zeros(Size);
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var file = await store.Write(Guid.NewGuid(), source, cancel);
        (GC.GetTotalAllocatedBytes(precise: true) - before).ShouldBeLessThan(20 << 20);
        source.LargestBuffer.ShouldBe(SealedFormat.Chunk);
        file.Size.ShouldBe(Size);
    }

    private sealed class Zeros(long size) : Stream
    {
        private long _left = size;

        public int LargestBuffer { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            LargestBuffer = Math.Max(LargestBuffer, buffer.Length);
            var read = (int)Math.Min(buffer.Length, _left);
            _left -= read;
            buffer[..read].Span.Clear();
            return new(read);
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush()
        {
        }
    }
}
