using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace Palermo.Exchange.As4.Parts;

/// <summary>A part as it came, encrypted: small ones in memory, others in a file that has no name any more, so that nothing is left when the node stops.</summary>
internal sealed class Spool : IDisposable
{
    private const int InMemory = 64 << 10;

    private readonly byte[] _bytes;
    private readonly SafeFileHandle? _file;

    private Spool(byte[] bytes, SafeFileHandle? file, long length) => (_bytes, _file, Length) = (bytes, file, length);

    /// <summary>Bytes it holds.</summary>
    internal long Length { get; }

    /// <summary>Takes everything a source has.</summary>
    /// <param name="next">Fills a buffer with the source's next bytes; less than the buffer takes only at the end.</param>
    /// <param name="folder">Where larger ones are kept.</param>
    /// <param name="most">Bytes it may have.</param>
    /// <exception cref="As4Exception">It has more.</exception>
    /// <exception cref="IOException">It cannot be kept.</exception>
    internal static async Task<Spool> Take(Func<Memory<byte>, Task<int>> next, string folder, long most)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(InMemory);
        try
        {
            return await Take(next, folder, most, buffer.AsMemory(0, InMemory));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static async Task<Spool> Take(Func<Memory<byte>, Task<int>> next, string folder, long most, Memory<byte> buffer)
    {
        var length = (long)await next(buffer);
        if (length > most) throw TooLong();
        if (length < InMemory) return new Spool(buffer[..(int)length].ToArray(), null, length);
        var file = Nameless(folder);
        try
        {
            RandomAccess.Write(file, buffer.Span, 0);
            for (int read; (read = await next(buffer)) > 0; length += read)
            {
                if (length + read > most) throw TooLong();
                RandomAccess.Write(file, buffer.Span[..read], length);
            }

            return new Spool([], file, length);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Reads bytes from a place on; all asked for, which must be there.</summary>
    internal void Read(long at, Span<byte> into)
    {
        if (_file is null)
        {
            _bytes.AsSpan((int)at, into.Length).CopyTo(into);
            return;
        }

        while (!into.IsEmpty)
        {
            var read = RandomAccess.Read(_file, into, at);
            if (read == 0) throw new EndOfStreamException("A part on its way was cut.");
            into = into[read..];
            at += read;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file?.Dispose();

    private static SafeFileHandle Nameless(string folder)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, $"{Guid.NewGuid():N}.part");
        var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete);
        try
        {
            File.Delete(path);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static As4Exception TooLong() => Refuse.Policy("A part is larger than this node takes.");
}
