using Palermo.Tests.Support;
using Palermo.Treaties.Declarations;
using Palermo.Treaties.InForce;
using Palermo.Treaties.LegalBasis;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Treaties.LegalBasis;

public sealed class ExtraditionBasisTests
{
    public static TheoryData<string> Values =>
        [.. Shipped.Reference.Effects.All.Where(e => e.Topic == "extradition-basis").Select(e => e.Value)];

    /// <summary>What each value does when the requested state made it: without an extradition treaty, with an own national, with a treaty.</summary>
    [Theory, MemberData(nameof(Values))]
    public void EveryValueIsUnderstood(string value)
    {
        var (without, national, treaty) = value switch
        {
            "yes" or "yes-if-no-treaty" => ("primary", "primary", "adds"),
            "no" => (Exclusion.DeclaredNotABasis, Exclusion.DeclaredNotABasis, "adds"),
            "treaty-required" => (Exclusion.ConditionalOnTreaty, Exclusion.ConditionalOnTreaty, "adds"),
            "no-own-citizens" or "no-own-citizens-without-bilateral-treaty" => ("not known", Exclusion.DeclaredNotABasis, "adds"),
            "reservation-to-article" => (Exclusion.DeclaredNotABasis, Exclusion.DeclaredNotABasis, Exclusion.DeclaredNotABasis),
            "" => ("not known", "not known", "adds"),
            _ => throw new Xunit.Sdk.XunitException($"The value “{value}” has no expectation here."),
        };
        Of("untoc", value, "ITA", null, treatyInForce: false).ShouldBe(without);
        Of("untoc", value, "ITA", true, treatyInForce: false).ShouldBe(national);
        Of("untoc", value, "ITA", null, treatyInForce: true).ShouldBe(treaty);
    }

    [Theory, MemberData(nameof(Values))]
    public void OnlyAReservationOfTheRequestingStateCounts(string value) =>
        Of("untoc", value, "BRA", null, treatyInForce: false).ShouldBe(value == "reservation-to-article" ? Exclusion.DeclaredNotABasis : "not known");

    [Fact]
    public void SilenceIsNotKnownAndATreatyTakesTheOffenceIn()
    {
        Of("untoc", null, "ITA", null, treatyInForce: false).ShouldBe("not known");
        Of("untoc", null, "ITA", null, treatyInForce: true).ShouldBe("adds");
    }

    [Fact]
    public void AProtocolRestsOnItsConventionsStatement()
    {
        Of("firearms-protocol", "no", "ITA", null, treatyInForce: false).ShouldBe(Exclusion.DeclaredNotABasis);
        Of("firearms-protocol", "yes", "ITA", null, treatyInForce: false).ShouldBe("primary");
    }

    [Theory]
    [InlineData("BRA", "ETH", "ETH")]
    [InlineData("ETH", "BRA", "ETH")]
    public void TheShippedReservationsWorkInBothDirections(string from, string to, string by)
    {
        var answer = FindBasis.Answer(Shipped.Registry, Shipped.Query(from, to, "extradition", "bribery", "2014-06-01"));
        var uncac = answer.Excluded.Single(e => e.Id == "uncac");
        (uncac.Reason, uncac.State?.Code).ShouldBe((Exclusion.DeclaredNotABasis, by));
    }

    [Theory]
    [InlineData(true, "excluded")]
    [InlineData(false, "unknown")]
    [InlineData(null, "unknown")]
    public void OwnNationalsAreExceptedAndTheRestStaysOpen(bool? national, string list)
    {
        var answer = FindBasis.Answer(Shipped.Registry, Shipped.Query("BRA", "LTU", "extradition", "drugs", "2014-06-01", national: national));
        answer.Excluded.Any(e => e is { Id: "drugs-1988", Reason: Exclusion.DeclaredNotABasis }).ShouldBe(list == "excluded");
        answer.Unknown.Any(u => u is { Instrument.Id: "drugs-1988", Missing: "extradition-notification" }).ShouldBe(list == "unknown");
    }

    [Fact]
    public void ATreatyIsRequiredAndTheWayWithoutOneSaysSo()
    {
        var answer = FindBasis.Answer(Shipped.Registry, Shipped.Query("BRA", "LSO", "extradition", "organized-group", "2014-06-01"));
        var untoc = answer.Excluded.Single(e => e.Id == "untoc");
        (untoc.Reason, untoc.State?.Code).ShouldBe((Exclusion.ConditionalOnTreaty, "LSO"));
        answer.Available[^1].Warnings.ShouldContain(w => w.Code == Exclusion.ConditionalOnTreaty);
    }

    [Fact]
    public void ADeclaredBasisIsPrimaryAndCitesTheStatement()
    {
        var answer = FindBasis.Answer(Shipped.Registry, Shipped.Query("BRA", "MEX", "extradition", "organized-group", "2014-06-01"));
        var untoc = answer.Available.Single(a => a.Id == "untoc");
        untoc.Role.ShouldBe(BasisRole.Primary);
        untoc.Articles.ShouldBe(["16"]);
        untoc.Reasons.ShouldContain(r => r.Code == "declared-basis" && r.Source.Provision == "16(5)(a)");
    }

    [Fact]
    public void AnExtraditionTreatyStaysTheBasisAndTheConventionAddsTheOffence()
    {
        var answer = FindBasis.Answer(Shipped.With(Shipped.BrazilItaly("extradition")), Shipped.Query("BRA", "ITA", "extradition", "organized-group", "2014-06-01"));
        answer.Available.Select(a => (a.Id, a.Role)).ShouldBe([("bra-ita-1989", BasisRole.Primary), ("untoc", BasisRole.AddsOffence), ("none", BasisRole.Fallback)]);
        answer.Available[1].Reasons.ShouldContain(r => r.Code == "adds-offence" && r.Source.Provision == "16(3)");
    }

    [Fact]
    public void AnOwnNationalIsWarnedOf() =>
        FindBasis.Answer(Shipped.Registry, Shipped.Query("BRA", "MEX", "extradition", "organized-group", "2014-06-01", national: true))
            .Available[0].Warnings.ShouldContain(w => w.Code == "own-national");

    private static string Of(string instrument, string? value, string by, bool? national, bool treatyInForce)
    {
        var registry = value is null ? Shipped.Registry : Shipped.With(Shipped.Declared("untoc", by, "extradition-basis", value, "16(5)(a)", "notification"));
        var answer = ExtraditionBasis.Of(registry, Shipped.Instrument(instrument), Shipped.Query("BRA", "ITA", "extradition", "organized-group", "2014-06-01", national: national), treatyInForce);
        return answer.Basis switch { true => answer.Role == BasisRole.AddsOffence ? "adds" : "primary", false => answer.Excluded!, null => "not known" };
    }
}
