using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Palermo.Browser;

/// <summary>A prosecutor asks, step by step, and takes the answer away.</summary>
public sealed class FinderJourney(Site site)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task From_the_start_page_to_an_answer_with_a_permanent_address(bool script)
    {
        await using var tab = await site.Open(script: script);
        var page = tab.Page;
        await page.GotoAsync("/");
        await page.GetByLabel("Requesting state").FillAsync("Brazil");
        await page.GetByLabel("Requested state").FillAsync("Italia");
        await page.GetByLabel("Kind of cooperation").SelectOptionAsync("mla");
        await page.GetByRole(AriaRole.Button, new() { Name = "Find a basis" }).ClickAsync();
        for (var step = 0; step < 8 && !new Uri(page.Url).AbsolutePath.Equals("/basis", StringComparison.Ordinal); step++)
        {
            var laundering = page.Locator("input[type=radio][value=money-laundering]");
            if (await laundering.CountAsync() > 0) await laundering.CheckAsync();
            var day = page.Locator("input[type=date]");
            if (await day.CountAsync() > 0 && await day.IsVisibleAsync()) await day.FillAsync("2014-06-01");
            await page.Locator("main form button.govuk-button:not(.govuk-button--secondary)").First.ClickAsync();
        }

        (await page.Locator(".p-answer__text").InnerTextAsync()).ShouldContain("1 September 2006");
        page.Url.ShouldContain("on=2014-06-01");
        var answer = await page.Locator(".p-cards").First.InnerTextAsync();
        await page.GotoAsync(page.Url);
        (await page.Locator(".p-cards").First.InnerTextAsync()).ShouldBe(answer);
    }

    [Fact]
    public async Task An_ambiguous_state_is_asked_back_beside_its_field()
    {
        await using var tab = await site.Open();
        var response = await tab.Page.GotoAsync("/basis?from=Uganda&to=Congo&kind=mla&offence=other");
        response!.Status.ShouldBe(400);
        (await tab.Page.Locator("#to-error").InnerTextAsync()).ShouldContain("COD");
        (await tab.Page.GetByLabel("Requested state", new() { Exact = true }).InputValueAsync()).ShouldBe("Congo");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_language_switch_stays_on_the_page(bool script)
    {
        await using var tab = await site.Open(script: script);
        var page = tab.Page;
        await page.GotoAsync("/basis?from=BRA&to=ITA&kind=mla&offence=drugs&on=2014-06-01");
        await page.Locator("#language").SelectOptionAsync("ar");
        if (!script) await page.Locator(".p-language__button").ClickAsync();
        await page.WaitForURLAsync(url => url.Contains("/basis?from=BRA", StringComparison.Ordinal));
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("dir", "rtl");
        (await page.Locator("h1").InnerTextAsync()).ShouldContain("البرازيل");
    }

    [Fact]
    public async Task Slash_goes_to_the_search_field()
    {
        await using var tab = await site.Open();
        await tab.Page.GotoAsync("/");
        await tab.Page.Locator("h1").ClickAsync();
        await tab.Page.Keyboard.PressAsync("/");
        await Assertions.Expect(tab.Page.Locator("#q")).ToBeFocusedAsync();
    }
}
