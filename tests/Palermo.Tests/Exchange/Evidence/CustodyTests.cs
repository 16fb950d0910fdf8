using System.Net;
using System.Text.Json.Nodes;
using Palermo.Exchange;
using Palermo.Exchange.Evidence.Packing;
using Palermo.Exchange.Evidence.Record;
using Palermo.Kernel;
using Palermo.Kernel.Access;
using Palermo.Requests;
using Palermo.Requests.Cases;
using Palermo.Requests.Files;
using Palermo.Tests.Support;
using Palermo.Tests.Web;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Exchange.Evidence;

/// <summary>What people see of evidence between authorities, and the custody record they can take along.</summary>
public sealed class CustodyTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TheRecordIsExportedForToolsAndForPeople()
    {
        using var folder = new TestFolder();
        var source = Packed.Source("a<b>.bin", [1, 2, 3]) with { Before = [(new TestClock().GetUtcNow().AddDays(-1), "B. <Lima>", "stored", new string('a', 64))] };
        var signed = await PackEvidence.Run(Packed.Order(), [source], folder.File("package"), new TestClock(), null, Cancel);
        var lines = signed.Manifest.Custody;
        var graph = JsonNode.Parse(CustodyCase.ToJson(signed.Manifest, lines))!["@graph"]!.AsArray();
        var file = graph.Single(n => (string?)n!["@type"] == "uco-observable:File")!;
        ((string?)file["uco-core:hasFacet"]![1]!["uco-observable:hash"]!["uco-types:hashValue"]!["@value"]).ShouldBe(signed.Manifest.Files[0].Sha256);
        var actions = graph.Where(n => (string?)n!["@type"] == "case-investigation:InvestigativeAction").ToList();
        actions.Select(a => (string?)a!["uco-core:name"]).ShouldBe(["stored", "packed"]);
        ((string?)actions[1]!["case-investigation:wasInformedBy"]!["@id"]).ShouldBe((string?)actions[0]!["@id"]);
        var names = graph.Select(n => (string?)n!["@id"]).ToList();
        names.Distinct().Count().ShouldBe(names.Count);
        foreach (var action in actions) names.ShouldContain((string?)action!["uco-action:performer"]!["@id"]);
        CustodyCase.ToJson(signed.Manifest, lines).ShouldBe(CustodyCase.ToJson(signed.Manifest, lines));

        foreach (var language in Language.All)
        {
            var report = CustodyReport.Page(Shipped.Texts, language, signed, lines);
            report.ShouldContain(signed.Sha256);
            report.ShouldContain(lines[1].Hash);
            report.ShouldContain("B. &lt;Lima&gt;");
            report.ShouldNotContain("a<b>");
        }
    }

    [Fact]
    public async Task ThePageShowsThePackagesToThoseWhoSeeTheRequest()
    {
        await using var node = await TestNode.Start();
        var officer = node.SignIn(Role.Officer);
        var module = (ExchangeModule)node.Services.GetService(typeof(ExchangeModule))!;
        var request = OpenRequest.Outgoing(module.Requests, officer.Viewer, new NewRequest("mla", "Bank records", null, null, false), Shipped.Query("BRA", "ITA", "mla", "organized-group", "2026-06-01"));
        var address = $"/requests/{request}/evidence";
        (await Text(address)).ShouldContain("No packages yet");
        var stored = await StoreFile.Store(module.Requests, FileSettings.Of(module.Requests), officer.Viewer, request, new NewFile("evidence", "Accounts", "accounts.csv"), new MemoryStream(Packed.Content(100_000)), Cancel);
        var line = StoredFiles.Of(module.Requests, officer.Viewer, request).Single(f => f.File.Id == stored);
        var signed = await OfferEvidence.For(
            module, officer.Viewer, request, [OfferEvidence.SourceOf(module, officer.Viewer, line)], (EvidenceDesk.Italy, "Ministero"), Packed.Receiver, (EvidenceDesk.Brazil, "Ministério"), Packed.Sender, Cancel);
        signed.Manifest.Files[0].Sha256.ShouldBe(line.File.Sha256);
        signed.Manifest.Custody.Select(l => l.Act).ShouldBe(["stored", "packed"]);
        var page = await Text(address);
        page.ShouldContain("To Ministero");
        page.ShouldContain("accounts.csv");
        page.ShouldContain(signed.Sha256);
        page.ShouldContain("data-package");
        (await Text($"{address}/{signed.Manifest.Id}/progress")).ShouldBe($$"""{"state":"announced","arrived":0,"length":{{signed.Manifest.SealedLength}}}""");
        (await Text($"{address}/{signed.Manifest.Id}/custody.jsonld")).ShouldContain("InvestigativeAction");
        (await Text($"{address}/{signed.Manifest.Id}/custody.html")).ShouldContain("Chain of custody");
        // What we sealed for others we cannot open, and nobody else may look.
        (await Status($"{address}/{signed.Manifest.Id}/files/1", officer)).ShouldBe(HttpStatusCode.NotFound);
        var stranger = node.SignIn(Role.Officer, "Other office");
        (await Status(address, stranger)).ShouldBe(HttpStatusCode.NotFound);
        (await Status($"{address}/{signed.Manifest.Id}/custody.html", stranger)).ShouldBe(HttpStatusCode.NotFound);
        (await node.Get($"/evidence/{signed.Manifest.Id}/manifest", officer.Header)).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        async Task<string> Text(string at)
        {
            using var answer = await node.Get(at, officer.Header);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            return await answer.Content.ReadAsStringAsync(Cancel);
        }

        async Task<HttpStatusCode> Status(string at, TestPerson person)
        {
            using var answer = await node.Get(at, person.Header);
            return answer.StatusCode;
        }
    }
}
