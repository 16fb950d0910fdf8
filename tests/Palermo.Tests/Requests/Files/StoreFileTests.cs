using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Palermo.Authorities;
using Palermo.Data;
using Palermo.Data.Audit;
using Palermo.Data.Cases;
using Palermo.Kernel;
using Palermo.Kernel.Access;
using Palermo.Requests;
using Palermo.Requests.Cases;
using Palermo.Requests.Drafting;
using Palermo.Requests.Files;
using Palermo.Tests.Support;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Requests.Files;

/// <summary>Files of a request in the record: who may store, read and remove them, and what follows.</summary>
public sealed class StoreFileTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, EveryDatabase]
    public async Task AFileIsStoredReadAndAudited(Provider provider)
    {
        using var desk = new Desk(provider);
        var content = RandomNumberGenerator.GetBytes(100_000);
        var id = await desk.Store(content, new NewFile("evidence", "", "a/b\\bank\u202Efdp.csv"));
        var file = ReadFile.Find(desk.Module, desk.Officer, desk.Request, id);
        file.FileName.ShouldBe("bankfdp.csv");
        file.Title.ShouldBe("bankfdp");
        file.Scan.ShouldBe("not-scanned");
        file.Sha256.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(content)));
        var target = new MemoryStream();
        await ReadFile.CopyTo(desk.Module, desk.Settings, desk.Officer, file, target, Cancel);
        target.ToArray().ShouldBe(content);
        using var context = desk.Record.Database.Connect();
        var entries = context.Set<AuditEntry>().Where(a => a.Act.StartsWith("attachment.")).OrderBy(a => a.Number).ToList();
        entries.Select(e => e.Act).ShouldBe(["attachment.stored", "attachment.read"]);
        entries[0].After.ShouldContain($"100000 bytes sha256:{file.Sha256}");
        entries.ShouldAllBe(e => e.Subject == file.Case.ToString() && e.Part == $"{desk.Request}/{id}");
    }

    [Theory, EveryDatabase]
    public async Task AnnexesFollowTheFilesWhileTheRequestMayBeChanged(Provider provider)
    {
        using var desk = new Desk(provider);
        desk.SaveAnnexes("""{"annexes":[{"id":"paper-1","title":"On paper"}],"fields":{"annexes.note":"kept"}}""");
        var first = await desk.Store([1], new NewFile("annex", "Judgment", "j.pdf"));
        var second = await desk.Store([2], new NewFile("annex", "Map", "m.png"));
        await desk.Store([3], new NewFile("evidence", "Not an annex", "e.bin"));
        desk.Annexes().ShouldBe(["On paper", "Judgment", "Map"]);
        RemoveFile.Make(desk.Module, desk.Officer, desk.Request, first);
        desk.Annexes().ShouldBe(["On paper", "Map"]);
        desk.Document().Fields["annexes.note"].ShouldBe("kept");
        desk.Document().Annexes[1].Sha256.ShouldBe(Convert.ToHexStringLower(SHA256.HashData([2])));

        desk.Set(r => r.Stage = "sent");
        (await Should.ThrowAsync<RefusedException>(() => desk.Store([4], new NewFile("annex", "Late", "l.pdf")))).Text.Key.ShouldBe("files.annex-late");
        Should.Throw<RefusedException>(() => RemoveFile.Make(desk.Module, desk.Officer, desk.Request, second)).Text.Key.ShouldBe("files.annex-fixed");
        await desk.Store([5], new NewFile("letter", "Their answer", "a.pdf"));
        desk.Annexes().ShouldBe(["On paper", "Map"]);
    }

    [Theory, EveryDatabase]
    public async Task WhoMayNotSeeTheCaseMayNotKnowOfItsFiles(Provider provider)
    {
        using var desk = new Desk(provider);
        var id = await desk.Store([1, 2, 3], new NewFile("evidence", "x", "x.bin"));
        var stranger = TestPeople.Make(desk.Record.Database, desk.Record.Clock, Role.Officer, "Elsewhere").Viewer;
        var reader = TestPeople.Make(desk.Record.Database, desk.Record.Clock, Role.Reader).Viewer;
        Should.Throw<RefusedException>(() => ReadFile.Find(desk.Module, stranger, desk.Request, id)).NotFound.ShouldBeTrue();
        Should.Throw<RefusedException>(() => RemoveFile.Make(desk.Module, stranger, desk.Request, id)).NotFound.ShouldBeTrue();
        (await Should.ThrowAsync<RefusedException>(() => desk.Store([1], new NewFile("evidence", "", ""), stranger))).NotFound.ShouldBeTrue();
        // Through another request, which the stranger does see, the file is not there either.
        var own = Desk.NewRequest(desk.Module, stranger);
        Should.Throw<RefusedException>(() => ReadFile.Find(desk.Module, stranger, own, id)).NotFound.ShouldBeTrue();
        ReadFile.Find(desk.Module, reader, desk.Request, id).Id.ShouldBe(id);
        (await Should.ThrowAsync<RefusedException>(() => desk.Store([1], new NewFile("evidence", "", ""), reader))).Forbidden.ShouldBeTrue();
        Should.Throw<RefusedException>(() => RemoveFile.Make(desk.Module, reader, desk.Request, id)).Forbidden.ShouldBeTrue();

        desk.SetCase(c => c.Confidential = true);
        desk.Set(r => r.Confidential = true);
        Should.Throw<RefusedException>(() => ReadFile.Find(desk.Module, reader, desk.Request, id)).NotFound.ShouldBeTrue();
    }

    [Theory, EveryDatabase]
    public async Task ARemovedFileStaysStoredAndIsForAuditors(Provider provider)
    {
        using var desk = new Desk(provider);
        var id = await desk.Store([1, 2, 3], new NewFile("evidence", "x", "x.bin"));
        RemoveFile.Make(desk.Module, desk.Officer, desk.Request, id);
        Should.Throw<RefusedException>(() => ReadFile.Find(desk.Module, desk.Officer, desk.Request, id)).NotFound.ShouldBeTrue();
        Should.Throw<RefusedException>(() => RemoveFile.Make(desk.Module, desk.Officer, desk.Request, id)).NotFound.ShouldBeTrue();
        var auditor = TestPeople.Make(desk.Record.Database, desk.Record.Clock, Role.Auditor).Viewer;
        var target = new MemoryStream();
        await ReadFile.CopyTo(desk.Module, desk.Settings, auditor, ReadFile.Find(desk.Module, auditor, desk.Request, id), target, Cancel);
        target.ToArray().ShouldBe([1, 2, 3]);
    }

    [Theory, EveryDatabase]
    public async Task WhenTheRowCannotBeWrittenNothingOfTheFileIsLeft(Provider provider)
    {
        using var desk = new Desk(provider);
        // The case is closed to the officer while the file comes in: between moving it to its place and writing the row.
        await using var source = new Overtaken(() => desk.SetCase(c => c.Confidential = true), () => desk.Set(r => r.Confidential = true), desk.Unlist);
        (await Should.ThrowAsync<RefusedException>(() => StoreFile.Store(desk.Module, desk.Settings, desk.Officer, desk.Request, new NewFile("evidence", "", "x"), source, Cancel))).NotFound.ShouldBeTrue();
        Directory.EnumerateFiles(desk.Settings.Files, "*", SearchOption.AllDirectories).ShouldBeEmpty();
        using var context = desk.Record.Database.Connect();
        context.Set<Attachment>().ShouldBeEmpty();
    }

    [Fact]
    public async Task ABrokenFileIsAudited()
    {
        using var desk = new Desk(Provider.Sqlite);
        var id = await desk.Store([1, 2, 3], new NewFile("evidence", "x", "x.bin"));
        File.Delete(new FileStore(desk.Settings).PlaceOf(id));
        var file = ReadFile.Find(desk.Module, desk.Officer, desk.Request, id);
        await Should.ThrowAsync<BrokenFileException>(() => ReadFile.CopyTo(desk.Module, desk.Settings, desk.Officer, file, Stream.Null, Cancel));
        using var context = desk.Record.Database.Connect();
        context.Set<AuditEntry>().Single(a => a.Act == "attachment.broken").After.ShouldContain("missing");
    }

    [Fact]
    public async Task TheScannerSeesTheWholeFileAndItsAnswerIsKept()
    {
        using var desk = new Desk(Provider.Sqlite);
        using var clamd = new FakeClamd("stream: OK");
        var content = RandomNumberGenerator.GetBytes(300_000);
        var id = await desk.Store(content, new NewFile("evidence", "", "x"), settings: desk.Settings with { Scanner = clamd.Address, ScanRequired = true });
        ReadFile.Find(desk.Module, desk.Officer, desk.Request, id).Scan.ShouldBe("clean");
        clamd.Seen.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(content)));
    }

    [Fact]
    public async Task AnInfectedFileIsKeptOutAndAudited()
    {
        using var desk = new Desk(Provider.Sqlite);
        using var clamd = new FakeClamd("stream: Eicar-Test-Signature FOUND");
        var refused = await Should.ThrowAsync<RefusedException>(() => desk.Store([1, 2], new NewFile("evidence", "", "virus.doc"), settings: desk.Settings with { Scanner = clamd.Address }));
        refused.Text.Fillings[0].Value.ShouldBe("Eicar-Test-Signature");
        Directory.EnumerateFiles(desk.Settings.Files, "*", SearchOption.AllDirectories).ShouldBeEmpty();
        using var context = desk.Record.Database.Connect();
        context.Set<Attachment>().ShouldBeEmpty();
        var entry = context.Set<AuditEntry>().Single(a => a.Act == "attachment.infected");
        entry.After.ShouldBe($"Eicar-Test-Signature 2 bytes sha256:{Convert.ToHexStringLower(SHA256.HashData([1, 2]))} virus.doc");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("INSTREAM size limit exceeded. ERROR")]
    [InlineData("nobody listens")]
    public async Task AScannerThatFailsMeansNotScannedUnlessScanningIsRequired(string? answer)
    {
        using var desk = new Desk(Provider.Sqlite);
        using var clamd = new FakeClamd(answer);
        if (answer == "nobody listens") clamd.Dispose();
        var settings = desk.Settings with { Scanner = clamd.Address };
        var id = await desk.Store(new byte[3 << 20], new NewFile("evidence", "", "x"), settings: settings);
        ReadFile.Find(desk.Module, desk.Officer, desk.Request, id).Scan.ShouldBe("not-scanned");
        (await Should.ThrowAsync<RefusedException>(() => desk.Store([1], new NewFile("evidence", "", "x"), settings: settings with { ScanRequired = true }))).Text.Key.ShouldBe("files.must-scan");
        Directory.EnumerateFiles(Path.Combine(desk.Settings.Files, "incoming")).ShouldBeEmpty();
    }

    [Fact]
    public void TheScannersAddressIsASocketOrAHostWithAPort()
    {
        ClamAddress.Parse("unix:/run/clamav/clamd.ctl").EndPoint.ToString().ShouldBe("/run/clamav/clamd.ctl");
        ClamAddress.Parse("tcp:clamd.internal:3310").EndPoint.ShouldBe(new System.Net.DnsEndPoint("clamd.internal", 3310));
        foreach (var wrong in new[] { "clamd", "tcp:clamd", "tcp::3310", "tcp:clamd:70000", "unix:relative" })
            Should.Throw<RefusedException>(() => ClamAddress.Parse(wrong)).Text.Key.ShouldBe("files.scanner-address");
    }

    /// <summary>A file during whose arrival something else happens.</summary>
    private sealed class Overtaken(params Action[] meanwhile) : MemoryStream
    {
        private bool _over;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_over) return new(0);
            _over = true;
            foreach (var act in meanwhile) act();
            return new(1);
        }
    }

    /// <summary>A record with an officer and an outgoing request.</summary>
    private sealed class Desk : IDisposable
    {
        public Desk(Provider provider)
        {
            Record = TestRecord.Shipped(provider);
            Module = new RequestsModule(new AuthoritiesModule(Record.Open()), Repository.Data, Record.Folder);
            Settings = FileSettings.Of(Record.Folder, _ => null);
            Officer = TestPeople.Make(Record.Database, Record.Clock, Role.Officer).Viewer;
            Request = NewRequest(Module, Officer);
        }

        public TestRecord Record { get; }

        public RequestsModule Module { get; }

        public FileSettings Settings { get; }

        public Viewer Officer { get; }

        public Guid Request { get; }

        public static Guid NewRequest(RequestsModule module, Viewer viewer) =>
            OpenRequest.Outgoing(module, viewer, new NewRequest("mla", "Bank records", null, null, false), Shipped.Query("BRA", "ITA", "mla", "organized-group", "2026-06-01"));

        public Task<Guid> Store(byte[] content, NewFile input, Viewer? viewer = null, FileSettings? settings = null) =>
            StoreFile.Store(Module, settings ?? Settings, viewer ?? Officer, Request, input, new MemoryStream(content), Cancel);

        public Palermo.Requests.Document.RequestDocument Document()
        {
            using var context = Record.Database.Connect();
            return StepStore.Document(context, context.Set<Request>().Single(r => r.Id == Request));
        }

        public IEnumerable<string> Annexes() => Document().Annexes.Select(a => a.Title);

        public void SaveAnnexes(string json) =>
            SaveStep.Save(Module, Officer, Request, Steps.Find(Steps.Annexes)!, 0, (System.Text.Json.Nodes.JsonObject)System.Text.Json.Nodes.JsonNode.Parse(json)!);

        public void Set(Action<Request> set) => Change.Make(Record.Database, Officer.Actor, Record.Clock, change => set(change.Context.Set<Request>().Single(r => r.Id == Request)));

        public void SetCase(Action<CaseFile> set) => Change.Make(Record.Database, Officer.Actor, Record.Clock, change =>
        {
            var of = change.Context.Set<Request>().Where(r => r.Id == Request).Select(r => r.Case).Single();
            set(change.Context.Set<CaseFile>().Single(c => c.Id == of));
        });

        public void Unlist() => Change.Make(Record.Database, Officer.Actor, Record.Clock, change => change.Context.Set<CaseMember>().ExecuteDelete());

        public void Dispose() => Record.Dispose();
    }
}
