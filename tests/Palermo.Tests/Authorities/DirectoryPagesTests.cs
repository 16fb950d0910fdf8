using System.Net;
using Palermo.Authorities;
using Palermo.Authorities.Entries;
using Palermo.Authorities.Reports;
using Palermo.Data.Audit;
using Palermo.Data.Authorities;
using Palermo.Kernel;
using Palermo.Kernel.Access;
using Palermo.Tests.Support;
using Palermo.Tests.Web;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Authorities;

public sealed class DirectoryPagesTests(NodeFixture fixture) : IClassFixture<NodeFixture>
{
    private readonly TestNode _node = fixture.Node;

    private AuthoritiesModule Module => new(_node.Module);

    [Fact]
    public async Task StrangersNeverSeeTheRestrictedPart()
    {
        var id = EnterAuthority.New(Module, Entry.Officer, Entry.Input());
        EnterAuthority.Edit(Module, Entry.Officer, id, 1, Entry.Secretive(), "SECRET remark");
        EnterAuthority.Edit(Module, Entry.Officer, id, 2, Entry.Secretive() with { Restricted = Entry.Secretive().Restricted! with { Notes = "SECRET again" } });
        var officer = _node.SignIn(Role.Reader);
        foreach (var (address, seen) in new (string, bool)[]
        {
            ("/authorities", false), ("/authorities?state=LVA&kind=mla", false), ($"/authorities/{id}", true), ($"/authorities/{id}/hours.ics", false),
            ("/api/v1/authorities?state=LVA&kind=mla", true), ("/api/v1/authorities?state=LVA&kind=mla&format=csv", true),
            ("/api/v1/authorities/export?format=csv", true), ("/api/v1/authorities/export?format=json", true),
        })
        {
            // Whoever signed in asks first, so that an answer kept by the node would be noticed.
            var all = await Text(address, officer.Header);
            var open = await Text(address);
            Entry.Leaks(all).ShouldBe(seen, address);
            Entry.Leaks(open).ShouldBeFalse(address);
            if (!address.EndsWith(".ics", StringComparison.Ordinal)) open.ShouldContain("Invented Office");
            open.ShouldNotContain("A. Officer");
        }

        Entry.Leaks(await Text("/api/v1/authorities?state=LVA&kind=mla", TestPeople.Token(_node.Record.Database, _node.Clock, officer, "requests:read"))).ShouldBeFalse();
    }

    [Theory]
    [InlineData("en")]
    [InlineData("ar")]
    [InlineData("ru")]
    public async Task EveryPageIsServed(string language)
    {
        var id = EnterAuthority.New(Module, Entry.Officer, Entry.Secretive());
        var officer = _node.SignIn(Role.Officer);
        foreach (var address in new[]
        {
            "/authorities", "/authorities?state=LVA", "/authorities?state=LVA&kind=mla&stage=trial&language=lv", "/authorities?state=BRA&kind=extradition", "/authorities?kind=boarding", "/authorities/notified-untoc-IND-1",
            "/authorities/notified-untoc-MCO-1", $"/authorities/{id}", $"/authorities/{id}?done=confirmed", "/authorities/new", "/authorities/new?like=notified-untoc-IND-1", $"/authorities/{id}/edit", "/authorities/reports", "/authorities/import",
        })
        {
            using var response = await _node.Get(address, officer.Header, ("Accept-Language", language));
            response.StatusCode.ShouldBe(HttpStatusCode.OK, address);
            var html = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            html.Split("<h1").Length.ShouldBe(2, address);
        }
    }

    [Fact]
    public async Task TheAnswerNamesTheAuthorityAndTheArticle()
    {
        var html = WebUtility.HtmlDecode(await Text("/authorities?state=IND&kind=mla"));
        html.ShouldContain("In India the request goes to: Secretary, Ministry of Home Affairs.");
        html.ShouldContain("UNTOC art. 18(13)");
        html.ShouldContain("ask before you send");
        (await Text("/basis?from=BRA&to=IND&kind=mla&offence=money-laundering&on=2014-06-01")).ShouldContain("/authorities?state=IND&amp;kind=mla");
    }

    [Theory]
    [InlineData("/authorities/nobody", HttpStatusCode.NotFound)]
    [InlineData("/authorities/00000000-0000-0000-0000-000000000001", HttpStatusCode.NotFound)]
    [InlineData("/authorities/notified-untoc-IND-1/hours.ics", HttpStatusCode.NotFound)]
    [InlineData("/authorities?state=Atlantis", HttpStatusCode.BadRequest)]
    [InlineData("/authorities?stage=later&kind=%3Cb%3E&language=x&page=-1", HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/authorities", HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/authorities?state=LVA", HttpStatusCode.BadRequest)]
    public async Task WhatCannotBeAnsweredIsSaid(string address, HttpStatusCode status)
    {
        using var response = await _node.Get(address);
        response.StatusCode.ShouldBe(status);
    }

    [Fact]
    public async Task AnybodyCanReportAWrongEntryWithOneClickButNotAHundred()
    {
        await using var node = await TestNode.Start();
        const string Address = "/authorities/notified-untoc-IND-1";
        for (var i = 0; i < ReportWrong.PerAddress; i++)
        {
            using var taken = await node.Post(Address, "report", null, ("report", i == 0 ? "" : "wrong " + i));
            taken.StatusCode.ShouldBe(HttpStatusCode.Found);
        }

        using var again = await node.Post(Address, "report", null, ("report", ""));
        again.StatusCode.ShouldBe(HttpStatusCode.Found, "a second click says nothing new");
        using var tooMany = await node.Post(Address, "report", null, ("report", "one more"));
        tooMany.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        using var forged = new FormUrlEncodedContent([new("_handler", "report"), new("report", "forged")]);
        using var refused = await node.Send(HttpMethod.Post, Address, forged);
        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);

        var officer = node.SignIn(Role.Officer);
        using var own = await node.Post(Address, "report", officer.Cookie, ("report", "mine"));
        own.StatusCode.ShouldBe(HttpStatusCode.Found);
        using var context = node.Record.Database.Connect();
        var reports = context.Set<AuthorityReport>().ToArray();
        reports.Length.ShouldBe(ReportWrong.PerAddress + 1);
        using var settled = await node.Post("/authorities/reports", $"settle-{reports[0].Id}", officer.Cookie, ("outcome", "corrected"), ("answer", "done"));
        settled.StatusCode.ShouldBe(HttpStatusCode.Found);
        context.ChangeTracker.Clear();
        context.Set<AuthorityReport>().Single(r => r.Id == reports[0].Id).Outcome.ShouldBe("corrected");
        context.Set<AuditEntry>().Count(a => a.Act == "authority.reported-wrong").ShouldBe(reports.Length);
    }

    [Fact]
    public async Task AnEntryIsWrittenChangedConfirmedAndEndedWithForms()
    {
        var officer = _node.SignIn(Role.Officer);
        (string, string)[] fields = [("state", "Estonia"), ("names", "en: Invented Ministry\net: Välja mõeldud"), ("kinds", "mla"), ("kinds", "extradition"), ("channels", "direct"), ("source", "Letter"), ("languages", "et;en"), ("confirm", "yes")];
        using var entered = await _node.Post("/authorities/new", "authority", officer.Cookie, fields);
        entered.StatusCode.ShouldBe(HttpStatusCode.Found);
        var id = Guid.Parse(entered.Headers.Location!.ToString().Split('/')[^1].Split('?')[0]);
        var entry = ReadDirectory.Find(Module, id.ToString(), restricted: true)!;
        (entry.Content.State, entry.LastConfirmedOn, entry.Row!.OwnerPerson).ShouldBe(("EST", _node.Module.Today, officer.Id));
        entry.Content.Kinds.ShouldBe(["mla", "extradition"]);

        using var wrong = await _node.Post($"/authorities/{id}/edit", "authority", officer.Cookie, ("state", "Nowhere"), ("names", "en: Typed name"), ("kinds", "mla"), ("source", "Letter"), ("hours", "always"));
        wrong.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var html = WebUtility.HtmlDecode(await wrong.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        html.ShouldContain("en: Typed name");
        html.ShouldContain("state-error");
        html.ShouldContain("hours-error");

        EnterAuthority.Edit(Module, Entry.Officer, id, 1, Entry.Input("EST", "Somebody else's name"));
        using var late = await _node.Post($"/authorities/{id}/edit", "authority", officer.Cookie, [("version", "1"), .. fields]);
        late.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        html = WebUtility.HtmlDecode(await late.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        html.ShouldContain("Somebody else's name");
        html.ShouldContain("Välja mõeldud");

        using var confirmed = await _node.Post($"/authorities/{id}", "confirm", officer.Cookie);
        confirmed.StatusCode.ShouldBe(HttpStatusCode.Found);
        using var ended = await _node.Post($"/authorities/{id}", "end", officer.Cookie, ("remark", "merged"));
        ended.StatusCode.ShouldBe(HttpStatusCode.Found);
        ReadDirectory.Entries(Module, Shipped.State("EST"), restricted: false).ShouldBeEmpty();
        (await Text($"/authorities/{id}", officer.Header)).ShouldContain("merged");
    }

    [Fact]
    public async Task AProgramImportsWithATokenOnly()
    {
        var officer = _node.SignIn(Role.Officer);
        async Task<HttpStatusCode> Import(params (string, string)[] headers)
        {
            using var body = new StringContent("""[{"state":"FRA","names":"fr: Bureau inventé","kinds":"mla","source":"Test"}]""", System.Text.Encoding.UTF8, "application/json");
            using var response = await _node.Send(HttpMethod.Post, "/api/v1/authorities/import", body, headers);
            return response.StatusCode;
        }

        (await Import()).ShouldBe(HttpStatusCode.Unauthorized);
        (await Import(officer.Header)).ShouldBe(HttpStatusCode.Unauthorized);
        (await Import(TestPeople.Token(_node.Record.Database, _node.Clock, officer, "authorities:read"))).ShouldBe(HttpStatusCode.Forbidden);
        (await Import(TestPeople.Token(_node.Record.Database, _node.Clock, officer, "authorities:write"))).ShouldBe(HttpStatusCode.OK);
        Module.Find(Shipped.State("FRA"), "mla", null, null, restricted: false).ShouldHaveSingleItem().Content.Name.ShouldBe("Bureau inventé");
    }

    private async Task<string> Text(string address, params (string, string)[] headers)
    {
        using var response = await _node.Get(address, headers);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, address);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
