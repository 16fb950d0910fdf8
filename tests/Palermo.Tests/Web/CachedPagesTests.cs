using System.Net;
using Microsoft.Data.Sqlite;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Web;

/// <summary>What is kept of an answer, for whom, and what happens when the record cannot be read.</summary>
public sealed class CachedPagesTests(NodeFixture fixture) : IClassFixture<NodeFixture>
{
    private readonly TestNode _node = fixture.Node;

    [Theory]
    [InlineData("text/*", "text/csv")]
    [InlineData("text/csv;q=0.1", "text/csv")]
    [InlineData("text/csv;q=0", "application/json")]
    [InlineData("TEXT/CSV", "text/csv")]
    public async Task TheFormOfAnAnswerIsTheOneNegotiatedForThisReader(string accept, string expected)
    {
        var address = "/API/v1/treaties?on=2014-01-01&of=" + Uri.EscapeDataString(accept);
        using var one = await _node.Get(address, ("Accept", accept));
        one.Content.Headers.ContentType!.MediaType.ShouldBe(expected);
        using var other = await _node.Get(address, ("Accept", "application/json"));
        other.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
    }

    [Theory]
    [InlineData("2014-01-02", "br", "br", "sbr", null)]
    [InlineData("2014-01-03", "gzip", "gzip", "xgzip", null)]
    [InlineData("2014-01-04", "br;q=0.5, gzip", "gzip", "br", "br")]
    public async Task TheCompressionIsTheOneThisReaderTakes(string on, string first, string? expected, string second, string? expectedThen)
    {
        var address = "/treaties/untoc?on=" + on;
        using var one = await _node.Get(address, ("Accept-Encoding", first));
        one.StatusCode.ShouldBe(HttpStatusCode.OK);
        one.Content.Headers.ContentEncoding.SingleOrDefault().ShouldBe(expected);
        using var other = await _node.Get(address, ("Accept-Encoding", second));
        other.Content.Headers.ContentEncoding.SingleOrDefault().ShouldBe(expectedThen);
    }

    [Fact]
    public async Task APageIsTheReadersOwnAndIsStillKept()
    {
        const string address = "/treaties?on=2013-03-03";
        using var first = await _node.Get(address);
        using var second = await _node.Get(address);
        foreach (var page in new[] { first, second })
        {
            page.Headers.CacheControl!.ToString().ShouldBe("no-cache, private");
            page.Headers.Vary.ShouldBe(["Accept-Language", "Cookie", "Accept-Encoding"]);
        }

        second.Headers.Age.ShouldNotBeNull();
    }

    [Fact]
    public async Task ADatabaseThatIsGoneIsSaid()
    {
        await using var node = await TestNode.Start();
        using (var before = await node.Get("/health/ready")) before.StatusCode.ShouldBe(HttpStatusCode.OK);
        await Break(node);
        using var live = await node.Get("/health/live");
        live.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var ready = await node.Get("/health/ready");
        ready.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        using var page = await node.Get("/treaties?on=2014-01-01");
        page.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        (await Text(page)).ShouldContain("<h1");
        page.Headers.CacheControl!.NoStore.ShouldBeTrue();
        using var nothing = await node.Get("/no-such-page");
        nothing.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var api = await node.Get("/api/v1/treaties");
        api.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
    }

    /// <summary>Puts something that is no database in its place, as a lost volume does.</summary>
    private static async Task Break(TestNode node)
    {
        await using (var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = node.Record.Connection, DefaultTimeout = 20 }.ConnectionString))
            SqliteConnection.ClearPool(connection);
        foreach (var end in new[] { "-wal", "-shm" }) File.Delete(node.Record.Connection + end);
        await File.WriteAllTextAsync(node.Record.Connection, new string('x', 5000), TestContext.Current.CancellationToken);
        node.Clock.Advance(TimeSpan.FromSeconds(2));
    }

    private static Task<string> Text(HttpResponseMessage response) => response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
}
