using Palermo.Kernel;
using Palermo.Tests.Support;
using Palermo.Treaties.Search;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Treaties.Search;

public sealed class SearchAllTests
{
    [Theory]
    [InlineData("bra", "BRA COG")]
    [InlineData("Brasil", "BRA")]
    [InlineData("中国", "CHN")]
    [InlineData("congo", "COD COG")]
    [InlineData("ivory cost", "CIV")]
    public void StatesAreFoundByCodeNameAndAlias(string text, string codes) =>
        string.Join(' ', Find(text).States.Select(s => s.Code)).ShouldBe(codes);

    [Theory]
    [InlineData("18(7)", "untoc 18(7)")]
    [InlineData("untoc art. 18(7)", "untoc 18(7)")]
    [InlineData("uncac 46(7)", "uncac 46(7)")]
    [InlineData("untoc 18", "untoc 18")]
    [InlineData("cifta XIX", "cifta XIX")]
    [InlineData("joint investigation", "untoc 19")]
    public void ProvisionsAreFoundByNumberAndHeading(string text, string first)
    {
        var provision = Find(text).Provisions[0];
        $"{provision.Instrument.Id} {provision.Number}".ShouldBe(first);
    }

    [Fact]
    public void AnExactIdentifierGoesFirst()
    {
        Find("tip-protocol").Instruments[0].Id.ShouldBe("tip-protocol");
        Find("XVIII-12").Instruments[0].Id.ShouldBe("untoc");
        Find("BRA").States[0].Code.ShouldBe("BRA");
    }

    [Theory]
    [InlineData("()")]
    [InlineData("zzzz")]
    [InlineData("\u0000\u202e")]
    public void NothingIsFoundForNothing(string text) => Find(text).Count.ShouldBe(0);

    [Fact]
    public void ATextThatIsTooLongIsRefused() =>
        Should.Throw<RefusedException>(() => Find(new string('a', SearchAll.Longest + 1))).Text.Key.ShouldBe("refused.search");

    [Fact]
    public void HeadingsAreSearchedInTheReadersLanguage() =>
        SearchAll.Find(Shipped.Registry, Language.Find("fr")!, "secret bancaire").Provisions.ShouldContain(p => p.Number == "18(8)");

    private static SearchResult Find(string text) => SearchAll.Find(Shipped.Registry, Language.English, text);
}
