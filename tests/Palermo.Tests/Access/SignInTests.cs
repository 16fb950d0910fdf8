using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Palermo.Access.SignIn;
using Palermo.Data.Access;
using Palermo.Data.Audit;
using Palermo.Kernel.Access;
using Palermo.Tests.Support;
using Palermo.Tests.Web;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Access;

public sealed class SignInTests
{
    internal const string Password = "three grey herons at dawn";

    [Theory, EveryDatabase]
    public async Task ANewPersonComesInWithALinkAndLaterWithPasswordAndCode(Provider provider)
    {
        await using var node = await TestNode.Start(provider);
        var (link, email) = Invite(node);
        var key = await KeyOf(node, link);
        using (var set = await node.Post(link, "password", null, ("password", Password), ("repeated", Password), ("key", key.State), ("code", Totp.CodeAt(key.Key, node.Clock.GetUtcNow()))))
        {
            set.StatusCode.ShouldBe(HttpStatusCode.OK);
            (await Text(set)).ShouldContain("Your recovery codes");
            using var home = await node.Get("/", ("Cookie", CookieOf(set)));
            (await Text(home)).ShouldContain("Ana First");
        }

        // The code that proved the app is used up, and so is the link.
        using (var same = await SignIn(node, email, Totp.CodeAt(key.Key, node.Clock.GetUtcNow()))) same.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        using (var again = await node.Get(link)) again.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        node.Clock.Advance(TimeSpan.FromSeconds(30));
        var code = Totp.CodeAt(key.Key, node.Clock.GetUtcNow());
        using (var signedIn = await SignIn(node, email, code))
        {
            signedIn.StatusCode.ShouldBe(HttpStatusCode.Found);
            using var page = await node.Get("/", ("Cookie", CookieOf(signedIn)));
            (await Text(page)).ShouldContain("Ana First");
        }

        using (var twice = await SignIn(node, email, code)) twice.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        using var context = node.Record.Database.Connect();
        context.Set<AuditEntry>().Select(a => a.Act).ToArray().ShouldContain("invitation.refused");
        context.Set<AuditEntry>().Count(a => a.Act == "sign-in.failed").ShouldBe(2);
    }

    internal static (string Link, string Email) Invite(TestNode node, string role = "administrator", string name = "Ana First")
    {
        var email = $"{Guid.NewGuid():N}@example.org";
        using var output = new StringWriter();
        Program.Run(["user", "add", "--name", name, "--email", email, "--role", role, "--organization", "Ministry of Justice", "--data", node.Record.Connection], output, TextWriter.Null).ShouldBe(0);
        return (output.ToString().Trim().Split(' ')[^1], email);
    }

    internal static async Task<(string Key, string State)> KeyOf(TestNode node, string link)
    {
        using var page = await node.Get(link);
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        var html = await Text(page);
        var state = HtmlForm.Read(html, "password").First(f => f.Name == "key").Value;
        using var context = node.Record.Database.Connect();
        var key = node.Services.GetRequiredService<NewCredentials>();
        return (context.Set<Person>().AsEnumerable().Select(p => key.Read(p, state)).First(k => k is not null)!, state);
    }

    internal static Task<HttpResponseMessage> SignIn(TestNode node, string email, string code, string password = Password, string? cookie = null) =>
        node.Post("/sign-in", "password", cookie, ("email", email), ("password", password), ("code", code));

    internal static string CookieOf(HttpResponseMessage response) => string.Join("; ", response.Headers.GetValues("Set-Cookie").Select(c => c.Split(';')[0]).Where(c => c.StartsWith("palermo-", StringComparison.Ordinal)));

    internal static Task<string> Text(HttpResponseMessage response) => response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
}
