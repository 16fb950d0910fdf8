using System.Net;
using Microsoft.AspNetCore.Http;
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

    private static void Refused(HttpContext http) =>
        Should.Throw<RefusedException>(() => LocalWritesOnly.Check(http)).Forbidden.ShouldBeTrue();

    private static DefaultHttpContext From(string? address, string host)
    {
        var http = new DefaultHttpContext();
        http.Connection.RemoteIpAddress = address is null ? null : IPAddress.Parse(address);
        http.Request.Scheme = "http";
        http.Request.Host = new HostString(host);
        return http;
    }
}
