using Palermo.Exchange.Evidence.Line;
using Palermo.Kernel;
using Palermo.Tests.Exchange.Nodes;
using Palermo.Tests.Support;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Exchange.Evidence;

/// <summary>A receiver whose clock is a year off.</summary>
public sealed class WrongClockTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(366, "expired on 1 June 2027; the clock here says 2 June 2027")]
    [InlineData(-366, "is not valid before 1 June 2026; the clock here says 31 May 2025")]
    public async Task ItSaysWhatItsClockSaysToBothEndsAtOnce(int days, string said)
    {
        await using var brazil = await ExchangeNode.Start("bra", "BRA");
        await using var italy = await ExchangeNode.Start("ita", "ITA");
        await ExchangeNode.Introduce(italy, brazil);
        italy.Clock.Advance(TimeSpan.FromDays(days));
        using var folder = new TestFolder();
        var (package, _) = await Packed.Pack(folder, null, Packed.Content(10));

        using var client = brazil.Trust.ClientFor(brazil.Trust.Find("palermo:ita")!);
        var sending = await Should.ThrowAsync<RefusedException>(() => SendEvidence.Run(client, package, new LineSettings(), TimeProvider.System, null, Cancel));
        sending.Text.Key.ShouldBe("package.line.refused-there");
        Shipped.Texts.Say(Language.English, sending.Text).ShouldContain(said);
        var fetching = Should.Throw<RefusedException>(() => italy.Trust.ClientFor(italy.Trust.Find("palermo:bra")!));
        Shipped.Texts.Say(Language.English, fetching.Text).ShouldContain(said);
    }
}
