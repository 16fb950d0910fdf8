using System.Net;
using Palermo.Data;
using Palermo.Data.Cases;
using Palermo.Data.Exchange;
using Palermo.Kernel;
using Palermo.Kernel.Access;
using Palermo.Tests.Support;
using Palermo.Tests.Web;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Requests.Life;

/// <summary>What belongs to a request besides what it says, through its pages.</summary>
public sealed class PanelTests(NodeFixture fixture) : IClassFixture<NodeFixture>
{
    private readonly TestNode _node = fixture.Node;

    [Fact]
    public async Task DeadlinesMessagesCostsAndLimitsAreEnteredByFormAndShownWithTheRequest()
    {
        var officer = _node.SignIn(Role.Officer);
        var request = Request(officer);
        await Post(request, officer, "deadlines/new", "deadline", ("kind", "safe-conduct"), ("dueOn", "2026-06-01"), ("days", ""), ("text", ""), ("ours", "us"));
        await Post(request, officer, "messages/new", "message", ("kind", "consultation"), ("by", "them"), ("text", "May we talk?"));
        await Post(request, officer, "messages/new?kind=note", "message", ("text", "Only for us"));
        await Post(request, officer, "costs/new", "cost", ("stage", "incurred"), ("nature", "extraordinary"), ("text", "Expert"), ("amount", "1200"), ("currency", "EUR"), ("borneBy", "requested"));
        await Post(request, officer, "limits/new", "limit", ("attachment", ""), ("text", "Not for tax purposes"));
        var page = await Text($"/requests/{request.Id}", officer);
        foreach (var shown in new[] { "Safe conduct ends", "16 June 2026", "May we talk?", "Only for us", "200.00 EUR", "Extraordinary costs of", "Not for tax purposes" }) page.ShouldContain(shown);
        (await Text("/calendar", officer)).ShouldContain("Safe conduct ends");
        (await Text($"/cases/{request.Case}", officer)).ShouldContain("Use evidence of another request");
        var number = Read(c => c.Set<Deadline>().Single(d => d.Request == request.Id).Id);
        await Post(request, officer, $"deadlines/{number}", "done");
        (await Text("/calendar", officer)).ShouldNotContain("Safe conduct ends");
    }

    [Fact]
    public async Task WhatIsWrongIsSaidBesideItsFieldAndWhatWasTypedStays()
    {
        var officer = _node.SignIn(Role.Officer);
        using var response = await _node.Post($"/requests/{Request(officer).Id}/costs/new", "cost", officer.Cookie, ("stage", "incurred"), ("nature", "ordinary"), ("text", "Copies"), ("amount", "many"), ("currency", "EUR"), ("borneBy", "requested"));
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var page = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        page.ShouldContain("f-amount-error");
        page.ShouldContain("value=\"Copies\"");
    }

    [Fact]
    public async Task TheFeedsAddressIsShownOnceAndReadableWithoutSigningIn()
    {
        var officer = _node.SignIn(Role.Officer);
        using var made = await _node.Post("/calendar", "make", officer.Cookie);
        made.StatusCode.ShouldBe(HttpStatusCode.OK);
        var page = await made.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var start = page.IndexOf("/calendar/", page.IndexOf("shown only now", StringComparison.Ordinal), StringComparison.Ordinal);
        var address = page[start..(page.IndexOf(".ics", start, StringComparison.Ordinal) + 4)];
        using var feed = await _node.Get(address);
        feed.StatusCode.ShouldBe(HttpStatusCode.OK);
        feed.Content.Headers.ContentType!.ToString().ShouldBe("text/calendar; charset=utf-8");
        Calendar.StrictIcalendar.Read(await feed.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        (await Text("/calendar", officer)).ShouldNotContain(".ics");
        using var unknown = await _node.Get("/calendar/guess.ics");
        unknown.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task PagesOfARequestNobodyMayKnowOfAreNotThere()
    {
        var (officer, reader, stranger) = (_node.SignIn(Role.Officer), _node.SignIn(Role.Reader), _node.SignIn(Role.Officer, "Another office"));
        var request = Request(officer);
        foreach (var page in new[] { "deadlines/new", "owner", "messages/new", "costs/new", "limits/new", "uses/1", "deadlines/1" })
        {
            using var there = await _node.Get($"/requests/{request.Id}/{page}", stranger.Header);
            there.StatusCode.ShouldBe(HttpStatusCode.NotFound, page);
            using var read = await _node.Get($"/requests/{request.Id}/{page}", reader.Header);
            read.StatusCode.ShouldBe(HttpStatusCode.Forbidden, page);
        }

        using var mail = await _node.Get("/mail", _node.SignIn(Role.Administrator).Header);
        mail.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task AMessageThatWasGivenUpIsExplainedInTheReadersLanguageAndSentAgainWithAButton()
    {
        var officer = _node.SignIn(Role.Officer);
        var request = Request(officer);
        var given = Guid.NewGuid();
        Change.Make(_node.Record.Database, officer.Viewer.Actor, _node.Clock, change =>
        {
            change.Context.Set<Request>().First(r => r.Id == request.Id).Node = "palermo:ita";
            OutgoingMessage Message(Guid id, int sequence, string act, string state, string problem) => new()
            {
                Id = id, Request = request.Id, Case = request.Case, To = "palermo:ita", Sequence = sequence, Act = act, Payload = "{}", Files = "", At = change.Now.AddMinutes(sequence), GiveUpAt = change.Now, State = state, Problem = problem,
            };
            change.Context.Add(Message(given, 1, "request", "failed", KeptMessage.Of(new Message("exchange.they-say", ("error", "EBMS:0004 No.")))));
            change.Context.Add(Message(Guid.NewGuid(), 2, "withdrawal", "received", ""));
        });
        var page = await Text($"/requests/{request.Id}", officer);
        foreach (var shown in new[] { "waits at the other side until it is sent again", "The other node refused it: “EBMS:0004 No.”", "Send again" }) page.ShouldContain(shown);
        using (var french = await _node.Get($"/requests/{request.Id}", ("Cookie", $"{officer.Cookie}; language=fr")))
            WebUtility.HtmlDecode(await french.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("L’autre nœud l’a refusé : « EBMS:0004 No. »");
        (await Text($"/requests/{request.Id}", _node.SignIn(Role.Reader))).ShouldNotContain("Send again");

        using (var again = await _node.Post($"/requests/{request.Id}", "send-again", officer.Cookie, ("message", given.ToString()))) ((int)again.StatusCode).ShouldBe(302);
        Read(c => c.Set<OutgoingMessage>().Single(m => m.Id == given)).State.ShouldBe("waiting");
        page = await Text($"/requests/{request.Id}?again=1", officer);
        page.ShouldContain("The message is sent again.");
        page.ShouldNotContain("until it is sent again");
        using var twice = await _node.Post($"/requests/{request.Id}", "send-again", officer.Cookie, ("message", given.ToString()));
        twice.StatusCode.ShouldBe(HttpStatusCode.Conflict);
    }

    private Request Request(TestPerson officer) => LifeRecord.Request(_node.Record.Database, _node.Clock, officer, Guid.NewGuid().ToString("N")[..8]);

    private async Task Post(Request request, TestPerson person, string page, string form, params (string Name, string Value)[] fields)
    {
        using var response = await _node.Post($"/requests/{request.Id}/{page}", form, person.Cookie, fields);
        ((int)response.StatusCode).ShouldBeInRange(300, 399, page);
    }

    private async Task<string> Text(string address, TestPerson person)
    {
        using var response = await _node.Get(address, person.Header);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, address);
        return WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private T Read<T>(Func<PalermoContext, T> read)
    {
        using var context = _node.Record.Database.Connect();
        return read(context);
    }
}
