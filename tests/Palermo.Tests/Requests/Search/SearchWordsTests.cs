using FsCheck;
using FsCheck.Fluent;
using Palermo.Kernel;
using Palermo.Requests.Search;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Requests.Search;

public sealed class SearchWordsTests
{
    [Theory]
    [InlineData("João da Silva-Núñez", "joao da silva nunez silvanunez")]
    [InlineData("BRA-2026-00012", "bra 2026 00012 bra202600012")]
    [InlineData("Straße Ødegård", "strasse odegard")]
    [InlineData("Иванов Й.", "иванов и")]
    [InlineData("أحمد", "احمد")]
    [InlineData("李小龙", "李小 小龙 龙")]
    [InlineData("x", "x")]
    [InlineData(" -- ", "")]
    public void WordsAreFolded(string text, string words) => string.Join(' ', SearchWords.Of([text])).ShouldBe(words);

    [Fact]
    public void WordsAndTheirNumberAreBounded()
    {
        SearchWords.Of([new string('a', 5_000_000)]).ShouldBe([new string('a', SearchWords.Longest)]);
        SearchWords.Of(Enumerable.Range(0, 60_000).Select(i => "word" + i)).Sum(w => w.Length + 1).ShouldBeLessThan(SearchWords.MostBytes + 50);
    }

    [Fact]
    public void AQueryHoldsNothingButWordsWhateverIsTyped() => Prop.ForAll<string>(text =>
    {
        foreach (var postgres in new[] { true, false })
        {
            var query = SearchQuery.Of(text is { Length: > 200 } ? text[..200] : text, postgres);
            if (query is null) continue;
            var quote = postgres ? '\'' : '"';
            // Outside quotes only the operators of this program; inside only letters and digits.
            var parts = query.Split(quote);
            for (var i = 0; i < parts.Length; i++)
            {
                if (i % 2 == 1) parts[i].ShouldAllBe(c => char.IsLetterOrDigit(c) || char.IsSurrogate(c) || char.GetUnicodeCategory(c) == System.Globalization.UnicodeCategory.SpacingCombiningMark || char.GetUnicodeCategory(c) == System.Globalization.UnicodeCategory.LetterNumber);
                else parts[i].ShouldAllBe(c => " &|()*:ANDOR".Contains(c));
            }
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void ATextThatIsTooLongIsRefused() => Should.Throw<RefusedException>(() => SearchQuery.Of(new string('a', 201), postgres: false)).Field.ShouldBe("q");
}
