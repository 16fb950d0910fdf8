using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Palermo.Kernel.Access;
using Shouldly;
using Xunit;

namespace Palermo.Browser;

/// <summary>What the offices do all day, from the first question to the closed file.</summary>
public sealed class RequestJourneys(Site site)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task From_the_finder_to_a_letter_that_a_second_person_approved(bool script)
    {
        await using var tab = await site.Open(script: script);
        await site.SignIn(tab, Role.Officer);
        var page = tab.Page;
        await page.GotoAsync("/");
        await page.GetByLabel("Requesting state").FillAsync("Brazil");
        await page.GetByLabel("Requested state").FillAsync("Italy");
        await page.GetByLabel("Kind of cooperation").SelectOptionAsync("mla");
        await page.GetByRole(AriaRole.Button, new() { Name = "Find a basis" }).ClickAsync();
        await page.GotoAsync("/basis?from=BRA&to=ITA&kind=mla&offence=money-laundering&on=2014-06-01");
        await page.GetByRole(AriaRole.Link, new() { Name = "Make a request on this basis" }).ClickAsync();
        await page.GetByLabel("Title").FillAsync("Bank records of Alfa Trading Ltd");
        await page.GetByRole(AriaRole.Button, new() { Name = "Begin the request" }).ClickAsync();
        var request = new Uri(page.Url).AbsolutePath;
        (await page.Locator(".p-next").InnerTextAsync()).ShouldContain("items are missing");
        await page.GotoAsync(request + "/move/submit");
        (await page.Locator("main").InnerTextAsync()).ShouldContain("cannot go on before they are there");

        var counts = await Filing.Complete(page, request);
        counts[0].ShouldBeGreaterThan(10);
        (await page.Locator(".p-answer__text").InnerTextAsync()).ShouldBe("Nothing is missing.");
        await page.GetByRole(AriaRole.Link, new() { Name = "Submit for approval" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Submit for approval" }).ClickAsync();
        (await page.Locator(".p-next").InnerTextAsync()).ShouldContain("An approver who neither made nor submitted it");

        await using (var other = await site.Open(script: script))
        {
            await site.SignIn(other, Role.Approver, name: "Bruno Approver");
            await other.Page.GotoAsync("/requests?for=all");
            await other.Page.Locator($"a[href='{request}']").ClickAsync();
            await Filing.Move(other.Page, request, "approve");
            (await other.Page.Locator("h1 + .p-title__lead").InnerTextAsync()).ShouldNotContain("no number yet");
        }

        await TakeTheLetter(page, request);
        tab.Errors.ShouldBeEmpty();
        tab.Strangers.ShouldBeEmpty();
    }

    private static async Task TakeTheLetter(IPage page, string request)
    {
        await page.GotoAsync(request);
        await page.Locator(".p-next").GetByRole(AriaRole.Link, new() { Name = "See the letter" }).ClickAsync();
        (await page.Locator(".p-letter").InnerTextAsync()).ShouldContain("the account of Alfa Trading Ltd in Palermo received the price of the shipment");
        foreach (var (format, begins) in new[] { ("docx", "PK"), ("html", "<"), ("pdf", "%PDF-"), ("json", "{") })
        {
            var address = await page.Locator($".p-export a[href*='/letter/{format}']").GetAttributeAsync("href");
            var file = await page.Context.APIRequest.GetAsync(address!);
            file.Status.ShouldBe(200);
            var body = await file.BodyAsync();
            body.Length.ShouldBeGreaterThan(2000, format);
            System.Text.Encoding.UTF8.GetString(body).TrimStart('\uFEFF').ShouldStartWith(begins);
        }

        await page.EmulateMediaAsync(new() { Media = Media.Print });
        await Assertions.Expect(page.Locator(".p-letter")).ToBeVisibleAsync();
        foreach (var hidden in new[] { ".p-header", ".p-nav", ".p-footer", ".p-title", ".p-export" }) await Assertions.Expect(page.Locator(hidden)).ToBeHiddenAsync();
    }

    [Fact]
    public async Task A_request_on_paper_comes_in_is_clarified_executed_and_closed()
    {
        await using var tab = await site.Open();
        await site.SignIn(tab, Role.Officer);
        var page = tab.Page;
        var request = await Filing.Register(page, "Search of a warehouse in Santos");
        await page.GotoAsync(request + "/files");
        await page.Locator("#f-file").SetInputFilesAsync(new FilePayload { Name = "letter from Rome.pdf", MimeType = "application/pdf", Buffer = "%PDF-1.7\n%%EOF"u8.ToArray() });
        await page.GetByRole(AriaRole.Button, new() { Name = "Store the file" }).ClickAsync();
        await Assertions.Expect(page.Locator("main table")).ToContainTextAsync("letter from Rome.pdf");

        await page.GotoAsync(request + "/steps/facts");
        await page.GetByLabel("Summary of the facts").FillAsync("Goods bought with the proceeds are kept in a warehouse in Santos.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save and return to the list" }).ClickAsync();
        await page.GotoAsync(request + "/check");
        (await page.Locator("main").InnerTextAsync()).ShouldNotContain("“Summary of the facts” is missing");
        await page.GotoAsync(request);
        await page.Locator(".p-next a[href$='/move/ask-clarification']").ClickAsync();
        var asked = await page.Locator("#f-text").InputValueAsync();
        asked.ShouldContain("“Measures asked for” is missing");
        asked.ShouldContain("18(15)(d)");
        (await page.RunAxe()).Violations.Select(v => v.Id + ": " + v.Help).ShouldBeEmpty();
        await page.Locator("main form[data-keep] button.govuk-button").ClickAsync();

        await Filing.Move(page, request, "clarification-came", "They sent what was missing on 3 June.");
        await page.GotoAsync(request + "/check");
        await page.Locator("a[href$='/steps/basis#f-basis']").First.ClickAsync();
        await page.GetByLabel("Offence").SelectOptionAsync("money-laundering");
        await page.GetByRole(AriaRole.Button, new() { Name = "Find the basis" }).ClickAsync();
        await Assertions.Expect(page.Locator(".p-cards")).ToContainTextAsync("Relied on");
        foreach (var act in new[] { "accept", "begin-execution", "execute", "close" }) await Filing.Move(page, request, act);
        (await Filing.History(page, request)).ShouldBe(["Closed", "Executed", "Execution begun", "Accepted", "Clarification came", "Clarification asked", "Registered"]);
        (await page.Locator("section[aria-labelledby=life]").InnerTextAsync()).ShouldContain("They sent what was missing on 3 June.");
        tab.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task Two_people_on_one_step_see_both_texts_and_lose_none()
    {
        await using var one = await site.Open();
        await using var two = await site.Open();
        await site.SignIn(one, Role.Officer, name: "Ana Officer");
        await site.SignIn(two, Role.Officer, name: "Davi Officer");
        var step = await Filing.Begin(one.Page, "Two at once") + "/steps/facts";
        foreach (var tab in new[] { one, two }) await tab.Page.GotoAsync(step);
        await one.Page.GetByLabel("Summary of the facts").FillAsync("What Ana wrote.");
        await Save(one.Page);
        await two.Page.GetByLabel("Summary of the facts").FillAsync("What Davi wrote.");
        await two.Page.GetByLabel("The organized criminal group", new() { Exact = true }).FillAsync("Seven people since 2011.");
        await Save(two.Page);

        var conflict = two.Page.Locator("section[aria-labelledby=conflict]");
        (await conflict.InnerTextAsync()).ShouldContain("Ana Officer");
        (await conflict.InnerTextAsync()).ShouldContain("What Ana wrote.");
        (await conflict.InnerTextAsync()).ShouldContain("What Davi wrote.");
        (await two.Page.GetByLabel("Summary of the facts").InputValueAsync()).ShouldBe("What Davi wrote.");
        (await two.Page.GetByLabel("The organized criminal group", new() { Exact = true }).InputValueAsync()).ShouldBe("Seven people since 2011.");
        (await two.Page.RunAxe()).Violations.Select(v => v.Id + ": " + v.Help).ShouldBeEmpty();
        await two.Page.GetByLabel("Summary of the facts").FillAsync("What Ana wrote. What Davi wrote.");
        await Save(two.Page);

        await one.Page.GotoAsync(step);
        (await one.Page.GetByLabel("Summary of the facts").InputValueAsync()).ShouldBe("What Ana wrote. What Davi wrote.");
        (await one.Page.GetByLabel("The organized criminal group", new() { Exact = true }).InputValueAsync()).ShouldBe("Seven people since 2011.");
    }

    [Fact]
    public async Task What_was_typed_survives_a_session_that_ended()
    {
        await using var tab = await site.Open();
        var person = await site.SignIn(tab, Role.Officer);
        var page = tab.Page;
        var request = await Filing.Begin(page, "Typed through a time-out");
        await page.GotoAsync(request + "/steps/facts");
        await page.GetByLabel("Summary of the facts").FillAsync("An hour of work.");
        await page.Context.ClearCookiesAsync();
        await Save(page);
        (await page.Locator("main").InnerTextAsync()).ShouldContain("Your session has ended and nothing was saved.");
        await site.SignInAgain(tab, person);
        await page.GotoAsync(request + "/steps/facts");
        await Assertions.Expect(page.GetByLabel("Summary of the facts")).ToHaveValueAsync("An hour of work.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save and go on" }).ClickAsync();
        (await page.EvaluateAsync<int>("sessionStorage.length")).ShouldBe(0);
        await page.GotoAsync(request + "/steps/facts");
        (await page.GetByLabel("Summary of the facts").InputValueAsync()).ShouldBe("An hour of work.");
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData(Role.Administrator, false)]
    [InlineData(Role.Officer, true)]
    [InlineData(Role.Reader, true)]
    public async Task Requests_stand_in_the_header_of_those_who_may_see_them(Role? role, bool seen)
    {
        await using var tab = await site.Open();
        if (role is { } one) await site.SignIn(tab, one);
        await tab.Page.GotoAsync("/");
        (await tab.Page.Locator(".p-nav a[href='/requests']").CountAsync()).ShouldBe(seen ? 1 : 0);
        (await tab.Page.Locator(".p-header__account").InnerTextAsync()).ShouldBe(role is null ? "Sign in" : "Ana Officer");
    }

    private static Task Save(IPage page) => page.GetByRole(AriaRole.Button, new() { Name = "Save and return to the list" }).ClickAsync();
}
