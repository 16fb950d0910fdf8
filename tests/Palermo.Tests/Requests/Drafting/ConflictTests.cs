using System.Text.Json.Nodes;
using Palermo.Requests.Drafting;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Requests.Drafting;

/// <summary>What a second save after a conflict does to what the other wrote.</summary>
public sealed class ConflictTests
{
    [Fact]
    public void What_is_proposed_after_a_conflict_holds_everything_of_both_and_ones_own_where_they_collide()
    {
        JsonObject before = Step("""{"persons":[{"id":"p1","born":"1970","location":"Rome"}]}"""), mine = Step("""{"persons":[{"id":"p1","born":"1971","location":"Rome"}]}"""),
            theirs = Step("""{"persons":[{"id":"p1","born":"1972","location":"Milan"}]}""");
        var proposed = ThreeWay.Merge(before, mine, theirs, out var conflicts, mineWins: true);
        conflicts.ShouldHaveSingleItem().Path.ShouldBe("persons/p1/born");
        proposed.ToJsonString().ShouldBe("""{"persons":[{"id":"p1","born":"1971","location":"Milan"}]}""");
    }

    [Fact]
    public void Two_translators_of_different_texts_do_not_collide()
    {
        var merged = ThreeWay.Merge(
            Step("""{"translations":[]}"""), Step("""{"translations":[{"field":"facts.summary","language":"it","text":"a"}]}"""),
            Step("""{"translations":[{"field":"proceedings.subject","language":"it","text":"b"}]}"""), out var conflicts);
        conflicts.ShouldBeEmpty();
        merged["translations"]!.AsArray().Count.ShouldBe(2);
    }

    [Fact]
    public void A_name_left_blank_between_two_does_not_tear_the_next_one_apart()
    {
        FormField[] fields = [.. Enumerable.Range(0, 3).SelectMany(i => new FormField[] { new($"persons/p1/names/{i}/family", ""), new($"persons/p1/names/{i}/given", "") })];
        var content = FormContent.With(Step("""{"persons":[{"id":"p1"}]}"""), fields, path => path.Contains("/1/", StringComparison.Ordinal) ? "" : path[^6..] + path.Split('/')[3]);
        content["persons"]![0]!["names"]!.ToJsonString().ShouldBe("""[{"family":"family0","given":"/given0"},{},{"family":"family2","given":"/given2"}]""");
    }

    private static JsonObject Step(string json) => (JsonObject)JsonNode.Parse(json)!;
}
