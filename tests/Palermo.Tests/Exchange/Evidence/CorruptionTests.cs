using System.Text;
using Palermo.Exchange.Evidence.Packing;
using Palermo.Kernel;
using Palermo.Tests.Support;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Exchange.Evidence;

/// <summary>Whatever is done to a package on its way is found, with a sentence that says where, and nothing unverified comes out.</summary>
public sealed class CorruptionTests
{
    private const int Chunk = EvidenceFormat.SealedChunk, Header = EvidenceFormat.Header;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>What is done to the sealed file of four chunks, the sentence, and the chunk it names.</summary>
    public static TheoryData<string, string, string?> Damages => new()
    {
        { "byte of chunk 3", "package.chunk", "3" },
        { "tag of chunk 2", "package.chunk", "2" },
        { "nonces in the header", "package.chunk", "1" },
        { "name in the header", "package.header", null },
        { "package in the header", "package.header", null },
        { "chunks 2 and 3 exchanged", "package.chunk", "2" },
        { "chunk 2 twice", "package.chunk", "3" },
        { "last chunk cut off", "package.cut", "4" },
        { "chunk 3 left out", "package.cut", "3" },
        { "cut within chunk 2", "package.cut", "2" },
        { "cut within the header", "package.cut", "1" },
        { "empty", "package.cut", "1" },
        { "one byte more", "package.lengthened", "4" },
        { "a chunk more", "package.lengthened", "4" },
        { "chunk of another file", "package.chunk", "2" },
        { "another file whole", "package.chunk", "1" },
    };

    [Theory, MemberData(nameof(Damages))]
    public async Task DamageToASealedFileIsFound(string damage, string key, string? chunk)
    {
        using var folder = new TestFolder();
        var (package, signed) = await Packed.Pack(folder, null, Packed.Content((3 * EvidenceFormat.Chunk) + 100), [.. Packed.Content((3 * EvidenceFormat.Chunk) + 101).Skip(1)]);
        var path = package.Sealed(1);
        await File.WriteAllBytesAsync(path, Damage(damage, await File.ReadAllBytesAsync(path, Cancel), await File.ReadAllBytesAsync(package.Sealed(2), Cancel)), Cancel);
        // Anybody with the hashes of the chunks, the receiver with them, and the receiver without them.
        await Refused(() => VerifyEvidence.Run(package, [], null, null, Cancel));
        await Refused(() => OpenEvidence.Run(package, [], Packed.Receiver, folder.File("out"), null, Cancel));
        File.Delete(package.Leaves(1));
        await Refused(() => OpenEvidence.Run(package, [], Packed.Receiver, folder.File("out"), null, Cancel));
        Directory.EnumerateFiles(folder.File("out")).ShouldBeEmpty();
        // Anybody without them finds that it is wrong, but not where.
        var without = await Should.ThrowAsync<RefusedException>(() => VerifyEvidence.Run(package, [], null, null, Cancel));
        if (key == "package.chunk") without.Text.Key.ShouldBe("package.root");
        signed.Manifest.Files[0].Chunks.ShouldBe(4);

        async Task Refused(Func<Task> act)
        {
            var refused = await Should.ThrowAsync<RefusedException>(act);
            refused.Text.Key.ShouldBe(key);
            refused.Text.Fillings.FirstOrDefault(f => f.Name == "chunk").Value.ShouldBe(chunk);
        }
    }

    private static byte[] Damage(string damage, byte[] file, byte[] other)
    {
        byte[] Change(int at)
        {
            file[at] ^= 1;
            return file;
        }

        int At(int chunk) => Header + ((chunk - 1) * Chunk);
        byte[] Part(int chunk) => file[At(chunk)..Math.Min(At(chunk + 1), file.Length)];
        return damage switch
        {
            "byte of chunk 3" => Change(At(3) + 5),
            "tag of chunk 2" => Change(At(3) - 1),
            "nonces in the header" => Change(9),
            "name in the header" => Change(0),
            "package in the header" => Change(31),
            "chunks 2 and 3 exchanged" => [.. file[..At(2)], .. Part(3), .. Part(2), .. Part(4)],
            "chunk 2 twice" => [.. file[..At(3)], .. Part(2), .. Part(4)],
            "last chunk cut off" => file[..At(4)],
            "chunk 3 left out" => [.. file[..At(3)], .. Part(4)],
            "cut within chunk 2" => file[..(At(2) + 7)],
            "cut within the header" => file[..20],
            "empty" => [],
            "one byte more" => [.. file, 0],
            "a chunk more" => [.. file, .. Part(4)],
            "chunk of another file" => [.. file[..At(2)], .. other[At(2)..At(3)], .. file[At(3)..]],
            "another file whole" => other,
            _ => throw new ArgumentException(damage, nameof(damage)),
        };
    }

    [Fact]
    public async Task AChangedManifestSignatureOrListOfHashesIsFound()
    {
        using var folder = new TestFolder();
        var (package, signed) = await Packed.Pack(folder, null, Packed.Content(EvidenceFormat.Chunk + 1));
        var manifest = await File.ReadAllBytesAsync(package.ManifestFile, Cancel);
        await Changed(package.ManifestFile, Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(manifest).Replace("file1.bin", "file2.bin", StringComparison.Ordinal)), "package.signature");
        await Changed(package.ManifestFile, [.. manifest, (byte)'\n'], "package.signature");
        await Changed(package.SignatureFile, SignManifest.Sign(manifest, Packed.Other, new TestClock().GetUtcNow()), "package.signature");
        await Changed(package.SignatureFile, [], "package.signature");
        var leaves = await File.ReadAllBytesAsync(package.Leaves(1), Cancel);
        await Changed(package.Leaves(1), [.. leaves[32..], .. leaves[..32]], "package.root");
        await Changed(package.Leaves(1), leaves[..^1], "package.root");
        await Changed(package.Leaves(1), [.. leaves, .. leaves], "package.root");
        await VerifyEvidence.Run(package, [signed.Signer], Packed.Receiver, null, Cancel);

        async Task Changed(string path, byte[] to, string key)
        {
            var before = await File.ReadAllBytesAsync(path, Cancel);
            await File.WriteAllBytesAsync(path, to, Cancel);
            (await Should.ThrowAsync<RefusedException>(() => VerifyEvidence.Run(package, [], null, null, Cancel))).Text.Key.ShouldBe(key);
            await File.WriteAllBytesAsync(path, before, Cancel);
        }
    }

    [Fact]
    public async Task ASenderThatSignsLiesIsFoundOut()
    {
        using var folder = new TestFolder();
        var (package, signed) = await Packed.Pack(folder, null, Packed.Content(EvidenceFormat.Chunk + 100), Packed.Content(5));
        var (first, second) = (signed.Manifest.Files[0], signed.Manifest.Files[1]);
        await Lie([first with { Size = first.Size + 1 }, second], "package.cut");
        await Lie([first with { Size = first.Size - 1 }, second], "package.lengthened");
        await Lie([first with { Sha256 = second.Sha256 }, second], "package.content");
        await Lie([first with { Root = second.Root }, second], "package.root");
        await Lie([first with { Key = second.Key }, second], "package.chunk");
        await Lie([first with { Chunks = 3 }, second], "package.manifest");
        await Lie([first with { Name = "../../escape" }, second], "package.manifest");
        await Lie([second with { Number = 1 }], "package.lengthened");
        await Packed.Resign(package, signed.Manifest with { Custody = [signed.Manifest.Custody[0] with { By = "Nobody" }] });
        (await Should.ThrowAsync<RefusedException>(() => VerifyEvidence.Run(package, [], null, null, Cancel))).Text.Key.ShouldBe("package.custody");

        async Task Lie(IReadOnlyList<EvidenceItem> files, string key)
        {
            await Packed.Resign(package, signed.Manifest with { Files = files, Custody = [] });
            (await Should.ThrowAsync<RefusedException>(() => VerifyEvidence.Run(package, [], Packed.Receiver, null, Cancel))).Text.Key.ShouldBe(key);
        }
    }

    [Fact]
    public async Task AReaderThatStopsWaitingGetsNoFile()
    {
        using var folder = new TestFolder();
        var (package, _) = await Packed.Pack(folder, null, Packed.Content(5 * EvidenceFormat.Chunk));
        using var stop = new CancellationTokenSource();
        await Should.ThrowAsync<OperationCanceledException>(() => OpenEvidence.Run(package, [], Packed.Receiver, folder.File("out"), _ => stop.Cancel(), stop.Token));
        Directory.EnumerateFiles(folder.File("out")).ShouldBeEmpty();
    }
}
