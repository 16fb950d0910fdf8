using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using Palermo.Exchange.Nodes;
using Palermo.Kernel;

namespace Palermo.Exchange.Evidence.Packing;

/// <summary>Signs a manifest and checks its signature: CMS (RFC 5652), detached, over the manifest's exact bytes.</summary>
internal static class SignManifest
{
    internal const int Longest = 64 << 10;
    private const string Sha256 = "2.16.840.1.101.3.4.2.1", Sha384 = "2.16.840.1.101.3.4.2.2", Sha512 = "2.16.840.1.101.3.4.2.3";

    /// <summary>The signature, DER, with the signer's certificate in it.</summary>
    internal static byte[] Sign(byte[] manifest, X509Certificate2 us, DateTimeOffset now)
    {
        var cms = new SignedCms(new ContentInfo(manifest), detached: true);
        var signer = new CmsSigner(SubjectIdentifierType.IssuerAndSerialNumber, us) { DigestAlgorithm = new Oid(Sha256), IncludeOption = X509IncludeOption.EndCertOnly };
        signer.SignedAttributes.Add(new Pkcs9SigningTime(now.UtcDateTime));
        cms.ComputeSignature(signer, silent: true);
        return cms.Encode();
    }

    /// <summary>The certificate of who signed a manifest. Whether it is to be trusted is another question.</summary>
    /// <exception cref="RefusedException">The signature is not one of these bytes, or not by the certificate the manifest names.</exception>
    internal static X509Certificate2 SignerOf(byte[] manifest, byte[] signature, string certificate)
    {
        if (signature.Length > Longest) throw new RefusedException("package.signature");
        try
        {
            var cms = new SignedCms(new ContentInfo(manifest), detached: true);
            cms.Decode(signature);
            if (cms.SignerInfos.Count != 1 || cms.SignerInfos[0] is not { Certificate: { } signer } info || info.DigestAlgorithm.Value is not (Sha256 or Sha384 or Sha512)) throw new RefusedException("package.signature");
            info.CheckSignature(verifySignatureOnly: true);
            return Fingerprint.Of(signer) == certificate ? signer : throw new RefusedException("package.signature");
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException or InvalidOperationException or FormatException or OverflowException)
        {
            throw new RefusedException("package.signature");
        }
    }
}
