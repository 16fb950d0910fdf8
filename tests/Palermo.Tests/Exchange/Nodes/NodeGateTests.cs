using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Palermo.Data.Audit;
using Palermo.Exchange.Nodes;
using Palermo.Exchange.Nodes.Registry;
using Palermo.Kernel;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Exchange.Nodes;

/// <summary>Two real nodes over TLS: who is answered where, and what whoever is not is told.</summary>
public sealed class NodeGateTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ANodeIsKnownByItsCertificateAndRefusedInASentence()
    {
        await using var ita = await ExchangeNode.Start("ita", "ITA");
        await using var bra = await ExchangeNode.Start("bra");
        await using var stranger = await ExchangeNode.Start("stranger", "FRA");
        await ExchangeNode.Introduce(ita, bra);
        stranger.Trust.Registry.Pin("", Fingerprint.Of(ita.Trust.Own[0]));
        stranger.Trust.Registry.Take(File.ReadAllBytes(ita.Trust.Registry.CopyPath));

        (await Hello(bra, "palermo:ita")).GetProperty("caller").GetProperty("party").GetString().ShouldBe("palermo:bra");
        var refused = (await Hello(stranger, "palermo:ita")).GetProperty("caller");
        refused.GetProperty("refusal").GetString().ShouldBe("unknown");

        // The gate lets the known one through to the routing, which knows no such address.
        using var known = bra.Trust.ClientFor(bra.Trust.Find("palermo:ita")!);
        (await known.GetAsync(new Uri("exchange/nothing", UriKind.Relative), Cancel)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var unknown = stranger.Trust.ClientFor(stranger.Trust.Find("palermo:ita")!);
        (await Refusal(unknown)).ShouldStartWith("palermo:ita: The registry lists no node with the certificate");
        LastAudit(ita, "exchange.refused").After.ShouldBe("unknown " + Fingerprint.Of(stranger.Trust.Own[0]));

        // Revoked: refused from the next request on, even over a connection that is open.
        PublishRegistry.Revoke(ita.Trust, Fingerprint.Of(bra.Trust.Own[0]), "");
        (await Refusal(known)).ShouldContain("of palermo:bra is revoked in the registry");

        // This side does not even call where it would not accept the other.
        bra.Clock.Advance(TimeSpan.FromDays(400));
        Should.Throw<RefusedException>(() => bra.Trust.ClientFor(bra.Trust.Find("palermo:ita")!)).Text.Key.ShouldBe("nodes.certificate.expired");
    }

    [Fact]
    public async Task NodesAndPeopleAreAnsweredApart()
    {
        await using var ita = await ExchangeNode.Start("ita", "ITA");
        await ExchangeNode.Introduce(ita);
        using var handler = new SocketsHttpHandler { UseProxy = false };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, _, _) => shown is not null;
        using var anybody = new HttpClient(handler) { BaseAddress = ita.Trust.Find("palermo:ita")!.Address };
        (await Status(anybody, "")).ShouldBe(HttpStatusCode.NotFound);
        (await Status(anybody, "sign-in")).ShouldBe(HttpStatusCode.NotFound);
        (await Status(anybody, "palermo.css")).ShouldBe(HttpStatusCode.NotFound);
        (await Status(anybody, "as4")).ShouldBe(HttpStatusCode.Forbidden);
        (await Status(anybody, "evidence/x")).ShouldBe(HttpStatusCode.Forbidden);
        (await Status(anybody, "exchange/registry")).ShouldBe(HttpStatusCode.OK);
        LastAudit(ita, "exchange.refused").After.ShouldBe("none");

        using var people = new HttpClient { BaseAddress = ita.ForPeople };
        (await Status(people, "")).ShouldBe(HttpStatusCode.OK);
        (await Status(people, "exchange/hello")).ShouldBe(HttpStatusCode.NotFound);
        (await Status(people, "as4")).ShouldBe(HttpStatusCode.NotFound);
        using var first = await people.GetAsync(new Uri("exchange/registry", UriKind.Relative), Cancel);
        using var again = new HttpRequestMessage(HttpMethod.Get, "exchange/registry");
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        (await people.SendAsync(again, Cancel)).StatusCode.ShouldBe(HttpStatusCode.NotModified);
    }

    [Fact]
    public async Task AClientSpeaksOnlyToTheCertificateTheRegistryLists()
    {
        await using var ita = await ExchangeNode.Start("ita", "ITA");
        await using var bra = await ExchangeNode.Start("bra");
        await ExchangeNode.Introduce(ita, bra);
        // Another node answers at the address: the registry's certificate is not its own.
        using var client = bra.Trust.ClientFor(bra.Trust.Find("palermo:bra")! with { Address = bra.Trust.Find("palermo:ita")!.Address });
        await Should.ThrowAsync<HttpRequestException>(() => client.GetAsync(new Uri("exchange/hello", UriKind.Relative), Cancel));
    }

    [Fact]
    public async Task TheLastGoodCopyStaysInUseWhenTheRegistryIsNotReachedOrNotItself()
    {
        await using var ita = await ExchangeNode.Start("ita", "ITA");
        await using var bra = await ExchangeNode.Start("bra");
        await ExchangeNode.Introduce(ita, bra);
        // What the node does by itself must not come between.
        await bra.Stop();
        (await FollowRegistry.Run(bra.Module, Cancel)).ShouldBeFalse();
        bra.Trust.Registry.Current.Problem.ShouldBeNull();

        File.WriteAllText(ita.Trust.Registry.CopyPath, "{}");
        (await FollowRegistry.Run(bra.Module, Cancel)).ShouldBeFalse();
        bra.Trust.Registry.Current.Problem!.Key.ShouldBe("nodes.registry.status");
        await ita.Stop();
        (await FollowRegistry.Run(bra.Module, Cancel)).ShouldBeFalse();
        bra.Trust.Registry.Current.Problem!.Key.ShouldBe("nodes.registry.not-reached");
        bra.Trust.Nodes.Count.ShouldBe(2);
        LastAudit(bra, "registry.not-taken").After.ShouldBe("nodes.registry.not-reached");
    }

    private static async Task<JsonElement> Hello(ExchangeNode from, string party)
    {
        using var client = from.Trust.ClientFor(from.Trust.Find(party)!);
        return JsonDocument.Parse(await client.GetStringAsync(new Uri("exchange/hello", UriKind.Relative), Cancel)).RootElement;
    }

    private static async Task<string> Refusal(HttpClient client)
    {
        var refused = await Should.ThrowAsync<HttpRequestException>(() => client.GetAsync(new Uri("exchange/nothing", UriKind.Relative), Cancel));
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        return refused.Message;
    }

    private static async Task<HttpStatusCode> Status(HttpClient client, string address)
    {
        using var answer = await client.GetAsync(new Uri(address, UriKind.Relative), Cancel);
        return answer.StatusCode;
    }

    private static AuditEntry LastAudit(ExchangeNode node, string act)
    {
        using var context = node.Record.Database.Connect();
        return context.Set<AuditEntry>().AsNoTracking().Where(a => a.Act == act).OrderBy(a => a.Number).Last();
    }
}
