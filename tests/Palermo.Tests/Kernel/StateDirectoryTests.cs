using Palermo.Kernel;
using Palermo.Tests.Support;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Kernel;

public sealed class StateDirectoryTests
{
    private static readonly StateDirectory States = Shipped.Reference.States;

    public static TheoryData<string> Languages => [.. Language.All.Select(l => l.Code)];

    [Theory, MemberData(nameof(Languages))]
    public void EveryNameFindsItsOwnStateUnlessItIsListedAsAmbiguous(string code)
    {
        var language = Language.Find(code)!;
        var listed = DataFile.Read(Path.Combine(Repository.Data, "states", "ambiguous.csv"), "term", "candidates", "note").Rows
            .ToLookup(r => StateDirectory.Fold(r["term"]), r => r["candidates"], StringComparer.Ordinal);
        foreach (var state in States.All)
        {
            var name = state.NameIn(language);
            name.ShouldNotBeNullOrWhiteSpace();
            if (!listed.Contains(StateDirectory.Fold(name)))
            {
                States.Resolve(name).ShouldBe(state, name);
                States.Resolve("  " + name.ToUpperInvariant() + " ").ShouldBe(state, name);
                continue;
            }

            listed[StateDirectory.Fold(name)].Last().Split(';').ShouldContain(state.Code);
            Should.Throw<RefusedException>(() => States.Resolve(name)).Text.Key.ShouldBe("refused.state-ambiguous");
        }
    }

    [Fact]
    public void EveryCodeFindsItsStateInAnyCase()
    {
        States.All.Count.ShouldBeGreaterThanOrEqualTo(198);
        foreach (var state in States.All)
        {
            States.Resolve(state.Code).ShouldBe(state);
            States.Resolve(" " + state.Alpha2.ToLowerInvariant()).ShouldBe(state);
        }
    }

    [Theory]
    [InlineData("Congo", "COG COD")]
    [InlineData("congo", "COG COD")]
    [InlineData("Конго", "COG COD")]
    [InlineData("刚果", "COG COD")]
    [InlineData("Korea", "KOR PRK")]
    [InlineData("Corée", "KOR PRK")]
    [InlineData("Guinea", "GIN GNB GNQ PNG")]
    [InlineData("Guinée", "GIN GNB GNQ PNG")]
    [InlineData("Czechoslovakia", "CZE SVK")]
    [InlineData("Serbia and Montenegro", "SRB MNE")]
    public void AnAmbiguousNameIsRefusedWithItsChoices(string name, string codes)
    {
        var said = Refusal(name);
        foreach (var code in codes.Split(' ')) said.ShouldContain($"({code})");
        said.ShouldContain("more than one");
    }

    [Theory]
    [InlineData("Swaziland", "SWZ")]
    [InlineData("eSwatini", "SWZ")]
    [InlineData("Czech Republic", "CZE")]
    [InlineData("Czechia", "CZE")]
    [InlineData("Turkey", "TUR")]
    [InlineData("Türkiye", "TUR")]
    [InlineData("TURKIYE", "TUR")]
    [InlineData("Cape Verde", "CPV")]
    [InlineData("Cabo Verde", "CPV")]
    [InlineData("Cote d'Ivoire", "CIV")]
    [InlineData("Côte d’Ivoire", "CIV")]
    [InlineData("Ivory Coast", "CIV")]
    [InlineData("The former Yugoslav Republic of Macedonia", "MKD")]
    [InlineData("Democratic Republic of the Congo", "COD")]
    [InlineData("Republic of the Congo", "COG")]
    [InlineData("South Korea", "KOR")]
    [InlineData("Equatorial Guinea", "GNQ")]
    [InlineData("Papua New Guinea", "PNG")]
    [InlineData("Viet Nam", "VNM")]
    [InlineData("Vietnam", "VNM")]
    [InlineData("USA", "USA")]
    [InlineData("United States", "USA")]
    [InlineData("Bolivia", "BOL")]
    [InlineData("Timor-Leste", "TLS")]
    [InlineData("Hong Kong", null)]
    public void NamesPeopleTypeFindTheState(string name, string? code)
    {
        if (code is null) Should.Throw<RefusedException>(() => States.Resolve(name));
        else States.Resolve(name).Code.ShouldBe(code);
    }

    [Theory]
    [InlineData("Germny", "DEU")]
    [InlineData("Portugl", "PRT")]
    [InlineData("Venezuel", "VEN")]
    [InlineData("Madagasacr", "MDG")]
    [InlineData("Ницарагуа", null)]
    [InlineData("Atlantis", null)]
    [InlineData("xyz", null)]
    public void ANearMissIsOfferedAndNeverTaken(string name, string? offered)
    {
        var said = Refusal(name);
        if (offered is null) return;
        said.ShouldContain($"({offered})");
        said.ShouldContain("did you mean");
    }

    [Fact]
    public void HostileTextIsRefusedWithAShortSentence()
    {
        string?[] hostile =
        [
            null, "", "   ", "\0", "\t\n", new('a', 1_000_000), new('é', 100_000), string.Concat(Enumerable.Repeat("😀", 300)),
            "\uFFFE", "\uFFFF", "Chad\uFFFE", "\uD800", "Chad\uDC00", "%s%n", "'; DROP TABLE batches; --", "<script>alert(1)</script>", "\u202Edahc",
        ];
        foreach (var text in hostile)
        {
            var said = Refusal(text);
            said.Length.ShouldBeLessThan(400);
            said.ShouldNotContain("\u202E");
            said.ShouldNotContain("\0");
        }
    }

    [Theory]
    [InlineData("Congo", "COG")]
    [InlineData("Guinea", "GIN")]
    [InlineData("Guinée", "GIN")]
    [InlineData("Turkey", "TUR")]
    public void ADepositarysNameIsTheStateOfExactlyThatName(string name, string code) => States.FindByName(name)!.Code.ShouldBe(code);

    [Fact]
    public void ADepositarysNameIsNeverGuessed()
    {
        States.FindByName("Korea").ShouldBeNull();
        States.FindByName("Germny").ShouldBeNull();
    }

    [Fact]
    public void TerritoriesAreFoundByCodeAndName()
    {
        States.ResolveTerritory("hkg").State.Code.ShouldBe("CHN");
        States.ResolveTerritory("Groenland").Code.ShouldBe("GRL");
        Should.Throw<RefusedException>(() => States.ResolveTerritory("Atlantis")).Text.Key.ShouldBe("refused.territory-unknown");
        Should.Throw<RefusedException>(() => States.ResolveTerritory("\uFFFE")).Text.Key.ShouldBe("refused.territory-unknown");
        foreach (var territory in States.Territories)
            foreach (var name in territory.Names) States.ResolveTerritory(name).Code.ShouldBe(territory.Code);
    }

    private static string Refusal(string? text) =>
        Shipped.Texts.Say(Language.English, Should.Throw<RefusedException>(() => States.Resolve(text)).Text);
}
