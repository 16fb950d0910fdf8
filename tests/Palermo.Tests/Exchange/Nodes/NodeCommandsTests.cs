using System.Text.Json;
using Palermo.Data;
using Palermo.Data.Exchange;
using Palermo.Exchange.Nodes;
using Palermo.Exchange.Nodes.Identity;
using Palermo.Kernel;
using Palermo.Kernel.Access;
using Palermo.Tests.Support;
using Palermo.Tests.Web;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Exchange.Nodes;

/// <summary>The way of two nodes into one registry, on the command line, and what an administrator sees of it.</summary>
public sealed class NodeCommandsTests : IDisposable
{
    private readonly TestFolder _files = new();

    static NodeCommandsTests() => Environment.SetEnvironmentVariable(Passphrase.Variable, Identities.Secret);

    [Fact]
    public void TwoNodesComeIntoOneRegistry()
    {
        using var publisher = TestRecord.Shipped(Provider.Sqlite);
        using var node = TestRecord.Shipped(Provider.Sqlite);
        var mark = Run(publisher, 0, "node", "init", "--party", "palermo:secretariat", "--organization", "Secretariat", "--self-signed", "--algorithm", "ec", "--capabilities", "registry").Trim().Split('\t')[1];
        Run(node, 0, "node", "init", "--party", "palermo:bra:central-authority", "--organization", "Ministério da Justiça", "--states", "Brazil", "--address", "https://node.example:8443", "--self-signed", "--algorithm", "ec").ShouldContain("palermo:bra");
        Run(node, 2, "node", "init", "--party", "palermo:ita", "--organization", "x").ShouldContain("This node already is palermo:bra:central-authority");

        var description = _files.File("bra.json");
        Run(node, 0, "node", "describe", "--out", description);
        Run(publisher, 0, "registry", "add", description).ShouldContain("palermo:bra:central-authority");
        Run(publisher, 0, "registry", "publish").ShouldContain(mark);

        Run(node, 1, "registry", "pin", "https://127.0.0.1:1/exchange/registry", mark).ShouldContain("was not reached");
        Run(node, 0, "registry", "pin", "-", mark);
        Run(node, 0, "registry", "poll", "--file", Path.Combine(publisher.Folder, "exchange", "registry.json")).ShouldContain("Edition 1.");
        var shown = JsonDocument.Parse(Run(node, 0, "registry", "show", "--json")).RootElement;
        shown.GetProperty("nodes")[0].GetProperty("states")[0].GetString().ShouldBe("BRA");
        shown.GetProperty("nodes")[0].GetProperty("address").GetString().ShouldBe("https://node.example:8443/");

        Run(publisher, 0, "registry", "revoke", shown.GetProperty("nodes")[0].GetProperty("certificates")[0].GetProperty("fingerprint").GetString()!, "--reason", "lost").ShouldContain("Edition 2");
        Run(publisher, 0, "registry", "show").ShouldContain("revoked\t");
        Run(publisher, 0, "registry", "remove", "palermo:bra:central-authority");
        Run(publisher, 2, "registry", "remove", "palermo:bra:central-authority").ShouldContain("lists no node");
        Run(publisher, 0, "audit", "verify");
        Run(publisher, 0, "audit", "export").ShouldContain("registry.certificate-revoked");
        Run(publisher, 2, "serve", "--exchange-urls", "http://127.0.0.1:0").ShouldContain("https://host:port");
    }

    [Fact]
    public void WhatCannotBeTakenIsOneSentence()
    {
        using var record = TestRecord.Shipped(Provider.Sqlite);
        foreach (var (option, value) in new[]
        {
            ("--party", "a b"), ("--organization", ""), ("--address", "http://node.example"), ("--address", "https://user@node.example"), ("--states", "Atlantis"), ("--algorithm", "dsa"), ("--days", "0"),
            ("--pkcs11", "pkcs11:token=x?pin-value=1"), ("--key", "/nowhere.pem"), ("--relay", "?"),
        })
        {
            var given = new Dictionary<string, string>(StringComparer.Ordinal) { ["--party"] = "palermo:x", ["--organization"] = "X", [option] = value };
            Run(record, 2, ["node", "init", .. given.SelectMany(g => new[] { g.Key, g.Value })]).TrimEnd().Split('\n').ShouldHaveSingleItem(option);
            File.Exists(Path.Combine(record.Folder, "exchange", "node.json")).ShouldBeFalse(option);
        }
    }

    [Fact]
    public async Task AnAdministratorSeesThisNodeAndTheOthersInEveryLanguage()
    {
        await using var node = await TestNode.Start();
        var administrator = node.SignIn(Role.Administrator);
        using (var empty = await node.Get("/admin/exchange", administrator.Header))
            (await empty.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("has no identity yet");

        var trust = node.Services.GetService(typeof(Palermo.Exchange.ExchangeModule)) is Palermo.Exchange.ExchangeModule module ? module.Trust : throw new InvalidOperationException();
        InitNode.Run(trust.Folder, new InitInput("palermo:bra", "<b>Authority</b>") { SelfSigned = true, Algorithm = NodeKeys.EllipticCurve, Days = 5 }, Identities.Secret, node.Clock.GetUtcNow());
        using (var identities = new Identities()) identities.Publish(trust, trust, identities.Make("ita"));
        Change.Make(node.Record.Database, administrator.Viewer.Actor, node.Clock, change =>
        {
            foreach (var (state, count) in new[] { ("waiting", 31), ("failed", 32), ("received", 33) })
                for (var i = 0; i < count; i++)
                    change.Context.Add(new OutgoingMessage { Id = Guid.NewGuid(), Request = Guid.NewGuid(), Case = Guid.NewGuid(), To = "palermo:ita", Sequence = 1, Act = "request", Payload = "{}", Files = "", At = change.Now, GiveUpAt = change.Now, State = state });
        });
        foreach (var language in Language.All)
        {
            using var page = await node.Get("/admin/exchange", ("Cookie", administrator.Header.Value + "; language=" + language.Code));
            var html = await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            html.ShouldContain(Fingerprint.Of(trust.Own[0]));
            html.ShouldContain("palermo:ita");
            foreach (var count in new[] { 31, 32 }) html.ShouldContain($"class=\"p-num\">{count}</td>");
            html.ShouldNotContain("<b>Authority");
        }

        using var officer = await node.Get("/admin/exchange", node.SignIn(Role.Officer).Header);
        ((int)officer.StatusCode).ShouldBe(403);
    }

    private static string Run(TestRecord record, int expected, params string[] command)
    {
        using var output = new StringWriter();
        Program.Run([.. command, "--data", record.Connection], output, output).ShouldBe(expected, output.ToString());
        return output.ToString();
    }

    public void Dispose() => _files.Dispose();
}
