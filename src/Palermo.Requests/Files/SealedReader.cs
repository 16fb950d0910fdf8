using System.Security.Cryptography;

namespace Palermo.Requests.Files;

/// <summary>
/// Reads a stored file. What it gives out is verified: each chunk before it is given, and the last one only when the hash over the
/// whole is the one on record.
/// </summary>
internal sealed class SealedReader : IAsyncDisposable
{
    private readonly FileStream _file;
    private readonly AesGcm _aes;
    private readonly byte[] _header = new byte[SealedFormat.Header];
    private readonly long _size;
    private readonly string _sha256;

    private SealedReader(FileStream file, byte[] key, long size, string sha256) => (_file, _aes, _size, _sha256) = (file, new AesGcm(key, SealedFormat.Tag), size, sha256);

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
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var encrypted = new byte[SealedFormat.Chunk + SealedFormat.Tag];
        var plain = new byte[SealedFormat.Chunk];
        var left = _size;
        for (uint number = 0; ; number++)
        {
            var length = (int)Math.Min(left, SealedFormat.Chunk);
            left -= length;
            await _file.ReadExactlyAsync(encrypted.AsMemory(0, length + SealedFormat.Tag), cancel);
            SealedFormat.Open(_aes, _header, number, left == 0, encrypted.AsSpan(0, length + SealedFormat.Tag), plain.AsSpan(0, length));
            hash.AppendData(plain, 0, length);
            if (left == 0 && Convert.ToHexStringLower(hash.GetHashAndReset()) != _sha256) throw new BrokenFileException("its hash is not the one on record");
            await target.WriteAsync(plain.AsMemory(0, length), cancel);
            if (left == 0) return;
        }
    }

    public ValueTask DisposeAsync()
    {
        _aes.Dispose();
        return _file.DisposeAsync();
    }

    private void Close()
    {
        _aes.Dispose();
        _file.Dispose();
    }
}
