using Palermo.Kernel;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Kernel;

public sealed class RefusedExceptionTests
{
    [Theory]
    [InlineData(null, "")]
    [InlineData("", "")]
    [InlineData("Congo", "Congo")]
    [InlineData("a\u0000b\u001B[31mc\n", "ab[31mc")]
    [InlineData("a\u202Eb\u2066c", "abc")]
    [InlineData("a\u200Fb\u061Cc\u200E", "abc")]
    public void AStrangersTextIsCleaned(string? text, string expected) => RefusedException.Shorten(text).ShouldBe(expected);

    [Fact]
    public void ALongTextIsCutAndMarkedSo()
    {
        RefusedException.Shorten(new string('a', 80)).ShouldBe(new string('a', 80));
        RefusedException.Shorten(new string('a', 81)).ShouldBe(new string('a', 79) + "…");
        RefusedException.Shorten(new string('a', 10_000_000)).Length.ShouldBe(80);
    }

    [Fact]
    public void ACharacterIsNeverCutInTwo()
    {
        foreach (var before in new[] { "", "a" })
        {
            var text = RefusedException.Shorten(before + string.Concat(Enumerable.Repeat("😀", 60)));
            text.EnumerateRunes().ShouldNotContain(System.Text.Rune.ReplacementChar);
            text.Length.ShouldBeLessThanOrEqualTo(80);
            text.ShouldEndWith("😀…");
        }
    }
}
