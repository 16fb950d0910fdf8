using Microsoft.Playwright;
using Palermo.Kernel.Access;
using Shouldly;
using Xunit;

namespace Palermo.Browser;

/// <summary>An invitation is opened, a passkey made, and later used, with the browser's own virtual authenticator.</summary>
public sealed class PasskeyJourney(Site site)
{
    [Fact]
    public async Task SomebodyNewMakesAPasskeyAndSignsInWithIt()
    {
        await using var tab = await site.Open();
        var page = tab.Page;
        var cdp = await page.Context.NewCDPSessionAsync(page);
        await cdp.SendAsync("WebAuthn.enable");
        await cdp.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["options"] = new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["protocol"] = "ctap2", ["transport"] = "internal", ["hasResidentKey"] = true, ["hasUserVerification"] = true, ["isUserVerified"] = true, ["automaticPresenceSimulation"] = true,
            },
        });

        // Otherwise the virtual authenticator answers the offer in the address field before anybody can press the button.
        await page.AddInitScriptAsync("PublicKeyCredential.isConditionalMediationAvailable = () => Promise.resolve(false)");
        // Passkeys belong to names, not to numbers.
        var node = site.Address.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);
        await page.GotoAsync(node + site.Invite(Role.Officer, "Bela Passkey"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Make a passkey" }).ClickAsync();
        await page.WaitForURLAsync(node + "/");
        (await page.Locator(".p-header__account").InnerTextAsync()).ShouldBe("Bela Passkey");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        (await page.Locator(".p-header__account").InnerTextAsync()).ShouldBe("Sign in");

        await page.GotoAsync(node + "/treaties/bilateral/new");
        page.Url.ShouldContain("/sign-in?back=");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
        await page.WaitForURLAsync(node + "/treaties/bilateral/new");
        (await page.Locator(".p-header__account").InnerTextAsync()).ShouldBe("Bela Passkey");
        tab.Errors.ShouldBeEmpty();
    }
}
