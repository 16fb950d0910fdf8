using System.Net;
using System.Text.Json;
using Palermo.Data;
using Palermo.Data.Access;
using Palermo.Data.Cases;
using Palermo.Kernel.Access;
using Palermo.Requests.Search;
using Palermo.Tests.Support;
using Palermo.Tests.Web;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Requests.Board;

/// <summary>The board, search and figures as pages and API, with two offices that do not see each other.</summary>
public sealed class BoardPageTests(NodeFixture fixture) : IClassFixture<NodeFixture>
{
    private static readonly string[] Addresses =
        ["/requests?for=all", "/requests?for=us&sort=since", "/requests?for=all&text=harbour", "/requests/search?q=harbour", "/requests/figures", "/api/v1/requests", "/api/v1/requests?format=csv", "/api/v1/requests/figures"];

    private readonly TestNode _node = fixture.Node;

    [Fact]
    public async Task OneOfficeSeesItsRequestAndTheOtherNothingOfIt()
    {
        var (ours, theirs) = (_node.SignIn(Role.Officer, "Harbour office"), _node.SignIn(Role.Officer, "Border office"));
        Begin(ours, "Harbour =1+1", due: new DateOnly(2026, 5, 1));
        foreach (var address in Addresses)
        {
            using var seen = await _node.Get(address, ours.Header);
            seen.StatusCode.ShouldBe(HttpStatusCode.OK, address);
            if (!address.Contains("figures", StringComparison.Ordinal)) (await seen.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("Harbour =1+1", customMessage: address);
            using var other = await _node.Get(address, theirs.Header);
            other.StatusCode.ShouldBe(HttpStatusCode.OK, address);
            (await other.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldNotContain("Harbour =1", customMessage: address);
            using var stranger = await _node.Get(address);
            stranger.StatusCode.ShouldBeOneOf(HttpStatusCode.Redirect, HttpStatusCode.Found, HttpStatusCode.SeeOther, HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden);
        }
    }

    [Fact]
    public async Task WhatIsOverdueStandsFirstAndSaysSo()
    {
        var officer = _node.SignIn(Role.Officer, "Overdue office");
        Begin(officer, "Without a day", due: null);
        Begin(officer, "Later", due: new DateOnly(2026, 9, 1));
        Begin(officer, "Long ago", due: new DateOnly(2026, 1, 1));
        using var answer = await _node.Get("/requests?for=us", officer.Header);
        var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        page.IndexOf("Long ago", StringComparison.Ordinal).ShouldBeLessThan(page.IndexOf("Later", StringComparison.Ordinal));
        page.IndexOf("Later", StringComparison.Ordinal).ShouldBeLessThan(page.IndexOf("Without a day", StringComparison.Ordinal));
        page.Split("p-is-late").Length.ShouldBe(2);
        using var overdue = await _node.Get("/api/v1/requests?overdue=yes", officer.Header);
        using var json = JsonDocument.Parse(await overdue.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        json.RootElement.GetProperty("requests").EnumerateArray().Select(r => r.GetProperty("title").GetString()).ShouldBe(["Long ago"]);
    }

    [Fact]
    public async Task ACellThatASpreadsheetWouldRunIsEscaped()
    {
        var officer = _node.SignIn(Role.Officer, "Sheet office");
        Begin(officer, "=HYPERLINK(1)", due: null);
        using var answer = await _node.Get("/api/v1/requests?format=csv", officer.Header);
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldNotContain(",=HYPERLINK");
    }

    [Theory]
    [InlineData("/requests?sort=x")]
    [InlineData("/requests?after=x")]
    [InlineData("/requests?after=2026-01-01~x")]
    [InlineData("/requests?sort=changed&after=2026-01-01~00000000-0000-0000-0000-000000000001")]
    [InlineData("/requests?state=nowhere")]
    [InlineData("/requests?kind=%27")]
    [InlineData("/requests/figures?year=99999")]
    [InlineData("/api/v1/requests?stage=x")]
    public async Task WhatCannotBeUnderstoodIsRefusedInASentence(string address)
    {
        using var answer = await _node.Get(address, _node.SignIn(Role.Reader, "Bad office").Header);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task AnEmptyBoardSaysHowToBegin()
    {
        using var officer = await _node.Get("/requests", _node.SignIn(Role.Officer, "New office").Header);
        (await officer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("/requests/new");
        using var reader = await _node.Get("/requests", _node.SignIn(Role.Reader, "New office").Header);
        (await reader.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldNotContain("/requests/new");
    }

    [Fact]
    public async Task FiguresAreNotPublishedUnlessTheNodeIsToldTo()
    {
        foreach (var address in new[] { "/figures", "/api/v1/figures" })
        {
            using var answer = await _node.Get(address);
            answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }
    }

    private void Begin(TestPerson person, string title, DateOnly? due) => Change.Make(_node.Record.Database, person.Viewer.Actor, _node.Clock, change =>
    {
        var of = change.Context.Set<Organization>().Single(o => o.Id == person.Organization.Id);
        var file = new CaseFile { Id = Guid.NewGuid(), Organization = of.Id, OrganizationPath = of.Path, Number = Guid.NewGuid().ToString(), Title = title, CreatedBy = person.Id, CreatedAt = change.Now };
        var request = new Request
        {
            Id = Guid.NewGuid(), Case = file.Id, OrganizationPath = of.Path, Outgoing = true, Kind = "mla", Requesting = "BRA", Requested = "ITA", Title = title, Stage = "draft", StageSince = change.Now, WaitingFor = "us",
            Owner = person.Id, DueOn = due, CreatedBy = person.Id, CreatedAt = change.Now, ChangedAt = change.Now,
        };
        change.Context.AddRange(file, request);
        SearchIndex.Put(change, request, ofCase: false);
    });
}
