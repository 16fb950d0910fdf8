using System.Text;
using Palermo.Exchange.Evidence.Packing;
using Palermo.Kernel;
using Palermo.Tests.Support;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Exchange.Evidence;

/// <summary>Whatever stands in a manifest, a signature, a time stamp or a header: it is read or refused with a sentence, and nothing else.</summary>
public sealed class HostileManifestTests
{
    private const int Rounds = 3000;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ChangedBytesAreReadOrRefused()
    {
        using var folder = new TestFolder();
        var (_, rsa) = await Packed.Pack(folder, null, Packed.Content(3), Packed.Content(4));
        var (_, elliptic) = await Packed.Pack(folder, Packed.Order(Packed.EllipticSender, Packed.EllipticReceiver), Packed.Content(3));
        var random = new Random(20260601);
        foreach (var signed in new[] { rsa, elliptic })
        {
            for (var i = 0; i < Rounds; i++)
            {
                var manifest = Change(random, signed.Bytes);
                ReadOrRefused(() => ReadManifest.From(manifest));
                if (i % 10 == 0) ReadOrRefused(() => SignManifest.SignerOf(signed.Bytes, Change(random, signed.Signature), signed.Manifest.From.Certificate));
                if (i % 10 == 0) ReadOrRefused(() => TimeStamp.Read(Change(random, signed.Signature), signed.Bytes));
                var header = Change(random, EvidenceFormat.NewHeader(signed.Manifest.Id));
                ReadOrRefused(() => EvidenceFormat.CheckHeader(header.AsSpan(0, Math.Min(header.Length, EvidenceFormat.Header)).ToArray().Concat(new byte[32]).Take(32).ToArray(), signed.Manifest.Id, "x"));
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"format\":\"palermo-evidence/1\",\"format\":\"palermo-evidence/1\"}")]
    [InlineData("{\"format\":\"\\ud800\"}")]
    [InlineData("{\"\\ud800\":1}")]
    [InlineData("[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]")]
    public void NoManifestIsRefused(string json) => Should.Throw<RefusedException>(() => ReadManifest.From(Encoding.UTF8.GetBytes(json))).Text.Key.ShouldBe("package.manifest");

    [Fact]
    public async Task WhatIsNotKnownIsLeftAloneAndWhatCannotBeIsNamed()
    {
        using var folder = new TestFolder();
        var (_, signed) = await Packed.Pack(folder, null, Packed.Content(3));
        var json = Encoding.UTF8.GetString(signed.Bytes);
        ReadManifest.From(Encoding.UTF8.GetBytes(json.Replace("\"custody\"", "\"later\": {\"a\": [1]}, \"custody\"", StringComparison.Ordinal))).Files.Count.ShouldBe(1);
        Field(json.Replace("\"size\": 3", "\"size\": -1", StringComparison.Ordinal)).ShouldBe("files[0].size");
        Field(json.Replace("\"size\": 3", "\"size\": 3.5", StringComparison.Ordinal)).ShouldBe("files[0].size");
        Field(json.Replace("\"size\": 3", "\"size\": 9007199254740993", StringComparison.Ordinal)).ShouldBe("files[0].size");
        Field(json.Replace("file1.bin", "..", StringComparison.Ordinal)).ShouldBe("files[0].name");
        Field(json.Replace("file1.bin", "a\u202Efdp.exe", StringComparison.Ordinal)).ShouldBe("files[0].name");
        Field(json.Replace("\"number\": 1", "\"number\": 2", StringComparison.Ordinal)).ShouldBe("files[0].number");
        Field(json.Replace("RSA-OAEP-256", "RSA1_5", StringComparison.Ordinal)).ShouldBe("files[0].key.alg");
        Field(json.Replace("evidence/1", "evidence/2", StringComparison.Ordinal)).ShouldBe("format");
        Field(json.Replace("1048576", "1024", StringComparison.Ordinal)).ShouldBe("chunk");

        static object? Field(string json) => Should.Throw<RefusedException>(() => ReadManifest.From(Encoding.UTF8.GetBytes(json))).Text.Fillings.Single().Value;
    }

    private static byte[] Change(Random random, byte[] bytes)
    {
        var changed = bytes.ToList();
        for (var i = random.Next(1, 4); i > 0 && changed.Count > 0; i--)
        {
            var at = random.Next(changed.Count);
            switch (random.Next(6))
            {
                case 0: changed[at] = (byte)random.Next(256); break;
                case 1: changed.RemoveAt(at); break;
                case 2: changed.Insert(at, (byte)"0123456789-.eE\"{}[],:\\"[random.Next(22)]); break;
                case 3: changed.RemoveRange(at, Math.Min(random.Next(1, 40), changed.Count - at)); break;
                case 4: changed.InsertRange(at, changed.GetRange(at, Math.Min(random.Next(1, 40), changed.Count - at))); break;
                default: changed.RemoveRange(at, changed.Count - at); break;
            }
        }

        return [.. changed];
    }

    private static void ReadOrRefused(Action read)
    {
        try
        {
            read();
        }
        catch (RefusedException)
        {
            // As it should be.
        }
    }
}
