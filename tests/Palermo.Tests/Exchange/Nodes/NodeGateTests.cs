using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Palermo.Data.Audit;
using Palermo.Exchange.Nodes;
using Palermo.Exchange.Nodes.Registry;
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
        using var answer = await unknown.GetAsync(new Uri("exchange/nothing", UriKind.Relative), Cancel);
        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancel)).RootElement;
        problem.GetProperty("title").GetString()!.ShouldContain("lists no node with the certificate");
        problem.GetProperty("code").GetString().ShouldBe("nodes.certificate.unknown");
        LastAudit(ita).After.ShouldBe("unknown " + Fingerprint.Of(stranger.Trust.Own[0]));

        // Revoked: refused from the next request on, even over a connection that is open.
        PublishRegistry.Revoke(ita.Trust, Fingerprint.Of(bra.Trust.Own[0]), "");
        using var late = await known.GetAsync(new Uri("exchange/nothing", UriKind.Relative), Cancel);
        late.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await late.Content.ReadAsStringAsync(Cancel)).ShouldContain("nodes.certificate.revoked");
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
        LastAudit(ita).After.ShouldBe("none");

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
        var listed = bra.Trust.Find("palermo:ita")!;
        // Another node answers at the address: the registry's certificate is not its own.
        using var client = bra.Trust.ClientFor(listed with { Party = "palermo:bra" });
        await Should.ThrowAsync<HttpRequestException>(() => client.GetAsync(new Uri("exchange/hello", UriKind.Relative), Cancel));
    }

    [Fact]
    public async Task TheLastGoodCopyStaysInUseWhenTheRegistryIsNotReachedOrNotItself()
    {
        await using var ita = await ExchangeNode.Start("ita", "ITA");
        await using var bra = await ExchangeNode.Start("bra");
        await ExchangeNode.Introduce(ita, bra);
        (await FollowRegistry.Run(bra.Module, Cancel)).ShouldBeFalse();
        bra.Trust.Registry.Current.Problem.ShouldBeNull();

        File.WriteAllText(ita.Trust.Registry.CopyPath, "{}");
        (await FollowRegistry.Run(bra.Module, Cancel)).ShouldBeFalse();
        bra.Trust.Registry.Current.Problem!.Key.ShouldBe("nodes.registry.status");
        await ita.Stop();
        (await FollowRegistry.Run(bra.Module, Cancel)).ShouldBeFalse();
        bra.Trust.Registry.Current.Problem!.Key.ShouldBe("nodes.registry.not-reached");
        bra.Trust.Nodes.Count.ShouldBe(2);
        LastAudit(bra).Act.ShouldBe("registry.not-taken");
    }

    private static async Task<JsonElement> Hello(ExchangeNode from, string party)
    {
        using var client = from.Trust.ClientFor(from.Trust.Find(party)!);
        return JsonDocument.Parse(await client.GetStringAsync(new Uri("exchange/hello", UriKind.Relative), Cancel)).RootElement;
    }

    private static async Task<HttpStatusCode> Status(HttpClient client, string address)
    {
        using var answer = await client.GetAsync(new Uri(address, UriKind.Relative), Cancel);
        return answer.StatusCode;
    }

    private static AuditEntry LastAudit(ExchangeNode node)
    {
        using var context = node.Record.Database.Connect();
        return context.Set<AuditEntry>().AsNoTracking().OrderBy(a => a.Number).Last();
    }
}
