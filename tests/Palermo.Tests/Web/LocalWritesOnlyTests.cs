using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Palermo.Kernel;
using Palermo.Web;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Web;

public sealed class LocalWritesOnlyTests
{
    [Theory]
    [InlineData("127.0.0.1", "localhost:5080")]
    [InlineData("127.0.0.1", "127.0.0.1")]
    [InlineData("::1", "[::1]:5080")]
    [InlineData("::ffff:127.0.0.1", "LOCALHOST")]
    public void The_machine_itself_may_write(string address, string host) => Should.NotThrow(() => LocalWritesOnly.Check(From(address, host)));

    [Theory]
    [InlineData("192.0.2.7", "localhost")]
    [InlineData("127.0.0.1", "palermo.example")]
    [InlineData("127.0.0.1", "localhost.example")]
    [InlineData("127.0.0.1", "")]
    [InlineData(null, "localhost")]
    public void Nobody_else_may(string? address, string host) => Refused(From(address, host));

    [Theory]
    [InlineData("X-Forwarded-For", "127.0.0.1")]
    [InlineData("X-Forwarded-Proto", "https")]
    [InlineData("X-Original-For", "127.0.0.1:1234")]
    [InlineData("Forwarded", "for=127.0.0.1")]
    [InlineData("X-Real-IP", "127.0.0.1")]
    [InlineData("Via", "1.1 proxy")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Origin", "http://localhost:81")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public void A_trace_of_a_proxy_or_of_another_site_is_enough_to_refuse(string header, string value)
    {
        var http = From("127.0.0.1", "localhost");
        http.Request.Headers[header] = value;
        Refused(http);
    }

    [Fact]
    public void A_form_of_this_server_may_write()
    {
        var http = From("127.0.0.1", "localhost:5080");
        http.Request.Headers.Origin = "http://localhost:5080";
        http.Request.Headers["Sec-Fetch-Site"] = "same-origin";
        Should.NotThrow(() => LocalWritesOnly.Check(http));
    }

    [Fact]
    public void Not_even_the_machine_itself_may_write_unless_it_was_switched_on() => Refused(From("127.0.0.1", "localhost", switchedOn: false));

    [Theory]
    [InlineData(false, HttpStatusCode.Forbidden)]
    [InlineData(true, HttpStatusCode.OK)]
    public async Task A_node_takes_a_treaty_only_where_writing_is_switched_on(bool localWrites, HttpStatusCode status)
    {
        await using var node = await TestNode.Start(localWrites: localWrites);
        using var treaty = new StringContent("""{"id":"bra-ita-test","title":"Test","a":"BRA","b":"ITA","kinds":["mla"]}""", System.Text.Encoding.UTF8, "application/json");
        using var answer = await node.Send(HttpMethod.Post, "/api/v1/bilateral", treaty);
        answer.StatusCode.ShouldBe(status);
        using var list = await node.Get("/treaties/bilateral?on=2014-06-01");
        var html = await list.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        html.Contains("/treaties/bilateral/new", StringComparison.Ordinal).ShouldBe(localWrites);
        using var form = await node.Get("/treaties/bilateral/new");
        (await form.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Contains("--local-writes", StringComparison.Ordinal).ShouldBe(!localWrites);
    }

    private static void Refused(HttpContext http) =>
        Should.Throw<RefusedException>(() => LocalWritesOnly.Check(http)).Forbidden.ShouldBeTrue();

    private static DefaultHttpContext From(string? address, string host, bool switchedOn = true)
    {
        var http = new DefaultHttpContext();
        http.RequestServices = new ServiceCollection().AddSingleton(new Site { PageAssemblies = [], Modules = [], Version = "", AssetVersion = "", LocalWrites = switchedOn }).BuildServiceProvider();
        http.Connection.RemoteIpAddress = address is null ? null : IPAddress.Parse(address);
        http.Request.Scheme = "http";
        http.Request.Host = new HostString(host);
        return http;
    }
}
