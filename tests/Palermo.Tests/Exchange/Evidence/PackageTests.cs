using System.Diagnostics;
using System.Security.Cryptography;
using Palermo.Exchange.Evidence.Packing;
using Palermo.Kernel;
using Palermo.Tests.Support;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Exchange.Evidence;

/// <summary>Packages: what goes in comes out, for whom it was packed, and anybody can check it.</summary>
public sealed class PackageTests
{
    private const int Chunk = EvidenceFormat.Chunk;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task WhatIsPackedIsOpenedByTheReceiverOnly(bool elliptic)
    {
        using var folder = new TestFolder();
        var receiver = elliptic ? Packed.EllipticReceiver : Packed.Receiver;
        byte[][] contents = [.. new[] { 0, 1, Chunk - 1, Chunk, Chunk + 1, (7 * Chunk) + 12345 }.Select(Packed.Content)];
        var (package, signed) = await Packed.Pack(folder, Packed.Order(elliptic ? Packed.EllipticSender : Packed.Sender, receiver), contents);
        signed.Manifest.Files.Select(f => f.Chunks).ShouldBe([1, 1, 1, 1, 2, 8]);
        signed.Manifest.Files.Select(f => f.Sha256).ShouldBe(contents.Select(c => Convert.ToHexStringLower(SHA256.HashData(c))));
        signed.Manifest.Files.Select(f => new FileInfo(package.Sealed(f.Number)).Length).ShouldBe(signed.Manifest.Files.Select(f => f.SealedLength));

        await VerifyEvidence.Run(package, [], null, null, Cancel);
        await VerifyEvidence.Run(package, [signed.Signer], receiver, null, Cancel);
        var names = await OpenEvidence.Run(package, [], receiver, folder.File("out"), null, Cancel);
        for (var i = 0; i < contents.Length; i++) (await File.ReadAllBytesAsync(Path.Combine(folder.File("out"), names[i]), Cancel)).ShouldBe(contents[i]);
        foreach (var stranger in new[] { Packed.Other, Packed.EllipticSender })
            (await Should.ThrowAsync<RefusedException>(() => OpenEvidence.Run(package, [], stranger, folder.File("stranger"), null, Cancel))).Text.Key.ShouldBe("package.not-ours");
        Directory.EnumerateFiles(folder.File("stranger")).ShouldBeEmpty();
    }

    [Fact]
    public async Task TheSignerIsComparedWithTheCertificatesGiven()
    {
        using var folder = new TestFolder();
        var (package, _) = await Packed.Pack(folder, null, Packed.Content(10));
        (await Should.ThrowAsync<RefusedException>(() => VerifyEvidence.Run(package, [Packed.Other], null, null, Cancel))).Text.Key.ShouldBe("package.signer");
    }

    [Fact]
    public async Task FilesOfOneNameGetNamesOfTheirOwnAndNothingIsWrittenOver()
    {
        using var folder = new TestFolder();
        var package = new PackageFolder(folder.File("package"));
        await PackEvidence.Run(Packed.Order(), [Packed.Source("../a/bank.csv", [1]), Packed.Source("Bank.csv", [2])], package.Path, new TestClock(), null, Cancel);
        (await OpenEvidence.Run(package, [], Packed.Receiver, folder.File("out"), null, Cancel)).ShouldBe(["bank.csv", "Bank (2).csv"]);
        (await Should.ThrowAsync<RefusedException>(() => OpenEvidence.Run(package, [], Packed.Receiver, folder.File("out"), null, Cancel))).Text.Key.ShouldBe("package.exists");
        (await File.ReadAllBytesAsync(folder.File("out/bank.csv"), Cancel)).ShouldBe([1]);
        (await Should.ThrowAsync<RefusedException>(() => PackEvidence.Run(Packed.Order(), [Packed.Source("a", [])], package.Path, new TestClock(), null, Cancel))).Text.Key.ShouldBe("package.folder-full");
    }

    [Fact]
    public async Task AFileThatCannotBeReadLeavesNoPackage()
    {
        using var folder = new TestFolder();
        var broken = new EvidenceSource("b", "x", [], _ => throw new IOException("gone"));
        await Should.ThrowAsync<IOException>(() => PackEvidence.Run(Packed.Order(), [Packed.Source("a", [1]), broken], folder.File("package"), new TestClock(), null, Cancel));
        Directory.EnumerateFiles(folder.File("package")).ShouldBeEmpty();
    }

    [Fact]
    public async Task TheCustodyRecordBeforeIsChainedInto()
    {
        using var folder = new TestFolder();
        var collected = new TestClock().GetUtcNow().AddDays(-3);
        var source = Packed.Source("a.bin", [1]) with { Before = [(collected, "B. Lima", "collected", ""), (collected.AddDays(1), "B. Lima", "stored", "")] };
        var signed = await PackEvidence.Run(Packed.Order(), [source], folder.File("package"), new TestClock(), null, Cancel);
        signed.Manifest.Custody.Select(l => l.Act).ShouldBe(["collected", "stored", "packed"]);
        signed.Manifest.Custody[2].Sha256.ShouldBe(Convert.ToHexStringLower(SHA256.HashData([1])));
        CustodyLine.FirstBroken(signed.Manifest.Custody).ShouldBeNull();
        CustodyLine.FirstBroken([.. signed.Manifest.Custody.Select(l => l.Number == 2 ? l with { By = "C. Costa" } : l)]).ShouldBe(2);
        CustodyLine.FirstBroken([signed.Manifest.Custody[0], signed.Manifest.Custody[2]]).ShouldBe(3);
    }

    [Fact]
    public async Task OpenSslVerifiesTheSignature()
    {
        using var folder = new TestFolder();
        foreach (var us in new[] { Packed.Sender, Packed.EllipticSender })
        {
            var (package, _) = await Packed.Pack(folder, Packed.Order(us), Packed.Content(10));
            var certificate = folder.Write(Guid.NewGuid().ToString("N"), us.ExportCertificatePem());
            await OpenSsl.Run($"cms -verify -binary -inform DER -in {package.SignatureFile} -content {package.ManifestFile} -CAfile {certificate} -purpose any -out /dev/null");
        }
    }

    /// <summary>RFC 6962's construction, with the test vectors of Certificate Transparency.</summary>
    [Fact]
    public void TheTreeIsThatOfRfc6962()
    {
        string[] leaves = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
        string[] roots =
        [
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d", "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77", "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4", "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c", "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
        ];
        var root = new MerkleRoot();
        for (var i = 0; i < leaves.Length; i++)
        {
            root.Append(SHA256.HashData([0, .. Convert.FromHexString(leaves[i])]));
            Convert.ToHexStringLower(root.Value()).ShouldBe(roots[i]);
        }
    }

    /// <summary>RFC 3394 section 4.6.</summary>
    [Fact]
    public void KeysAreWrappedAsRfc3394Says()
    {
        var wrapping = Convert.FromHexString("000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F");
        var key = Convert.FromHexString("00112233445566778899AABBCCDDEEFF000102030405060708090A0B0C0D0E0F");
        var wrapped = KeyWrap.AesWrap(wrapping, key);
        Convert.ToHexString(wrapped).ShouldBe("28C9F404C4B810F4CBCCB35CFB87F8263F5786E2D80ED326CBC7F0E71A99F43BFB988B9B7A02DD21");
        KeyWrap.AesUnwrap(wrapping, wrapped).ShouldBe(key);
        wrapped[^1]++;
        Should.Throw<CryptographicException>(() => KeyWrap.AesUnwrap(wrapping, wrapped));
    }
}

/// <summary>The program <c>openssl</c>; tests that need it are left out where it is missing.</summary>
internal static class OpenSsl
{
    internal static async Task Run(string arguments, string? folder = null)
    {
        using var process = Start(arguments, folder);
        if (process is null) Assert.Skip("openssl is not installed");
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, error);
    }

    private static Process? Start(string arguments, string? folder)
    {
        try
        {
            return Process.Start(new ProcessStartInfo("openssl", arguments) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = folder ?? "" });
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
