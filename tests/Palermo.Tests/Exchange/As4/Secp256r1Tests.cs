using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Palermo.Exchange.As4.Crypto;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Exchange.As4;

/// <summary>Keys on secp256r1 that OpenSSL agrees on.</summary>
public sealed class Secp256r1Tests
{
    /// <summary>Made with <c>openssl ecparam -name prime256v1 -param_enc explicit -genkey</c> and <c>openssl req -x509</c>; in place of the generator then its double.</summary>
    private const string Explicit = "MIICcDCCAhWgAwIBAgIUbES1vtUCUIWPte+htrw8HIJ6kA8wCgYIKoZIzj0EAwIwEzERMA8GA1UEAwwIZXhwbGljaXQwHhcNMjYxMTIxMjEwMTQwWhcNNDYxMTE2MjEwMTQwWjATMREwDwYDVQQDDAhleHBsaWNpdDCCAUswggEDBgcqhkjOPQIBMIH3AgEBMCwGByqGSM49AQECIQD/////AAAAAQAAAAAAAAAAAAAAAP///////////////zBbBCD/////AAAAAQAAAAAAAAAAAAAAAP///////////////AQgWsY12Ko6k+ez671VdpiGvGUdBrDMU7D2O848PifSYEsDFQDEnTYIhucEk2pmeOETnSa3gZ9+kARBBHzyexiNA09+ilI4AwS1GsPAiWnid/IbNaYLSPxHZpl4B3dVENuO0EApPZrGn3Qw27p9reY86YIpngS3nSJ4c9ECIQD/////AAAAAP//////////vOb6racXnoTzucrC/GMlUQIBAQNCAASh52r3+zGh14OgxuMadyzhaFqUWrnZS9CqDPCs8fLSKMWPAa+hC3IasNT+77hbEn+QYohDtMsEflIAFZGjO7j/o1MwUTAdBgNVHQ4EFgQUJrNntg/UPXqCcF3dLQQ4ZpSYghkwHwYDVR0jBBgwFoAUJrNntg/UPXqCcF3dLQQ4ZpSYghkwDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNJADBGAiEAiVM2szDtl/Jr+Ai4JqlU+Kk+ClyA4nFLYLoLQFhfyzoCIQCekSEdBkVuPpSXwopXrkcWlMf8y+ww7TyjvUPOwWzVJg==";

    /// <summary>NIST CAVP, ECC CDH primitive, P-256, count 0.</summary>
    [Fact]
    public void TheSecretIsThatOfTheStandardsExample()
    {
        using var certificate = Certificate("7d7dc5f71eb29ddaf80d6214632eeae03d9058af1fb6d22ed80badb62bc1a534");
        using var theirs = Secp256r1.Public(Convert.FromHexString("04700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc838833d287db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab85fa4ac"));
        using var ours = Secp256r1.Private(certificate)!;
        Convert.ToHexStringLower(Agreed(ours, theirs)).ShouldBe("46fc62106420ff012e54a434fbdd2d25ccc5852060561e68040dd7778997bd7b");
    }

    [Fact]
    public void BothSidesAndTheFrameworkComeToTheSameSecretAndNeverTwice()
    {
        using var certificate = As4Sample.Ec("them", ECCurve.NamedCurves.nistP256);
        using var own = Secp256r1.Private(certificate)!;
        using var shown = Secp256r1.Public(certificate)!;
        var secrets = new List<byte[]>();
        for (var i = 0; i < 2; i++)
        {
            using var ephemeral = Secp256r1.NewKey();
            var point = Secp256r1.PointOf(ephemeral);
            using var sent = Secp256r1.Public(point);
            secrets.Add(Agreed(ephemeral, shown));
            Agreed(own, sent).ShouldBe(secrets[i]);
            using var framework = certificate.GetECDiffieHellmanPrivateKey()!;
            using var theirs = ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = point[1..33], Y = point[33..] } });
            framework.DeriveRawSecretAgreement(theirs.PublicKey).ShouldBe(secrets[i]);
        }

        secrets[0].ShouldNotBe(secrets[1]);
    }

    [Fact]
    public void OnlyPointsOfTheCurveAreTaken()
    {
        using var key = Secp256r1.NewKey();
        var point = Secp256r1.PointOf(key);
        for (var i = 0; i < point.Length; i++)
        {
            var changed = point.ToArray();
            changed[i] ^= 1;
            Should.Throw<CryptographicException>(() => Secp256r1.Public(changed));
        }

        Should.Throw<CryptographicException>(() => Secp256r1.Public(point.AsSpan()[..^1]));
        Should.Throw<CryptographicException>(() => Secp256r1.Public(new byte[Secp256r1.PointSize]));
        using var other = As4Sample.Ec("other", ECCurve.NamedCurves.nistP384);
        Secp256r1.Public(other).ShouldBeNull();
        using var ours = Secp256r1.Private(other)!;
        Should.Throw<CryptographicException>(() => Agreed(ours, key));
    }

    /// <summary>The curve of such a certificate has no name to ask for.</summary>
    [Fact]
    public void ACertificateThatSpellsOutACurveOfItsOwnIsOfAnotherKind()
    {
        using var certificate = X509CertificateLoader.LoadCertificate(Convert.FromBase64String(Explicit));
        Secp256r1.Public(certificate).ShouldBeNull();
        var seen = SeenCertificate.Read(certificate.RawDataMemory.Span);
        seen.Ecdsa.Use(k => k).ShouldBeNull();
        seen.Agreement.Use(k => k).ShouldBeNull();
    }

    private static byte[] Agreed(System.Runtime.InteropServices.SafeHandle ours, Secp256r1.Key theirs)
    {
        var secret = new byte[Secp256r1.SecretSize];
        Secp256r1.Agree(ours, theirs, secret);
        return secret;
    }

    private static X509Certificate2 Certificate(string key)
    {
        using var ecdsa = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = Convert.FromHexString(key) });
        return new CertificateRequest("CN=example", ecdsa, HashAlgorithmName.SHA256).CreateSelfSigned(As4Sample.Now.AddYears(-1), As4Sample.Now.AddYears(1));
    }
}
