using Palermo.Kernel;
using Palermo.Treaties.Participation;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Treaties.Participation;

public sealed class MissingByRegionTests
{
    private static readonly Region African = new("african", ["African Group"]);

    private static readonly Region Eastern = new("eastern-european", ["Eastern European Group"]);

    [Fact]
    public void What_is_not_known_stands_apart_from_what_is_a_no()
    {
        var (party, missing, open) = (One("AAA", "african", 0), One("BBB", "african", 1), One("CCC", "african", 2));
        var gap = MissingByRegion.Of([party, missing, open], [African, Eastern], s => s.Code switch { "AAA" => true, "BBB" => false, _ => null }).ShouldHaveSingleItem();
        gap.Region.ShouldBe(African);
        gap.States.ShouldBe(3);
        gap.NotParties.ShouldBe([missing]);
        gap.NotKnown.ShouldBe([open]);
    }

    [Fact]
    public void States_without_a_group_come_last_and_organizations_not_at_all()
    {
        var gaps = MissingByRegion.Of(
            [One("AAA", "", 0), One("BBB", "eastern-european", 1), One("EUE", "", 2, "regional-organization")], [African, Eastern], _ => false);
        gaps.Select(g => g.Region?.Code).ShouldBe(["eastern-european", null]);
        gaps[^1].NotParties.Select(s => s.Code).ShouldBe(["AAA"]);
    }

    private static State One(string code, string region, int index, string kind = "member-state") =>
        new(code, code[..2], "", region, true, false, kind, index);
}
