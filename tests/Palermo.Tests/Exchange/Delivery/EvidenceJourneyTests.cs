using Microsoft.EntityFrameworkCore;
using Palermo.Data.Cases;
using Palermo.Data.Exchange;
using Palermo.Exchange.Delivery;
using Palermo.Exchange.Evidence.Packing;
using Palermo.Exchange.Evidence.Record;
using Palermo.Exchange.Nodes;
using Palermo.Kernel.Access;
using Palermo.Requests.Life;
using Palermo.Requests.Files;
using Palermo.Tests.Exchange.Nodes;
using Palermo.Tests.Requests;
using Palermo.Tests.Support;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Exchange.Delivery;

/// <summary>A request goes to another node over HTTPS, and evidence comes back: announced, moved, verified, and both sides know it.</summary>
public sealed class EvidenceJourneyTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task EvidenceComesBackAndIsKnownToBeComplete(bool brazilDialsOut)
    {
        await using var brazil = await ExchangeNode.Start("bra", "BRA", brazilDialsOut);
        await using var italy = await ExchangeNode.Start("ita", "ITA");
        await ExchangeNode.Introduce(italy, brazil);
        var (ana, carla, livia) = (Person(brazil, Role.Officer, "BRA"), Person(brazil, Role.Approver, "BRA"), Person(italy, Role.Officer, "ITA"));
        var id = Drafts.Complete(brazil.Module.Requests, ana.Viewer);
        Move(brazil, ana, id, "submit");
        Move(brazil, carla, id, "approve");
        Move(brazil, ana, id, "send", "palermo:ita");
        SendWaiting.Begin(brazil.Module, e => throw e, Cancel);
        await brazil.Module.Sending.Idle();
        Stage(italy, id).ShouldBe("received");

        // Italy packs a file it stored with the request; Brazil gets it, verifies it and says so.
        var content = new byte[5_000_000];
        new Random(7).NextBytes(content);
        var file = await StoreFile.Store(italy.Module.Requests, FileSettings.Of(italy.Module.Requests), livia.Viewer, id, new NewFile("evidence", "Disk image", "disk.img"), new MemoryStream(content), Cancel);
        var signed = await OfferEvidence.For(italy.Module, livia.Viewer, id, [file], italy.Trust.Find("palermo:bra")!, Cancel);
        await Round(brazil, italy);
        await Round(brazil, italy);

        var here = Package(brazil, signed.Manifest.Id);
        (here.State, here.Outgoing, here.Party, here.Arrived).ShouldBe((PackageStates.Verified, false, "palermo:ita", here.Length));
        await Round(brazil, italy);
        Package(italy, signed.Manifest.Id).State.ShouldBe(PackageStates.Verified);
        Inbox(italy, "evidence-verified").Problem.ShouldBe("");
        var opened = Directory.CreateDirectory(Path.Combine(brazil.Record.Folder, "opened")).FullName;
        await OpenEvidence.Run(brazil.Module.Evidence.FolderOf(signed.Manifest.Id), [], brazil.Trust.Own[0], opened, null, Cancel);
        (await File.ReadAllBytesAsync(Path.Combine(opened, "disk.img"), Cancel)).ShouldBe(content);

        // As an earlier version wrote it, which did not name the package: it is not said again.
        Forget(brazil);
        await Round(brazil);
        Outbox(brazil, "evidence-verified").ShouldHaveSingleItem().Package.ShouldBeNull();

        // A second one waits for its own announcement's receipt, whatever became of the first one's.
        var second = await OfferEvidence.For(italy.Module, livia.Viewer, id, [file], italy.Trust.Find("palermo:bra")!, Cancel);
        var problems = new List<string>();
        MoveEvidence.Begin(italy.Module, (_, why) => problems.Add(why), Cancel);
        await italy.Module.Moving.Idle();
        problems.ShouldBeEmpty();
        Package(italy, second.Manifest.Id).State.ShouldBe(PackageStates.Announced);

        // Of an earlier version, a receipted message about evidence of the same request stands for it.
        Forget(italy);
        MoveEvidence.Begin(brazilDialsOut ? brazil.Module : italy.Module, (_, why) => problems.Add(why), Cancel);
        await italy.Module.Moving.Idle();
        if (!brazilDialsOut) problems.ShouldHaveSingleItem("it is sent, and Brazil does not know of it yet").ShouldContain("404");
    }

    private static void Forget(ExchangeNode node)
    {
        using var context = node.Record.Database.Connect();
        context.Database.ExecuteSqlRaw("UPDATE outgoing_messages SET package = NULL");
    }

    private static List<OutgoingMessage> Outbox(ExchangeNode node, string act)
    {
        using var context = node.Record.Database.Connect();
        return [.. context.Set<OutgoingMessage>().AsNoTracking().Where(m => m.Act == act)];
    }

    [Fact]
    public async Task WhatTheReceiverRefusesIsKnownToTheSenderWithTheReason()
    {
        using var sides = new Sides();
        var (brazil, italy) = (sides.Brazil, sides.Italy);
        var id = brazil.Send(italy);
        await sides.Settle();
        using var folder = new TestFolder();
        var officer = brazil.Life.Officer.Viewer;
        var order = new PackOrder(Guid.NewGuid(), id, (brazil.Party, "Brazil"), (italy.Party, "Italy"), "Ana", brazil.Module.Trust.Own[0], italy.Module.Trust.Own[0]);
        var package = brazil.Module.Evidence.FolderOf(order.Id);
        var honest = await PackEvidence.Run(order, [Evidence.Packed.Source("file1.bin", new byte[1000])], package.Path, brazil.Life.Record.Clock, null, Cancel);
        await Evidence.Packed.Resign(package, honest.Manifest with { Files = [honest.Manifest.Files[0] with { Sha256 = new string('0', 64) }] }, brazil.Module.Trust.Own[0]);
        var signed = package.Read();
        Palermo.Data.Change.Make(brazil.Life.Record.Database, officer.Actor, brazil.Life.Record.Clock, change =>
        {
            var request = change.Context.Set<Request>().Single(r => r.Id == id);
            AnnounceEvidence.NewPackage(change, request, signed, null, italy.Party, outgoing: true);
            EvidenceMessages.Announce(change, officer, request, signed, null);
        });
        await sides.Settle();
        var there = italy.Module.Evidence.FolderOf(order.Id);
        Directory.CreateDirectory(there.Path);
        File.Copy(package.Sealed(1), there.Sealed(1));
        File.Copy(package.Leaves(1), there.Leaves(1));
        ArrivedEvidence.Whole(italy.Module, order.Id);
        (await VerifiedEvidence.Verify(italy.Module, order.Id, italy.Module.Trust.Own, Cancel)).ShouldBeNull();
        await sides.Settle();

        using var context = brazil.Life.Record.Database.Connect();
        var ours = Known.Package(context, order.Id)!;
        (ours.State, brazil.Said(ours.Problem)).ShouldBe((PackageStates.Refused, "The other node refuses: The content of “file1.bin” does not have the hash of the manifest."));
        Known.Custody(context, signed.Manifest)[^1].Act.ShouldBe("refused");
        brazil.Life.Audited("evidence.refused").ShouldBe([ours.Case.ToString()]);
        italy.Life.Audited("evidence.refused").Count.ShouldBe(1);
        brazil.Inbox().Single(m => m.Act == "evidence-refused").Problem.ShouldBe("");
        // Another party's package is none of its business, and what was said once stays.
        var said = new Palermo.Requests.Exchange.RefusedPackage(order.Id, signed.Sha256, "Something else.");
        Should.Throw<Palermo.Kernel.RefusedException>(() => Say(said, "palermo:else")).Text.Key.ShouldBe("package.unknown");
        Should.Throw<Palermo.Kernel.RefusedException>(() => Say(said with { ManifestSha256 = "00" }, italy.Party)).Text.Key.ShouldBe("package.confirm.other");
        Say(said, italy.Party);
        brazil.Life.Audited("evidence.refused").Count.ShouldBe(1);

        void Say(Palermo.Requests.Exchange.RefusedPackage what, string party) => Palermo.Data.Change.Make(brazil.Life.Record.Database, Actor.Node, brazil.Life.Record.Clock, change => RefusedEvidence.Record(brazil.Module, change, what, party));
    }

    private static async Task Round(params ExchangeNode[] nodes)
    {
        foreach (var node in nodes)
        {
            var problems = new List<string>();
            SendWaiting.Begin(node.Module, e => problems.Add(e.ToString()), Cancel);
            await node.Module.Sending.Idle();
            PullWaiting.Begin(node.Module, (_, why) => problems.Add(why), Cancel);
            await node.Module.Pulling.Idle();
            MoveEvidence.Begin(node.Module, (_, why) => problems.Add(why), Cancel);
            await node.Module.Moving.Idle();
            SendWaiting.Begin(node.Module, e => problems.Add(e.ToString()), Cancel);
            await node.Module.Sending.Idle();
            problems.ShouldBeEmpty();
        }
    }

    private static TestPerson Person(ExchangeNode node, Role role, string state) => TestPeople.Make(node.Record.Database, node.Clock, role, state: state, name: $"{role} of {state}");

    private static void Move(ExchangeNode node, TestPerson by, Guid id, string act, string to = "") =>
        MoveRequest.Make(node.Module.Requests, by.Viewer, id, new Move(act, Stage(node, id)) { Node = to });

    private static string Stage(ExchangeNode node, Guid id)
    {
        using var context = node.Record.Database.Connect();
        return context.Set<Request>().Single(r => r.Id == id).Stage;
    }

    private static EvidencePackage Package(ExchangeNode node, Guid id)
    {
        using var context = node.Record.Database.Connect();
        return context.Set<EvidencePackage>().AsNoTracking().Single(p => p.Id == id);
    }

    private static IncomingMessage Inbox(ExchangeNode node, string act)
    {
        using var context = node.Record.Database.Connect();
        return context.Set<IncomingMessage>().AsNoTracking().Single(m => m.Act == act);
    }
}
