using Palermo.Kernel;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Kernel;

public sealed class LanguageTests
{
    [Theory]
    [InlineData(null, "en")]
    [InlineData("", "en")]
    [InlineData("fr", "fr")]
    [InlineData("FR-ca", "fr")]
    [InlineData("zh-Hant-TW", "zh")]
    [InlineData("de, pt-BR;q=0.8, en;q=0.7", "pt")]
    [InlineData("en;q=0.5, ar", "ar")]
    [InlineData("ru;q=0, es;q=0.1", "es")]
    [InlineData("ru;q=0", "en")]
    [InlineData("fr;q=abc, es;q=0.2", "es")]
    [InlineData("*", "en")]
    [InlineData(";;;,,,q=1", "en")]
    [InlineData("fr, es", "fr")]
    public void TheBestOfTheSevenIsTaken(string? header, string expected) => Language.FromAcceptLanguage(header).Code.ShouldBe(expected);

    [Fact]
    public void AFloodIsPassedOver() =>
        Language.FromAcceptLanguage(string.Join(',', Enumerable.Repeat("fr", 100_000))).Code.ShouldBe("en");

    [Fact]
    public void ThereAreSevenAndOnlyArabicRunsFromTheRight()
    {
        Language.All.Select(l => l.Code).ShouldBe(["en", "fr", "es", "pt", "ru", "ar", "zh"]);
        Language.All.Where(l => l.RightToLeft).ShouldHaveSingleItem().Code.ShouldBe("ar");
        Language.All.Select(l => l.Index).ShouldBe(Enumerable.Range(0, 7));
    }
}
