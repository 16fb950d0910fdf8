using Palermo.Requests.Figures;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Requests.Figures;

public sealed class LivesTests
{
    private static readonly Guid One = Guid.NewGuid(), Two = Guid.NewGuid();

    [Fact]
    public void DurationsRunBetweenTheFirstTimesOfEveryTwoStages()
    {
        var lives = Lives.Of(
        [
            Step(One, "", "draft", 1), Step(One, "draft", "sent", 11), Step(One, "sent", "received", 13), Step(One, "received", "clarification-asked", 20), Step(One, "clarification-asked", "received", 28),
            Step(Two, "", "draft", 1), Step(Two, "draft", "sent", 21),
        ]);
        var durations = lives.Durations();
        durations.Single(d => d is { From: "draft", To: "sent" }).ShouldBe(new DurationLine("draft", "sent", 2, 15, 19));
        durations.Single(d => d is { From: "sent", To: "received" }).Median.ShouldBe(2);
        durations.ShouldNotContain(d => d.From == "clarification-asked", "received was reached before it");
    }

    [Fact]
    public void AGroundOrMissingItemCountsOnceForEachRequest()
    {
        var lives = Lives.Of(
        [
            Step(One, "received", "received", 2, "ask-clarification", "facts.summary;persons"), Step(One, "received", "received", 3, "ask-clarification", "persons"),
            Step(One, "accepted", "refused", 4, "refuse", "form"), Step(Two, "received", "received", 2, "postpone", "form"),
        ]);
        lives.Returns.ShouldBe(new Dictionary<string, int> { ["facts.summary"] = 1, ["persons"] = 1 }, ignoreOrder: true);
        lives.Refusals.ShouldBe(new Dictionary<string, int> { ["form"] = 1 });
        lives.Outcomes.ShouldBe(new Dictionary<string, int> { ["refused"] = 1 });
    }

    private static LifeStep Step(Guid request, string from, string to, int day, string act = "", string grounds = "") => new(request, from, to, act, grounds, new DateOnly(2026, 1, day));
}
