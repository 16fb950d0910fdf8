using Palermo.Authorities;
using Palermo.Authorities.Entries;
using Palermo.Authorities.Finding;
using Palermo.Kernel;
using Palermo.Tests.Support;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Authorities;

public sealed class WhichAuthorityTests
{
    private static readonly IReadOnlyDictionary<string, string> Special = SpecialKinds.Read(Repository.Data);

    [Theory]
    [InlineData("2026-06-01", "2026-06-01", false)]
    [InlineData("2025-06-01", "2026-06-01", false)]
    [InlineData("2025-05-31", "2026-06-01", true)]
    [InlineData("2023-06-01", "2024-05-31", false)]
    [InlineData("2023-06-01", "2024-06-01", true)]
    [InlineData(null, "2026-06-01", true)]
    public void AnEntryIsStaleWhenNobodyConfirmedItFor365Days(string? confirmed, string on, bool stale) =>
        IsStale.On(confirmed is null ? null : Shipped.Day(confirmed), Shipped.Day(on)).ShouldBe(stale);

    [Fact]
    public void ANotificationIsAnEntryWithItsArticleAndIsStale()
    {
        var found = Of("IND", "mla");
        found.Count.ShouldBe(1);
        found[0].Content.Name.ShouldBe("Secretary, Ministry of Home Affairs");
        found[0].Notified.ShouldBe(new Citation("untoc", "18(13)"));
        found[0].Stale.ShouldBeTrue();
        found[0].Content.Languages.ShouldBe(["en", "hi"]);
        found[0].Reasons.Select(r => r.Code).ShouldBe(["kind", "notified", "stale"]);
        Of("AND", "mla")[0].LastConfirmedOn.ShouldBe(new DateOnly(2011, 9, 22));
    }

    [Fact]
    public void AStateMayNameOneAuthorityBeforeTrialAndAnotherDuringIt()
    {
        Of("LVA", "mla").Select(a => (a.Content.Name, a.Content.Stage)).ShouldBe([("Ministry of Justice", "trial"), ("Prosecutor General's Office", "before-trial")], ignoreOrder: true);
        Of("LVA", "mla", "before-trial").ShouldHaveSingleItem().Content.Name.ShouldBe("Prosecutor General's Office");
        Of("LVA", "mla", "trial").ShouldHaveSingleItem().Content.Name.ShouldBe("Ministry of Justice");
        Of("UKR", "mla", "trial").ShouldHaveSingleItem().Content.Name.ShouldBe("Ministry of Justice");
        Of("ROU", "mla", "enforcement").ShouldHaveSingleItem().Content.Name.ShouldBe("Ministry of Justice");
    }

    [Fact]
    public void TheNameThatCouldNotBeReadIsSaidToBeUnknown() =>
        Of("MCO", "mla").ShouldHaveSingleItem().Reasons.Select(r => r.Code).ShouldContain("name-unread");

    [Fact]
    public void AContactForFirearmsIsNotTheAuthorityForAssistance()
    {
        Of("FIN", "mla").ShouldBeEmpty();
        Of("FIN", "law-enforcement").ShouldHaveSingleItem().Content.Name.ShouldBe("National Police Board");
        Of("IRL", "mla").ShouldBeEmpty();
        Of("IRL", "boarding").ShouldHaveSingleItem();
    }

    [Fact]
    public void ASpecialKindGoesToTheAuthorityForTheKindItBelongsTo()
    {
        Of("CAN", "videoconference").ShouldHaveSingleItem().Reasons[0].Code.ShouldBe("general");
        Of("FIN", "firearms-tracing").ShouldHaveSingleItem().Content.Name.ShouldBe("National Police Board");
        Of("CAN", "extradition").ShouldBeEmpty();
        Of("IRL", "firearms-tracing").ShouldBeEmpty();
    }

    [Fact]
    public void AnOwnEntryStandsForTheNotificationOfItsStageAndComesFirst()
    {
        var own = Own("own", Entry.Input(more: ("stage", "before-trial")));
        var found = Of("LVA", "mla", entries: own);
        found.Select(a => a.Content.Name).ShouldBe(["Invented Office", "Ministry of Justice"]);
        found[0].Reasons.Single(r => r.Code == "stands-for").Text.Fillings.Single().Value.ShouldBe("Prosecutor General's Office");
        found[0].Reasons.Single(r => r.Code == "stands-for").Source.ShouldBe(new Citation("untoc", "18(13)"));
        Of("LVA", "mla", entries: Own("own", Entry.Input(more: ("instruments", "uncac")))).Count.ShouldBe(3);
    }

    [Fact]
    public void TheBestComesFirst()
    {
        DirectoryEntry[] own =
        [
            Own("e-stale", Entry.Input(confirmedOn: "2020-01-01")),
            Own("d-plain", Entry.Input(confirmedOn: "2026-01-01")),
            Own("c-later", Entry.Input(confirmedOn: "2026-02-01")),
            Own("b-language", Entry.Input(confirmedOn: "2026-01-01", more: ("languages", "lv;fr"))),
            Own("a-stage", Entry.Input(confirmedOn: "2020-01-01", more: ("stage", "trial"))),
            Own("x-enforcement", Entry.Input(more: ("stage", "enforcement"))),
            Own("x-extradition", Entry.Input(more: ("kinds", "extradition"))),
            Own("x-other", Entry.Input("EST")),
        ];
        foreach (var order in new[] { own, [.. own.Reverse()] })
            Of("LVA", "mla", "trial", "fr", order).Where(a => a.Notified is null).Select(a => a.Id).ShouldBe(["a-stage", "b-language", "c-later", "d-plain", "e-stale"]);
    }

    private static DirectoryEntry Own(string id, EntryInput input) =>
        new(id, Shipped.State(input.Content.State), input.Content) { LastConfirmedOn = input.ConfirmedOn, Version = 1 };

    private static IReadOnlyList<AuthorityAnswer> Of(string state, string kind, string? stage = null, string? language = null, params DirectoryEntry[] entries) =>
        WhichAuthority.Of([.. entries, .. Notifications.All(Shipped.Registry)], new AuthorityQuestion(Shipped.State(state), kind, stage, language, Entry.Today, Special.GetValueOrDefault(kind, kind)));
}
