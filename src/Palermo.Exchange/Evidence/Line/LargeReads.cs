using System.Buffers;
using Microsoft.AspNetCore.Connections;

namespace Palermo.Exchange.Evidence.Line;

/// <summary>Gives the server buffers of several TLS records, so that gigabytes do not come in by 4 KiB for each question to the system. A connection that is silent holds none.</summary>
internal sealed class LargeReads : IMemoryPoolFactory<byte>
{
    /// <summary>Bytes of a buffer.</summary>
    internal const int Size = 64 << 10;

    /// <inheritdoc/>
    public MemoryPool<byte> Create(MemoryPoolOptions? options = null) => new Pool();

    private sealed class Pool : MemoryPool<byte>
    {
        public override int MaxBufferSize => Shared.MaxBufferSize;

        public override IMemoryOwner<byte> Rent(int minBufferSize = -1) => Shared.Rent(Math.Max(minBufferSize, Size));

        protected override void Dispose(bool disposing)
        {
            // Nothing is held here.
        }
    }
}
