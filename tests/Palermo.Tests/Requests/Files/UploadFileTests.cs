using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Palermo.Data.Audit;
using Palermo.Data.Cases;
using Palermo.Kernel.Access;
using Palermo.Requests;
using Palermo.Requests.Cases;
using Palermo.Tests.Support;
using Palermo.Tests.Web;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Requests.Files;

/// <summary>Files over HTTP: the form, its token, what a browser is told when it takes a file.</summary>
public sealed partial class UploadFileTests(NodeFixture fixture) : IClassFixture<NodeFixture>
{
    private readonly TestNode _node = fixture.Node;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AFormWithAFileIsStoredListedAndGivenOutNeverShown()
    {
        var (officer, request) = Begin();
        var content = "<script>alert(1)</script>"u8.ToArray();
        using (var stored = await Upload(officer, request, content, "evil\u202E\".html"))
        {
            stored.StatusCode.ShouldBe(HttpStatusCode.Found, await Text(stored));
            stored.Headers.Location!.ToString().ShouldBe($"/requests/{request}/files?stored=1");
        }

        using var page = await _node.Get($"/requests/{request}/files?stored=1", officer.Header);
        var html = await Text(page);
        html.ShouldContain("HTML page");
        html.ShouldContain("Bank statement");
        html.ShouldContain("evil&quot;.html");
        var address = FileAddress().Match(html).Value;
        using var file = await _node.Get(address, officer.Header);
        (await file.Content.ReadAsByteArrayAsync(Cancel)).ShouldBe(content);
        file.Content.Headers.ContentType!.ToString().ShouldBe("application/octet-stream");
        file.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        file.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        file.Headers.GetValues("Content-Security-Policy").Single().ShouldStartWith("sandbox;");
        file.Headers.CacheControl!.NoStore.ShouldBeTrue();

        using var others = await _node.Get(address, _node.SignIn(Role.Officer, "Elsewhere").Header);
        others.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var theirs = await _node.Get($"/requests/{request}/files", _node.SignIn(Role.Officer, "Elsewhere").Header);
        theirs.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("forged")]
    [InlineData(null)]
    public async Task AForgedFormIsRefusedBeforeItsFileIsRead(string? token)
    {
        var (officer, request) = Begin();
        using var refused = await Upload(officer, request, [1, 2, 3], "x.bin", token: token ?? "", withToken: token is not null);
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var context = _node.Record.Database.Connect();
        context.Set<Attachment>().Any(a => a.Request == request).ShouldBeFalse();
        context.Set<AuditEntry>().Any(a => a.Person == officer.Id.ToString() && a.Act == "access.refused").ShouldBeTrue();
    }

    [Fact]
    public async Task AScriptIsToldInOneLineWhatIsWrong()
    {
        var (officer, request) = Begin();
        using var stored = await Upload(officer, request, [1], "x.bin", accept: "text/plain");
        (await Text(stored)).ShouldBe($"/requests/{request}/files?stored=1");
        using var refused = await Upload(officer, request, [1], "x.bin", purpose: "nonsense", accept: "text/plain");
        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await Text(refused)).ShouldStartWith("Say what the file is for");
    }

    [Fact]
    public async Task AProgramStoresWithItsToken()
    {
        var (officer, request) = Begin();
        var token = TestPeople.Token(_node.Record.Database, _node.Clock, officer, "requests:write");
        using var form = Form(null, "evidence", [9], "x.bin");
        using var stored = await _node.Send(HttpMethod.Post, $"/requests/{request}/files/upload", form, token, ("Accept", "text/plain"));
        stored.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task WhatIsNoFormOrTooLargeIsRefusedWithASentence()
    {
        var (officer, request) = Begin();
        using var json = new StringContent("{}", System.Text.Encoding.UTF8, "application/json");
        using var noForm = await _node.Send(HttpMethod.Post, $"/requests/{request}/files/upload", json, officer.Header, ("Accept", "text/plain"));
        (await Text(noForm)).ShouldContain("multipart/form-data");
        using var noFile = await Upload(officer, request, [], "", accept: "text/plain");
        (await Text(noFile)).ShouldBe("Choose a file to store.");
        using var socket = new System.Net.Sockets.TcpClient();
        await socket.ConnectAsync(_node.Client.BaseAddress!.Host, _node.Client.BaseAddress.Port, Cancel);
        var stream = socket.GetStream();
        await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(
            $"POST /requests/{request}/files/upload HTTP/1.1\r\nHost: localhost\r\nCookie: {officer.Cookie}\r\nAccept: text/plain\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 1200000000\r\nConnection: close\r\n\r\n"), Cancel);
        using var reader = new StreamReader(stream);
        (await reader.ReadLineAsync(Cancel))!.ShouldContain("400");
        (await reader.ReadToEndAsync(Cancel)).ShouldContain("larger than 1,024 MB");
    }

    [Fact]
    public async Task AFileIsRemovedByTheFormOnThePage()
    {
        var (officer, request) = Begin();
        (await Upload(officer, request, [7], "x.bin")).Dispose();
        Guid id;
        using (var context = _node.Record.Database.Connect()) id = context.Set<Attachment>().Single(a => a.Request == request).Id;
        using var removed = await _node.Post($"/requests/{request}/files", "remove-file", officer.Cookie, ("remove", id.ToString()));
        removed.StatusCode.ShouldBe(HttpStatusCode.Found, await Text(removed));
        using var page = await _node.Get($"/requests/{request}/files", officer.Header);
        var html = await Text(page);
        html.ShouldContain("Removed files");
        html.ShouldNotContain($"/files/{id}\"");
        using var file = await _node.Get($"/requests/{request}/files/{id}", officer.Header);
        file.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private (TestPerson Officer, Guid Request) Begin()
    {
        var officer = _node.SignIn(Role.Officer);
        var query = Shipped.Query("BRA", "ITA", "mla", "organized-group", "2026-06-01");
        return (officer, OpenRequest.Outgoing(_node.Services.GetRequiredService<RequestsModule>(), officer.Viewer, new NewRequest("mla", "Bank records", null, null, false), query));
    }

    private async Task<HttpResponseMessage> Upload(TestPerson who, Guid request, byte[] content, string name, string? token = null, bool withToken = true, string purpose = "evidence", string accept = "text/html")
    {
        using var page = await _node.Get($"/requests/{request}/files", who.Header);
        var html = await Text(page);
        page.StatusCode.ShouldBe(HttpStatusCode.OK, html);
        var cookies = page.Headers.TryGetValues("Set-Cookie", out var set) ? set.Select(c => c.Split(';')[0]) : [];
        token ??= Token().Match(html[html.IndexOf("data-upload", StringComparison.Ordinal)..]).Groups["value"].Value;
        using var form = Form(withToken ? token : null, purpose, content, name);
        return await _node.Send(HttpMethod.Post, $"/requests/{request}/files/upload", form, ("Cookie", string.Join("; ", cookies.Prepend(who.Cookie))), ("Accept", accept));
    }

    private static MultipartFormDataContent Form(string? token, string purpose, byte[] content, string name)
    {
        var form = new MultipartFormDataContent();
        if (token is not null) form.Add(new StringContent(token), "token");
        form.Add(new StringContent(purpose), "purpose");
        form.Add(new StringContent("Bank statement"), "title");
        var file = new ByteArrayContent(content);
        file.Headers.ContentDisposition = new ContentDispositionHeaderValue("form-data") { Name = "file" };
        if (name.Length > 0) file.Headers.ContentDisposition.FileNameStar = name;
        form.Add(file);
        return form;
    }

    private static Task<string> Text(HttpResponseMessage response) => response.Content.ReadAsStringAsync(Cancel);

    [GeneratedRegex("/requests/[0-9a-f-]+/files/[0-9a-f-]{36}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FileAddress();

    [GeneratedRegex("name=\"token\" value=\"(?<value>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Token();
}
