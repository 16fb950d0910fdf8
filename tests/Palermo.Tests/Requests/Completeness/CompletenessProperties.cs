using FsCheck;
using FsCheck.Fluent;
using Palermo.Requests.Completeness;
using Palermo.Requests.Document;
using Palermo.Requests.Kinds;
using Palermo.Tests.Support;
using Shouldly;
using Xunit;
using static Palermo.Tests.Support.RequestSamples;

namespace Palermo.Tests.Requests.Completeness;

/// <summary>What must hold for every request.</summary>
public sealed class CompletenessProperties
{
    private static readonly string[] Triggers = ["handling.urgent", "particulars.purpose"];

    /// <summary>Parts of a complete request: its fields and entries, some of them left out.</summary>
    private static readonly Gen<(RequestDocument Part, RequestDocument More)> PartAndMore =
        from kind in Gen.Elements(Catalogue.Kinds.Select(k => k.Code).ToArray())
        let all = Complete(kind)
        from kept in Gen.ListOf(Gen.Elements(all.Fields.Keys.ToArray()), 20)
        from added in Gen.ListOf(Gen.Elements(all.Fields.Keys.Except(Triggers).ToArray()), 8)
        from counts in Gen.Two(Gen.Choose(0, 9))
        let triggers = all.Fields.Where(f => Triggers.Contains(f.Key)).ToDictionary()
        let few = all.Fields.Where(f => kept.Contains(f.Key) || Triggers.Contains(f.Key)).ToDictionary()
        let part = all with { Fields = few, Persons = [.. all.Persons.Take(Math.Min(counts.Item1, counts.Item2))], Annexes = [], Firearms = [] }
        select (part, part with
        {
            Fields = all.Fields.Where(f => few.ContainsKey(f.Key) || added.Contains(f.Key)).ToDictionary(),
            Persons = [.. all.Persons.Take(Math.Max(counts.Item1, counts.Item2))],
            Annexes = all.Annexes, Firearms = all.Firearms,
        });

    [Fact]
    public void AddingInformationNeverMakesMoreMissing() => FsCheck.Check.One(Config.QuickThrowOnFailure.WithMaxTest(500).WithQuietOnSuccess(true), Prop.ForAll(PartAndMore.ToArbitrary(), sample =>
    {
        var before = Open(sample.Part).Select(f => f.Field).ToHashSet();
        Open(sample.More).Select(f => f.Field).Where(f => !before.Contains(f)).ShouldBeEmpty();
    }));

    [Fact]
    public void TheSameRequestIsAlwaysAnsweredTheSame() => FsCheck.Check.One(Config.QuickThrowOnFailure.WithMaxTest(100).WithQuietOnSuccess(true), Prop.ForAll(PartAndMore.ToArbitrary(), sample =>
        RequestSamples.Check(ReadRequest.FromJson(WriteRequest.ToJson(sample.Part))).Select(f => (f.Field, f.Severity, f.Article)).ShouldBe(RequestSamples.Check(sample.Part).Select(f => (f.Field, f.Severity, f.Article)))));
}
