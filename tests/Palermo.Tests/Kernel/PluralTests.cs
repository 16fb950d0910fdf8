using Palermo.Kernel;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Kernel;

/// <summary>The expected forms are the Unicode CLDR's examples for whole numbers.</summary>
public sealed class PluralTests
{
    [Theory]
    [InlineData("en", "0 other", "1 one", "2 other", "21 other")]
    [InlineData("es", "0 other", "1 one", "2 other", "21 other")]
    [InlineData("fr", "0 one", "1 one", "2 other", "21 other")]
    [InlineData("pt", "0 one", "1 one", "2 other", "21 other")]
    [InlineData("ru", "0 many", "1 one", "2 few", "4 few", "5 many", "11 many", "12 many", "14 many", "21 one", "22 few", "25 many", "101 one", "111 many", "112 many", "122 few")]
    [InlineData("ar", "0 zero", "1 one", "2 two", "3 few", "10 few", "11 many", "99 many", "100 other", "102 other", "103 few", "110 few", "111 many", "200 other")]
    [InlineData("zh", "0 other", "1 other", "2 other")]
    public void EveryNumberTakesTheFormOfItsLanguage(string code, params string[] expected)
    {
        var language = Language.Find(code)!;
        foreach (var pair in expected.Select(e => e.Split(' ')))
            Plural.Form(language, int.Parse(pair[0])).ShouldBe(pair[1], pair[0]);
    }

    [Fact]
    public void TheFormsListedAreTheFormsUsed()
    {
        foreach (var language in Language.All)
            Enumerable.Range(0, 1000).Select(n => Plural.Form(language, n)).Distinct().Order()
                .ShouldBe(Plural.Forms(language).Order(), language.Code);
    }
}
