using Palermo.Data.Cases;
using Palermo.Kernel;
using Palermo.Requests.Costs;
using Palermo.Tests.Support;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Requests.Costs;

public sealed class EnterCostTests
{
    [Theory, EveryDatabase]
    public void ACostIsKeptToTheCent(Provider provider)
    {
        using var record = new LifeRecord(provider);
        var request = record.Request();
        Enter(record, request, "1 250,55", "eur");
        var cost = record.All<Cost>().ShouldHaveSingleItem();
        (cost.Amount, cost.Currency, cost.Extraordinary).ShouldBe((1250.55m, "EUR", true));
        record.Audited("request.cost").ShouldBe([request.Case.ToString()]);
    }

    [Theory]
    [InlineData("0", "EUR", "amount")]
    [InlineData("-5", "EUR", "amount")]
    [InlineData("1.005", "EUR", "amount")]
    [InlineData("1e9", "EUR", "amount")]
    [InlineData("99999999999999", "EUR", "amount")]
    [InlineData("5", "EUO", "currency")]
    public void WhatIsNoAmountOrCurrencyIsRefused(string amount, string currency, string field)
    {
        using var record = new LifeRecord(Provider.Sqlite);
        var request = record.Request();
        Should.Throw<RefusedException>(() => Enter(record, request, amount, currency)).Field.ShouldBe(field);
    }

    private static void Enter(LifeRecord record, Request request, string amount, string currency) =>
        EnterCost.Add(record.Module, record.Officer.Viewer, request.Id, new("incurred", "extraordinary", amount, currency, "requested", "Expert"));
}
