using Palermo.Treaties.Provisions;
using Palermo.Treaties.Registry;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Treaties.Provisions;

public sealed class ProvisionUseTests
{
    private static readonly TreatyReference Reference = TreatyReference.Load(Data());

    [Theory]
    [InlineData("18", "untoc", "18(7)", true)]
    [InlineData("18(7)", "untoc", "18", true)]
    [InlineData("18(1)", "untoc", "18(13)", false)]
    [InlineData("18(13)", "untoc", "18(1)", false)]
    [InlineData("1", "untoc", "18", false)]
    [InlineData("18", "tip-protocol", "18", false)]
    [InlineData("untoc:18", "tip-protocol", "18(7)", true)]
    public void A_citation_touches_the_same_article_or_paragraph_and_what_lies_within(string cited, string home, string number, bool touches) =>
        ProvisionUse.Touches(cited, Reference.Resolve(home), Reference.Provisions.Find("untoc", number)!).ShouldBe(touches);

    [Fact]
    public void Assistance_rests_on_article_18()
    {
        var kinds = ProvisionUse.Kinds(Reference, Reference.Provisions.Find("untoc", "18")!);
        kinds.ShouldContain(k => k.Instrument.Id == "untoc" && k.Kind == "mla");
    }

    [Fact]
    public void Around_a_paragraph_are_its_article_and_its_own_paragraphs_only()
    {
        var paragraph = Reference.Provisions.Find("untoc", "18(7)")!;
        ProvisionUse.Around(Reference, paragraph).Select(p => p.Number).ShouldBe(["18"]);
        ProvisionUse.Around(Reference, Reference.Provisions.Find("untoc", "18")!).ShouldContain(paragraph);
    }

    private static string Data()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Palermo.slnx"))) folder = folder.Parent;
        return Path.Combine(folder.FullName, "data");
    }
}
