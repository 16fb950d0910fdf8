using System.Net;
using System.Text.RegularExpressions;
using Palermo.Kernel;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Web;

public sealed partial class PageTests(NodeFixture fixture) : IClassFixture<NodeFixture>
{
    private const string Answer = "/basis?from=BRA&to=ITA&kind=mla&offence=money-laundering&on=2014-06-01";

    private readonly TestNode _node = fixture.Node;

    [Theory]
    [InlineData("/")]
    [InlineData("/basis")]
    [InlineData(Answer)]
    public async Task APageIsServedWithAStrictPolicy(string address)
    {
        using var response = await _node.Get(address);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        var policy = response.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldContain("default-src 'none'");
        policy.ShouldNotContain("unsafe");
        policy.ShouldNotContain("*");
        response.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        response.Headers.Contains("Server").ShouldBeFalse();

        var html = await Text(response);
        html.ShouldStartWith("<!DOCTYPE html>");
        html.ShouldNotContain("<style");
        InlineScript().IsMatch(html).ShouldBeFalse("a script without src");
        InlineHandler().Match(html).Value.ShouldBe("");
        ForeignAddress().Match(html).Value.ShouldBe("");
        Regex.Count(html, "<h1").ShouldBe(1);
        html.ShouldContain("<title>");
        html.ShouldContain("<main");
    }

    [Fact]
    public async Task TheAnswerSaysWhatTheFinderFound()
    {
        using var response = await _node.Get(Answer);
        var html = WebUtility.HtmlDecode(await Text(response));
        html.ShouldContain("1 September 2006");
        html.ShouldContain("18(8)");
        html.ShouldContain(Answer.Replace("&", "&amp;", StringComparison.Ordinal).Replace("&amp;", "&", StringComparison.Ordinal));
        html.ShouldContain("/api/v1/basis?from=BRA");
    }

    [Fact]
    public async Task AQuestionInWordsIsSentToItsPermanentAddress()
    {
        using var response = await _node.Get("/basis?from=Brazil&to=it&kind=mla&offence=money-laundering");
        response.StatusCode.ShouldBe(HttpStatusCode.Found);
        response.Headers.Location!.ToString().ShouldEndWith("/basis?from=BRA&to=ITA&kind=mla&offence=money-laundering&on=2026-06-01");
    }

    [Theory]
    [InlineData(null, null, "en", "ltr")]
    [InlineData("fr-FR,en;q=0.5", null, "fr", "ltr")]
    [InlineData("ar", null, "ar", "rtl")]
    [InlineData("de", null, "en", "ltr")]
    [InlineData("fr", "language=ar", "ar", "rtl")]
    [InlineData("fr", "language=xx", "fr", "ltr")]
    [InlineData(null, "language=zh", "zh", "ltr")]
    public async Task TheLanguageIsTheReaders(string? accepted, string? cookie, string language, string direction)
    {
        using var response = await _node.Get("/", [.. new (string, string?)[] { ("Accept-Language", accepted), ("Cookie", cookie) }.Where(h => h.Item2 is not null).Select(h => (h.Item1, h.Item2!))]);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Text(response)).ShouldContain($"<html lang=\"{language}\" dir=\"{direction}\"");
    }

    [Fact]
    public async Task EveryLanguageRendersTheAnswer()
    {
        foreach (var language in Language.All)
        {
            using var response = await _node.Get(Answer, ("Cookie", "language=" + language.Code));
            response.StatusCode.ShouldBe(HttpStatusCode.OK, language.Code);
            WebUtility.HtmlDecode(await Text(response)).ShouldContain(_node.Module.Reference.States.Find("BRA")!.NameIn(language));
        }
    }

    [Theory]
    [InlineData("/basis?from=BRA&to=ITA", "/basis?from=BRA&to=ITA")]
    [InlineData("/", "/")]
    [InlineData("https://evil.example/", "/")]
    [InlineData("//evil.example/", "/")]
    [InlineData("/\\evil.example/", "/")]
    [InlineData("/\t/evil.example", "/")]
    [InlineData("javascript:alert(1)", "/")]
    [InlineData("", "/")]
    public async Task TheLanguageSwitchGoesBackToThisNodeOnly(string back, string expected)
    {
        using var form = new FormUrlEncodedContent([new("language", "fr"), new("back", back)]);
        using var response = await _node.Send(HttpMethod.Post, "/language", form);
        response.StatusCode.ShouldBe(HttpStatusCode.Found);
        response.Headers.Location!.ToString().ShouldBe(expected);
        var cookie = response.Headers.GetValues("Set-Cookie").Single();
        cookie.ShouldStartWith("language=fr;");
        cookie.ShouldContain("httponly", Case.Insensitive);
        cookie.ShouldContain("samesite=lax", Case.Insensitive);
    }

    [Fact]
    public async Task AnUnknownLanguageSetsNothing()
    {
        using var form = new FormUrlEncodedContent([new("language", "tlh"), new("back", "/basis")]);
        using var response = await _node.Send(HttpMethod.Post, "/language", form);
        response.Headers.Contains("Set-Cookie").ShouldBeFalse();
    }

    [Theory]
    [InlineData("/no-such-page")]
    [InlineData("/treaties/no-such-treaty-at-all/nothing")]
    [InlineData("/../../etc/passwd")]
    public async Task WhatDoesNotExistIsAPageThatSaysSo(string address)
    {
        using var response = await _node.Get(address);
        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var html = await Text(response);
        html.ShouldContain("Page not found");
        html.ShouldContain("<html lang=\"en\"");
        response.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("/basis?from=Congo&to=ITA&kind=mla&offence=other", "(COD)")]
    [InlineData("/basis?from=Atlantis&to=ITA&kind=mla&offence=other", "Atlantis")]
    [InlineData("/basis?from=BRA&to=BRA&kind=mla&offence=other", "same")]
    [InlineData("/basis?from=BRA&to=ITA&kind=mla&offence=other&on=tomorrow", "tomorrow")]
    [InlineData("/basis?from=%EF%BF%BE&to=ITA&kind=mla&offence=other", "state")]
    [InlineData("/basis?from=%00&to=ITA&kind=mla&offence=other", "state")]
    public async Task BadInputIsAPageThatSaysWhatWasExpected(string address, string expected)
    {
        using var response = await _node.Get(address);
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        WebUtility.HtmlDecode(await Text(response)).ShouldContain(expected);
    }

    [Theory]
    [InlineData("/treaties?on=2014-13-01")]
    [InlineData("/no-such-page?a=b")]
    public async Task AfterARefusalTheLanguageSwitchGoesBackToWhatWasAskedFor(string address)
    {
        using var response = await _node.Get(address);
        WebUtility.HtmlDecode(await Text(response)).ShouldContain($"name=\"back\" value=\"{address}\"");
    }

    [Theory]
    [InlineData("/failed", HttpStatusCode.NotFound)]
    [InlineData("/not-found", HttpStatusCode.NotFound)]
    [InlineData("/refused", HttpStatusCode.OK)]
    public async Task ThePagesOfErrorsAreNoPagesOfTheirOwn(string address, HttpStatusCode status)
    {
        using var response = await _node.Get(address);
        response.StatusCode.ShouldBe(status);
    }

    [Fact]
    public async Task AStrangersTextIsNeverMarkup()
    {
        using var response = await _node.Get("/basis?from=%3Cscript%3Ealert(1)%3C/script%3E&to=%22%3E%3Cimg%20src=x%3E&kind=mla&offence=other");
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var html = await Text(response);
        html.ShouldNotContain("<script>alert");
        html.ShouldNotContain("<img src=x");
    }

    [Fact]
    public async Task OneReadersPageIsNotAnothers()
    {
        foreach (var language in new[] { "en", "fr", "en", "ar" })
        {
            using var response = await _node.Get(Answer + "&group=yes", ("Cookie", "language=" + language));
            (await Text(response)).ShouldContain($"<html lang=\"{language}\"");
        }

        foreach (var theme in new[] { "dark", "light", "dark" })
        {
            using var response = await _node.Get("/", ("Cookie", "theme=" + theme));
            (await Text(response)).ShouldContain($"data-theme=\"{theme}\"");
        }
    }

    [Theory]
    [InlineData("/health/live", "live")]
    [InlineData("/health/ready", "ready")]
    public async Task HealthIsAnswered(string address, string expected)
    {
        using var response = await _node.Get(address);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Text(response)).ShouldBe(expected);
    }

    [Fact]
    public async Task AssetsAreServedFromTheNodeItself()
    {
        foreach (var asset in new[] { "/palermo.css", "/palermo.js" })
        {
            using var response = await _node.Get(asset);
            response.StatusCode.ShouldBe(HttpStatusCode.OK);
            (await Text(response)).ShouldNotContain("https://fonts.");
        }
    }

    private static Task<string> Text(HttpResponseMessage response) => response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

    [GeneratedRegex("<script(?![^>]*\\bsrc=)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex InlineScript();

    [GeneratedRegex("<[^>]*\\s(on[a-z]+|style)=\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex InlineHandler();

    [GeneratedRegex("(src|href|action)=\"(https?:)?//(?!127\\.0\\.0\\.1)[^\"]*\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ForeignAddress();
}
