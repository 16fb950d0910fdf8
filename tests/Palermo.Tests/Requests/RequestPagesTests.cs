using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Palermo.Data.Audit;
using Palermo.Data.Cases;
using Palermo.Kernel.Access;
using Palermo.Requests.Cases;
using Palermo.Tests.Support;
using Palermo.Tests.Web;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Requests;

/// <summary>All pages about cases and people with a filled request: they open for whom they are, and a confidential request shows nowhere else.</summary>
public sealed partial class RequestPagesTests(NodeFixture fixture) : IClassFixture<NodeFixture>
{
    private static readonly string[] Areas = ["requests", "cases", "calendar", "authorities", "account", "admin", "audit", "mail"];
    private readonly TestNode _node = fixture.Node;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EveryPageOpensForWhomItIsInEveryWritingAndNoneFails()
    {
        var officer = _node.SignIn(Role.Officer, "Open office");
        var filled = new FilledNode(_node, officer);
        string[] opening = [.. filled.Own, .. filled.Lists, .. filled.Others.Where(a => !a.Contains("/uses/", StringComparison.Ordinal) && !a.Contains("guess", StringComparison.Ordinal) && !a.Contains("/files/", StringComparison.Ordinal) && !a.Contains("/evidence/", StringComparison.Ordinal))];
        foreach (var address in opening)
        {
            foreach (var language in new[] { "en", "ar" })
            {
                using var page = await _node.Get(address, ("Cookie", $"{officer.Cookie}; language={language}"));
                page.StatusCode.ShouldBe(HttpStatusCode.OK, $"{address} {language}");
                if (page.Content.Headers.ContentType!.MediaType == "text/html" && !address.Contains("/letter/", StringComparison.Ordinal)) (await Text(page)).ShouldContain($"lang=\"{language}\"", customMessage: address);
            }
        }

        foreach (var role in new[] { Role.Administrator, Role.Auditor })
        {
            var person = _node.SignIn(role, "Open office");
            foreach (var address in FilledNode.Offices.Append(role == Role.Administrator ? "/admin/people/" + officer.Id : "/audit"))
            {
                using var page = await _node.Get(address, person.Header);
                page.StatusCode.ShouldBeOneOf(address == "/admin" ? [HttpStatusCode.Found, HttpStatusCode.Forbidden] : role == Role.Administrator || address == "/audit" ? [HttpStatusCode.OK] : [HttpStatusCode.Forbidden]);
            }
        }

        foreach (var role in Roles.All)
        {
            var person = _node.SignIn(role, "Open office");
            foreach (var address in opening.Concat(filled.Others).Concat(FilledNode.Offices))
            {
                using var page = await _node.Get(address, person.Header);
                page.StatusCode.ShouldBeOneOf([HttpStatusCode.OK, HttpStatusCode.Found, HttpStatusCode.Forbidden, HttpStatusCode.NotFound], $"{address} as {role}");
            }
        }
    }

    [Fact]
    public void NoPageIsForgotten()
    {
        var officer = _node.SignIn(Role.Officer, "Complete office");
        var filled = new FilledNode(_node, officer);
        string[] known = [.. filled.Own.Concat(filled.Lists).Concat(filled.Others).Concat(FilledNode.Offices).Select(a => a.Split('?')[0]), "/requests/" + filled.Id + "/translate", "/admin/people/x", "/audit/export", "/api/v1/audit"];
        var templates = _node.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .Where(r => r.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") != false).Select(r => "/" + r.RoutePattern.RawText!.TrimStart('/'))
            .Where(t => Areas.Contains(t.Split('/')[1], StringComparer.Ordinal)).Distinct();
        templates.Where(t => !known.Any(k => Regex.IsMatch(k, "^" + Parameter().Replace(t, "[^/]+") + "$", RegexOptions.None, TimeSpan.FromSeconds(1)))).ShouldBeEmpty();
    }

    [Theory, EveryDatabase]
    public async Task AConfidentialRequestIsNowhereForWhoIsNotOnItsList(Provider provider)
    {
        await using var node = await TestNode.Start(provider);
        var officer = node.SignIn(Role.Officer);
        var filled = new FilledNode(node, officer, confidential: true);
        var feed = node.SignIn(Role.Officer, name: "Feeds");
        var curious = Roles.All.Select(r => node.SignIn(r, name: "Curious " + r)).ToArray();

        // Lists first: what somebody guessed stands in the audit trail afterwards, right or wrong.
        foreach (var person in curious)
        {
            var token = TestPeople.Token(node.Record.Database, node.Clock, person);
            foreach (var address in filled.Lists.Concat(FilledNode.Offices).Concat(["/", "/api/v1/audit", "/audit/export", "/admin/people/" + officer.Id]))
            {
                using var list = await node.Get(address, address.StartsWith("/api/", StringComparison.Ordinal) ? token : person.Header);
                list.StatusCode.ShouldNotBe(HttpStatusCode.InternalServerError, address);
                var text = (await Text(list)).Replace($"value=\"{FilledNode.Mark}\"", "", StringComparison.Ordinal).Replace("text=" + FilledNode.Mark, "", StringComparison.Ordinal).Replace("q=" + FilledNode.Mark, "", StringComparison.Ordinal);
                foreach (var secret in new[] { FilledNode.Mark + " ", filled.Id.ToString(), filled.Case.ToString() }) text.ShouldNotContain(secret, customMessage: $"{address} as {person.Name}");
            }
        }

        foreach (var person in curious)
        {
            foreach (var (address, other) in filled.Own.Zip(filled.OwnOf(Guid.NewGuid(), Guid.NewGuid())))
            {
                using var hidden = await node.Get(address, person.Header);
                using var missing = await node.Get(other, person.Header);
                hidden.StatusCode.ShouldBeOneOf([HttpStatusCode.NotFound, HttpStatusCode.Forbidden], $"{address} as {person.Name}");
                hidden.StatusCode.ShouldBe(missing.StatusCode, $"{address} as {person.Name}");
                (await Text(hidden)).Length.ShouldBe((await Text(missing)).Length, $"{address} as {person.Name}");
            }
        }

        // Who is on the list sees it, and the look is kept.
        ListOfCase.Add(filled.Module, officer.Viewer, filled.Case, feed.Id);
        using var seen = await node.Get($"/requests/{filled.Id}", feed.Header);
        seen.StatusCode.ShouldBe(HttpStatusCode.OK);
        filled.Read(c => c.Set<AuditEntry>().Count(a => a.Act == "case.viewed" && a.Person == feed.Id.ToString())).ShouldBe(1);
        using var board = await node.Get("/requests?for=all", feed.Header);
        (await Text(board)).ShouldContain(FilledNode.Mark);
        filled.Read(c => c.Set<Request>().Count()).ShouldBe(1);
    }

    [Fact]
    public async Task EveryLookAtAConfidentialCaseIsKept()
    {
        var officer = _node.SignIn(Role.Officer, "Watched office");
        var filled = new FilledNode(_node, officer, confidential: true);
        var (of, who) = (filled.Case.ToString(), officer.Id.ToString());
        foreach (var address in filled.Own.Where(a => !a.Contains("/letter/", StringComparison.Ordinal)))
            await Adds(address, () => filled.Read(c => c.Set<AuditEntry>().Count(a => a.Act == "case.viewed" && a.Subject == of)));
        foreach (var address in new[] { "/", "/requests?for=all", $"/requests/search?q={FilledNode.Mark}", "/cases", "/calendar?of=all", "/requests/register", "/api/v1/requests" })
            await Adds(address, () => filled.Read(c => c.Set<AuditEntry>().Count(a => a.Act == "cases.listed" && a.Subject == who && a.After.Contains(of))));

        async Task Adds(string address, Func<int> entries)
        {
            var before = entries();
            using var page = await _node.Get(address, officer.Header);
            page.StatusCode.ShouldBe(HttpStatusCode.OK, address);
            entries().ShouldBe(before + 1, address);
        }
    }

    [Theory]
    [InlineData("/api/v1/requests?format=csv", "requests.exported")]
    [InlineData("/api/v1/requests/figures", "figures.exported")]
    [InlineData("/api/v1/authorities/export", "authorities.exported")]
    public async Task AnExportIsAudited(string address, string act)
    {
        var officer = _node.SignIn(Role.Officer, "Exporting office");
        using (var file = await _node.Get(address, officer.Header)) file.StatusCode.ShouldBe(HttpStatusCode.OK);
        using (var strangers = await _node.Get(address)) strangers.StatusCode.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.Unauthorized);
        using var context = _node.Record.Database.Connect();
        context.Set<AuditEntry>().Where(a => a.Act == act && (a.Person == officer.Id.ToString() || a.Person == "")).ToArray().ShouldHaveSingleItem().Person.ShouldNotBeEmpty();
    }

    private static Task<string> Text(HttpResponseMessage response) => response.Content.ReadAsStringAsync(Cancel);

    [GeneratedRegex(@"\{[^}]*\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Parameter();
}
