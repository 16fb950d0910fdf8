using Deque.AxeCore.Playwright;
using Palermo.Kernel.Access;
using Shouldly;
using Xunit;

namespace Palermo.Browser;

/// <summary>Every page of requests, cases and the directory as those who work with them meet it: a draft, one that is complete, one that came.</summary>
public sealed class RequestPages(Site site)
{
    private const int MostOnTheWire = 100_000;

    private static readonly SemaphoreSlim Once = new(1, 1);
    private static Dictionary<string, string>? _made;

    /// <summary>Addresses; {draft}, {full} and {in} are requests, {case} is a case, {authority} an entry of the directory.</summary>
    public static TheoryData<string, string, Role> Pages => new()
    {
        { "calendar", "/calendar", Role.Officer },
        { "figures", "/requests/figures", Role.Officer },
        { "search-cases", "/requests/search?q=alfa", Role.Officer },
        { "authorities", "/authorities", Role.Officer },
        { "authority", "{authority}", Role.Officer },
        { "authority-new", "/authorities/new", Role.Officer },
        { "authority-reports", "/authorities/reports", Role.Officer },
        { "authority-import", "/authorities/import", Role.Administrator },
        { "mail", "/mail", Role.Administrator },
        { "exchange", "/admin/exchange", Role.Administrator },
        { "evidence", "{in}/evidence", Role.Officer },
        { "home", "/", Role.Officer },
        { "board", "/requests?for=all", Role.Officer },
        { "board-empty", "/requests?for=all&text=nothing-like-this", Role.Officer },
        { "request-new", "/requests/new?from=BRA&to=ITA&kind=mla&offence=money-laundering&on=2014-06-01", Role.Officer },
        { "request-register", "/requests/register", Role.Officer },
        { "request-draft", "{draft}", Role.Officer },
        { "request-full", "{full}", Role.Officer },
        { "request-in", "{in}", Role.Approver },
        { "step-basis", "{draft}/steps/basis", Role.Officer },
        { "step-authority", "{draft}/steps/authority", Role.Officer },
        { "step-proceedings", "{full}/steps/proceedings", Role.Officer },
        { "step-persons", "{full}/steps/persons", Role.Officer },
        { "step-facts", "{draft}/steps/facts", Role.Officer },
        { "step-measures", "{full}/steps/measures", Role.Officer },
        { "step-property", "{draft}/steps/property", Role.Officer },
        { "step-handling", "{full}/steps/handling", Role.Officer },
        { "step-language", "{full}/steps/language", Role.Officer },
        { "step-annexes", "{draft}/steps/annexes", Role.Officer },
        { "entry-person", "{person}", Role.Officer },
        { "entry-measure", "{full}/entries/measures/new", Role.Officer },
        { "entry-account", "{draft}/entries/accounts/new", Role.Officer },
        { "check-draft", "{draft}/check", Role.Officer },
        { "check-full", "{full}/check", Role.Officer },
        { "move-submit", "{full}/move/submit", Role.Officer },
        { "move-refuse", "{in}/move/refuse", Role.Approver },
        { "letter", "{full}/letter?language=it&beside=en", Role.Officer },
        { "files", "{in}/files", Role.Officer },
        { "copy", "{full}/copy", Role.Officer },
        { "message", "{in}/messages/new", Role.Officer },
        { "deadline", "{in}/deadlines/new", Role.Officer },
        { "owner", "{in}/owner", Role.Officer },
        { "cost", "{in}/costs/new", Role.Officer },
        { "limit", "{in}/limits/new", Role.Officer },
        { "case", "{case}", Role.Officer },
        { "use-evidence", "{case}/use-evidence", Role.Officer },
        { "cases", "/cases", Role.Officer },
    };

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Is_accessible_fits_a_telephone_and_is_light(string name, string address, Role role)
    {
        var made = await Made();
        foreach (var (start, path) in made) address = address.Replace("{" + start + "}", path, StringComparison.Ordinal);
        foreach (var (language, dark) in new[] { ("en", false), ("ar", true) })
        {
            await using var tab = await site.Open(language, dark: dark, width: 1200);
            await site.SignIn(tab, role);
            var wire = await tab.CountBytes();
            var response = await tab.Page.GotoAsync(address);
            response!.Status.ShouldBe(200, address);
            new Uri(tab.Page.Url).AbsolutePath.ShouldBe(address.Split('?')[0]);
            wire().ShouldBeLessThan(MostOnTheWire);
            (await Width(tab)).ShouldBeLessThanOrEqualTo(1200);
            if (language == "en") await Look(tab, name, language);
            await tab.Page.SetViewportSizeAsync(320, 800);
            (await Width(tab)).ShouldBeLessThanOrEqualTo(320);
            if (language == "ar") await Look(tab, name, language);
            tab.Strangers.ShouldBeEmpty();
            tab.Errors.ShouldBeEmpty();
        }
    }

    private static Task<int> Width(Tab tab) => tab.Page.EvaluateAsync<int>("document.documentElement.scrollWidth");

    private static async Task Look(Tab tab, string name, string language)
    {
        await tab.Page.ScreenshotAsync(new() { Path = Path.Combine(MainPages.Screenshots, $"{name}-{language}.png"), FullPage = true });
        var violations = (await tab.Page.RunAxe()).Violations;
        violations.Select(v => $"{language} {v.Id}: {v.Help} {string.Join(" | ", v.Nodes.Take(3).Select(n => n.Html))}").ShouldBeEmpty();
    }

    /// <summary>The requests all pages are looked at with, made once through the pages.</summary>
    private async Task<Dictionary<string, string>> Made()
    {
        await Once.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            if (_made is not null) return _made;
            await using var tab = await site.Open();
            await site.SignIn(tab, Role.Officer, name: "Eva Officer");
            var page = tab.Page;
            var made = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["draft"] = await Filing.Begin(page, "Statements of the carrier’s crew"),
                ["full"] = await Filing.Begin(page, "Bank records of Alfa Trading Ltd"),
                ["in"] = await Filing.Register(page, "Search of a warehouse in Santos"),
            };
            await Filing.Complete(page, made["full"]);
            await page.GotoAsync(made["full"]);
            made["case"] = (await page.Locator("main a[href^='/cases/']").First.GetAttributeAsync("href"))!;
            await page.GotoAsync(made["full"] + "/steps/persons");
            made["person"] = (await page.Locator("main a[href*='/entries/persons/']:not([href$=new])").First.GetAttributeAsync("href"))!;
            await page.GotoAsync("/authorities");
            made["authority"] = (await page.Locator("main a[href^='/authorities/']:not([href$=new]):not([href$=import]):not([href$=reports])").First.GetAttributeAsync("href"))!;
            return _made = made;
        }
        finally
        {
            Once.Release();
        }
    }
}
