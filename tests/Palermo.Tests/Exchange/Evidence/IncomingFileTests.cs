using Palermo.Exchange.Evidence.Line;
using Palermo.Exchange.Evidence.Packing;
using Palermo.Kernel;
using Palermo.Tests.Support;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Exchange.Evidence;

/// <summary>A file arrives in pieces: cut anywhere, killed anywhere, with a disk that fills up, from a peer that lies.</summary>
public sealed class IncomingFileTests : IDisposable
{
    private const int Chunk = EvidenceFormat.SealedChunk, Header = EvidenceFormat.Header;
    private readonly TestFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task CutAndKilledAnywhereItArrivesWhole(int seed)
    {
        var random = new Random(seed);
        var (bytes, file, leaves) = await Sealed((5 * EvidenceFormat.Chunk) + 777);
        var target = new PackageFolder(_folder.File("target"));
        await new IncomingFile(target, file).TakeLeaves(new MemoryStream(leaves), Cancel);
        // Whoever is killed leaves its object behind; the next one knows only the disk.
        var incoming = new IncomingFile(target, file);
        for (var attempts = 0; ; attempts++)
        {
            attempts.ShouldBeLessThan(200);
            var offset = await incoming.Offset(Cancel);
            if (offset == bytes.Length) break;
            await incoming.Append(offset, new Cut(bytes[(int)offset..], random.Next(1, 700_000)), null, null, Cancel);
            if (random.Next(2) == 0) incoming = new IncomingFile(target, file);
            // What a power cut leaves: bytes beyond what was flushed that are not those that were sent.
            if (random.Next(4) == 0 && File.Exists(target.At("1.part"))) Spoil(target.At("1.part"), random.Next(1, 5000));
        }

        (await File.ReadAllBytesAsync(target.Sealed(1), Cancel)).ShouldBe(bytes);
        Directory.EnumerateFiles(target.Path).Select(Path.GetFileName).Order().ShouldBe(["1.leaves", "1.sealed"]);
        (await incoming.Append(bytes.Length, new MemoryStream([1]), null, null, Cancel)).ShouldBe(bytes.Length);

        void Spoil(string path, int length)
        {
            incoming = new IncomingFile(target, file);
            using var part = new FileStream(path, FileMode.Append);
            part.Write(new byte[length]);
        }
    }

    [Fact]
    public async Task AWrongChunkIsRefusedAtOnceAndTheRightOneTakenAfterwards()
    {
        var (bytes, file, leaves) = await Sealed(3 * EvidenceFormat.Chunk);
        using var incoming = new IncomingFile(new PackageFolder(_folder.File("target")), file);
        (await Refused(() => incoming.Append(0, new MemoryStream(bytes), null, null, Cancel))).Text.Key.ShouldBe("package.line.leaves-first");
        await Should.ThrowAsync<RefusedException>(() => incoming.TakeLeaves(new MemoryStream([.. leaves[32..], .. leaves[..32]]), Cancel));
        await incoming.TakeLeaves(new MemoryStream(leaves), Cancel);
        var wrong = bytes.ToArray();
        wrong[Header + Chunk + 5] ^= 1;
        var refused = await Refused(() => incoming.Append(0, new MemoryStream(wrong), null, null, Cancel));
        refused.Status.ShouldBe(LineException.WrongBytes);
        refused.Text.Fillings.Single(f => f.Name == "chunk").Value.ShouldBe("2");
        (await incoming.Offset(Cancel)).ShouldBe(Header + Chunk);
        (await incoming.Append(Header + Chunk, new MemoryStream(bytes[(Header + Chunk)..]), null, null, Cancel)).ShouldBe(bytes.Length);
    }

    [Fact]
    public async Task MoreThanAnnouncedAndTheWrongPlaceAreRefused()
    {
        var (bytes, file, leaves) = await Sealed(100);
        using var incoming = new IncomingFile(new PackageFolder(_folder.File("target")), file);
        (await Refused(() => incoming.TakeLeaves(new MemoryStream([.. leaves, 1]), Cancel))).Status.ShouldBe(LineException.TooMuch);
        await incoming.TakeLeaves(new MemoryStream(leaves), Cancel);
        (await Refused(() => incoming.Append(0, new MemoryStream([.. bytes, 0]), null, null, Cancel))).Status.ShouldBe(LineException.TooMuch);
        (await Refused(() => incoming.Append(7, new MemoryStream(bytes), null, null, Cancel))).Status.ShouldBe(LineException.WrongOffset);
        (await incoming.Append(0, new MemoryStream(bytes), null, null, Cancel)).ShouldBe(bytes.Length);
    }

    [Fact]
    public async Task WithAChecksumAllBytesCountOrNone()
    {
        var (bytes, file, leaves) = await Sealed(1000);
        var target = new PackageFolder(_folder.File("target"));
        using var incoming = new IncomingFile(target, file);
        await incoming.TakeLeaves(new MemoryStream(leaves), Cancel);
        await incoming.Append(0, new MemoryStream(bytes[..100]), System.Security.Cryptography.SHA256.HashData(bytes[..100]), null, Cancel);
        var noted = new List<long>();
        (await Refused(() => incoming.Append(100, new MemoryStream(bytes[100..200]), new byte[32], noted.Add, Cancel))).Status.ShouldBe(LineException.WrongBytes);
        noted.ShouldBeEmpty();
        (await File.ReadAllTextAsync(target.At("1.at"), Cancel)).ShouldBe("100");
        (await incoming.Offset(Cancel)).ShouldBe(100);
        await Refused(() => incoming.Append(100, new Cut(bytes[100..200], 50), System.Security.Cryptography.SHA256.HashData(bytes[100..200]), null, Cancel));
        (await incoming.Offset(Cancel)).ShouldBe(100);
        (await incoming.Append(100, new MemoryStream(bytes[100..]), System.Security.Cryptography.SHA256.HashData(bytes[100..]), noted.Add, Cancel)).ShouldBe(bytes.Length);
        noted.ShouldBe([bytes.Length]);
    }

    [Fact]
    public async Task AFullDiskIsSaidAndNothingIsLost()
    {
        var (bytes, file, leaves) = await Sealed(2 * EvidenceFormat.Chunk);
        var target = new PackageFolder(_folder.File("target"));
        var room = 1_500_000L;
        using var incoming = new IncomingFile(target, file)
        {
            Write = async (part, now) =>
            {
                var fits = (int)Math.Min(now.Length, room - part.Position);
                await part.WriteAsync(now[..fits], Cancel);
                if (fits < now.Length) throw new IOException("No space left on device", 28);
            },
        };
        await incoming.TakeLeaves(new MemoryStream(leaves), Cancel);
        var refused = await Refused(() => incoming.Append(0, new MemoryStream(bytes), null, null, Cancel));
        (refused.Status, refused.Text.Key).ShouldBe((LineException.DiskFull, "package.line.disk-full"));
        // What could not be flushed is asked of its hashes: the first chunk is whole.
        (await incoming.Offset(Cancel)).ShouldBe(Header + Chunk);
        room = long.MaxValue;
        (await incoming.Append(Header + Chunk, new MemoryStream(bytes[(Header + Chunk)..]), null, null, Cancel)).ShouldBe(bytes.Length);
        (await File.ReadAllBytesAsync(target.Sealed(1), Cancel)).ShouldBe(bytes);
    }

    [Fact]
    public async Task AFlushThatFailsOnTheWayIsNotMadeGoodByTheLast()
    {
        var (bytes, file, leaves) = await Sealed(3 * EvidenceFormat.Chunk);
        var flushes = 0;
        using var incoming = new IncomingFile(new PackageFolder(_folder.File("target")), file)
        {
            FlushEvery = 2 * EvidenceFormat.Chunk,
            ToDisk = _ =>
            {
                // Only the first is on the way: the file has no room for another.
                if (flushes++ == 0) throw new IOException("Input/output error", 5);
            },
        };
        await incoming.TakeLeaves(new MemoryStream(leaves), Cancel);
        var refused = await Refused(() => incoming.Append(0, new MemoryStream(bytes), null, null, Cancel));
        (refused.Status, refused.Text.Key).ShouldBe((LineException.DiskFull, "package.line.disk"));
        (await incoming.Offset(Cancel)).ShouldBe(0, "what is read back may never have reached the disk");
        (await incoming.Append(0, new MemoryStream(bytes), null, null, Cancel)).ShouldBe(bytes.Length);
    }

    [Fact]
    public async Task WhoAsksForAFileThatIsLetGoIsAnswered()
    {
        var (bytes, file, leaves) = await Sealed(1000);
        var (store, package) = (new EvidenceStore(_folder.File("store")), Guid.NewGuid());
        var incoming = store.Arriving(package, file);
        await incoming.TakeLeaves(new MemoryStream(leaves), Cancel);
        await using var line = new Standing(bytes[..300]);
        var standing = incoming.Append(0, line, null, null, Cancel);
        await line.StandsStill;
        store.Forget(package);
        (await incoming.Offset(Cancel)).ShouldBe(300);
        (await standing).ShouldBe(300);
    }

    [Fact]
    public async Task WhoComesAnewTakesOverFromALineThatStandsStill()
    {
        var (bytes, file, leaves) = await Sealed(1000);
        using var incoming = new IncomingFile(new PackageFolder(_folder.File("target")), file);
        await incoming.TakeLeaves(new MemoryStream(leaves), Cancel);
        await using var line = new Standing(bytes[..300]);
        var standing = incoming.Append(0, line, null, null, Cancel);
        await line.StandsStill;
        (await incoming.Offset(Cancel)).ShouldBe(300);
        (await standing).ShouldBe(300);
    }

    private async Task<(byte[] Bytes, EvidenceItem File, byte[] Leaves)> Sealed(int size)
    {
        var (package, signed) = await Packed.Pack(_folder, null, Packed.Content(size));
        return (await File.ReadAllBytesAsync(package.Sealed(1), Cancel), signed.Manifest.Files[0], await File.ReadAllBytesAsync(package.Leaves(1), Cancel));
    }

    private static Task<LineException> Refused(Func<Task> act) => Should.ThrowAsync<LineException>(act);

    /// <summary>A line that breaks after so many bytes.</summary>
    private sealed class Cut(byte[] bytes, int after) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var left = Math.Min(after, Length) - Position;
            if (left == 0 && Position < Length) throw new IOException("The line broke.");
            return base.ReadAsync(buffer[..(int)Math.Min(buffer.Length, left)], cancellationToken);
        }
    }

    /// <summary>A line on which nothing comes any more.</summary>
    private sealed class Standing(byte[] bytes) : MemoryStream(bytes)
    {
        private readonly TaskCompletionSource _still = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task StandsStill => _still.Task;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Position == Length)
            {
                _still.TrySetResult();
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }

            return await base.ReadAsync(buffer, cancellationToken);
        }
    }
}
