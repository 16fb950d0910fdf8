using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Palermo.Exchange.Nodes.Identity;
using Palermo.Exchange.Nodes.Registry;
using Palermo.Kernel;

namespace Palermo.Fuzz;

/// <summary>The readers of the registry and of descriptions of nodes: signed documents, and what lies behind the signature.</summary>
internal static class NodesTargets
{
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly X509Certificate2 Signer = Certificate(), Other = Certificate();

    private static readonly byte[][] Words =
    [
        .. "null|[]|{}|\"\"|-1|1e999|9223372036854775808|\\u0000|\\ud800|\u202e|\"crit\":[]|https://a@b/|pull|0001-01-01T00:00:00Z|9999-12-31T23:59:59Z|{\"a\":".Split('|').Select(Encoding.UTF8.GetBytes),
    ];

    internal static IEnumerable<Target> All()
    {
        var node = new NodeFile("palermo:bra:central-authority", "Ministério da Justiça", ["BRA"], "https://node.example:8443/", "push", "", [Convert.ToBase64String(Signer.RawData)], ["as4-2.0-ec", "evidence"]);
        var description = JsonSerializer.SerializeToUtf8Bytes(node, RegistryJson.Default.NodeFile);
        var edition = JsonSerializer.SerializeToUtf8Bytes(
            new RegistryFile(1, 7, Now, Now.AddDays(7), "palermo:secretariat", [new string('a', 64)], [node, node with { Party = "palermo:x", Address = null, Reach = "pull", Certificates = [Convert.ToBase64String(Other.RawData)] }], [new(new string('b', 64), Now, "palermo:y", "lost")]),
            RegistryJson.Default.RegistryFile);
        var document = Jws.Sign(RegistryEdition.Type, edition, [Signer]);
        yield return new("jws", [document], Words, bytes => Taken(() => Jws.Open(bytes, RegistryEdition.Type)));
        yield return new("jws-header", [Base64Url.DecodeFromChars(JsonDocument.Parse(document).RootElement.GetProperty("signatures")[0].GetProperty("protected").GetString())], Words, bytes => Taken(() => Jws.Open(Under(bytes), RegistryEdition.Type)));
        yield return new("registry", [edition], Words, bytes => Taken(() => RegistryEdition.Read(bytes)));
        yield return new("node", [description], Words, bytes => Taken(() => DescribeNode.Read(Jws.Sign(DescribeNode.Type, bytes, [Signer]), Now)));
        yield return new("certificate", [Signer.RawData, Encoding.ASCII.GetBytes(Signer.ExportCertificatePem())], Words, bytes => Taken(() => TakeCertificate.All(bytes)));
    }

    /// <summary>A document whose protected header says whatever it says, signed all the same.</summary>
    private static byte[] Under(byte[] header)
    {
        var text = Base64Url.EncodeToString(header);
        using var key = Signer.GetECDsaPrivateKey()!;
        var signature = Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(text + ".e30"), HashAlgorithmName.SHA256));
        return Encoding.ASCII.GetBytes($$"""{"payload":"e30","signatures":[{"protected":"{{text}}","signature":"{{signature}}"}]}""");
    }

    private static bool Taken(Action read)
    {
        try
        {
            read();
            return true;
        }
        catch (RefusedException)
        {
            return false;
        }
    }

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new CertificateRequest("CN=node", key, HashAlgorithmName.SHA256).CreateSelfSigned(Now.AddYears(-1), Now.AddYears(1));
    }
}
