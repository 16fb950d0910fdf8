using System.Net;
using System.Net.Http.Headers;
using Palermo.Data;
using Palermo.Exchange.Evidence.Line;
using Palermo.Exchange.Evidence.Packing;
using Palermo.Exchange.Evidence.Record;
using Palermo.Exchange.Evidence.Storage;
using Palermo.Kernel;
using Palermo.Kernel.Access;
using Palermo.Tests.Support;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Exchange.Evidence;

/// <summary>Sealed files in a store that speaks S3.</summary>
public sealed class S3StoreTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>The example of the S3 documentation, “Authenticating requests: using the authorization header”, GET object.</summary>
    [Fact]
    public void RequestsAreSignedAsTheDocumentationSays()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://examplebucket.s3.amazonaws.com/test.txt");
        request.Headers.Range = new RangeHeaderValue(0, 9);
        new S3Signature("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "us-east-1")
            .Sign(request, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", new DateTimeOffset(2013, 5, 24, 0, 0, 0, TimeSpan.Zero));
        request.Headers.GetValues("Authorization").Single().ShouldEndWith(
            "SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
    }

    [Fact]
    public async Task APackageIsReadFromTheStoreItWasMovedTo()
    {
        using var folder = new TestFolder();
        await using var fake = await FakeS3.Start();
        var store = fake.Store();
        var content = Packed.Content((3 * EvidenceFormat.Chunk) + 5);
        var (local, signed) = await Packed.Pack(folder, null, content, []);
        var package = new PackageFolder(local.Path, store);
        await StoreAway.Move(package, signed.Manifest, store, Cancel);
        Directory.EnumerateFiles(package.Path, "*.sealed").ShouldBeEmpty();
        fake.Objects.Keys.Order().ShouldBe([.. signed.Manifest.Files.Select(f => "/bucket/" + PackageFolder.RemoteName(signed.Manifest.Id, f.Number))]);
        await OpenEvidence.Run(package, [], Packed.Receiver, folder.File("out"), null, Cancel);
        (await File.ReadAllBytesAsync(folder.File("out/file1.bin"), Cancel)).ShouldBe(content);
        await using (var part = await package.OpenSealed(signed.Manifest.Files[0], signed.Manifest.Id, 1_500_000, Cancel))
        {
            using var rest = new MemoryStream();
            await part.CopyToAsync(rest, Cancel);
            rest.ToArray().ShouldBe(fake.Objects.First(o => o.Key.EndsWith("1.sealed", StringComparison.Ordinal)).Value[1_500_000..]);
        }

        // A store that changes what it was given is found out like anybody else.
        fake.Objects.First(o => o.Key.EndsWith("1.sealed", StringComparison.Ordinal)).Value[2_000_000] ^= 1;
        var refused = await Should.ThrowAsync<RefusedException>(() => VerifyEvidence.Run(package, [], Packed.Receiver, null, Cancel));
        refused.Text.Key.ShouldBe("package.chunk");
    }

    [Fact]
    public async Task WhatTheStoreDoesNotTakeStaysHere()
    {
        using var folder = new TestFolder();
        await using var fake = await FakeS3.Start();
        fake.PartsTaken = 1;
        var store = fake.Store();
        var (local, signed) = await Packed.Pack(folder, null, Packed.Content(3 * EvidenceFormat.Chunk));
        await Should.ThrowAsync<HttpRequestException>(() => StoreAway.Move(local, signed.Manifest, store, Cancel));
        File.Exists(local.Sealed(1)).ShouldBeTrue();
        fake.Objects.ShouldBeEmpty();
        fake.Uploads.ShouldBeEmpty();
        fake.PartsTaken = int.MaxValue;
        await StoreAway.Move(local, signed.Manifest, store, Cancel);
        fake.Objects.Count.ShouldBe(1);
    }

    [Fact]
    public void TheStoreIsNamedByTheEnvironment()
    {
        S3Store.FromEnvironment(_ => null, TimeProvider.System).ShouldBeNull();
        S3Store.FromEnvironment(v => v == S3Store.Variable ? "https://s3.example/evidence" : "x", TimeProvider.System).ShouldNotBeNull();
        foreach (var wrong in new[] { "s3.example/evidence", "https://s3.example", "https://s3.example/a/b", "ftp://s3.example/a" })
            Should.Throw<RefusedException>(() => S3Store.FromEnvironment(v => v == S3Store.Variable ? wrong : "x", TimeProvider.System)).Text.Key.ShouldBe("package.s3");
        Should.Throw<RefusedException>(() => S3Store.FromEnvironment(v => v == S3Store.Variable ? "https://s3.example/evidence" : null, TimeProvider.System));
    }

    /// <summary>Over HTTP nobody notices that a file was moved away: neither the person who opens it nor the node that fetches it from any byte on.</summary>
    [Fact]
    public async Task WhatWasMovedAwayIsStillDelivered()
    {
        await using FakeS3 theirs = await FakeS3.Start(), ours = await FakeS3.Start();
        await using EvidenceDesk brazil = new(Provider.Sqlite, theirs.Store()), italy = new(Provider.Sqlite, ours.Store());
        var own = italy.BecomeNode();
        italy.Arrives(brazil.Request);
        var content = Packed.Content((2 * EvidenceFormat.Chunk) + 5);
        var signed = await brazil.Offer(own, content);
        var (id, file) = (signed.Manifest.Id, signed.Manifest.Files[0]);
        italy.Announced(signed);
        using var node = new HttpClient { BaseAddress = await italy.Listen() };
        using var peer = new HttpClient { BaseAddress = await brazil.Listen() };
        await SendEvidence.Run(node, brazil.Module.Evidence.FolderOf(id), new LineSettings(), TimeProvider.System, null, Cancel);
        var page = new Uri($"requests/{italy.Request}/evidence/{id}/files/1", UriKind.Relative);
        italy.Reader = italy.Officer;
        (await node.GetAsync(page, Cancel)).IsSuccessStatusCode.ShouldBeFalse("nothing is released before it was verified");
        var verified = await VerifiedEvidence.Verify(italy.Module, id, italy.Module.Trust.Own, Cancel);
        Change.Make(brazil.Record.Database, Actor.Node, brazil.Record.Clock, change => verified!.Confirmed(brazil.Module, change, EvidenceDesk.Italy));
        foreach (var desk in new[] { brazil, italy }) await StoreAway.Run(desk.Module, (_, why) => why.ShouldBeNull(), Cancel);
        foreach (var desk in new[] { brazil, italy }) desk.Module.Evidence.WithSealedFiles().ShouldBeEmpty();

        using (var download = await node.GetAsync(page, Cancel))
        {
            download.Content.Headers.ContentLength.ShouldBe(content.Length);
            (await download.Content.ReadAsByteArrayAsync(Cancel)).ShouldBe(content);
        }

        italy.Custody(id)[^1].Act.ShouldBe("opened");

        brazil.Caller = EvidenceDesk.Italy;
        var there = theirs.Objects.Single().Value;
        using var rest = new HttpRequestMessage(HttpMethod.Get, $"evidence/{id}/files/1");
        rest.Headers.Range = new RangeHeaderValue(1_500_000, null);
        rest.Headers.IfRange = new RangeConditionHeaderValue(new EntityTagHeaderValue($"\"{file.Root}\""));
        using (var answer = await peer.SendAsync(rest, Cancel))
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.PartialContent);
            answer.Content.Headers.ContentRange!.ToString().ShouldBe($"bytes 1500000-{there.Length - 1}/{there.Length}");
            (await answer.Content.ReadAsByteArrayAsync(Cancel)).ShouldBe(there[1_500_000..]);
        }

        using var folder = new TestFolder();
        await ReceiveEvidence.Run(peer, id, new PackageFolder(folder.File("again")), _ => { }, new LineSettings(), TimeProvider.System, null, Cancel);
        (await File.ReadAllBytesAsync(new PackageFolder(folder.File("again")).Sealed(1), Cancel)).ShouldBe(there);

        // What the store changed is not given out: the download ends before it.
        ours.Objects.Single().Value[EvidenceFormat.Header + EvidenceFormat.SealedChunk + 100] ^= 1;
        using var broken = await node.GetAsync(page, HttpCompletionOption.ResponseHeadersRead, Cancel);
        using var came = new MemoryStream();
        await Should.ThrowAsync<HttpRequestException>(() => broken.Content.CopyToAsync(came, Cancel));
        came.ToArray().ShouldBe(content[..(int)came.Length]);
        came.Length.ShouldBeLessThanOrEqualTo(EvidenceFormat.Chunk);
    }
}
