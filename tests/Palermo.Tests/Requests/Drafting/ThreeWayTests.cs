using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Palermo.Requests.Drafting;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Requests.Drafting;

public sealed class ThreeWayTests
{
    private static readonly string[] Names = ["facts.summary", "facts.place", "handling.urgent"];

    [Fact]
    public void What_only_one_changed_is_kept_of_both()
    {
        var merged = ThreeWay.Merge(Step("""{"fields":{"a":"1","b":"1"}}"""), Step("""{"fields":{"a":"2","b":"1"}}"""), Step("""{"fields":{"a":"1","b":"3"}}"""), out var conflicts);
        conflicts.ShouldBeEmpty();
        merged.ToJsonString().ShouldBe("""{"fields":{"a":"2","b":"3"}}""");
    }

    [Fact]
    public void What_both_changed_differently_is_named_with_both_texts_and_theirs_stays()
    {
        var merged = ThreeWay.Merge(Step("""{"fields":{"a":"1"}}"""), Step("""{"fields":{"a":"mine"}}"""), Step("""{"fields":{"a":"theirs"}}"""), out var conflicts);
        conflicts.ShouldHaveSingleItem().ShouldBe(new MergeConflict("fields/a", "mine", "theirs"));
        merged["fields"]!["a"]!.ToString().ShouldBe("theirs");
    }

    [Fact]
    public void Two_people_may_add_and_correct_different_persons_at_once()
    {
        var merged = ThreeWay.Merge(
            Step("""{"persons":[{"id":"p1","born":"1970"}]}"""),
            Step("""{"persons":[{"id":"p1","born":"1971"},{"id":"p2","born":"1980"}]}"""),
            Step("""{"persons":[{"id":"p1","born":"1970","sex":"male"},{"id":"p3","born":"1990"}]}"""), out var conflicts);
        conflicts.ShouldBeEmpty();
        merged.ToJsonString().ShouldBe("""{"persons":[{"id":"p1","born":"1971","sex":"male"},{"id":"p3","born":"1990"},{"id":"p2","born":"1980"}]}""");
    }

    [Fact]
    public void Removing_what_the_other_corrected_is_a_conflict_and_loses_nothing()
    {
        var merged = ThreeWay.Merge(
            Step("""{"persons":[{"id":"p1","born":"1970"}]}"""), Step("""{"persons":[]}"""), Step("""{"persons":[{"id":"p1","born":"1971"}]}"""), out var conflicts);
        conflicts.ShouldHaveSingleItem().Path.ShouldBe("persons/p1");
        merged["persons"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public void No_word_of_either_is_lost_whatever_they_write()
    {
        var text = Gen.Elements("", "one", "two", "three");
        var step = Gen.ListOf(text, Names.Length).Select(texts => Names.Zip(texts).Where(p => p.Second.Length > 0).ToDictionary(p => p.First, p => p.Second));
        Prop.ForAll(Arb.From(Gen.ListOf(step, 3)), steps =>
        {
            var (before, mine, theirs) = (steps[0], steps[1], steps[2]);
            var merged = (JsonObject)ThreeWay.Merge(Fields(before), Fields(mine), Fields(theirs), out var conflicts)["fields"]!;
            return Names.All(name =>
            {
                var (b, m, t) = (before.GetValueOrDefault(name), mine.GetValueOrDefault(name), theirs.GetValueOrDefault(name));
                var now = merged[name]?.ToString();
                if (conflicts.Find(c => c.Path == "fields/" + name) is { } conflict) return m != t && m != b && t != b && now == t && conflict.Mine == (m ?? "") && conflict.Theirs == (t ?? "");
                return now == (m == b ? t : m);
            });
        }).QuickCheckThrowOnFailure();
    }

    private static JsonObject Step(string json) => (JsonObject)JsonNode.Parse(json)!;

    private static JsonObject Fields(Dictionary<string, string> fields) => new() { ["fields"] = new JsonObject(fields.Select(f => KeyValuePair.Create(f.Key, (JsonNode?)f.Value))) };
}
