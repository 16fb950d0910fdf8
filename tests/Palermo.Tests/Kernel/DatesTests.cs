using Palermo.Kernel;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Kernel;

public sealed class DatesTests
{
    [Theory]
    [InlineData("en", "1 September 2006", "21 March 2014")]
    [InlineData("fr", "1er septembre 2006", "21 mars 2014")]
    [InlineData("es", "1 de septiembre de 2006", "21 de marzo de 2014")]
    [InlineData("pt", "1 de setembro de 2006", "21 de março de 2014")]
    [InlineData("ru", "1 сентября 2006 г.", "21 марта 2014 г.")]
    [InlineData("ar", "1 سبتمبر 2006", "21 مارس 2014")]
    [InlineData("zh", "2006年9月1日", "2014年3月21日")]
    public void ADayIsWrittenOutInEveryLanguage(string code, string first, string later)
    {
        var language = Language.Find(code)!;
        Dates.Written(new DateOnly(2006, 9, 1), language).ShouldBe(first);
        Dates.Written(new DateOnly(2014, 3, 21), language).ShouldBe(later);
    }

    [Fact]
    public void IsoIsTheSameInEveryCulture()
    {
        var before = Thread.CurrentThread.CurrentCulture;
        Thread.CurrentThread.CurrentCulture = new System.Globalization.CultureInfo("ar-SA");
        Dates.Iso(new DateOnly(2006, 9, 1)).ShouldBe("2006-09-01");
        Dates.Parse("2006-09-01").ShouldBe(new DateOnly(2006, 9, 1));
        Thread.CurrentThread.CurrentCulture = before;
    }

    [Theory]
    [InlineData("2014-06-01")]
    [InlineData(" 1900-01-01 ")]
    [InlineData("2200-12-31")]
    [InlineData("2024-02-29")]
    public void AnIsoDayIsRead(string text) => Dates.Iso(Dates.Parse(text)).ShouldBe(text.Trim());

    [Theory]
    [InlineData("")]
    [InlineData("2014-6-1")]
    [InlineData("01/06/2014")]
    [InlineData("2014-02-29")]
    [InlineData("2014-13-01")]
    [InlineData("1899-12-31")]
    [InlineData("2201-01-01")]
    [InlineData("2014-06-01T00:00:00")]
    [InlineData("20140601")]
    [InlineData("٢٠١٤-٠٦-٠١")]
    [InlineData("yesterday")]
    public void AnythingElseIsRefused(string text) => Should.Throw<RefusedException>(() => Dates.Parse(text)).Text.Key.ShouldBe("refused.date");
}
