using System.Security.Cryptography;
using Palermo.Kernel;

namespace Palermo.Requests.Files;

/// <summary>Encrypts what comes in, chunk by chunk, hashes it, shows it to the scanner and finds out what it is.</summary>
internal sealed class SealingWriter(AesGcm aes, FileStream sink, ClamScan scan, long largest)
{
    private readonly byte[] _header = SealedFormat.NewHeader();
    private readonly byte[] _encrypted = new byte[SealedFormat.Chunk + SealedFormat.Tag];

    /// <summary>Writes everything and has it on the disk.</summary>
    /// <exception cref="RefusedException">It is larger than allowed, or did not arrive whole.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    internal async Task<(long Size, string Sha256, string Type)> Write(Stream source, CancellationToken cancel)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        // The first chunk is kept to see what the file is, and so are the last two: a zip's directory stands at its end.
        var (now, next) = (new byte[SealedFormat.Chunk], new byte[SealedFormat.Chunk]);
        byte[] head = [];
        await sink.WriteAsync(_header, cancel);
        var size = 0L;
        var length = await Fill(source, now, cancel);
        for (uint number = 0; ; number++)
        {
            size += length;
            if (size > largest) throw new RefusedException("files.too-large", ("n", (int)(largest >> 20)));
            if (number == 0) head = now.AsSpan(0, length).ToArray();
            // Whether a chunk is the last one is known only once nothing follows.
            var following = length == SealedFormat.Chunk ? await Fill(source, next, cancel) : 0;
            hash.AppendData(now, 0, length);
            await scan.Feed(now.AsMemory(0, length), cancel);
            StreamChunks.Seal(aes, _header, number, following == 0, now.AsSpan(0, length), _encrypted);
            await sink.WriteAsync(_encrypted.AsMemory(0, length + SealedFormat.Tag), cancel);
            if (following == 0)
            {
                sink.Flush(flushToDisk: true);
                byte[] tail = number == 0 ? head : [.. next, .. now.AsSpan(0, length)];
                return (size, Convert.ToHexStringLower(hash.GetHashAndReset()), FileTypes.Find(head, tail, size));
            }

            (now, next, length) = (next, now, following);
        }
    }

    private static async Task<int> Fill(Stream source, byte[] buffer, CancellationToken cancel)
    {
        try
        {
            return await source.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancel);
        }
        catch (IOException e) when (e is not Microsoft.AspNetCore.Http.BadHttpRequestException)
        {
            throw new RefusedException("files.cut-off");
        }
    }
}
