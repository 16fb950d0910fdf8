using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Palermo.Exchange.Nodes.Trust;
using Palermo.Kernel;

namespace Palermo.Exchange.Nodes.Registry;

/// <summary>Signed documents: JWS in its general JSON form (RFC 7515), with PS256 or ES256 and the signer's certificate in <c>x5c</c>.</summary>
internal static class Jws
{
    private const int MostSignatures = 8;
    private const int LargestCertificate = 16 << 10;
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 4, AllowDuplicateProperties = false };

    /// <summary>Signs a document with every one of the certificates' keys.</summary>
    /// <param name="type">What the document is; a signature over one type holds for no other.</param>
    /// <param name="payload">The document.</param>
    /// <param name="signers">Certificates with their keys.</param>
    internal static byte[] Sign(string type, ReadOnlySpan<byte> payload, IReadOnlyList<X509Certificate2> signers)
    {
        var content = Base64Url.EncodeToString(payload);
        var signatures = new JsonArray();
        foreach (var signer in signers)
        {
            using var rsa = signer.GetRSAPrivateKey();
            var header = new JsonObject { ["alg"] = rsa is null ? "ES256" : "PS256", ["typ"] = type, ["x5c"] = new JsonArray(Convert.ToBase64String(signer.RawData)) };
            var protectedHeader = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header.ToJsonString()));
            var signed = Encoding.ASCII.GetBytes($"{protectedHeader}.{content}");
            signatures.Add(new JsonObject { ["protected"] = protectedHeader, ["signature"] = Base64Url.EncodeToString(rsa is null ? SignOnCurve(signer, signed) : rsa.SignData(signed, HashAlgorithmName.SHA256, RSASignaturePadding.Pss)) });
        }

        return Encoding.UTF8.GetBytes(new JsonObject { ["payload"] = content, ["signatures"] = signatures }.ToJsonString());
    }

    /// <summary>Reads a signed document. Every signature it carries holds.</summary>
    /// <param name="document">The document.</param>
    /// <param name="type">What it must be.</param>
    /// <exception cref="RefusedException">It cannot be read, is of another type, or a signature does not hold.</exception>
    internal static (byte[] Payload, IReadOnlyList<X509Certificate2> Signers) Open(ReadOnlyMemory<byte> document, string type)
    {
        try
        {
            using var json = JsonDocument.Parse(document, Strict);
            var content = json.RootElement.GetProperty("payload").GetString() ?? "";
            var signatures = json.RootElement.GetProperty("signatures").EnumerateArray().Take(MostSignatures + 1).ToArray();
            if (signatures.Length is 0 or > MostSignatures) throw new FormatException();
            return (Base64Url.DecodeFromChars(content), [.. signatures.Select(s => Verify(s, content, type))]);
        }
        catch (Exception e) when (e is JsonException or FormatException or KeyNotFoundException or InvalidOperationException or CryptographicException)
        {
            throw new RefusedException("nodes.signed.unreadable");
        }
    }

    private static X509Certificate2 Verify(JsonElement signature, string content, string type)
    {
        var protectedHeader = signature.GetProperty("protected").GetString() ?? "";
        using var header = JsonDocument.Parse(Base64Url.DecodeFromChars(protectedHeader), Strict);
        if (header.RootElement.TryGetProperty("crit", out _)) throw new FormatException();
        if (header.RootElement.GetProperty("typ").GetString() != type) throw new RefusedException("nodes.signed.type");
        var encoded = header.RootElement.GetProperty("x5c")[0].GetString() ?? "";
        if (encoded.Length > LargestCertificate * 2) throw new FormatException();
        var certificate = X509CertificateLoader.LoadCertificate(Convert.FromBase64String(encoded));
        var bytes = Base64Url.DecodeFromChars(signature.GetProperty("signature").GetString() ?? "");
        if (!Holds(certificate, header.RootElement.GetProperty("alg").GetString(), Encoding.ASCII.GetBytes($"{protectedHeader}.{content}"), bytes))
            throw new RefusedException("nodes.signed.wrong", ("fingerprint", Fingerprint.Short(Fingerprint.Of(certificate))));
        return certificate;
    }

    private static bool Holds(X509Certificate2 certificate, string? algorithm, byte[] signed, byte[] signature)
    {
        using var rsa = certificate.GetRSAPublicKey();
        using var curve = rsa is null ? certificate.GetECDsaPublicKey() : null;
        if (CertificateFitness.WeakKey((AsymmetricAlgorithm?)rsa ?? curve) is not null) return false;
        return algorithm switch
        {
            "PS256" => rsa is not null && rsa.VerifyData(signed, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pss),
            "ES256" => curve is not null && curve.VerifyData(signed, signature, HashAlgorithmName.SHA256),
            _ => false,
        };
    }

    private static byte[] SignOnCurve(X509Certificate2 signer, byte[] signed)
    {
        using var key = signer.GetECDsaPrivateKey()!;
        return key.SignData(signed, HashAlgorithmName.SHA256);
    }
}
