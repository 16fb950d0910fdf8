using Palermo.Data.Exchange;
using Palermo.Exchange.Delivery;
using Palermo.Tests.Support;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Exchange.Delivery;

/// <summary>How much may wait at a relay, by whom and for whom.</summary>
public sealed class RelayQuotaTests
{
    [Theory, EveryDatabase]
    public void WhatWasFetchedAndWhatIsForOthersDoesNotCount(Provider provider)
    {
        using var record = TestRecord.Shipped(provider);
        using var context = record.Database.Connect();
        Full("a", "x", 0).ShouldBeNull();
        Leave("a", "x", RelayQuota.MostBytes - 10, fetched: false);
        Leave("a", "x", RelayQuota.MostBytes, fetched: true);
        Leave("a", "y", RelayQuota.MostBytes, fetched: false);
        Full("a", "x", 10).ShouldBeNull();
        Full("a", "x", 11).ShouldBe("exchange.relay-full");
        Full("b", "x", 11).ShouldBeNull();
        foreach (var sender in "bcdefgh") Leave(sender.ToString(), "x", RelayQuota.MostBytes, fetched: false);
        Full("z", "x", 10).ShouldBeNull();
        Full("z", "x", 11).ShouldBe("exchange.relay-full-all");

        string? Full(string from, string to, long more) => RelayQuota.Full(context, from, to, more, null)?.Key;
        void Leave(string from, string to, long size, bool fetched)
        {
            var now = record.Clock.GetUtcNow().UtcDateTime;
            context.Add(new RelayedMessage { From = from, To = to, Sha256 = from + to, ContentType = "x/y", Size = size, At = now, FetchedAt = fetched ? now : null });
            context.SaveChanges();
        }
    }
}
