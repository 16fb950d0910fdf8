using Palermo.Kernel;
using Palermo.Tests.Support;
using Palermo.Treaties.LegalBasis;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Treaties.Registry;

public sealed class ProvisionCatalogueTests
{
    private static readonly string[] Catalogued =
        ["untoc", "tip-protocol", "som-protocol", "firearms-protocol", "uncac", "drugs-1988", "terrorist-financing-1999", "cifta", "oas-mla-1992"];

    [Fact]
    public void TheNineInstrumentsAreThereInEveryLanguage()
    {
        Shipped.Reference.Instruments.Where(i => Shipped.Reference.Provisions.Of(i).Count > 0).Select(i => i.Id).Order().ShouldBe(Catalogued.Order());
        foreach (var provision in Catalogued.SelectMany(id => Shipped.Reference.Provisions.Of(Shipped.Instrument(id))))
        {
            provision.Headings.ShouldAllBe(h => h.Length > 0);
            provision.Summaries.ShouldAllBe(s => s.Length > 0);
            provision.Summaries[0].Split(' ').Length.ShouldBeLessThanOrEqualTo(40, provision.Number);
        }
    }

    [Fact]
    public void EveryArticleTheFinderNamesIsInTheCatalogue()
    {
        var missing = new List<string>();
        foreach (var id in Catalogued)
        {
            var instrument = Shipped.Instrument(id);
            foreach (var kind in Codes.Kinds.Select(k => Codes.Kind(k)!.Value))
            {
                foreach (var article in Shipped.Reference.Coverage.Kind(instrument, kind)?.Articles ?? [])
                    if (Shipped.Reference.Provisions.Find(id, article) is null) missing.Add($"{id} {article}");
                foreach (var rule in Shipped.Reference.Coverage.Rules(instrument, kind))
                    if (Shipped.Reference.Provisions.Find(id, rule.Provision.Split(['-', ';'])[0]) is null) missing.Add($"{id} {rule.Provision}");
            }
        }

        missing.ShouldBeEmpty();
    }

    [Fact]
    public void AParagraphThatIsNotListedLeadsToItsArticle()
    {
        Shipped.Reference.Provisions.Find("untoc", "18")!.IsParagraph.ShouldBeFalse();
        Shipped.Reference.Provisions.Find("untoc", "18(99)(z)")!.Number.ShouldBe("18");
        Shipped.Reference.Provisions.Find("untoc", "999").ShouldBeNull();
        Language.All.Count.ShouldBe(7);
    }
}
