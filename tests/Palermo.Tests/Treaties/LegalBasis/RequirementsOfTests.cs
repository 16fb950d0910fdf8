using Palermo.Kernel;
using Palermo.Tests.Support;
using Palermo.Treaties.LegalBasis;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Treaties.LegalBasis;

public sealed class RequirementsOfTests
{
    [Fact]
    public void ANotificationIsGivenAndAMissingOneIsNotKnown()
    {
        var silent = Of("untoc", Shipped.Query("BRA", "ITA", "mla", "organized-group", "2014-06-01")).Requirements;
        silent.Select(r => r.Code).ShouldBe(["central-authority", "language", "dual-criminality", "use-limitation"]);
        silent[0].ShouldBe(new BasisRequirement("central-authority", null, new Citation("untoc", "18(13)")));
        silent[1].ShouldBe(new BasisRequirement("language", null, new Citation("untoc", "18(14)")));

        var latvia = Of("untoc", Shipped.Query("BRA", "LVA", "mla", "organized-group", "2014-06-01")).Requirements;
        latvia[0].Value.ShouldNotBeNull();
        latvia[1].Value.ShouldBe("en;lv");
    }

    [Fact]
    public void DualCriminalityIsOptionalForAssistanceAndRequiredForExtradition()
    {
        var mla = Of("untoc", Shipped.Query("BRA", "ITA", "mla", "organized-group", "2014-06-01")).Requirements;
        mla.ShouldContain(new BasisRequirement("dual-criminality", "may-be-required", new Citation("untoc", "18(9)")));
        mla.ShouldContain(new BasisRequirement("use-limitation", "consent-needed", new Citation("untoc", "18(19)")));
        var extradition = Of("untoc", Shipped.Query("BRA", "ITA", "extradition", "organized-group", "2014-06-01")).Requirements;
        extradition.ShouldContain(new BasisRequirement("dual-criminality", "required", new Citation("untoc", "16(1)")));
        extradition.ShouldContain(r => r.Code == "speciality");
    }

    [Fact]
    public void AStatementMakesDualCriminalityRequired()
    {
        var registry = Shipped.With(Shipped.Declared("untoc", "ITA", "other", "dual-criminality", "18(9)"));
        Of("untoc", Shipped.Query("BRA", "ITA", "mla", "organized-group", "2014-06-01"), registry).Requirements
            .ShouldContain(new BasisRequirement("dual-criminality", "required", new Citation("untoc", "18(9)")));
        Of("untoc", Shipped.Query("ITA", "BRA", "mla", "organized-group", "2014-06-01"), registry).Requirements
            .ShouldContain(r => r.Code == "dual-criminality" && r.Value == "may-be-required");
    }

    [Theory]
    [InlineData("untoc", "bank-secrecy", "18(8)")]
    [InlineData("untoc", "fiscal", "18(22)")]
    [InlineData("untoc", "contents", "18(15)")]
    [InlineData("untoc", "refusal-grounds", "18(21)")]
    [InlineData("untoc", "confidentiality", "18(20)")]
    [InlineData("untoc", "reasons", "18(23)")]
    [InlineData("untoc", "consultation", "18(26)")]
    public void WhatTheTreatySaysOfTheRequestIsGivenWithItsParagraph(string instrument, string code, string provision) =>
        Of(instrument, Shipped.Query("BRA", "ITA", "mla", "organized-group", "2014-06-01")).Reasons.ShouldContain(new BasisReason(code, new Citation("untoc", provision)));

    [Fact]
    public void AProtocolTakesItsConventionsRules() =>
        Of("firearms-protocol", Shipped.Query("BRA", "ITA", "mla", "firearms", "2014-06-01")).Requirements
            .ShouldContain(new BasisRequirement("language", null, new Citation("untoc", "18(14)")));

    private static (List<BasisRequirement> Requirements, List<BasisReason> Reasons) Of(string instrument, BasisQuery query, Palermo.Treaties.Registry.TreatyRegistry? registry = null)
    {
        var (requirements, reasons) = (new List<BasisRequirement>(), new List<BasisReason>());
        RequirementsOf.Collect(registry ?? Shipped.Registry, Shipped.Instrument(instrument), query, requirements, reasons);
        return (requirements, reasons);
    }
}
