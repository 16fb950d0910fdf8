using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Palermo.Data.Audit;
using Palermo.Kernel.Access;
using Palermo.Tests.Support;
using Palermo.Tests.Web;
using Palermo.Web;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Access;

/// <summary>Who may open what.</summary>
public sealed partial class GateTests(NodeFixture fixture) : IClassFixture<NodeFixture>
{
    private readonly TestNode _node = fixture.Node;

    [Fact]
    public void EveryRouteSaysWhoMayOpenIt() =>
        Routes().Where(r => r.Metadata.GetMetadata<PublicAttribute>() is null && r.Metadata.GetMetadata<ForRolesAttribute>() is null)
            .Select(r => r.RoutePattern.RawText).ShouldBe(["/_framework/opaque-redirect"], "is closed to everybody, on purpose");

    [Fact]
    public async Task EveryRouteIsOpenToWhomItNamesAndToNobodyElse()
    {
        var people = Roles.All.Select(r => _node.SignIn(r, "Walkers")).ToArray();
        foreach (var route in Routes().Where(r => r.RoutePattern.RawText != "/sign-out"))
        {
            foreach (var method in route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"])
            {
                await Check(route, method, null);
                foreach (var person in people) await Check(route, method, person);
            }
        }
    }

    [Fact]
    public async Task ARefusedRoleIsAudited()
    {
        var reader = _node.SignIn(Role.Reader);
        using var response = await _node.Get("/treaties/bilateral/new", reader.Header);
        response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var context = _node.Record.Database.Connect();
        var entry = context.Set<AuditEntry>().Where(a => a.Person == reader.Id.ToString() && a.Act != "sign-in").ToArray().ShouldHaveSingleItem();
        entry.Act.ShouldBe("access.refused");
        entry.Part.ShouldBe("GET /treaties/bilateral/new");
    }

    [Theory]
    [InlineData("/treaties/bilateral/new")]
    [InlineData("/requests/0199c0de-0000-7000-8000-000000000000/basis")]
    [InlineData("/requests/0199c0de-0000-7000-8000-000000000000/authority")]
    [InlineData("/requests/0199c0de-0000-7000-8000-000000000000/steps/facts/check")]
    public async Task AForgedFormIsRefusedAndAudited(string address)
    {
        var officer = _node.SignIn(Role.Officer);
        using var form = new FormUrlEncodedContent([new("_handler", "treaty"), new("token", "forged"), new("id", "x")]);
        using var response = await _node.Send(HttpMethod.Post, address, form, officer.Header);
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await SignInTests.Text(response)).ShouldContain("no longer valid");
        using var context = _node.Record.Database.Connect();
        context.Set<AuditEntry>().Where(a => a.Person == officer.Id.ToString() && a.Act != "sign-in").ToArray().ShouldHaveSingleItem().Act.ShouldBe("form.forged");
    }

    [Fact]
    public async Task AFormOfTooManyFieldsIsSaidToBeTooLongAndNotTakenForAForgedOne()
    {
        var officer = _node.SignIn(Role.Officer);
        using (var many = await _node.Post("/treaties/bilateral/new", "treaty", officer.Cookie, [.. Enumerable.Range(0, 2000).Select(i => ($"x{i}", "1"))])) (await SignInTests.Text(many)).ShouldNotContain("More was sent");
        using var tooMany = await _node.Post("/treaties/bilateral/new", "treaty", officer.Cookie, [.. Enumerable.Range(0, 9000).Select(i => ($"x{i}", "1"))]);
        tooMany.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await SignInTests.Text(tooMany)).ShouldContain("More was sent than one form can take");
        using var context = _node.Record.Database.Connect();
        context.Set<AuditEntry>().Any(a => a.Person == officer.Id.ToString() && a.Act == "form.forged").ShouldBeFalse();
    }

    [Fact]
    public async Task ABrowsersSessionDoesNotCountForWritingThroughTheApi()
    {
        var officer = _node.SignIn(Role.Officer);
        using var treaty = new StringContent("{}", System.Text.Encoding.UTF8, "application/json");
        using var response = await _node.Send(HttpMethod.Post, "/api/v1/bilateral", treaty, officer.Header);
        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        response.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer");
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
    }

    [Theory]
    [InlineData("treaties:write", HttpStatusCode.OK)]
    [InlineData("treaties:read", HttpStatusCode.Forbidden)]
    [InlineData("requests:write", HttpStatusCode.Forbidden)]
    public async Task ATokenDoesWhatItsScopesSay(string scope, HttpStatusCode status)
    {
        var token = TestPeople.Token(_node.Record.Database, _node.Clock, _node.SignIn(Role.Officer), scope);
        using var treaty = new StringContent("""{"id":"bra-ita-test","title":"Test","a":"BRA","b":"ITA","kinds":["mla"]}""", System.Text.Encoding.UTF8, "application/json");
        using var response = await _node.Send(HttpMethod.Post, "/api/v1/bilateral", treaty, token);
        response.StatusCode.ShouldBe(status);
    }

    [Fact]
    public async Task AWrongTokenIsSaidEvenWhereNoneIsNeeded()
    {
        using var response = await _node.Get("/api/v1/treaties", ("Authorization", "Bearer palermo_x_y"));
        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        using var page = await _node.Get("/treaties", ("Authorization", "Basic Zm9vOmJhcg=="));
        page.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        using var context = _node.Record.Database.Connect();
        context.Set<AuditEntry>().Count(a => a.Act == "token.refused").ShouldBe(2);
    }

    [Fact]
    public async Task WhatAPersonSawIsNeverShownToAStranger()
    {
        var officer = _node.SignIn(Role.Officer, name: "Berta Unmistakable");
        using (var own = await _node.Get("/about?leak=1", officer.Header))
        {
            var html = await SignInTests.Text(own);
            html.ShouldContain("Berta Unmistakable");
            // By this the browser keeps what is typed apart from what others type in the same tab.
            html.ShouldContain($"<body data-person=\"{officer.Id}\">");
        }

        using (var strangers = await _node.Get("/about?leak=1")) (await SignInTests.Text(strangers)).ShouldNotContain("Berta Unmistakable");
        using (var again = await _node.Get("/about?leak=1", officer.Header)) (await SignInTests.Text(again)).ShouldContain("Berta Unmistakable");
        using var old = await _node.Get("/about?leak=2", ("Cookie", "palermo-session=" + new string('A', 43)));
        old.Headers.Age.ShouldBeNull();
    }

    private async Task Check(RouteEndpoint route, string method, TestPerson? person)
    {
        var address = Parameters().Replace("/" + route.RoutePattern.RawText!.TrimStart('/'), p => p.Value.EndsWith(":long}", StringComparison.Ordinal) || p.Value.EndsWith(":int}", StringComparison.Ordinal) ? "1" : Guid.NewGuid().ToString());
        var api = address.StartsWith("/api/", StringComparison.Ordinal);
        var who = person is null ? [] : new[] { api ? TestPeople.Token(_node.Record.Database, _node.Clock, person) : person.Header };
        using HttpContent? content = method is "GET" or "HEAD" ? null : api ? new StringContent("{", System.Text.Encoding.UTF8, "application/json") : new FormUrlEncodedContent([]);
        using var response = await _node.Send(new HttpMethod(method), address, content, who);
        var only = route.Metadata.GetMetadata<ForRolesAttribute>();
        var where = $"{method} {address} as {person?.Viewer.Standings[0].Role.ToString() ?? "stranger"}";
        var toSignIn = response.StatusCode == HttpStatusCode.Found && response.Headers.Location!.ToString().StartsWith("/sign-in", StringComparison.Ordinal);
        if (only is null) response.StatusCode.ShouldNotBe(HttpStatusCode.Forbidden, where);
        else if (person is null && !api && method is "GET" or "HEAD") toSignIn.ShouldBeTrue(where);
        else if (person is null) response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized, where);
        else if (only.Roles.Count > 0 && !person.Viewer.Is(only.Roles)) response.StatusCode.ShouldBe(HttpStatusCode.Forbidden, where);
        else if (!api || only.Area.Length > 0) new[] { HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden }.ShouldNotContain(response.StatusCode, where);
        if (only is null || person is not null) toSignIn.ShouldBeFalse(where);
    }

    private RouteEndpoint[] Routes() => [.. _node.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()];

    [GeneratedRegex(@"\{[^}]*\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Parameters();
}
