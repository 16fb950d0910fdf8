using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Palermo.Kernel.Access;
using Shouldly;
using Xunit;

namespace Palermo.Browser;

/// <summary>Every main page, as a reader of English and of Arabic meets it.</summary>
public sealed class MainPages(Site site)
{
    internal static readonly string Screenshots = Directory.CreateDirectory(Path.Combine(Root(), "tests", "Palermo.Browser", "screenshots")).FullName;

    public static TheoryData<string, string> Pages => new()
    {
        { "start", "/" },
        { "ask", "/basis/ask?from=BRA&to=ITA" },
        { "question", "/basis" },
        { "answer", "/basis?from=BRA&to=ITA&kind=mla&offence=money-laundering&on=2014-06-01&group=yes&transnational=yes" },
        { "answer-unknown", "/basis?from=BRA&to=ITA&kind=extradition&offence=organized-group&on=2020-06-01" },
        { "reverse", "/basis/reverse?from=BRA&to=JPN&kind=mla&on=2014-06-01" },
        { "matrix", "/basis/matrix?state=ITA&side=requested&kind=mla&offence=drugs&on=2014-06-01" },
        { "treaties", "/treaties?on=2014-06-01" },
        { "status", "/treaties/untoc?on=2014-06-01" },
        { "status-past-edge", "/treaties/tip-protocol?on=2024-06-01" },
        { "provisions", "/treaties/untoc/provisions" },
        { "provision", "/treaties/untoc/provisions/18(7)" },
        { "bilateral", "/treaties/bilateral" },
        { "states", "/states?on=2014-06-01" },
        { "state", "/states/BRA?on=2014-06-01" },
        { "compare", "/compare?states=BRA,ITA,COL&on=2014-06-01" },
        { "universality", "/universality?on=2014-06-01" },
        { "changes", "/changes?since=2014-01-01" },
        { "search", "/search?q=18(7)" },
        { "about", "/about" },
        { "not-found", "/nothing-here" },
        { "sign-in", "/sign-in" },
        { "bilateral-new", "/treaties/bilateral/new" },
        { "account", "/account" },
        { "account-sign-in", "/account/sign-in" },
        { "account-sessions", "/account/sessions" },
        { "account-tokens", "/account/tokens" },
        { "people", "/admin/people" },
        { "organizations", "/admin/organizations" },
        { "exchange", "/admin/exchange" },
        { "audit", "/audit" },
    };

    /// <summary>Pages only somebody who signed in may open, by the beginning of their addresses.</summary>
    private static readonly string[] Guarded = ["/treaties/bilateral/new", "/account", "/admin", "/audit"];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Has_no_accessibility_violation_in_English_and_Arabic_light_and_dark(string name, string address)
    {
        foreach (var (language, dark) in new[] { ("en", false), ("ar", true) })
        {
            await using var tab = await site.Open(language, dark: dark);
            if (Guarded.Any(g => address.StartsWith(g, StringComparison.Ordinal))) await site.SignIn(tab, Role.Administrator);
            await tab.Page.GotoAsync(address);
            if (address != "/sign-in") tab.Page.Url.ShouldNotContain("/sign-in?");
            await tab.Page.ScreenshotAsync(new() { Path = Path.Combine(Screenshots, $"{name}-{language}.png"), FullPage = true });
            var violations = (await tab.Page.RunAxe()).Violations;
            violations.Select(v => $"{language} {v.Id}: {v.Help} {string.Join(" | ", v.Nodes.Take(3).Select(n => n.Html))}").ShouldBeEmpty();
            (await tab.Page.Locator("html").GetAttributeAsync("lang")).ShouldBe(language);
            (await tab.Page.Locator("html").GetAttributeAsync("dir")).ShouldBe(language == "ar" ? "rtl" : "ltr");
            tab.Strangers.ShouldBeEmpty();
            tab.Errors.Where(e => !e.Contains("404", StringComparison.Ordinal)).ShouldBeEmpty();
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Fits_a_telephone_without_sideways_scrolling(string name, string address)
    {
        await using var tab = await site.Open(width: 320);
        if (Guarded.Any(g => address.StartsWith(g, StringComparison.Ordinal))) await site.SignIn(tab, Role.Administrator);
        await tab.Page.GotoAsync(address);
        await tab.Page.ScreenshotAsync(new() { Path = Path.Combine(Screenshots, $"{name}-320.png") });
        (await tab.Page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(320);
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Palermo.slnx"))) folder = folder.Parent!;
        return folder.FullName;
    }
}
