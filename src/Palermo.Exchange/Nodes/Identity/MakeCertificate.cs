using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Palermo.Exchange.Nodes.Identity;

/// <summary>Asks for a certificate, or makes one that nobody else vouches for.</summary>
internal static class MakeCertificate
{
    private static readonly TimeSpan ClocksDiffer = TimeSpan.FromMinutes(10);

    /// <summary>The request for an authority to issue a certificate (PKCS#10 in PEM).</summary>
    internal static string Request(IdentityFile node, AsymmetricAlgorithm key) => For(node, key).CreateSigningRequestPem() + "\n";

    /// <summary>A certificate the node signs itself. The registry vouches for it.</summary>
    internal static X509Certificate2 SelfSigned(IdentityFile node, AsymmetricAlgorithm key, DateTimeOffset now, int days) =>
        For(node, key).CreateSelfSigned(now - ClocksDiffer, now.AddDays(days));

    private static CertificateRequest For(IdentityFile node, AsymmetricAlgorithm key)
    {
        var name = new X500DistinguishedNameBuilder();
        name.AddCommonName(node.Party);
        name.AddOrganizationName(node.Organization);
        var request = key is RSA rsa
            ? new CertificateRequest(name.Build(), rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : new CertificateRequest(name.Build(), (ECDsa)key, HashAlgorithmName.SHA256);
        var extensions = request.CertificateExtensions;
        extensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, 0, critical: true));
        // What a message's key is wrapped with: the RSA key itself, or a key agreed on the curve.
        extensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | (key is RSA ? X509KeyUsageFlags.KeyEncipherment : X509KeyUsageFlags.KeyAgreement), critical: true));
        extensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1"), new Oid("1.3.6.1.5.5.7.3.2")], critical: false));
        extensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        if (node.Address is not null && new Uri(node.Address) is var address)
        {
            var alternative = new SubjectAlternativeNameBuilder();
            if (IPAddress.TryParse(address.IdnHost.Trim('[', ']'), out var ip)) alternative.AddIpAddress(ip);
            else alternative.AddDnsName(address.IdnHost);
            extensions.Add(alternative.Build());
        }

        return request;
    }
}
