using System.Text;
using Palermo.Exchange.Nodes;
using Palermo.Exchange.Nodes.Identity;
using Palermo.Exchange.Nodes.Registry;
using Palermo.Kernel;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Exchange.Nodes;

/// <summary>Nothing takes the place of the last good copy but a newer edition signed by one who may.</summary>
public sealed class RegistryTests : IDisposable
{
    private readonly Identities _nodes = new();

    [Fact]
    public void ANewerEditionIsTakenAndAnOlderOneNeverAgain()
    {
        var (publisher, node) = Followed(out var first);
        _nodes.Publish(publisher, _nodes.Make("ita"), node);
        var second = Identities.Document(publisher);
        node.Nodes.Count.ShouldBe(3);
        node.Registry.Take(second).ShouldBeFalse("it is the copy");
        Refused(node, first).ShouldBe("nodes.registry.older");

        // Not even when the copy got lost.
        File.Delete(node.Registry.CopyPath);
        node.Nodes.ShouldBeEmpty();
        Refused(node, first).ShouldBe("nodes.registry.older");
        node.Registry.Take(second).ShouldBeTrue();
    }

    [Fact]
    public void TheSameNumberWithOtherWordsIsRefused()
    {
        var (publisher, node) = Followed(out var first);
        File.Delete(publisher.Registry.DraftPath);
        File.Delete(Path.Combine(publisher.Folder, "registry-state.json"));
        File.Delete(publisher.Registry.CopyPath);
        PublishRegistry.Issue(publisher, null).Serial.ShouldBe(1);
        Identities.Document(publisher).ShouldNotBe(first);
        Refused(node, Identities.Document(publisher)).ShouldBe("nodes.registry.forked");
    }

    [Fact]
    public void WhatSomebodyElseSignedIsRefused()
    {
        var (_, node) = Followed(out _);
        var impostor = _nodes.Make("impostor");
        _nodes.Publish(impostor, impostor);
        _nodes.Publish(impostor, impostor);
        Refused(node, Identities.Document(impostor)).ShouldBe("nodes.registry.stranger");
        Refused(node, DescribeNode.Run(impostor)).ShouldBe("nodes.signed.type");
    }

    [Fact]
    public void WhatWasChangedOrCutOffAnywhereIsRefused()
    {
        var (publisher, node) = Followed(out _);
        PublishRegistry.Issue(publisher, null);
        var whole = Identities.Document(publisher);
        for (var length = 0; length < whole.Length; length += Math.Max(1, whole.Length / 40)) Refused(node, whole[..length]).ShouldBe("nodes.signed.unreadable");
        var random = new Random(4);
        for (var i = 0; i < 60; i++)
        {
            var changed = (byte[])whole.Clone();
            changed[random.Next(changed.Length)] ^= (byte)(1 << random.Next(8));
            try
            {
                // The last letter of a Base64 text may carry bits that mean nothing; the words are the same, then.
                Jws.Open(changed, RegistryEdition.Type).Payload.ShouldBe(Jws.Open(whole, RegistryEdition.Type).Payload);
            }
            catch (RefusedException e)
            {
                e.Text.Key.ShouldStartWith("nodes.signed.");
                Refused(node, changed).ShouldStartWith("nodes.");
            }
        }

        node.Registry.Current.Edition!.Serial.ShouldBe(1);
    }

    [Fact]
    public void ADocumentWithoutEndOrBottomIsRefused()
    {
        var (_, node) = Followed(out _);
        Refused(node, Encoding.ASCII.GetBytes(new string('[', 100_000))).ShouldBe("nodes.signed.unreadable");
        Refused(node, Encoding.ASCII.GetBytes("{\"payload\":\"\",\"signatures\":[" + string.Join(',', Enumerable.Repeat("{}", 1000)) + "]}")).ShouldBe("nodes.signed.unreadable");
        Refused(node, Encoding.ASCII.GetBytes("{\"payload\":\"\",\"payload\":\"\",\"signatures\":[]}")).ShouldBe("nodes.signed.unreadable");
    }

    [Fact]
    public void TheAnchorMayBeFollowedByAnotherThatItVouchedFor()
    {
        var (publisher, node) = Followed(out _);
        var old = Fingerprint.Of(publisher.Own[0]);
        InitNode.Renew(publisher.Folder, new InitInput(null, null) { SelfSigned = true, Algorithm = NodeKeys.EllipticCurve, Days = 700 }, Identities.Secret, _nodes.Clock.GetUtcNow());
        _nodes.Publish(publisher, node);
        node.Registry.Current.Edition!.Anchors.Count.ShouldBe(2);
        _nodes.Clock.Advance(TimeSpan.FromDays(366));
        PublishRegistry.Issue(publisher, null).Anchors.ShouldHaveSingleItem().ShouldNotBe(old);
        node.Registry.Take(Identities.Document(publisher)).ShouldBeTrue();
        node.Registry.Current.State!.Anchors.ShouldNotContain(old);
    }

    [Fact]
    public void TheAnchorIsRevokedOnlyWhenAnotherCanSaySo()
    {
        var (publisher, node) = Followed(out _);
        var old = Fingerprint.Of(publisher.Own[0]);
        Should.Throw<RefusedException>(() => PublishRegistry.Revoke(publisher, old, "")).Text.Key.ShouldBe("nodes.registry.last-anchor");
        InitNode.Renew(publisher.Folder, new InitInput(null, null) { SelfSigned = true, Algorithm = NodeKeys.EllipticCurve }, Identities.Secret, _nodes.Clock.GetUtcNow());
        _nodes.Publish(publisher, publisher, node);
        var stolen = Identities.Document(publisher);
        PublishRegistry.Revoke(publisher, old, "stolen").Edition!.Anchors.ShouldHaveSingleItem().ShouldNotBe(old);
        node.Registry.Take(Identities.Document(publisher)).ShouldBeTrue();
        publisher.Check(publisher.Own.Single(c => Fingerprint.Of(c) == old), null)!.Code.ShouldBe("revoked");
        Refused(node, stolen).ShouldBe("nodes.registry.older");
    }

    [Fact]
    public void ManyWhoChangeTheDraftAtOnceWaitForEachOther()
    {
        var (publisher, _) = Followed(out _);
        var descriptions = Enumerable.Range(0, 12).Select(i => DescribeNode.Run(_nodes.Make("n" + i.ToString(System.Globalization.CultureInfo.InvariantCulture)))).ToArray();
        Parallel.ForEach(descriptions, d => PublishRegistry.Add(_nodes.Open("publisher"), d, replace: false));
        PublishRegistry.Issue(publisher, null).Nodes.Count.ShouldBe(14);
    }

    [Fact]
    public void ACopyThatWasDamagedIsNotUsedAndSaid()
    {
        var (_, node) = Followed(out var first);
        File.WriteAllBytes(node.Registry.CopyPath, first[..^20]);
        node.Nodes.ShouldBeEmpty();
        node.Registry.Current.Problem!.Key.ShouldBe("nodes.registry.copy-broken");
        node.Registry.Take(first).ShouldBeTrue("the same edition, whole again");
        node.Nodes.Count.ShouldBe(2);
    }

    [Fact]
    public void ACutBetweenCopyAndStateLosesNothing()
    {
        var (publisher, node) = Followed(out _);
        var state = Path.Combine(node.Folder, "registry-state.json");
        var before = File.ReadAllBytes(state);
        InitNode.Renew(publisher.Folder, new InitInput(null, null) { SelfSigned = true, Algorithm = NodeKeys.EllipticCurve }, Identities.Secret, _nodes.Clock.GetUtcNow());
        _nodes.Publish(publisher, node);
        // As if the last of the three writes had not happened.
        File.WriteAllBytes(state, before);
        File.WriteAllText(state + ".new", "{");
        node.Registry.Current.Edition!.Serial.ShouldBe(2);
        node.Registry.Take(Identities.Document(publisher));
        _nodes.Open("node").Registry.Current.Edition!.Serial.ShouldBe(2);
    }

    [Fact]
    public void PinningAnotherAnchorDropsACopyItDidNotSign()
    {
        var (publisher, node) = Followed(out _);
        node.Registry.Pin("https://registry.example/exchange/registry", Fingerprint.Of(publisher.Own[0]));
        node.Nodes.Count.ShouldBe(2);
        node.Registry.Pin("", new string('a', 64));
        node.Nodes.ShouldBeEmpty();
    }

    [Fact]
    public void ADescriptionMustBeSignedWithEveryKeyItNames()
    {
        var (publisher, _) = Followed(out _);
        var (one, other) = (_nodes.Make("one"), _nodes.Make("other"));
        var file = new NodeFile("palermo:one", "One", [], null, "pull", "", [Convert.ToBase64String(one.Own[0].RawData), Convert.ToBase64String(other.Own[0].RawData)], []);
        var stolen = Jws.Sign(DescribeNode.Type, System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(file, RegistryJson.Default.NodeFile), [one.Own[0]]);
        Should.Throw<RefusedException>(() => PublishRegistry.Add(publisher, stolen, replace: false)).Text.Key.ShouldBe("nodes.description.unsigned");
    }

    [Fact]
    public void ANodeComesBackUnderItsNameOnlyWithAKnownKeyOrByHand()
    {
        var (publisher, _) = Followed(out _);
        Directory.Delete(_nodes.File("node"), recursive: true);
        var impostor = DescribeNode.Run(_nodes.Make("node"));
        Should.Throw<RefusedException>(() => PublishRegistry.Add(publisher, impostor, replace: false)).Text.Key.ShouldBe("nodes.registry.discontinued");
        PublishRegistry.Add(publisher, impostor, replace: true).Party.ShouldBe("palermo:node");
    }

    [Fact]
    public void TwoPartiesWhoseMessagesCouldNotBeToldApartAreNeitherPublishedNorAccepted()
    {
        var (publisher, node) = Followed(out _);
        var alike = _nodes.Make("a", party: "palermo.node");
        var refusal = Should.Throw<RefusedException>(() => PublishRegistry.Add(publisher, DescribeNode.Run(alike), replace: false));
        refusal.Text.Key.ShouldBe("nodes.registry.alike");
        refusal.Text.Fillings.Select(f => f.Value).ShouldBe(["palermo.node", "palermo:node"]);
        PublishRegistry.Issue(publisher, null).Nodes.Count.ShouldBe(2);

        // Nor from a publisher that does not look.
        var file = System.Text.Json.JsonSerializer.Deserialize(Jws.Open(Identities.Document(publisher), RegistryEdition.Type).Payload, RegistryJson.Default.RegistryFile)!;
        file = file with { Serial = 9, Nodes = [.. file.Nodes!, file.Nodes![1]! with { Party = "palermo.node", Certificates = [Convert.ToBase64String(alike.Own[0].RawData)] }] };
        Refused(node, Jws.Sign(RegistryEdition.Type, System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(file, RegistryJson.Default.RegistryFile), [publisher.Own[0]])).ShouldBe("nodes.registry.alike");
    }

    [Fact]
    public async Task ThePublisherIssuesTheNextEditionWhenItIsDue()
    {
        var (publisher, _) = Followed(out _);
        (await publisher.Refresh(TestContext.Current.CancellationToken)).ShouldBeFalse();
        _nodes.Clock.Advance(TimeSpan.FromDays(4));
        (await publisher.Refresh(TestContext.Current.CancellationToken)).ShouldBeTrue();
        publisher.Registry.Current.Edition!.Serial.ShouldBe(2);
    }

    private (NodeTrust Publisher, NodeTrust Node) Followed(out byte[] document)
    {
        var (publisher, node) = (_nodes.Make("publisher"), _nodes.Make("node"));
        _nodes.Publish(publisher, publisher, node);
        document = Identities.Document(publisher);
        return (publisher, node);
    }

    private static string Refused(NodeTrust node, byte[] document)
    {
        var before = node.Registry.Current.Edition?.Serial;
        var key = Should.Throw<RefusedException>(() => node.Registry.Take(document)).Text.Key;
        node.Registry.Current.Edition?.Serial.ShouldBe(before!.Value);
        return key;
    }

    public void Dispose() => _nodes.Dispose();
}
