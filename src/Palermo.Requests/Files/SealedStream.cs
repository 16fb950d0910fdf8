namespace Palermo.Requests.Files;

/// <summary>A stored file as a stream to be read once from its beginning; what it gives is verified as <see cref="SealedReader"/> says.</summary>
internal sealed class SealedStream(SealedReader reader) : Stream
{
    private readonly byte[] _chunk = new byte[SealedFormat.Chunk];
    private int _at, _length;
    private bool _ended;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(Span<byte> buffer)
    {
        if (_at == _length && !_ended) (_length, _at) = (reader.ReadChunk(_chunk, out _ended), 0);
        var take = Math.Min(buffer.Length, _length - _at);
        _chunk.AsSpan(_at, take).CopyTo(buffer);
        _at += take;
        return take;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) reader.Dispose();
        base.Dispose(disposing);
    }
}
