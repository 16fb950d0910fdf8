using System.Security.Cryptography;

namespace Palermo.Requests.Files;

/// <summary>
/// Reads a stored file. What it gives out is verified: each chunk before it is given, and the last one only when the hash over the
/// whole is the one on record.
/// </summary>
internal sealed class SealedReader : IAsyncDisposable, IDisposable
{
    private readonly FileStream _file;
    private readonly AesGcm _aes;
    private readonly byte[] _header = new byte[SealedFormat.Header];
    private readonly byte[] _encrypted = new byte[SealedFormat.Chunk + SealedFormat.Tag];
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly string _sha256;
    private long _left;
    private uint _number;

    private SealedReader(FileStream file, byte[] key, long size, string sha256) => (_file, _aes, _left, _sha256) = (file, new AesGcm(key, SealedFormat.Tag), size, sha256);

    /// <summary>Opens a file; its length and header are looked at before anything else.</summary>
    /// <exception cref="BrokenFileException">It is not of the length it must have, or not a stored file.</exception>
    internal static SealedReader Open(FileStream file, byte[] key, long size, string sha256)
    {
        var reader = new SealedReader(file, key, size, sha256);
        try
        {
            if (file.Length != SealedFormat.Length(size)) throw new BrokenFileException($"{file.Length} bytes long instead of {SealedFormat.Length(size)}");
            file.ReadExactly(reader._header);
            SealedFormat.CheckHeader(reader._header);
            return reader;
        }
        catch
        {
            reader.Close();
            throw;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <summary>Writes what the file holds.</summary>
    /// <exception cref="BrokenFileException">A chunk, or the whole, is not what was stored; what was written until then is.</exception>
    internal async Task CopyTo(Stream target, CancellationToken cancel)
    {
        var plain = new byte[SealedFormat.Chunk];
        for (var ended = false; !ended;)
        {
            var length = ReadChunk(plain, out ended);
            await target.WriteAsync(plain.AsMemory(0, length), cancel);
        }
    }

    /// <summary>Reads the next chunk.</summary>
    /// <param name="plain">Where it goes: <see cref="SealedFormat.Chunk"/> bytes.</param>
    /// <param name="ended">Whether it was the last one.</param>
    /// <returns>How many bytes it has.</returns>
    /// <exception cref="BrokenFileException">The chunk, or with the last one the whole, is not what was stored.</exception>
    internal int ReadChunk(Span<byte> plain, out bool ended)
    {
        var length = (int)Math.Min(_left, SealedFormat.Chunk);
        _left -= length;
        var encrypted = _encrypted.AsSpan(0, length + SealedFormat.Tag);
        _file.ReadExactly(encrypted);
        ended = _left == 0;
        SealedFormat.Open(_aes, _header, _number++, ended, encrypted, plain[..length]);
        _hash.AppendData(plain[..length]);
        if (ended && Convert.ToHexStringLower(_hash.GetHashAndReset()) != _sha256) throw new BrokenFileException("its hash is not the one on record");
        return length;
    }

    public ValueTask DisposeAsync()
    {
        _aes.Dispose();
        _hash.Dispose();
        return _file.DisposeAsync();
    }

    public void Dispose() => Close();

    private void Close()
    {
        _aes.Dispose();
        _hash.Dispose();
        _file.Dispose();
    }
}
