using Palermo.Kernel;

namespace Palermo.Requests.Files;

/// <summary>A stored file as a stream to be read once from its beginning; what it gives is verified as <see cref="SealedReader"/> says.</summary>
internal sealed class SealedStream(SealedReader reader) : ReadOnlyStream
{
    private readonly byte[] _chunk = new byte[SealedFormat.Chunk];
    private int _at, _length;
    private bool _ended;

    public override int Read(Span<byte> buffer)
    {
        if (_at == _length && !_ended) (_length, _at) = (reader.ReadChunk(_chunk, out _ended), 0);
        var take = Math.Min(buffer.Length, _length - _at);
        _chunk.AsSpan(_at, take).CopyTo(buffer);
        _at += take;
        return take;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) reader.Dispose();
        base.Dispose(disposing);
    }
}
