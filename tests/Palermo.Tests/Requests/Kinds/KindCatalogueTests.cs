using Palermo.Kernel;
using Palermo.Requests.Kinds;
using Palermo.Tests.Support;
using Palermo.Treaties.Registry;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Requests.Kinds;

/// <summary>The tables in <c>data/requests</c> and what they say when they are wrong.</summary>
public sealed class KindCatalogueTests
{
    private static KindCatalogue Catalogue => RequestSamples.Catalogue;

    [Fact]
    public void TheSeventeenKindsOfTheConventionAreThere() => Catalogue.Kinds.Select(k => k.Code).ShouldBe(
        ["mla", "extradition", "confiscation", "asset-return", "joint-investigation", "special-techniques", "transfer-of-proceedings", "sentenced-persons", "videoconference",
         "witness-transfer", "witness-protection", "victim-assistance", "return-of-persons", "boarding", "firearms-tracing", "law-enforcement-information", "spontaneous-information"]);

    [Fact]
    public void EveryKindOfTheFinderLeadsToOne() => Palermo.Treaties.LegalBasis.Codes.Kinds.Where(c => Catalogue.OfFinder(c) is null).ShouldBeEmpty();

    [Fact]
    public void EverythingHasAText()
    {
        var keys = new HashSet<string>(KindCatalogue.Sections.Select(s => "request.section." + s));
        foreach (var kind in Catalogue.Kinds)
        {
            keys.Add("request.kind." + kind.Code);
            foreach (var item in Catalogue.Items(kind.Code))
            {
                keys.Add(item.TextKey);
                keys.UnionWith(item.Choices.Select(c => $"request.choice.{item.Name}.{c}"));
                keys.UnionWith(item.Conditions.Where(c => c.Kind == ConditionKind.Entry && c.Subject != "code").SelectMany(c => c.Values.Select(v => $"request.choice.{item.ListName ?? item.Name}.{c.Subject}.{v}")));
            }

            foreach (var measure in Catalogue.Measures(kind.Code))
            {
                keys.Add("request.measure." + measure.Code);
                keys.UnionWith(measure.Needs.Select(n => "request.item." + n));
            }
        }

        keys.Where(k => !Shipped.Texts.Has(k)).ShouldBeEmpty();
    }

    [Fact]
    public void EveryHintBelongsToAnItem()
    {
        var names = Catalogue.Kinds.SelectMany(k => Catalogue.Items(k.Code)).Select(i => "request.hint." + i.Name).ToHashSet();
        Texts.ReadModule(typeof(KindCatalogue).Assembly, Language.English).Keys.Where(k => k.StartsWith("request.hint.", StringComparison.Ordinal) && !names.Contains(k)).ShouldBeEmpty();
    }

    [Fact]
    public void EveryArticleOfTheConventionAndItsProtocolsIsInTheCatalogueOfProvisions()
    {
        var cited = Catalogue.Kinds.SelectMany(k => Catalogue.Items(k.Code).SelectMany(i => i.Articles).Concat(Catalogue.Measures(k.Code).SelectMany(m => m.Articles))).Distinct();
        cited.Where(c => Shipped.Reference.Provisions.Find(c.Instrument, c.Provision) is null).Select(c => c.ToString()).ShouldBeEmpty();
    }

    [Fact]
    public void EveryKindSaysWhatItNeedsAndMostHaveMeasures()
    {
        foreach (var kind in Catalogue.Kinds)
        {
            Catalogue.Items(kind.Code).Count(i => i.Level == ItemLevel.Mandatory).ShouldBeGreaterThan(5, kind.Code);
            Catalogue.Measures(kind.Code).Count.ShouldBeGreaterThan(kind.Code == "spontaneous-information" ? -1 : 0, kind.Code);
            Catalogue.Items(kind.Code, "basis").Select(i => i.Name).ShouldBeUnique();
        }

        Catalogue.Measures("mla").Select(m => m.Articles[0].Provision[..^1][^1]).Distinct().ShouldBe("abcdefghi");
    }

    [Theory]
    [InlineData("kinds.csv", "1,mla,untoc:18,mla", "1,mla,untoc 18,mla", 2, "provision")]
    [InlineData("kinds.csv", "1,mla,untoc:18,mla", "1,mla,untoc:18,help", 2, "finder_kind")]
    [InlineData("kinds.csv", "1,mla,untoc:18,mla", "one,mla,untoc:18,mla", 2, "number")]
    [InlineData("items.csv", "*,basis,requesting,member", "mlaa,basis,requesting,member", 2, "kinds")]
    [InlineData("items.csv", "*,basis,requesting,member", "*;-mla;-mla,basis,requesting,member", 2, "kinds")]
    [InlineData("items.csv", "*,basis,requesting,member", "*,base,requesting,member", 2, "section")]
    [InlineData("items.csv", "*,basis,requesting,member", "*,basis,requestor,member", 2, "item")]
    [InlineData("items.csv", "*,basis,requesting,member", "*,basis,facts.summary,text", 2, "item")]
    [InlineData("items.csv", "*,basis,requesting,member", "*,basis,requesting,thing", 2, "type")]
    [InlineData("items.csv", "*,basis,requesting,member,mandatory", "*,basis,requesting,member,nice", 2, "level")]
    [InlineData("items.csv", "*,basis,requesting,member,mandatory,*", "*,basis,requesting,member,mandatory,art. 18", 2, "article")]
    [InlineData("items.csv", "*,basis,requesting,member,mandatory,*,", "*,basis,requesting,member,mandatory,*,if-rich", 2, "condition")]
    [InlineData("items.csv", "*,basis,requesting,member,mandatory,*,", "*,basis,requesting,member,mandatory,*,if-measure:dance", 2, "condition")]
    [InlineData("items.csv", "*,basis,requesting,member,mandatory,*,", "*,basis,requesting,member,mandatory,*,if-field:facts.weather=fine", 2, "condition")]
    [InlineData("measures.csv", "mla,take-evidence,", "mla,Take Evidence,", 2, "code")]
    [InlineData("measures.csv", "voluntary-appearance,untoc 18(3)(h);uncac 46(3)(h);drugs-1988 7(4),persons", "voluntary-appearance,untoc 18(3)(h);uncac 46(3)(h);drugs-1988 7(4),people", 11, "needs")]
    [InlineData("iban-lengths.csv", "AD,24", "AD,240", 2, "length")]
    public void AWrongCellIsNamed(string file, string right, string wrong, int line, string column)
    {
        using var folder = new TestFolder();
        TestFolder.Copy(Repository.Data, folder.Path);
        var path = Path.Combine(folder.Path, "requests", file);
        var text = File.ReadAllText(path);
        text.ShouldContain(right);
        File.WriteAllText(path, text.Replace(right, wrong, StringComparison.Ordinal));
        var e = Should.Throw<DataFileException>(() => KindCatalogue.Load(TreatyReference.Load(folder.Path)));
        (e.File, e.Line, e.Column).ShouldBe((file, line, column), e.Message);
    }

    [Fact]
    public void ARowThatCouldNeverCountIsNamed()
    {
        using var folder = new TestFolder();
        TestFolder.Copy(Repository.Data, folder.Path);
        var path = Path.Combine(folder.Path, "requests", "items.csv");
        File.AppendAllText(path, "mla,basis,requesting,member,optional,*,urgent\n");
        Should.Throw<DataFileException>(() => KindCatalogue.Load(folder.Path)).Message.ShouldContain("never count");
    }
}
