using System.Security.Cryptography;
using Palermo.Kernel;
using Palermo.Requests.Files;
using Palermo.Tests.Support;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Requests.Files;

/// <summary>What is stored comes back byte for byte, or not at all.</summary>
public sealed class FileStoreTests : IDisposable
{
    private const int Chunk = SealedFormat.Chunk, Sealed = Chunk + SealedFormat.Tag;

    private readonly TestFolder _folder = new();
    private readonly FileSettings _settings;
    private readonly FileStore _store;

    public FileStoreTests()
    {
        _settings = FileSettings.Of(_folder.Path, _ => null);
        _store = new FileStore(_settings);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(Chunk - 1)]
    [InlineData(Chunk)]
    [InlineData(Chunk + 1)]
    [InlineData(5 << 20)]
    public async Task AFileOfAnySizeComesBack(int size)
    {
        var (file, content) = await Stored(size);
        file.Size.ShouldBe(size);
        file.Sha256.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(content)));
        new FileInfo(_store.PlaceOf(file.Id)).Length.ShouldBe(SealedFormat.Length(size));
        (await Read(file)).ShouldBe(content);
    }

    /// <summary>Made by another program (Python's cryptography) from <c>docs/protocols/attachment-file.md</c> alone.</summary>
    [Fact]
    public async Task AFileMadeByTheDescriptionOfTheFormatIsRead()
    {
        var id = Guid.Parse("01234567-89ab-4cde-8f01-23456789abcd");
        await _store.Write(Guid.NewGuid(), new MemoryStream([1]), Cancel);
        await File.WriteAllBytesAsync(_settings.KeyFile, [.. Enumerable.Range(0, 32).Select(n => (byte)n)], Cancel);
        Directory.CreateDirectory(Path.GetDirectoryName(_store.PlaceOf(id))!);
        await File.WriteAllBytesAsync(_store.PlaceOf(id), Convert.FromHexString("50414C46494C450001000102030405066CB4B4B62D3AA8BA13FA660BA4A94EE62A01DF93336640"), Cancel);
        var wrapped = Convert.FromHexString("01C8C9CACBCCCDCECFD0D1D2D3751D07BCEEA5914B185171D16E77996794F29ADF7C12D25F91D4459E5A10296A32919948E99989E8470ED97885893EC8");
        (await Read(new WrittenFile(id, 7, "6301417622b439f567aa02275c61090b62bb0902747f1583311532b946dba990", "text/plain", wrapped, new ScanAnswer(ScanAnswer.Clean)))).ShouldBe("Palermo"u8.ToArray());
    }

    [Fact]
    public async Task OnlyTheNodesUserMayOpenWhatIsStoredAndNothingOfItIsReadable()
    {
        var (file, content) = await Stored(1000);
        var stored = await File.ReadAllBytesAsync(_store.PlaceOf(file.Id), Cancel);
        stored.AsSpan().IndexOf(content.AsSpan(0, 8)).ShouldBe(-1);
        if (OperatingSystem.IsWindows()) return;
        const UnixFileMode own = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        File.GetUnixFileMode(_settings.KeyFile).ShouldBe(own);
        File.GetUnixFileMode(_store.PlaceOf(file.Id)).ShouldBe(own);
        File.GetUnixFileMode(_settings.Files).ShouldBe(own | UnixFileMode.UserExecute);
    }

    [Theory]
    [InlineData("flipped in the header")]
    [InlineData("flipped in the first chunk")]
    [InlineData("cut by a byte")]
    [InlineData("cut by a chunk")]
    [InlineData("lengthened")]
    [InlineData("chunks swapped")]
    [InlineData("a chunk repeated")]
    [InlineData("another file's content")]
    [InlineData("gone")]
    public async Task AFileThatWasTamperedWithGivesNoByte(string what)
    {
        var (file, _) = await Stored((3 * Chunk) + 100);
        var (other, _) = await Stored((3 * Chunk) + 100);
        var place = _store.PlaceOf(file.Id);
        var bytes = await File.ReadAllBytesAsync(place, Cancel);
        byte[] Part(int from, int length) => bytes[from..(from + length)];
        const int header = SealedFormat.Header;
        switch (what)
        {
            case "flipped in the header": bytes[12] ^= 1; break;
            case "flipped in the first chunk": bytes[header + 5] ^= 1; break;
            case "cut by a byte": bytes = bytes[..^1]; break;
            case "cut by a chunk": bytes = bytes[..(header + (3 * Sealed))]; break;
            case "lengthened": bytes = [.. bytes, 0]; break;
            case "chunks swapped": bytes = [.. Part(0, header), .. Part(header + Sealed, Sealed), .. Part(header, Sealed), .. bytes[(header + (2 * Sealed))..]]; break;
            case "a chunk repeated": bytes = [.. Part(0, header), .. Part(header + Sealed, Sealed), .. bytes[(header + Sealed)..]]; break;
            case "another file's content": bytes = await File.ReadAllBytesAsync(_store.PlaceOf(other.Id), Cancel); break;
            default: break;
        }

        if (what == "gone") File.Delete(place);
        else await File.WriteAllBytesAsync(place, bytes, Cancel);
        var target = new MemoryStream();
        await Should.ThrowAsync<BrokenFileException>(() => Read(file, target));
        target.Length.ShouldBe(0);
    }

    [Theory]
    [InlineData(2 * Sealed, 2 * Chunk)]
    [InlineData((3 * Sealed) + 10, 3 * Chunk)]
    public async Task NothingIsGivenFromTheFirstWrongChunkOn(int flipped, int given)
    {
        var (file, content) = await Stored((3 * Chunk) + 100);
        var bytes = await File.ReadAllBytesAsync(_store.PlaceOf(file.Id), Cancel);
        bytes[SealedFormat.Header + flipped] ^= 0x80;
        await File.WriteAllBytesAsync(_store.PlaceOf(file.Id), bytes, Cancel);
        var target = new MemoryStream();
        await Should.ThrowAsync<BrokenFileException>(() => Read(file, target));
        target.ToArray().ShouldBe(content[..given]);
    }

    [Fact]
    public async Task AFileShortenedTogetherWithItsRowIsFoundByItsLastChunk()
    {
        var (file, content) = await Stored(2 * Chunk);
        await using (var stored = File.OpenWrite(_store.PlaceOf(file.Id))) stored.SetLength(SealedFormat.Length(Chunk));
        var shorter = file with { Size = Chunk, Sha256 = Convert.ToHexStringLower(SHA256.HashData(content.AsSpan(0, Chunk))) };
        (await Should.ThrowAsync<BrokenFileException>(() => Read(shorter))).Message.ShouldContain("chunk 0");
    }

    [Fact]
    public async Task AHashThatIsNotTheOneOnRecordKeepsTheLastChunkBack()
    {
        var (file, _) = await Stored(100);
        var target = new MemoryStream();
        (await Should.ThrowAsync<BrokenFileException>(() => Read(file with { Sha256 = new string('0', 64) }, target))).Message.ShouldContain("hash");
        target.Length.ShouldBe(0);
    }

    [Fact]
    public async Task OnlyTheRightKeyOpensAFile()
    {
        var (file, _) = await Stored(100);
        var (other, _) = await Stored(100);
        await Should.ThrowAsync<BrokenFileException>(() => Read(file with { WrappedKey = other.WrappedKey }));
        await Should.ThrowAsync<BrokenFileException>(() => Read(file with { WrappedKey = [] }));
        var key = await File.ReadAllBytesAsync(_settings.KeyFile, Cancel);
        await File.WriteAllBytesAsync(_settings.KeyFile, RandomNumberGenerator.GetBytes(32), Cancel);
        await Should.ThrowAsync<BrokenFileException>(() => Read(file));
        await File.WriteAllBytesAsync(_settings.KeyFile, key.AsMemory(0, 31), Cancel);
        (await Should.ThrowAsync<RefusedException>(() => Read(file))).Text.Key.ShouldBe("files.bad-key");
        File.Delete(_settings.KeyFile);
        (await Should.ThrowAsync<RefusedException>(() => Read(file))).Text.Key.ShouldBe("files.no-key");
        // A new key would hide that the old files can no longer be read.
        (await Should.ThrowAsync<RefusedException>(() => Stored(1))).Text.Key.ShouldBe("files.no-key");
    }

    [Fact]
    public async Task TheKeyMayLieElsewhere()
    {
        var settings = FileSettings.Of(_folder.Path, name => name == NodeKey.Variable ? _folder.File("apart/the.key") : null);
        await new FileStore(settings).Write(Guid.NewGuid(), new MemoryStream([1]), Cancel);
        File.Exists(_folder.File("apart/the.key")).ShouldBeTrue();
        Directory.Exists(_folder.File("keys")).ShouldBeFalse();
    }

    [Fact]
    public async Task WhatIsTooLargeOrCutOffOrCannotBeWrittenLeavesNothing()
    {
        var small = new FileStore(_settings with { Largest = 100_000 });
        (await Should.ThrowAsync<RefusedException>(() => small.Write(Guid.NewGuid(), new MemoryStream(new byte[100_001]), Cancel))).Text.Key.ShouldBe("files.too-large");
        await using var broken = new BrokenLine();
        (await Should.ThrowAsync<RefusedException>(() => _store.Write(Guid.NewGuid(), broken, Cancel))).Text.Key.ShouldBe("files.cut-off");
        Directory.EnumerateFiles(_settings.Files, "*", SearchOption.AllDirectories).ShouldBeEmpty();
        Directory.Delete(_settings.Files, recursive: true);
        await File.WriteAllTextAsync(_settings.Files, "in the way", Cancel);
        (await Should.ThrowAsync<RefusedException>(() => _store.Write(Guid.NewGuid(), new MemoryStream([1]), Cancel))).Text.Key.ShouldBe("files.disk");
    }

    [Fact]
    public async Task WhatACrashLeavesIsClearedAwayOnceItIsOld()
    {
        var (kept, _) = await Stored(10);
        var half = await _store.Write(Guid.NewGuid(), new MemoryStream([1]), Cancel);
        var placed = await _store.Write(Guid.NewGuid(), new MemoryStream([2]), Cancel);
        _store.Place(placed.Id);
        var recorded = await _store.Write(Guid.NewGuid(), new MemoryStream([3]), Cancel);
        _store.Place(recorded.Id);
        bool Known(Guid id) => id == kept.Id || id == recorded.Id;

        var now = new DateTimeOffset(File.GetLastWriteTimeUtc(_store.PlaceOf(recorded.Id)), TimeSpan.Zero);
        _store.Sweep(Known, now.AddHours(1)).ShouldBe(0, "somebody may be storing right now");
        _store.Sweep(Known, now.AddHours(7)).ShouldBe(2);
        File.Exists(_store.PlaceOf(placed.Id)).ShouldBeFalse();
        (await Read(recorded)).ShouldBe([3]);
        (await Read(kept)).Length.ShouldBe(10);
        Directory.EnumerateFiles(_settings.Files, "*", SearchOption.AllDirectories).Count().ShouldBe(2, $"{half.Id} is gone");
    }

    private async Task<(WrittenFile File, byte[] Content)> Stored(int size)
    {
        var content = RandomNumberGenerator.GetBytes(size);
        var file = await _store.Write(Guid.NewGuid(), new MemoryStream(content), Cancel);
        _store.Place(file.Id);
        _store.Keep(file.Id);
        return (file, content);
    }

    private async Task<byte[]> Read(WrittenFile file)
    {
        var target = new MemoryStream();
        await Read(file, target);
        return target.ToArray();
    }

    private async Task Read(WrittenFile file, MemoryStream target)
    {
        await using var reader = _store.Open(file.Id, file.Size, file.Sha256, file.WrappedKey);
        await reader.CopyTo(target, Cancel);
    }

    /// <summary>A line that breaks after some bytes.</summary>
    private sealed class BrokenLine : MemoryStream
    {
        private int _left = 3;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            _left-- > 0 ? new(buffer.Length) : throw new IOException("Unexpected end of stream");
    }
}
