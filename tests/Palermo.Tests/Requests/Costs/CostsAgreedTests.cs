using Palermo.Data.Cases;
using Palermo.Requests.Costs;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Requests.Costs;

public sealed class CostsAgreedTests
{
    [Fact]
    public void ExtraordinaryCostsNeedAnAgreementInTheirCurrency()
    {
        Cost[] costs = [Cost("agreed", 100, "EUR", extraordinary: true), Cost("incurred", 100, "EUR", extraordinary: true), Cost("incurred", 0.01m, "USD", extraordinary: true)];
        var finding = CostsAgreed.Missing(costs).ShouldHaveSingleItem();
        finding.ShouldBe(new CostFinding("costs.warn.extraordinary", "USD", 0.01m, 0, new("untoc", "18(28)")));
    }

    [Fact]
    public void OrdinaryCostsFallOnTheRequestedStateUnlessAgreedOtherwise()
    {
        CostsAgreed.Missing([Cost("incurred", 50, "EUR")]).ShouldBeEmpty();
        CostsAgreed.Missing([Cost("incurred", 50, "EUR", by: "requesting")]).ShouldHaveSingleItem().Key.ShouldBe("costs.warn.ordinary");
        CostsAgreed.Missing([Cost("incurred", 50, "EUR", by: "requesting"), Cost("agreed", 50, "EUR", by: "requesting")]).ShouldBeEmpty();
    }

    [Fact]
    public void AmountsOfDifferentCurrenciesAreNeverAdded() =>
        CostsAgreed.Sums([Cost("incurred", 50, "EUR"), Cost("incurred", 25.5m, "EUR"), Cost("agreed", 10, "EUR"), Cost("incurred", 7, "BRL")])
            .ShouldBe([new("BRL", "requested", 0, 7), new("EUR", "requested", 10, 75.5m)]);

    private static Cost Cost(string stage, decimal amount, string currency, bool extraordinary = false, string by = "requested") =>
        new() { Request = Guid.Empty, Stage = stage, Amount = amount, Currency = currency, Extraordinary = extraordinary, BorneBy = by, Text = "Experts", At = default };
}
