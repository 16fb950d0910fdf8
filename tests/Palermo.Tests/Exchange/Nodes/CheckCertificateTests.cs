using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Palermo.Exchange.Nodes;
using Palermo.Exchange.Nodes.Registry;
using Palermo.Kernel;
using Palermo.Tests.Support;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Exchange.Nodes;

/// <summary>Which certificates are accepted, and the sentence for each that is not.</summary>
public sealed class CheckCertificateTests : IDisposable
{
    private readonly Identities _nodes = new();

    [Fact]
    public void OnlyWhatTheRegistryListsIsAcceptedAndOnlyForItsParty()
    {
        var (bra, ita, stranger) = (_nodes.Make("bra"), _nodes.Make("ita"), _nodes.Make("stranger"));
        bra.Check(ita.Own[0], null)!.Code.ShouldBe("unknown", "there is no registry yet");
        _nodes.Publish(bra, bra, ita);
        ita.Check(bra.Own[0], null).ShouldBeNull();
        ita.Check(bra.Own[0], "palermo:bra").ShouldBeNull();
        ita.Owner(bra.Own[0])!.Organization.ShouldBe("Authority bra");
        Refusal(ita, bra.Own[0], "palermo:ita").ShouldBe("other-party");
        Refusal(ita, stranger.Own[0], null).ShouldBe("unknown");
    }

    [Fact]
    public void ACertificateEndsAndIsRevokedAtOnce()
    {
        var (bra, ita) = (_nodes.Make("bra"), _nodes.Make("ita", days: 10));
        _nodes.Publish(bra, bra, ita);
        _nodes.Clock.Advance(TimeSpan.FromHours(-1));
        Refusal(bra, ita.Own[0], null).ShouldBe("not-yet-valid");
        _nodes.Clock.Advance(TimeSpan.FromHours(1));
        bra.Check(ita.Own[0], null).ShouldBeNull();

        PublishRegistry.Revoke(bra, Fingerprint.Of(ita.Own[0]).ToUpperInvariant(), "lost").Edition!.Serial.ShouldBe(2);
        Refusal(bra, ita.Own[0], null).ShouldBe("revoked");
        ita.Registry.Take(Identities.Document(bra)).ShouldBeTrue();
        Refusal(ita, ita.Own[0], "palermo:ita").ShouldBe("revoked");
        Should.Throw<RefusedException>(() => PublishRegistry.Add(bra, DescribeNode.Run(ita), replace: true)).Text.Key.ShouldBe("nodes.certificate.revoked");

        _nodes.Clock.Advance(TimeSpan.FromDays(400));
        Refusal(bra, bra.Own[0], null).ShouldBe("expired");
    }

    [Theory]
    [InlineData("authority", "wrong-purpose")]
    [InlineData("usage", "wrong-purpose")]
    [InlineData("short", "weak-key")]
    [InlineData("curve", "weak-key")]
    public void ACertificateThatIsListedByMistakeIsRefusedAllTheSame(string kind, string expected)
    {
        using AsymmetricAlgorithm key = kind switch { "short" => RSA.Create(1024), "curve" => ECDsa.Create(ECCurve.NamedCurves.nistP384), _ => ECDsa.Create(ECCurve.NamedCurves.nistP256) };
        var now = _nodes.Clock.GetUtcNow();
        using var certificate = Identities.Certificate(now.AddDays(-1), now.AddDays(1), key, authority: kind == "authority", usage: kind == "usage" ? X509KeyUsageFlags.KeyEncipherment : X509KeyUsageFlags.DigitalSignature);
        var file = new RegistryFile(1, 1, now, now.AddDays(1), "p", [new string('0', 64)], [new("palermo:x", "X", [], null, "pull", "", [Convert.ToBase64String(certificate.RawData)], [])], []);
        var edition = RegistryEdition.Read(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(file, RegistryJson.Default.RegistryFile));
        Palermo.Exchange.Nodes.Trust.CheckCertificate.Of(edition, certificate, "palermo:x", now)!.Code.ShouldBe(expected);
    }

    /// <summary>The code of a refusal, after its sentence was said in every language.</summary>
    private static string Refusal(NodeTrust trust, X509Certificate2 certificate, string? party)
    {
        var refusal = trust.Check(certificate, party).ShouldNotBeNull();
        foreach (var language in Language.All) Shipped.Texts.Say(language, refusal.Text).ShouldContain(Fingerprint.Short(Fingerprint.Of(certificate)));
        return refusal.Code;
    }

    public void Dispose() => _nodes.Dispose();
}
