using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Palermo.Exchange.Nodes;
using Palermo.Exchange.Nodes.Identity;
using Palermo.Kernel;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Exchange.Nodes;

/// <summary>The node's keys and certificates, on the disk and in use.</summary>
public sealed class NodeIdentityTests : IDisposable
{
    private readonly Identities _nodes = new();

    [Theory]
    [InlineData(NodeKeys.Rsa)]
    [InlineData(NodeKeys.EllipticCurve)]
    public void AKeyIsMadeEncryptedAndAskedACertificateFor(string algorithm)
    {
        var trust = _nodes.Open("bra");
        var (_, request) = InitNode.Run(trust.Folder, new InitInput("palermo:bra", "Ministério da Justiça") { Algorithm = algorithm, Address = "https://node.example:8443" }, Identities.Secret, _nodes.Clock.GetUtcNow());
        trust.HasIdentity.ShouldBeFalse();
        File.ReadAllText(Path.Combine(trust.Folder, "key.pem")).ShouldStartWith("-----BEGIN ENCRYPTED PRIVATE KEY-----");
        if (!OperatingSystem.IsWindows()) foreach (var file in Directory.EnumerateFiles(trust.Folder)) File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite, file);

        TakeCertificate.Run(trust.Folder, _nodes.Issue(request!, "issued.pem"), Identities.Secret, _nodes.Clock.GetUtcNow());
        trust.HasIdentity.ShouldBeTrue();
        trust.Party.ShouldBe("palermo:bra");
        var own = trust.Own.ShouldHaveSingleItem();
        own.HasPrivateKey.ShouldBeTrue();
        own.Subject.ShouldContain("palermo:bra");
        own.MatchesHostname("node.example").ShouldBeTrue();
        using AsymmetricAlgorithm? key = algorithm == NodeKeys.Rsa ? own.GetRSAPrivateKey() : own.GetECDsaPrivateKey();
        key!.KeySize.ShouldBe(algorithm == NodeKeys.Rsa ? 3072 : 256);
    }

    [Fact]
    public void AWrongPassphraseIsSaid()
    {
        _nodes.Make("bra");
        Should.Throw<RefusedException>(() => _nodes.Open("bra", "guess").Own).Text.Key.ShouldBe("nodes.key-locked");
    }

    [Fact]
    public void AnIdentityIsNotMadeTwice()
    {
        var trust = _nodes.Make("bra");
        var before = Fingerprint.Of(trust.Own[0]);
        Should.Throw<RefusedException>(() => _nodes.Make("bra")).Conflict.ShouldBeTrue();
        Fingerprint.Of(_nodes.Open("bra").Own[0]).ShouldBe(before);
    }

    [Fact]
    public void ARenewedCertificateIsUsedOnceTheRegistryListsItAndTheOldOneUntilThen()
    {
        var trust = _nodes.Make("bra", days: 30);
        _nodes.Publish(trust, trust);
        var old = Fingerprint.Of(trust.Own[0]);
        _nodes.Clock.Advance(TimeSpan.FromDays(20));
        InitNode.Renew(trust.Folder, new InitInput(null, null) { SelfSigned = true, Algorithm = NodeKeys.EllipticCurve }, Identities.Secret, _nodes.Clock.GetUtcNow());
        trust.Own.Count.ShouldBe(2);
        Fingerprint.Of(trust.Own[0]).ShouldBe(old, "nobody knows the new one yet");

        _nodes.Publish(trust, trust);
        Fingerprint.Of(trust.Own[0]).ShouldNotBe(old);
        trust.Find("palermo:bra")!.Certificates.Count.ShouldBe(2);
        _nodes.Clock.Advance(TimeSpan.FromDays(11));
        Fingerprint.Of(trust.Own[^1]).ShouldBe(old, "it ended");
    }

    [Fact]
    public void AKeyAndCertificateMadeElsewhereAreTakenOver()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = Identities.Certificate(_nodes.Clock.GetUtcNow().AddDays(-1), _nodes.Clock.GetUtcNow().AddDays(9), key);
        var (keyFile, certificateFile) = (_nodes.File("given-key.pem"), _nodes.File("given.pem"));
        File.WriteAllText(keyFile, key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(certificateFile, certificate.ExportCertificatePem());
        var trust = _nodes.Open("bra");
        InitNode.Run(trust.Folder, new InitInput("palermo:bra", "Authority") { Key = keyFile, Certificate = certificateFile }, Identities.Secret, _nodes.Clock.GetUtcNow());
        Fingerprint.Of(trust.Own[0]).ShouldBe(Fingerprint.Of(certificate));
        File.ReadAllText(Path.Combine(trust.Folder, "key.pem")).ShouldContain("ENCRYPTED");
    }

    [Theory]
    [InlineData("weak", "nodes.key.weak")]
    [InlineData("authority", "nodes.certificate.wrong-purpose")]
    [InlineData("other", "nodes.certificate.not-ours")]
    [InlineData("ended", "nodes.certificate.expired")]
    public void WhatNobodyWouldAcceptIsNotTakenOver(string kind, string expected)
    {
        var now = _nodes.Clock.GetUtcNow();
        using AsymmetricAlgorithm key = kind == "weak" ? RSA.Create(1024) : ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = Identities.Certificate(now.AddDays(-2), kind == "ended" ? now.AddDays(-1) : now.AddDays(1), kind == "other" ? null : key, authority: kind == "authority");
        File.WriteAllText(_nodes.File("k.pem"), key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(_nodes.File("c.pem"), certificate.ExportCertificatePem());
        var trust = _nodes.Open("bra");
        Should.Throw<RefusedException>(() => InitNode.Run(trust.Folder, new InitInput("palermo:bra", "Authority") { Key = _nodes.File("k.pem"), Certificate = _nodes.File("c.pem") }, Identities.Secret, now)).Text.Key.ShouldBe(expected);
        trust.Identity.ShouldBeNull();
    }

    [Fact]
    public void ACutWhileWritingLeavesTheOldIdentityOrNone()
    {
        var trust = _nodes.Open("bra");
        Directory.CreateDirectory(trust.Folder);
        File.WriteAllText(Path.Combine(trust.Folder, "key.pem.new"), "-----BEGIN ENC");
        File.WriteAllText(Path.Combine(trust.Folder, "node.json.new"), "{\"party\":");
        trust.Identity.ShouldBeNull();
        _nodes.Make("bra");
        var before = Fingerprint.Of(trust.Own[0]);
        File.WriteAllText(Path.Combine(trust.Folder, "node.json.new"), "{");
        File.WriteAllText(Path.Combine(trust.Folder, "key-2.pem"), "of a renewal that was cut off");
        Fingerprint.Of(_nodes.Open("bra").Own[0]).ShouldBe(before);
        InitNode.Renew(trust.Folder, new InitInput(null, null) { SelfSigned = true, Algorithm = NodeKeys.EllipticCurve }, Identities.Secret, _nodes.Clock.GetUtcNow());
        trust.Own.Count.ShouldBe(2);
    }

    public void Dispose() => _nodes.Dispose();
}
