using Palermo.Kernel;
using Palermo.Treaties.InForce;
using Palermo.Treaties.Participation;
using Palermo.Treaties.Registry;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Treaties.Participation;

public sealed class GrowthTests
{
    private static readonly TreatyReference Reference = TreatyReference.Load(Data());

    private static readonly TreatyRegistry Registry = TreatyRegistry.Build(Reference, ShippedFacts.Read(Reference), null, 1);

    private static readonly string[] Sampled = ["1965-01-01", "1995-05-05", "2003-10-01", "2014-06-01", "2026-11-21"];

    public static TheoryData<string, string> Days => [.. Reference.Instruments.SelectMany(i => Sampled.Select(d => (i.Id, d)))];

    [Theory]
    [MemberData(nameof(Days))]
    public void The_last_step_counts_what_the_status_counts(string id, string on)
    {
        var instrument = Reference.Resolve(id);
        var steps = Growth.Of(Registry, instrument, Dates.Parse(on));
        (steps.Count == 0 ? 0 : steps[^1].Parties).ShouldBe(StatusOn.Report(Registry, instrument, Dates.Parse(on)).Parties);
    }

    [Fact]
    public void It_begins_at_zero_on_the_day_of_adoption()
    {
        var untoc = Reference.Resolve("untoc");
        Growth.Of(Registry, untoc, new DateOnly(2014, 6, 1))[0].ShouldBe(new GrowthStep(untoc.AdoptedOn, 0, true));
        Growth.Of(Registry, untoc, untoc.AdoptedOn.AddDays(-1)).ShouldBeEmpty();
    }

    [Fact]
    public void A_denunciation_takes_a_party_away_and_a_later_accession_brings_it_back()
    {
        var untoc = Reference.Resolve("untoc");
        var standing = new Standing(
            untoc, Reference.States.Resolve("BRA"), null,
            [
                new Bond("ratification", new(2004, 1, 29), new(2004, 2, 28), new(2008, 3, 1), new(2009, 3, 1)),
                new Bond("accession", new(2011, 5, 1), new(2011, 5, 31), null, null),
            ],
            null, false, null);
        var edge = new KnowledgeEdge(new(2010, 1, 1), true);
        Growth.Steps(untoc, [standing], edge, new DateOnly(2014, 6, 1)).ShouldBe(
        [
            new(new(2000, 11, 15), 0, true), new(new(2004, 1, 29), 1, true), new(new(2009, 3, 1), 0, true), new(new(2011, 5, 1), 1, false),
        ]);
    }

    [Fact]
    public void Years_add_up_and_say_where_knowledge_ends()
    {
        var untoc = Reference.Resolve("untoc");
        var (edge, to) = (Registry.Edge(untoc), new DateOnly(2016, 6, 1));
        var steps = Growth.Of(Registry, untoc, to);
        var years = Growth.Years(steps, edge, to);
        years.Sum(y => y.Change).ShouldBe(steps[^1].Parties);
        years[^1].Parties.ShouldBe(steps[^1].Parties);
        years.Single(y => y.Year == 2013).Complete.ShouldBeTrue();
        years.Single(y => y.Year == 2014).Complete.ShouldBeFalse();
    }

    [Theory]
    [InlineData("2001-01-01")]
    [InlineData("2014-07-10")]
    [InlineData("2014-07-11")]
    [InlineData("2026-11-21")]
    public void The_drawing_stays_inside_its_frame_and_breaks_the_line_at_the_edge(string on)
    {
        var untoc = Reference.Resolve("untoc");
        var edge = Registry.Edge(untoc);
        var drawing = GrowthDrawing.Of(Growth.Of(Registry, untoc, Dates.Parse(on)), edge, Dates.Parse(on));
        drawing.Line.ShouldNotBeEmpty();
        (drawing.After.Length > 0).ShouldBe(Dates.Parse(on) > edge.AsAt);
        drawing.EdgeAt.HasValue.ShouldBe(Dates.Parse(on) > edge.AsAt);
        drawing.EndY.ShouldBeInRange(GrowthDrawing.Top, GrowthDrawing.Bottom);
        drawing.Counts[0].At.ShouldBe(GrowthDrawing.Bottom);
        drawing.Counts[^1].At.ShouldBe(GrowthDrawing.Top);
        drawing.Years.ShouldAllBe(t => t.At >= GrowthDrawing.Start && t.At <= GrowthDrawing.End);
    }

    private static string Data()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Palermo.slnx"))) folder = folder.Parent;
        return Path.Combine(folder.FullName, "data");
    }
}
