using Palermo.Data.Exchange;
using Palermo.Exchange.Delivery;
using Palermo.Exchange.Nodes;
using Palermo.Tests.Exchange.Nodes;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Exchange.Delivery;

/// <summary>The doctor's test message is receipted like any other and delivered to nobody.</summary>
public sealed class TestMessageTests
{
    [Fact]
    public async Task ItIsReceiptedAndLeavesNothingBehind()
    {
        await using var brazil = await ExchangeNode.Start("bra", "BRA");
        await using var italy = await ExchangeNode.Start("ita", "ITA");
        await ExchangeNode.Introduce(italy, brazil);
        (await TestMessage.Send(brazil.Trust, brazil.Trust.Find("palermo:ita")!)).ShouldBeNull();
        using (var context = italy.Record.Database.Connect()) context.Set<IncomingMessage>().ShouldBeEmpty();

        Palermo.Exchange.Nodes.Registry.PublishRegistry.Revoke(italy.Trust, Fingerprint.Of(brazil.Trust.Own[0]), "lost");
        (await TestMessage.Send(brazil.Trust, brazil.Trust.Find("palermo:ita")!)).ShouldNotBeNull().ShouldContain("revoked");
    }
}
