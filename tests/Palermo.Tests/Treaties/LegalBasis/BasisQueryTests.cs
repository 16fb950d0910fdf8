using Palermo.Kernel;
using Palermo.Tests.Support;
using Palermo.Treaties.LegalBasis;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Treaties.LegalBasis;

public sealed class BasisQueryTests
{
    private static readonly TestClock Clock = new();

    [Fact]
    public void AQuestionReadsAsItWasWritten()
    {
        var query = Read("Brazil", "it", "MLA", "money-laundering", "2014-06-01", "2.5", "yes", "no", "YES", null);
        query.ShouldBe(Shipped.Query("BRA", "ITA", "mla", "money-laundering", "2014-06-01", 2.5m, true, false, true));
        QuestionAddress.Of(query).ShouldBe("/basis?from=BRA&to=ITA&kind=mla&offence=money-laundering&on=2014-06-01&maxPenalty=2.5&group=yes&transnational=no&ownNational=yes");
    }

    [Fact]
    public void WithoutADayItIsToday() => Read("BRA", "ITA", "mla", "other", null).On.ShouldBe(Shipped.Day("2026-06-01"));

    [Theory]
    [InlineData(null, "ITA", "mla", "other", null, null, null, null, "refused.no-state-from")]
    [InlineData("BRA", " ", "mla", "other", null, null, null, null, "refused.no-state-to")]
    [InlineData("BRA", "Brasil", "mla", "other", null, null, null, null, "refused.same-state")]
    [InlineData("BRA", "EUE", "mla", "other", null, null, null, null, "refused.organization")]
    [InlineData("European Union", "BRA", "mla", "other", null, null, null, null, "refused.organization")]
    [InlineData("BRA", "Congo", "mla", "other", null, null, null, null, "refused.state-ambiguous")]
    [InlineData("BRA", "Atlantis", "mla", "other", null, null, null, null, "refused.state-unknown")]
    [InlineData("BRA", "ITA", "help", "other", null, null, null, null, "refused.kind")]
    [InlineData("BRA", "ITA", null, "other", null, null, null, null, "refused.kind")]
    [InlineData("BRA", "ITA", "mla", "theft", null, null, null, null, "refused.offence")]
    [InlineData("BRA", "ITA", "mla", "other", "2014-02-30", null, null, null, "refused.date")]
    [InlineData("BRA", "ITA", "mla", "other", null, "-1", null, null, "refused.penalty")]
    [InlineData("BRA", "ITA", "mla", "other", null, "many", null, null, "refused.penalty")]
    [InlineData("BRA", "ITA", "mla", "other", null, "101", null, null, "refused.penalty")]
    [InlineData("BRA", "ITA", "mla", "other", null, null, "perhaps", null, "refused.yes-no")]
    [InlineData("BRA", "ITA", "mla", "other", null, null, null, "HKG", "refused.territory-of-neither")]
    [InlineData("BRA", "ITA", "mla", "other", null, null, null, "Narnia", "refused.territory-unknown")]
    public void WhatCannotBeUnderstoodIsRefused(string? from, string? to, string? kind, string? offence, string? on, string? penalty, string? group, string? territory, string key)
    {
        var refused = Should.Throw<RefusedException>(() => Read(from, to, kind, offence, on, penalty, group, null, null, territory));
        refused.Text.Key.ShouldBe(key);
        Shipped.Texts.Say(Language.English, refused.Text).ShouldNotContain("{");
    }

    private static BasisQuery Read(
        string? from, string? to, string? kind, string? offence, string? on, string? penalty = null, string? group = null, string? transnational = null, string? national = null, string? territory = null) =>
        BasisQuery.Read(Shipped.Reference.States, Clock, from, to, kind, offence, on, penalty, group, transnational, national, territory);
}
