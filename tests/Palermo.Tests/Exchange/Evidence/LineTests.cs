using System.Net;
using Palermo.Data.Audit;
using Palermo.Exchange.Evidence.Line;
using Palermo.Exchange.Evidence.Packing;
using Palermo.Exchange.Evidence.Record;
using Palermo.Kernel;
using Palermo.Tests.Support;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Exchange.Evidence;

/// <summary>Evidence between two offices over HTTP, with a line that breaks.</summary>
public sealed class LineTests
{
    private static readonly LineSettings Patient = new() { FirstPause = TimeSpan.Zero, Attempts = 100 };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, EveryDatabase]
    public async Task WhatOneOfficePacksTheOtherTakesInVerifiesAndConfirms(Provider provider)
    {
        await using var brazil = new EvidenceDesk(provider);
        await using var italy = new EvidenceDesk(provider);
        italy.Arrives(brazil.Request);
        var signed = await brazil.Offer(Packed.Content((3 * EvidenceFormat.Chunk) + 5), Packed.Content(17));
        var id = signed.Manifest.Id;
        italy.Announced(signed);
        italy.Announced(signed);
        italy.Package(id).State.ShouldBe("announced");
        using var client = new HttpClient(new Breaking(7)) { BaseAddress = await italy.Listen() };
        var there = 0L;
        await SendEvidence.Run(client, brazil.Module.Evidence.FolderOf(id), Patient, TimeProvider.System, added => there += added, Cancel);
        there.ShouldBe(signed.Manifest.SealedLength);
        (italy.Package(id).State, italy.Package(id).Arrived).ShouldBe(("arrived", signed.Manifest.SealedLength));

        VerifiedEvidence.Due(italy.Module).ShouldBe([id]);
        var verified = await VerifiedEvidence.Verify(italy.Module, id, [Packed.Other, Packed.Receiver], Cancel);
        verified!.ManifestSha256.ShouldBe(signed.Sha256);
        italy.Package(id).State.ShouldBe("verified");
        italy.Custody(id).Select(l => l.Act).ShouldBe(["packed", "packed", "arrived", "verified", "verified"]);
        CustodyLine.FirstBroken(italy.Custody(id)).ShouldBeNull();
        verified.CustodyHash.ShouldBe(italy.Custody(id)[^1].Hash);
        // The folder is a package that anybody can verify.
        await VerifyEvidence.Run(italy.Module.Evidence.FolderOf(id), [Packed.Sender], null, null, Cancel);

        Palermo.Data.Change.Make(brazil.Record.Database, Palermo.Kernel.Access.Actor.Node, brazil.Record.Clock, change => verified.Confirmed(brazil.Module, change, EvidenceDesk.Italy));
        brazil.Package(id).State.ShouldBe("verified");
        Should.Throw<RefusedException>(() => Palermo.Data.Change.Make(brazil.Record.Database, Palermo.Kernel.Access.Actor.Node, brazil.Record.Clock, change => (verified with { ManifestSha256 = "00" }).Confirmed(brazil.Module, change, EvidenceDesk.Italy)));
        using var context = italy.Record.Database.Connect();
        context.Set<AuditEntry>().Where(a => a.Act.StartsWith("evidence.")).OrderBy(a => a.Number).Select(a => a.Act).ToList().ShouldBe(["evidence.announced", "evidence.arrived", "evidence.verified", "evidence.verified"]);
    }

    [Fact]
    public async Task APackageIsFetchedByItsReceiverOnlyFromAnyByteOn()
    {
        await using var brazil = new EvidenceDesk(Provider.Sqlite);
        var signed = await brazil.Offer(Packed.Content((3 * EvidenceFormat.Chunk) + 5), Packed.Content(17));
        using var folder = new TestFolder();
        var address = await brazil.Listen();
        using var client = new HttpClient(new Breaking(11)) { BaseAddress = address };
        brazil.Caller = EvidenceDesk.Brazil;
        (await Should.ThrowAsync<RefusedException>(() => Receive())).Text.Key.ShouldBe("package.unknown");
        brazil.Caller = null;
        (await client.GetAsync(new Uri($"evidence/{signed.Manifest.Id}/manifest", UriKind.Relative), Cancel)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        brazil.Caller = EvidenceDesk.Italy;
        (await Receive()).Sha256.ShouldBe(signed.Sha256);
        (await OpenEvidence.Run(new PackageFolder(folder.File("package")), [Packed.Sender], Packed.Receiver, folder.File("out"), null, Cancel)).Count.ShouldBe(2);
        (await File.ReadAllBytesAsync(folder.File("out/file1.bin"), Cancel)).ShouldBe(Packed.Content((3 * EvidenceFormat.Chunk) + 5));

        Task<SignedManifest> Receive() => ReceiveEvidence.Run(client, signed.Manifest.Id, new PackageFolder(folder.File("package")), _ => { }, Patient, TimeProvider.System, null, Cancel);
    }

    [Fact]
    public async Task WhatWasNotAnnouncedIsNotTaken()
    {
        await using var italy = new EvidenceDesk(Provider.Sqlite);
        using var folder = new TestFolder();
        var (package, signed) = await Packed.Pack(folder, Packed.Order() with { Request = italy.Request }, Packed.Content(10));
        using var client = new HttpClient { BaseAddress = await italy.Listen() };
        (await Send()).ShouldContain("404");
        italy.Announced(signed);
        italy.Caller = null;
        (await Send()).ShouldContain("401");
        italy.Caller = EvidenceDesk.Italy;
        (await Send()).ShouldContain("404");
        italy.Caller = EvidenceDesk.Brazil;
        // Another length than the manifest's, another version of the protocol, a file that is not in it.
        (await Create(signed.Manifest.Files[0].SealedLength + 1, 1)).ShouldBe(HttpStatusCode.BadRequest);
        (await Create(signed.Manifest.Files[0].SealedLength, 2)).ShouldBe(HttpStatusCode.NotFound);
        (await Create(signed.Manifest.Files[0].SealedLength, 1, "0.2.2")).ShouldBe(HttpStatusCode.PreconditionFailed);
        Directory.Exists(italy.Module.Evidence.FolderOf(signed.Manifest.Id).Path).ShouldBeFalse();
        await SendEvidence.Run(client, package, Patient, TimeProvider.System, null, Cancel);
        italy.Package(signed.Manifest.Id).State.ShouldBe("arrived");

        async Task<string> Send() => (string)(await Should.ThrowAsync<RefusedException>(() => SendEvidence.Run(client, package, Patient, TimeProvider.System, null, Cancel))).Text.Fillings.Single().Value!;

        async Task<HttpStatusCode> Create(long length, int number, string version = "1.0.0")
        {
            using var create = new HttpRequestMessage(HttpMethod.Post, "evidence/files");
            create.Headers.Add("Tus-Resumable", version);
            create.Headers.Add("Upload-Length", length.ToString(System.Globalization.CultureInfo.InvariantCulture));
            create.Headers.Add("Upload-Metadata", $"package {Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(signed.Manifest.Id.ToString()))},file {Convert.ToBase64String([(byte)('0' + number)])}");
            using var answer = await client.SendAsync(create, Cancel);
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task ContentsThatAreNotWhatTheManifestSaysAreRefused()
    {
        await using var italy = new EvidenceDesk(Provider.Sqlite);
        using var folder = new TestFolder();
        var (package, honest) = await Packed.Pack(folder, Packed.Order() with { Request = italy.Request }, Packed.Content(10));
        await Packed.Resign(package, honest.Manifest with { Files = [honest.Manifest.Files[0] with { Sha256 = new string('0', 64) }] });
        var signed = package.Read();
        italy.Announced(signed);
        using var client = new HttpClient { BaseAddress = await italy.Listen() };
        await SendEvidence.Run(client, package, Patient, TimeProvider.System, null, Cancel);
        (await VerifiedEvidence.Verify(italy.Module, signed.Manifest.Id, [Packed.Receiver], Cancel)).ShouldBeNull();
        var refused = italy.Package(signed.Manifest.Id);
        (refused.State, italy.Module.Texts.SayKept(Palermo.Kernel.Language.English, refused.Problem)).ShouldBe(("refused", "The content of “file1.bin” does not have the hash of the manifest."));
        italy.Custody(signed.Manifest.Id)[^1].Act.ShouldBe("refused");
    }

    [Fact]
    public async Task ALineThatStaysBrokenIsGivenUpWithTheReason()
    {
        using var folder = new TestFolder();
        var (package, _) = await Packed.Pack(folder, null, Packed.Content(10));
        using var client = new HttpClient { BaseAddress = new Uri("http://127.0.0.1:1/") };
        var refused = await Should.ThrowAsync<RefusedException>(() => SendEvidence.Run(client, package, Patient with { Attempts = 3 }, TimeProvider.System, null, Cancel));
        refused.Text.Key.ShouldBe("package.line.given-up");
        ((string)refused.Text.Fillings.Single().Value!).ShouldContain("127.0.0.1:1");
    }

    /// <summary>A line that breaks at random bytes, in both directions, until it has broken often enough.</summary>
    private sealed class Breaking(int seed) : DelegatingHandler(new SocketsHttpHandler())
    {
        private readonly Random _random = new(seed);
        private int _left = 12;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (_left > 0 && request.Method == HttpMethod.Patch)
            {
                _left--;
                var content = new StreamContent(new Broken(await request.Content!.ReadAsStreamAsync(cancellationToken), _random.Next(600_000)));
                foreach (var (name, values) in request.Content.Headers) content.Headers.TryAddWithoutValidation(name, values);
                request.Content = content;
            }

            var answer = await base.SendAsync(request, cancellationToken);
            if (_left > 0 && request.Method == HttpMethod.Get && request.RequestUri!.AbsolutePath.Contains("/files/", StringComparison.Ordinal) && answer.IsSuccessStatusCode)
            {
                _left--;
                var content = new StreamContent(new Broken(await answer.Content.ReadAsStreamAsync(cancellationToken), _random.Next(600_000)));
                foreach (var (name, values) in answer.Content.Headers) content.Headers.TryAddWithoutValidation(name, values);
                answer.Content = content;
            }

            return answer;
        }

        private sealed class Broken(Stream inner, int after) : ReadOnlyStream
        {
            private int _left = after;

            public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
            {
                if (_left == 0) throw new IOException("The line broke.");
                var read = await inner.ReadAsync(buffer[..Math.Min(buffer.Length, _left)], cancellationToken);
                _left -= read;
                return read;
            }
        }
    }
}
