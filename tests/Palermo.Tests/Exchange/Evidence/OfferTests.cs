using Palermo.Exchange.Delivery;
using Palermo.Exchange.Evidence.Packing;
using Palermo.Exchange.Evidence.Record;
using Palermo.Exchange.Nodes;
using Palermo.Exchange.Nodes.Identity;
using Palermo.Exchange.Nodes.Registry;
using Palermo.Kernel;
using Palermo.Tests.Exchange.Nodes;
using Palermo.Tests.Support;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Exchange.Evidence;

/// <summary>For which certificate evidence is sealed.</summary>
public sealed class OfferTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task NothingIsSealedForARevokedCertificate()
    {
        await using var brazil = new EvidenceDesk(Provider.Sqlite);
        using var nodes = new Identities();
        brazil.BecomeNode(EvidenceDesk.Brazil);
        var (trust, italy) = (brazil.Module.Trust, nodes.Make("ita"));
        InitNode.Renew(italy.Folder, new InitInput(null, null) { SelfSigned = true, Algorithm = NodeKeys.EllipticCurve }, Identities.Secret, nodes.Clock.GetUtcNow());
        PublishRegistry.Add(trust, DescribeNode.Run(trust), replace: false);
        PublishRegistry.Add(trust, DescribeNode.Run(italy), replace: false);
        PublishRegistry.Issue(trust, null);
        var (first, second) = (Them().Certificates[0], Them().Certificates[1]);
        (await Offer()).ShouldBe(Fingerprint.Of(first));

        PublishRegistry.Revoke(trust, Fingerprint.Of(first), "stolen");
        (await Offer()).ShouldBe(Fingerprint.Of(second));
        SendWaiting.Keys(trust, Them()).Them.ShouldBe(second, "messages are encrypted to the same one");

        PublishRegistry.Revoke(trust, Fingerprint.Of(second), "stolen, too");
        var refused = await Should.ThrowAsync<RefusedException>(Offer);
        Shipped.Texts.Say(Language.English, refused.Text).ShouldBe($"The certificate {Fingerprint.Short(Fingerprint.Of(first))} of palermo:ita is revoked in the registry. Nothing is exchanged with it.");
        Should.Throw<RefusedException>(() => SendWaiting.Keys(trust, Them())).Text.Key.ShouldBe(refused.Text.Key);
        Directory.EnumerateDirectories(brazil.Record.Folder + "/evidence").Count().ShouldBe(2);

        NodeEntry Them() => trust.Find("palermo:ita")!;

        async Task<string> Offer() => (await OfferEvidence.For(brazil.Module, brazil.Officer, brazil.Request, [Packed.Source("a.bin", [1])], Them(), Cancel)).Manifest.To.Certificate;
    }
}
