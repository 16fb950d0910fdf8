using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Palermo.Data.Audit;
using Palermo.Data.Cases;
using Palermo.Kernel.Access;
using Palermo.Requests.Drafting;
using Palermo.Tests.Support;
using Palermo.Tests.Web;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Requests;

/// <summary>What nobody should send: it is refused in a sentence or stored without harm.</summary>
public sealed class HostileInputTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, EveryDatabase]
    public async Task NothingThatIsSentBreaksAPageOrTheFile(Provider provider)
    {
        await using var node = await TestNode.Start(provider);
        var officer = node.SignIn(Role.Officer);
        var filled = new FilledNode(node, officer);
        var (viewer, facts) = (officer.Viewer, $"/requests/{filled.Id}/steps/facts");

        // Ten megabytes in a field: nothing is saved, and it is not taken for a forgery.
        using (var large = await node.Post(facts, "step", officer.Cookie, ("fields/facts.summary", new string('x', 10 << 20)), ("then", "list")))
        {
            large.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
            (await Text(large)).ShouldContain("More was sent than one form can take");
        }

        using (var large = await node.Post(facts, "step", officer.Cookie, ("fields/facts.summary", new string('x', 300_000)), ("then", "list")))
        {
            large.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
            (await Text(large)).ShouldContain("f-fields-facts-summary-error", Case.Insensitive);
        }

        Drafts.Document(filled.Module, viewer, filled.Id).Field("facts.summary").ShouldBe(FilledNode.Mark + " facts");
        filled.Read(c => c.Set<AuditEntry>().Count(a => a.Act == "form.forged")).ShouldBe(0);

        // A null byte is no text; whether it is refused or taken out, it is not kept.
        using (var nothing = await node.Post(facts, "step", officer.Cookie, ("fields/facts.summary", "x\u0000y"), ("then", "list"))) nothing.StatusCode.ShouldBeOneOf(HttpStatusCode.BadRequest, HttpStatusCode.Found);
        Drafts.Document(filled.Module, viewer, filled.Id).Field("facts.summary")!.ShouldNotContain('\0');

        // Marks of direction, control characters, half a letter, markup, in every field of a step and of a person.
        const string Odd = "a\u202Eb\u0007c\uD800<script>alert(1)</script>=1+1";
        await Posts(node, officer, facts, "step", ("fields/facts.summary", Odd), ("then", "list"));
        await Posts(node, officer, $"/requests/{filled.Id}/steps/proceedings", "step", ("fields/proceedings.authority", Odd), ("then", "list"));
        await Posts(node, officer, $"/requests/{filled.Id}/entries/persons/p1", "entry", ("persons/p1/names/0/family", Odd), ("persons/p1/born", "1979-04"), ("persons/p1/nationalities", "Narnia, Brazil"), ("then", "save"));
        await Posts(node, officer, $"/requests/{filled.Id}/messages/new?kind=note", "message", ("text", Odd));
        var document = Drafts.Document(filled.Module, viewer, filled.Id);
        document.Persons.Single(p => p.Id == "p1").Names[0].Family.ShouldStartWith("abc");
        document.Persons.Single(p => p.Id == "p1").Nationalities.ShouldBe(["Narnia", "BRA"]);

        // Dates that are none stay what was typed, and are named.
        await Posts(node, officer, $"/requests/{filled.Id}/steps/handling", "step", ("fields/handling.deadline", "2026-13-45"), ("then", "list"));
        await Posts(node, officer, $"/requests/{filled.Id}/entries/persons/p1", "entry", ("persons/p1/born", "31.04.1979"), ("then", "save"));
        var findings = CheckRequest.Findings(filled.Module, Drafts.Document(filled.Module, viewer, filled.Id)).Where(CheckRequest.Blocks).Select(f => f.Field).ToList();
        findings.ShouldContain("handling.deadline");
        findings.ShouldContain("persons/p1/born");

        // Versions that never were.
        foreach (var version in new[] { "999", "-1", "x", "99999999999999999999", "" })
        {
            using var response = await node.Post(facts, "step", officer.Cookie, ("basedOn", version), ("fields/facts.summary", "Guess " + version), ("then", "list"));
            response.StatusCode.ShouldBeOneOf([HttpStatusCode.Conflict, HttpStatusCode.Found, HttpStatusCode.BadRequest], version);
        }

        using (var moved = await node.Post($"/requests/{filled.Id}/move/withdraw", "move", officer.Cookie, ("text", Odd), ("on", "yesterday"))) moved.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        await Posts(node, officer, $"/requests/{filled.Id}/move/withdraw", "move", ("text", Odd), ("on", "2026-06-01"));

        foreach (var address in new[]
        {
            "/requests/x", "/requests/" + new string('9', 2000), $"/requests/{filled.Id}/steps/none", $"/requests/{filled.Id}/entries/translations/new", $"/requests/{filled.Id}/entries/persons/p99",
            $"/requests/{filled.Id}/entries/none/new", $"/requests/{filled.Id}/move/dance", $"/requests/{filled.Id}/deadlines/99", $"/requests/{filled.Id}/deadlines/99999999999999999999", $"/requests/{filled.Id}/translate?field=x",
            $"/cases/{filled.Id}", $"/requests/{filled.Case}", "/authorities/x", "/admin/people/x", $"/calendar/{new string('a', 64)}.ics",
        })
        {
            using var page = await node.Get(address, officer.Header);
            page.StatusCode.ShouldBeOneOf([HttpStatusCode.NotFound, HttpStatusCode.Forbidden], address);
        }

        foreach (var address in new[]
        {
            $"/requests/{filled.Id}/steps/%00", "/requests?text=%00", "/requests/search?q=%00%27%22%28%29%3A*%26%7C!", "/requests/search?q=" + new string('a', 3000), "/requests/search?q=x&after=x", "/requests?state=%00", $"/requests/{filled.Id}/letter/exe", $"/requests/{filled.Id}/letter/html?language=xx",
            "/authorities?state=%00&kind=x", "/requests/new?from=BRA&to=BRA&kind=mla", "/requests/new?from=BRA&to=%00", "/audit?person=%00", "/api/v1/requests?after=%00",
        })
        {
            using var page = await node.Get(address, officer.Header);
            page.StatusCode.ShouldBeOneOf([HttpStatusCode.OK, HttpStatusCode.BadRequest, HttpStatusCode.NotFound, HttpStatusCode.Forbidden], address);
        }

        foreach (var address in filled.Own)
        {
            using var page = await node.Get(address, officer.Header);
            page.StatusCode.ShouldBe(HttpStatusCode.OK, address);
            (await Text(page)).ShouldNotContain("<script>alert", customMessage: address);
        }
    }

    [Fact]
    public async Task ForgedFormsAreRefusedAndAuditedWhereverTheyAreSent()
    {
        await using var node = await TestNode.Start();
        var officer = node.SignIn(Role.Officer);
        var filled = new FilledNode(node, officer);
        var forged = 0;
        foreach (var (address, handler) in new[]
        {
            ($"/requests/{filled.Id}/steps/facts", "step"), ($"/requests/{filled.Id}/entries/persons/new", "entry"), ($"/requests/{filled.Id}/move/withdraw", "move"), ($"/requests/{filled.Id}/copy", "copy"), ($"/cases/{filled.Case}", "members"),
            ($"/requests/{filled.Id}/basis", ""), ($"/requests/{filled.Id}/authority", ""), ($"/requests/{filled.Id}/steps/facts/check", ""), ("/requests/new?from=BRA&to=ITA&kind=mla", "new-request"), ("/requests/register", "register"),
        })
        {
            foreach (var token in new[] { "forged", "" })
            {
                using var form = new FormUrlEncodedContent([new("_handler", handler), new("token", token), new("fields/facts.summary", "Forged"), new("text", "Forged"), new("rely", "uncac"), new("to", "FRA")]);
                using var response = await node.Send(HttpMethod.Post, address, form, officer.Header);
                response.StatusCode.ShouldBe(HttpStatusCode.BadRequest, address);
                (await Text(response)).ShouldContain("no longer valid", customMessage: address);
                filled.Read(c => c.Set<AuditEntry>().Count(a => a.Act == "form.forged" && a.Person == officer.Id.ToString())).ShouldBe(++forged, address);
            }
        }

        Drafts.Document(filled.Module, officer.Viewer, filled.Id).Field("facts.summary").ShouldBe(FilledNode.Mark + " facts");
        filled.Read(c => c.Set<Request>().Single()).Stage.ShouldBe("draft");
    }

    [Fact]
    public async Task ATokenWithoutTheScopeReadsNoRequestAndTheTryIsKept()
    {
        await using var node = await TestNode.Start();
        var officer = node.SignIn(Role.Officer);
        var filled = new FilledNode(node, officer);
        var token = TestPeople.Token(node.Record.Database, node.Clock, officer, "treaties:read", "requests:write");
        foreach (var address in new[] { "/api/v1/requests", "/api/v1/requests/figures", $"/requests/{filled.Id}/letter/json", $"/requests/{filled.Id}" })
        {
            using var response = await node.Get(address, token);
            response.StatusCode.ShouldBe(HttpStatusCode.Forbidden, address);
            (await Text(response)).ShouldNotContain(FilledNode.Mark, customMessage: address);
        }

        filled.Read(c => c.Set<AuditEntry>().Count(a => a.Act == "access.refused" && a.Person == officer.Id.ToString())).ShouldBe(4);
        using var reads = await node.Get("/api/v1/requests", TestPeople.Token(node.Record.Database, node.Clock, officer, "requests:read"));
        reads.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Text(reads)).ShouldContain(FilledNode.Mark);
    }

    [Fact]
    public async Task AWordFileThatSaysItIsAPdfIsStoredAndCalledWhatItIs()
    {
        await using var node = await TestNode.Start();
        var officer = node.SignIn(Role.Officer);
        var filled = new FilledNode(node, officer);
        using var word = await node.Get($"/requests/{filled.Id}/letter/docx", officer.Header);
        var content = await word.Content.ReadAsByteArrayAsync(Cancel);
        using var page = await node.Get($"/requests/{filled.Id}/files", officer.Header);
        var token = HtmlForm.ReadAction(await Text(page), $"/requests/{filled.Id}/files/upload").First(f => f.Name == "token").Value;
        var cookies = string.Join("; ", page.Headers.GetValues("Set-Cookie").Select(c => c.Split(';')[0]).Prepend(officer.Cookie));
        using var body = new MultipartFormDataContent { { new StringContent(token), "token" }, { new StringContent("annex"), "purpose" }, { new StringContent("Harmless"), "title" } };
        using var file = new ByteArrayContent(content);
        file.Headers.ContentType = MediaTypeHeaderValue.Parse("application/pdf");
        body.Add(file, "file", "statement.pdf");
        using var stored = await node.Send(HttpMethod.Post, $"/requests/{filled.Id}/files/upload", body, ("Cookie", cookies));
        stored.StatusCode.ShouldBe(HttpStatusCode.Found, await Text(stored));
        filled.Read(c => c.Set<Attachment>().Single().Type).ShouldBe("application/vnd.openxmlformats-officedocument.wordprocessingml.document");
        using var list = await node.Get($"/requests/{filled.Id}/files", officer.Header);
        (await Text(list)).ShouldContain("Word");
    }

    private static async Task Posts(TestNode node, TestPerson person, string address, string form, params (string Name, string Value)[] fields)
    {
        using var response = await node.Post(address, form, person.Cookie, fields);
        response.StatusCode.ShouldBe(HttpStatusCode.Found, $"{address}: {(response.StatusCode == HttpStatusCode.Found ? "" : WebUtility.HtmlDecode(await Text(response)))}");
    }

    private static Task<string> Text(HttpResponseMessage response) => response.Content.ReadAsStringAsync(Cancel);
}
