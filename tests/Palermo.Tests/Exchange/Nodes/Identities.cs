using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Palermo.Exchange.Nodes;
using Palermo.Exchange.Nodes.Identity;
using Palermo.Exchange.Nodes.Registry;
using Palermo.Tests.Support;

namespace Palermo.Tests.Exchange.Nodes;

/// <summary>Nodes in a folder, without a record or a server: their identities and their copies of the registry.</summary>
internal sealed class Identities : IDisposable
{
    internal const string Secret = "correct horse battery staple";

    private readonly TestFolder _folder = new();

    internal TestClock Clock { get; } = new();

    internal string File(string name) => _folder.File(name);

    /// <summary>The trust in a folder of this name; with the same name, that of another process of the same node.</summary>
    internal NodeTrust Open(string name, string secret = Secret) => new(_folder.File(name), Clock) { Unlock = () => secret };

    /// <summary>A node with a certificate it signed itself.</summary>
    internal NodeTrust Make(string name, string algorithm = NodeKeys.EllipticCurve, int days = 365, string? address = null, string? party = null)
    {
        var trust = Open(name);
        InitNode.Run(trust.Folder, new InitInput(party ?? "palermo:" + name, "Authority " + name) { SelfSigned = true, Algorithm = algorithm, Days = days, Address = address, States = ["BRA"] }, Secret, Clock.GetUtcNow());
        return trust;
    }

    /// <summary>Publishes a registry of these nodes; each of them takes it.</summary>
    internal RegistryEdition Publish(NodeTrust publisher, params NodeTrust[] nodes)
    {
        foreach (var node in nodes) PublishRegistry.Add(publisher, DescribeNode.Run(node), replace: false);
        var edition = PublishRegistry.Issue(publisher, null);
        foreach (var node in nodes.Where(n => n != publisher))
        {
            if (node.Registry.Current.State is null) node.Registry.Pin("", Fingerprint.Of(publisher.Own[0]));
            node.Registry.Take(Document(publisher));
        }

        return edition;
    }

    /// <summary>What the publisher hands out.</summary>
    internal static byte[] Document(NodeTrust publisher) => System.IO.File.ReadAllBytes(publisher.Registry.CopyPath);

    /// <summary>A certificate with its key, made to be refused.</summary>
    internal static X509Certificate2 Certificate(DateTimeOffset from, DateTimeOffset until, AsymmetricAlgorithm? key = null, bool authority = false, X509KeyUsageFlags usage = X509KeyUsageFlags.DigitalSignature)
    {
        key ??= ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = key is RSA rsa ? new CertificateRequest("CN=test", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1) : new CertificateRequest("CN=test", (ECDsa)key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(authority, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(usage, true));
        return request.CreateSelfSigned(from, until);
    }

    /// <summary>The certificate an authority issues for a request.</summary>
    internal string Issue(string request, string name, int days = 365)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var root = new CertificateRequest("CN=Authority", key, HashAlgorithmName.SHA256);
        root.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var issuer = root.CreateSelfSigned(Clock.GetUtcNow().AddDays(-1), Clock.GetUtcNow().AddDays(1000));
        var asked = CertificateRequest.LoadSigningRequestPem(System.IO.File.ReadAllText(request), HashAlgorithmName.SHA256, CertificateRequestLoadOptions.UnsafeLoadCertificateExtensions, RSASignaturePadding.Pkcs1);
        using var issued = asked.Create(issuer.SubjectName, X509SignatureGenerator.CreateForECDsa(key), Clock.GetUtcNow(), Clock.GetUtcNow().AddDays(days), [1, 2, 3]);
        System.IO.File.WriteAllText(File(name), issuer.ExportCertificatePem() + "\n" + issued.ExportCertificatePem() + "\n");
        return File(name);
    }

    public void Dispose() => _folder.Dispose();
}
