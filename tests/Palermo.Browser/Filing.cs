using Microsoft.Playwright;
using Shouldly;

namespace Palermo.Browser;

/// <summary>What people do on the pages of requests, as somebody does it who reads nothing but the pages.</summary>
internal static class Filing
{
    /// <summary>What is typed, by the end of a field's name; the first that fits.</summary>
    private static readonly (string End, string Text)[] Typed =
    [
        ("email", "drci@example.org"),
        ("requestedAuthority.name", "Ministero della Giustizia, Direzione generale della giustizia penale"),
        ("family", "Silva"),
        ("given", "João"),
        ("born", "1979-04-12"),
        ("nationalities", "BRA"),
        ("location", "Via Roma 1, Palermo"),
        ("details", "Certified copies of the statements of account from January to June 2013."),
        ("facts.summary", "On 3 May 2013 the account of Alfa Trading Ltd in Palermo received the price of the shipment."),
        ("", "Set out in the annexed report of the Federal Police."),
    ];

    /// <summary>Begins a request at the page the finder's answer leads to; answers its path.</summary>
    internal static async Task<string> Begin(IPage page, string title, string query = "from=BRA&to=ITA&kind=mla&offence=money-laundering&on=2014-06-01")
    {
        await page.GotoAsync("/requests/new?" + query);
        await page.GetByLabel("Title").FillAsync(title);
        await page.GetByRole(AriaRole.Button, new() { Name = "Begin the request" }).ClickAsync();
        return new Uri(page.Url).AbsolutePath;
    }

    /// <summary>Writes down a request that came on paper; answers its path.</summary>
    internal static async Task<string> Register(IPage page, string title)
    {
        await page.GotoAsync("/requests/register");
        await page.GetByLabel("Requesting state").FillAsync("Italy");
        (await page.GetByLabel("Requested state").InputValueAsync()).ShouldBe("Brazil");
        await page.GetByLabel("Kind of request").SelectOptionAsync("mla");
        await page.GetByLabel("Number given by the other side").FillAsync("IT-2014/77");
        await page.GetByLabel("How it came").FillAsync("registered mail");
        await page.GetByLabel("Title").FillAsync(title);
        await page.GetByRole(AriaRole.Button, new() { Name = "Register" }).ClickAsync();
        return new Uri(page.Url).AbsolutePath;
    }

    /// <summary>Follows the check until it asks for nothing; answers how many items it counted each time.</summary>
    internal static async Task<IReadOnlyList<int>> Complete(IPage page, string request, int most = 40)
    {
        var counts = new List<int>();
        while (true)
        {
            await page.GotoAsync(request + "/check");
            var open = page.Locator(".p-condition").Filter(new() { Has = page.Locator(".p-is-not-met, .p-is-to-show") });
            counts.Add(await open.CountAsync());
            if (counts[^1] == 0) return counts;
            counts.Count.ShouldBeLessThan(most, "The check keeps asking for the same: " + await open.First.InnerTextAsync());
            await open.First.GetByRole(AriaRole.Link).First.ClickAsync();
            var at = new Uri(page.Url);
            var control = at.AbsolutePath.Contains("/entries/", StringComparison.Ordinal) ? page.Locator(".govuk-form-group--error").First.Locator("input:not([type=hidden]), textarea, select").First
                : at.Fragment.StartsWith("#list-", StringComparison.Ordinal) ? await Enter(page, at.Fragment[6..])
                : page.Locator($"[id='{at.Fragment[1..]}']");
            await Answer(control);
            await control.Locator("xpath=ancestor::form[1]//button").First.ClickAsync();
            (await page.Locator(".govuk-error-summary").CountAsync()).ShouldBe(0);
        }
    }

    /// <summary>One step of a request's life, from the request's page.</summary>
    internal static async Task Move(IPage page, string request, string act, string? why = null)
    {
        await page.GotoAsync(request);
        await page.Locator($"#next ~ ul a[href$='/move/{act}']").ClickAsync();
        if (why is not null) await page.Locator("#f-text").FillAsync(why);
        await page.Locator("main form[data-keep] button.govuk-button").ClickAsync();
        new Uri(page.Url).AbsolutePath.ShouldBe(request);
    }

    /// <summary>What stands in the request's history, newest first.</summary>
    internal static async Task<IReadOnlyList<string>> History(IPage page, string request)
    {
        await page.GotoAsync(request);
        return await page.Locator("section[aria-labelledby=life] .p-timeline__head strong").AllInnerTextsAsync();
    }

    private static async Task<ILocator> Enter(IPage page, string list)
    {
        await page.Locator($"section[aria-labelledby=list-{list}] a.govuk-button").ClickAsync();
        if (list == "measures")
        {
            await page.GetByLabel("Measure", new() { Exact = true }).SelectOptionAsync(new SelectOptionValue { Index = 6 });
            return page.GetByLabel("What exactly is asked");
        }

        await page.GetByLabel("Role in the case").SelectOptionAsync("suspect");
        await Answer(page.GetByLabel("Family name").First);
        return page.GetByLabel("Given names").First;
    }

    private static async Task Answer(ILocator control)
    {
        var name = await control.GetAttributeAsync("name") ?? "";
        switch (await control.EvaluateAsync<string>("e => e.type"))
        {
            case "radio" or "checkbox": await control.CheckAsync(); break;
            case "select-one": await control.SelectOptionAsync(new SelectOptionValue { Index = 1 }); break;
            case "date": await control.FillAsync("2030-12-31"); break;
            default: await control.FillAsync(Array.Find(Typed, t => name.Replace('/', '.').EndsWith(t.End, StringComparison.Ordinal)).Text); break;
        }
    }
}
