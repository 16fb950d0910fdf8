using System.Security.Cryptography;
using Palermo.Exchange.As4.Crypto;
using Palermo.Kernel;

namespace Palermo.Exchange.As4.Parts;

/// <summary>Decrypts a spooled part while it is read: nonce, ciphertext, tag. The last bytes are given only when the tag holds.</summary>
internal sealed class OpeningStream : ReadOnlyStream
{
    internal const int Overhead = GcmFlow.NonceSize + GcmFlow.TagSize;

    private const int Chunk = 64 << 10;
    private readonly Spool _spool;
    private readonly GcmFlow _flow;
    private long _at = GcmFlow.NonceSize;
    private bool _held;

    /// <summary>Begins to decrypt.</summary>
    /// <exception cref="CryptographicException">It is too short to be encrypted.</exception>
    internal OpeningStream(Spool spool, byte[] key)
    {
        if (spool.Length < Overhead) throw new CryptographicException("Too short.");
        Span<byte> nonce = stackalloc byte[GcmFlow.NonceSize];
        spool.Read(0, nonce);
        (_spool, _flow) = (spool, GcmFlow.Open(key, nonce));
    }

    /// <inheritdoc/>
    /// <exception cref="CryptographicException">The tag does not hold.</exception>
    public override int Read(Span<byte> buffer)
    {
        var end = _spool.Length - GcmFlow.TagSize;
        var take = (int)Math.Min(Math.Min(buffer.Length, Chunk), end - _at);
        if (take == 0 && (_held || buffer.IsEmpty)) return 0;
        var part = buffer[..take];
        _spool.Read(_at, part);
        _flow.Next(part, part);
        _at += take;
        if (_at == end && !_held)
        {
            Span<byte> tag = stackalloc byte[GcmFlow.TagSize];
            _spool.Read(end, tag);
            if (!_flow.Holds(tag))
            {
                part.Clear();
                throw new CryptographicException("The tag does not hold.");
            }

            _held = true;
        }

        return take;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) _flow.Dispose();
        base.Dispose(disposing);
    }
}
