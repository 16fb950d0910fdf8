using System.Net;
using Microsoft.EntityFrameworkCore;
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

/// <summary>What lets people in, keeps them in, and ends.</summary>
public sealed class AccountTests(NodeFixture fixture) : IClassFixture<NodeFixture>
{
    private readonly TestNode _node = fixture.Node;

    [Fact]
    public async Task ARecoveryCodeStandsInForTheAppOnce()
    {
        var (email, _, codes, _) = await SetUp();
        using (var first = await SignInTests.SignIn(_node, email, codes[0])) first.StatusCode.ShouldBe(HttpStatusCode.Found);
        using (var again = await SignInTests.SignIn(_node, email, codes[0])) again.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        using (var other = await SignInTests.SignIn(_node, email, codes[1].ToLowerInvariant().Replace("-", " "))) other.StatusCode.ShouldBe(HttpStatusCode.Found);
        using var context = _node.Record.Database.Connect();
        var person = context.Set<Person>().Single(p => p.Email == email);
        RecoveryCodes.Left(person).ShouldBe(8);
        person.RecoveryCodes.ShouldNotContain(codes[5].Replace("-", ""), Case.Insensitive);
    }

    [Fact]
    public async Task AThousandFailuresOfAStrangerDoNotStopAKnownDevice()
    {
        var (email, key, _, device) = await SetUp();
        var refused = 0;
        for (var i = 0; i < 40; i++)
        {
            using var wrong = await SignInTests.SignIn(_node, email, "000000", "not the password at all");
            if (wrong.StatusCode == HttpStatusCode.TooManyRequests) refused++;
        }

        refused.ShouldBeGreaterThan(30);
        // The stranger sits at the same address here, and even so the device that signed in before gets in.
        using (var strangers = await SignInTests.SignIn(_node, email, Totp.CodeAt(key, _node.Clock.GetUtcNow()))) strangers.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        using (var own = await SignInTests.SignIn(_node, email, Totp.CodeAt(key, _node.Clock.GetUtcNow()), cookie: device)) own.StatusCode.ShouldBe(HttpStatusCode.Found);
        _node.Clock.Advance(TimeSpan.FromHours(1));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ANewLinkEndsWhatWasLostUnlessItsOwnerStillHasIt(bool keep)
    {
        var (email, _, _, _) = await SetUp();
        var record = _node.Record.Database;
        var (link, id) = Palermo.Data.Change.Make(record, Actor.CommandLine, _node.Clock, change =>
        {
            var person = change.Context.Set<Person>().Single(p => p.Email == email);
            change.Context.Add(new Passkey { CredentialId = "lost-" + keep, Person = person.Id, Name = "Old telephone", Content = "{}", CreatedAt = change.Now });
            change.Context.Add(new AccessToken { Id = Guid.NewGuid(), SecretHash = "lost-" + keep, Person = person.Id, Name = "Old laptop", Scopes = "requests:read", CreatedAt = change.Now, ExpiresAt = change.Now.AddDays(1) });
            return (Palermo.Access.Invitations.Links.Make(change, person, Palermo.Access.Invitations.LinkKind.Invitation), person.Id);
        });
        using (var page = await _node.Get(link))
        {
            var html = await SignInTests.Text(page);
            html.ShouldContain("Old telephone");
            html.ShouldContain("Old laptop");
        }

        var key = await SignInTests.KeyOf(_node, link);
        (string, string)[] fields = [("password", SignInTests.Password), ("repeated", SignInTests.Password), ("key", key.State), ("code", Totp.CodeAt(key.Key, _node.Clock.GetUtcNow()))];
        using (var set = await _node.Post(link, "password", null, keep ? [.. fields, ("keep", "yes")] : fields)) (await SignInTests.Text(set)).ShouldContain("Your recovery codes");
        using var context = record.Connect();
        context.Set<Passkey>().Any(p => p.Person == id).ShouldBe(keep);
        context.Set<AccessToken>().Any(t => t.Person == id && t.RevokedAt == null).ShouldBeFalse();
        context.Set<AuditEntry>().Count(a => a.Subject == id.ToString() && a.Act == "passkey.removed").ShouldBe(keep ? 0 : 1);
    }

    [Theory, EveryDatabase]
    public async Task WhoReadsDoesNotFailBecauseOthersWrite(Provider provider)
    {
        await using var node = await TestNode.Start(provider);
        var person = node.SignIn(Role.Officer);
        node.Clock.Advance(TimeSpan.FromMinutes(2));
        using var context = node.Record.Database.Connect();
        await using var writing = await context.Database.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await context.Set<Session>().Where(s => s.Person == person.Id).ExecuteUpdateAsync(s => s.SetProperty(x => x.Agent, "busy"), TestContext.Current.CancellationToken);
        using var page = await node.Get("/account", person.Header);
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task WhoeverHasAnAccountCannotWipeOutTheNetworksFailures()
    {
        var (email, _, codes, _) = await SetUp();
        var guesses = _node.Services.GetRequiredService<Guesses>();
        using (var context = _node.Record.Database.Connect())
        {
            // The network of whoever signs in here, as the node sees it.
            var network = "network|" + context.Set<AuditEntry>().Where(a => a.Act.StartsWith("sign-in")).OrderByDescending(a => a.Number).Select(a => a.From).First();
            while (guesses.Begin(network, 49) == TimeSpan.Zero) { }
        }

        using (var own = await SignInTests.SignIn(_node, email, codes[0])) own.StatusCode.ShouldBe(HttpStatusCode.Found);
        using (var one = await SignInTests.SignIn(_node, "nobody@example.org", "000000")) one.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        using (var more = await SignInTests.SignIn(_node, "another@example.org", "000000")) more.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        _node.Clock.Advance(TimeSpan.FromHours(1));
    }

    [Fact]
    public void AnOfficeBehindOneAddressIsNotMadeToWaitByItsOwnMistakesOfADay()
    {
        var clock = new TestClock();
        var guesses = new Guesses(clock);
        for (var i = 0; i < 500; i++)
        {
            guesses.Begin("network", 5, TimeSpan.FromMinutes(10)).ShouldBe(TimeSpan.Zero);
            if (i % 2 == 0) guesses.TakeBack("network");
            clock.Advance(TimeSpan.FromMinutes(6));
        }
    }

    [Fact]
    public void WaitsGrowAreBoundedAndAreForgotten()
    {
        var clock = new TestClock();
        var guesses = new Guesses(clock);
        for (var i = 0; i < 1000; i++) guesses.Begin("stranger");
        guesses.Begin("stranger").ShouldBeGreaterThan(TimeSpan.Zero);
        guesses.Begin("owner").ShouldBe(TimeSpan.Zero);
        Guesses.Delay(0).ShouldBe(TimeSpan.FromSeconds(1));
        Guesses.Delay(3).ShouldBe(TimeSpan.FromSeconds(8));
        Guesses.Delay(1000).ShouldBe(TimeSpan.FromMinutes(15));
        clock.Advance(TimeSpan.FromHours(1));
        guesses.Begin("stranger").ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public async Task AFailureSaysNothingOfWhatWasWrong()
    {
        var (email, key, _, _) = await SetUp();
        var sentences = new List<string>();
        foreach (var (who, password, code) in new[] { (email, "wrong wrong wrong", Totp.CodeAt(key, _node.Clock.GetUtcNow())), (email, SignInTests.Password, "123"), ("nobody@example.org", SignInTests.Password, "123456") })
        {
            using var response = await SignInTests.SignIn(_node, who, code, password);
            response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
            var html = await SignInTests.Text(response);
            sentences.Add(html[html.IndexOf("govuk-error-summary__list", StringComparison.Ordinal)..][..200]);
        }

        sentences.Distinct().ShouldHaveSingleItem();
        _node.Clock.Advance(TimeSpan.FromHours(1));
    }

    [Theory]
    [InlineData("//evil.example/", "/")]
    [InlineData("https://evil.example/", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("/treaties?on=2014-01-01", "/treaties?on=2014-01-01")]
    public async Task AfterSigningInOnlyThisNodesPagesAreGoneBackTo(string back, string expected)
    {
        var (email, _, codes, _) = await SetUp();
        using var response = await _node.Post("/sign-in?back=" + Uri.EscapeDataString(back), "password", null, ("email", email), ("password", SignInTests.Password), ("code", codes[0]), ("back", back));
        response.StatusCode.ShouldBe(HttpStatusCode.Found);
        new Uri(_node.Client.BaseAddress!, response.Headers.Location!).PathAndQuery.ShouldBe(expected);
        response.Headers.Location!.ToString().ShouldNotContain("evil");
    }

    [Fact]
    public async Task ASessionEndsWhenItsOwnerSaysSoAndAnothersCannotBeEnded()
    {
        var (one, other) = (_node.SignIn(Role.Officer), _node.SignIn(Role.Officer));
        var second = TestPeople.SignIn(_node, one);
        using (var list = await _node.Get("/account/sessions", one.Header)) (await SignInTests.Text(list)).Split("name=\"_handler\" value=\"end-").Length.ShouldBe(2);
        using (var ended = await _node.Post("/account/sessions", "others", one.Cookie)) ended.StatusCode.ShouldBe(HttpStatusCode.Found);
        using (var gone = await _node.Get("/account", second.Header)) gone.StatusCode.ShouldBe(HttpStatusCode.Found);
        using (var stays = await _node.Get("/account", one.Header)) stays.StatusCode.ShouldBe(HttpStatusCode.OK);
        using (var others = await _node.Get("/account", other.Header)) others.StatusCode.ShouldBe(HttpStatusCode.OK);
        using (var signedOut = await _node.PostAction("/sign-out", "/account", one.Cookie)) signedOut.StatusCode.ShouldBe(HttpStatusCode.Found);
        using (var after = await _node.Get("/account", one.Header)) after.StatusCode.ShouldBe(HttpStatusCode.Found);
    }

    [Theory]
    [InlineData(29, true)]
    [InlineData(31, false)]
    public async Task ASessionNobodyUsesIsOver(int minutes, bool lives)
    {
        var person = _node.SignIn(Role.Officer);
        _node.Clock.Advance(TimeSpan.FromMinutes(minutes));
        using var page = await _node.Get("/account", person.Header);
        (page.StatusCode == HttpStatusCode.OK).ShouldBe(lives);
    }

    [Fact]
    public async Task ASessionIsOverAfterTwelveHoursHoweverMuchItIsUsed()
    {
        var person = _node.SignIn(Role.Officer);
        for (var i = 0; i < 35; i++)
        {
            _node.Clock.Advance(TimeSpan.FromMinutes(20));
            using var page = await _node.Get("/account", person.Header);
            page.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        _node.Clock.Advance(TimeSpan.FromMinutes(21));
        using var over = await _node.Get("/account", person.Header);
        over.StatusCode.ShouldBe(HttpStatusCode.Found);
    }

    [Fact]
    public async Task WhoCanOnlyWriteTheDatabaseCannotMakeASession()
    {
        var (victim, attacker) = (_node.SignIn(Role.Administrator), _node.SignIn(Role.Reader));
        using (var context = _node.Record.Database.Connect())
        {
            // The attacker's own session is pointed at somebody else.
            var hash = Palermo.Access.Sessions.SessionKeeper.HashOf(attacker.Cookie.Split('=')[1]);
            var session = context.Set<Session>().Single(s => s.KeyHash == hash);
            context.Remove(session);
            context.SaveChanges();
            context.Add(new Session
            {
                KeyHash = hash, Person = victim.Id, Ticket = session.Ticket, Way = session.Way, From = session.From, Agent = session.Agent, CreatedAt = session.CreatedAt, LastSeenAt = session.LastSeenAt, ExpiresAt = session.ExpiresAt,
            });
            context.SaveChanges();
        }

        using var page = await _node.Get("/admin/people", attacker.Header);
        page.StatusCode.ShouldBe(HttpStatusCode.Found);
    }

    [Fact]
    public async Task ATokenIsShownOnceWorksAndEndsWithItsDayOrItsOwner()
    {
        var person = _node.SignIn(Role.Auditor);
        using var made = await _node.Post("/account/tokens", "token", person.Cookie, ("name", "backup"), ("scopes", "audit:read"), ("days", "2"));
        var html = await SignInTests.Text(made);
        var token = html[(html.IndexOf("id=\"made\">", StringComparison.Ordinal) + 10)..].Split('<')[0];
        token.ShouldStartWith("palermo_");
        var header = ("Authorization", "Bearer " + token);
        async Task<HttpStatusCode> Ask()
        {
            using var response = await _node.Get("/api/v1/audit", header);
            return response.StatusCode;
        }

        (await Ask()).ShouldBe(HttpStatusCode.OK);
        using (var list = await _node.Get("/account/tokens", person.Header))
        {
            var page = await SignInTests.Text(list);
            page.ShouldContain("backup");
            page.ShouldNotContain(token);
            using (var account = await _node.Get("/account", header)) account.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        }

        using (var context = _node.Record.Database.Connect())
        {
            var id = context.Set<AccessToken>().Single(t => t.Person == person.Id).Id;
            using var revoked = await _node.Post("/account/tokens", "revoke-" + id, person.Cookie);
            revoked.StatusCode.ShouldBe(HttpStatusCode.Found);
        }

        (await Ask()).ShouldBe(HttpStatusCode.Unauthorized);
        header = TestPeople.Token(_node.Record.Database, _node.Clock, person, "audit:read");
        (await Ask()).ShouldBe(HttpStatusCode.OK);
        _node.Clock.Advance(TimeSpan.FromDays(1));
        (await Ask()).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task ALinkMadeOnTheMachineSignsInOnce()
    {
        var (_, email) = SignInTests.Invite(_node, "reader", "Carla Once");
        using var output = new StringWriter();
        Program.Run(["user", "session", email, "--data", _node.Record.Connection], output, TextWriter.Null).ShouldBe(0);
        using (var expected = await _node.Get("/enter/" + new string('A', 43))) expected.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var record = _node.Record.Database;
        var link = Palermo.Data.Change.Make(record, Actor.CommandLine, _node.Clock, change => Palermo.Access.Invitations.Links.Make(change, change.Context.Set<Person>().Single(p => p.Email == email), Palermo.Access.Invitations.LinkKind.Session));
        using (var invite = await _node.Get(link.Replace("/enter/", "/invite/"))) invite.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using (var entered = await _node.Post(link, "enter", null))
        {
            entered.StatusCode.ShouldBe(HttpStatusCode.Found);
            using var home = await _node.Get("/", ("Cookie", SignInTests.CookieOf(entered)));
            (await SignInTests.Text(home)).ShouldContain("Carla Once");
        }

        using (var again = await _node.Get(link)) again.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var context = record.Connect();
        context.Set<AuditEntry>().Count(a => a.Act == "session.link-used").ShouldBe(1);
    }

    [Fact]
    public async Task AnAdministratorManagesOwnOrganizationsOnly()
    {
        var (own, other) = (_node.SignIn(Role.Administrator, "Own"), _node.SignIn(Role.Administrator, "Other"));
        var officer = _node.SignIn(Role.Officer, "Own");
        using (var page = await _node.Get("/admin/people/" + officer.Id, other.Header)) page.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using (var list = await _node.Get("/admin/people", other.Header)) (await SignInTests.Text(list)).ShouldNotContain(officer.Email);
        using (var grab = await _node.Post("/admin/people/" + other.Id, "give", other.Cookie, ("role", "auditor"), ("organization", own.Organization.Id.ToString()))) grab.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using (var link = await _node.Post("/admin/people/" + officer.Id, "link", own.Cookie)) (await SignInTests.Text(link)).ShouldContain("/invite/");
        using (var end = await _node.Post("/admin/people/" + officer.Id, "end", own.Cookie)) end.StatusCode.ShouldBe(HttpStatusCode.Found);
        using (var ended = await _node.Get("/account", officer.Header)) ended.StatusCode.ShouldBe(HttpStatusCode.Found);
    }

    [Theory]
    [InlineData("short", "too short")]
    [InlineData("Password12345!", "guessed")]
    [InlineData("123456789012", "guessed")]
    [InlineData("aaaaaaaaaaaaaa", "guessed")]
    [InlineData("ana.account2026", "guessed")]
    public async Task APasswordThatWouldBeGuessedIsRefused(string password, string expected)
    {
        var (link, _) = SignInTests.Invite(_node, name: "Ana Account");
        _ = expected;
        var key = await SignInTests.KeyOf(_node, link);
        using var response = await _node.Post(link, "password", null, ("password", password), ("repeated", password), ("key", key.State), ("code", Totp.CodeAt(key.Key, _node.Clock.GetUtcNow())));
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await SignInTests.Text(response)).ShouldContain(expected);
    }

    /// <summary>Somebody with password and app; the clock stands where the app's next code is good.</summary>
    private async Task<(string Email, string Key, string[] Codes, string Device)> SetUp()
    {
        var (link, email) = SignInTests.Invite(_node);
        var key = await SignInTests.KeyOf(_node, link);
        using var set = await _node.Post(link, "password", null, ("password", SignInTests.Password), ("repeated", SignInTests.Password), ("key", key.State), ("code", Totp.CodeAt(key.Key, _node.Clock.GetUtcNow())));
        var html = await SignInTests.Text(set);
        var codes = html.Split("<bdi class=\"p-code\">").Skip(1).Select(c => c.Split('<')[0]).ToArray();
        codes.Length.ShouldBe(10);
        _node.Clock.Advance(TimeSpan.FromSeconds(30));
        return (email, key.Key, codes, SignInTests.CookieOf(set).Split("; ").Single(c => c.StartsWith("palermo-device", StringComparison.Ordinal)));
    }
}
