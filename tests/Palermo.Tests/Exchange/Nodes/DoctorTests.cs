using System.Globalization;
using System.Text.Json;
using Palermo.Exchange.Nodes;
using Palermo.Exchange.Nodes.Doctor;
using Palermo.Exchange.Nodes.Registry;
using Palermo.Kernel;
using Palermo.Tests.Support;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Exchange.Nodes;

/// <summary>What the doctor says of two real nodes, in good health and in bad.</summary>
public sealed class DoctorTests
{
    [Fact]
    public async Task BetweenTwoGoodNodesAllIsWellAndATestMessageIsSent()
    {
        await using var ita = await ExchangeNode.Start("ita", "ITA");
        await using var bra = await ExchangeNode.Start("bra");
        await ExchangeNode.Introduce(ita, bra);
        var checks = await Examine(bra, "palermo:ita", _ => Task.FromResult<string?>(null));
        checks.ShouldAllBe(c => c.State == DoctorCheck.Ok, string.Join('\n', checks.Select(Line)));
        checks.Select(c => c.Code).ShouldBe(["identity", "listed", "registry", "entry", "name", "connection", "tls", "their-certificate", "our-certificate", "clock", "message"]);
        (await Examine(bra, "palermo:ita", _ => Task.FromResult<string?>("no receipt")))[^1].State.ShouldBe(DoctorCheck.Failed);
    }

    [Fact]
    public async Task EachFaultIsSaidWhereItIs()
    {
        await using var ita = await ExchangeNode.Start("ita", "ITA");
        await using var bra = await ExchangeNode.Start("bra");
        await using var sick = await ExchangeNode.Start("sick", "FRA", days: 40);
        (await FirstFailure(bra, "palermo:ita")).ShouldBe("listed: The registry lists no node with the certificate");
        await ExchangeNode.Introduce(ita, bra, sick);
        (await FirstFailure(bra, "palermo:nobody")).ShouldBe("entry: The registry lists no node palermo:nobody.");

        bra.Clock.Advance(TimeSpan.FromMinutes(-5));
        (await FirstFailure(bra, "palermo:ita")).ShouldBe("clock: Our clock is 300 s behind that of palermo:ita.");
        bra.Clock.Advance(TimeSpan.FromMinutes(5));

        // They have heard of the revocation and we have not.
        PublishRegistry.Revoke(ita.Trust, Fingerprint.Of(bra.Trust.Own[0]), "");
        (await FirstFailure(bra, "palermo:ita")).ShouldBe("our-certificate: palermo:ita does not accept our certificate (revoked). It works with edition 2 of the registry, we with 1.");

        await sick.Stop();
        (await FirstFailure(bra, "palermo:sick")).ShouldStartWith("connection: No connection to 127.0.0.1 on port");
        bra.Clock.Advance(TimeSpan.FromDays(41));
        var late = await Examine(bra, "palermo:sick");
        late.Single(c => c.Code == "registry").State.ShouldBe(DoctorCheck.Failed);
        Line(late.Single(c => c.Code == "entry")).ShouldContain("expired on");
        late.Single(c => c.Code == "message").State.ShouldBe(DoctorCheck.NotTried);
    }

    [Fact]
    public async Task SomethingElseAtTheAddressIsTold()
    {
        await using var ita = await ExchangeNode.Start("ita", "ITA");
        await using var bra = await ExchangeNode.Start("bra");
        var people = bra.ForPeople.Port.ToString(CultureInfo.InvariantCulture);
        await ExchangeNode.Introduce(ita, bra);
        // The registry sends us to the people's port of a node, where no TLS is spoken.
        var entry = ReadNode.File(ita.Trust.Find("palermo:ita")!) with { Address = $"https://127.0.0.1:{people}/" };
        using var line = new LineExamination(bra.Trust);
        var checks = new List<DoctorCheck>();
        await foreach (var check in line.Run(ReadNode.Of(entry), identity: true, TestContext.Current.CancellationToken)) checks.Add(check);
        checks.Select(c => c.State).ShouldBe(["ok", "ok", "failed", "not-tried", "not-tried"]);
        // And to another node's own port: its certificate is another's.
        var wrong = ReadNode.File(ita.Trust.Find("palermo:ita")!) with { Address = bra.Trust.Identity!.Address };
        using var other = new LineExamination(bra.Trust);
        checks.Clear();
        await foreach (var check in other.Run(ReadNode.Of(wrong), identity: true, TestContext.Current.CancellationToken)) checks.Add(check);
        Line(checks.Single(c => c.Code == "their-certificate")).ShouldContain("belongs to palermo:bra, not to palermo:ita");
    }

    [Fact]
    public async Task TheCommandAnswersInJsonAndWithItsExitCode()
    {
        await using var ita = await ExchangeNode.Start("ita", "ITA");
        await using var mute = await ExchangeNode.Start("mute", "FRA", dialsOut: true);
        await ExchangeNode.Introduce(ita, mute);
        using var output = new StringWriter();
        // The program's own clock is the real one, so certificates made at the tests' time may have ended.
        Program.Run(["node", "doctor", "--node", "palermo:mute", "--json", "--language", "fr", "--data", ita.Record.Connection], output, TextWriter.Null).ShouldBeOneOf(0, 1);
        var lines = JsonDocument.Parse(output.ToString()).RootElement.EnumerateArray().ToDictionary(l => l.GetProperty("check").GetString()!);
        lines["reach"].GetProperty("text").GetString()!.ShouldContain("relève ses messages sur ce nœud");
        lines["connection"].GetProperty("state").GetString().ShouldBe("not-tried");

        Program.Run(["node", "doctor", "--node", "palermo:nobody", "--data", ita.Record.Connection], TextWriter.Null, TextWriter.Null).ShouldBe(1);
    }

    private static async Task<IReadOnlyList<DoctorCheck>> Examine(ExchangeNode node, string party, Func<NodeEntry, Task<string?>>? message = null)
    {
        var checks = new List<DoctorCheck>();
        await foreach (var check in new Examination(node.Trust) { TestMessage = message }.Run(party, TestContext.Current.CancellationToken)) checks.Add(check);
        foreach (var check in checks.Where(c => c.State == DoctorCheck.Failed && c.Code != "message")) check.Advice.ShouldNotBeNull(Line(check));
        return checks;
    }

    private static async Task<string> FirstFailure(ExchangeNode node, string party)
    {
        var failed = (await Examine(node, party)).First(c => c.State == DoctorCheck.Failed);
        var line = Line(failed);
        return failed.Code == "listed" ? line[..line.IndexOf(" certificate", StringComparison.Ordinal)] + " certificate" : line;
    }

    private static string Line(DoctorCheck check) => $"{check.Code}: {Shipped.Texts.Say(Language.English, check.Text)}";
}
