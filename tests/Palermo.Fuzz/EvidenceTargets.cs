using System.Formats.Asn1;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Http;
using Palermo.Exchange.Evidence.Line;
using Palermo.Exchange.Evidence.Packing;
using Palermo.Exchange.Evidence.Storage;
using Palermo.Exchange.Nodes.Trust;
using Palermo.Kernel;

namespace Palermo.Fuzz;

/// <summary>The readers of packages of evidence: manifest, keys, signature, time stamp, sealed file, the hashes and bytes that arrive of one; and of what is said on the line: headers, refusals, answers of a store.</summary>
internal static class EvidenceTargets
{
    private static readonly X509Certificate2 Us = Certificate();
    private static readonly string Folder = Directory.CreateTempSubdirectory("palermo-fuzz-").FullName;

    internal static IEnumerable<Target> All()
    {
        var folder = new PackageFolder(Path.Combine(Folder, "package"));
        var order = new PackOrder(Guid.NewGuid(), Guid.NewGuid(), ("a", "A"), ("b", "B"), "Ana", Us, Us);
        EvidenceSource[] sources = [.. new[] { 0, 1000, EvidenceFormat.Chunk + 5 }.Select((size, i) => new EvidenceSource($"file {i}", "text/plain", [], _ => Task.FromResult<Stream>(new MemoryStream(new byte[size]))))];
        var signed = PackEvidence.Run(order, sources, folder.Path, TimeProvider.System, null, CancellationToken.None).GetAwaiter().GetResult();
        var file = signed.Manifest.Files[1];
        var key = KeyWrap.Unwrap(Us, file.Key);
        byte[][] words = ["\""u8.ToArray(), "{}"u8.ToArray(), "[]"u8.ToArray(), "-1"u8.ToArray(), "1e400"u8.ToArray(), "9223372036854775808"u8.ToArray(), "\\ud800"u8.ToArray(), "../"u8.ToArray(), "ECDH-ES+A256KW"u8.ToArray(), [0xFF], [0x30, 0x80], [0x30, 0x84, 0x7F, 0xFF, 0xFF, 0xFF]];
        yield return new("manifest", [signed.Bytes], words, bytes => Taken(() => ReadManifest.From(bytes)));
        yield return new("signature", [signed.Signature], words, bytes => Taken(() => SignManifest.SignerOf(signed.Bytes, bytes, signed.Manifest.From.Certificate)));
        yield return new("stamp", [Stamp(signed.Bytes)], words, bytes => Taken(() => TimeStamp.Read(bytes, signed.Bytes)));
        yield return new("sealed", [File.ReadAllBytes(folder.Sealed(2))], words, bytes => Taken(() => OpenSealed.Run(new MemoryStream(bytes), null, file, order.Id, key, Stream.Null, null, CancellationToken.None).GetAwaiter().GetResult()));
        yield return new("wrapped", [signed.Bytes], words, bytes => Taken(() => KeyWrap.Unwrap(Us, ReadManifest.From(bytes).Files[0].Key)));
        yield return new("leaves", [File.ReadAllBytes(folder.Leaves(2)), File.ReadAllBytes(folder.Leaves(3))], words, bytes => Taken(() => OpenSealed.CheckLeaves(new MemoryStream(bytes), signed.Manifest.Files[2], CancellationToken.None).GetAwaiter().GetResult()));
        byte[][] headers = [" "u8.ToArray(), ","u8.ToArray(), "="u8.ToArray(), "sha256 "u8.ToArray(), "bytes="u8.ToArray(), "-"u8.ToArray(), "9223372036854775808"u8.ToArray(), "\"x\""u8.ToArray(), [0xFF]];
        yield return new("tus", [Text($"package {Base64(order.Id.ToString())},file {Base64("2")}"), Text("1000"), Text("sha256 " + Convert.ToBase64String(new byte[32]))], headers, bytes => Taken(() => Speak(bytes)));
        yield return new("range", [Text("bytes=500-"), Text("bytes=0-9,20-"), Text("bytes=-5")], headers, bytes => Taken(() => Within(GiveOut.OffsetIn(With("Range", bytes), 1000))));
        yield return new("refusal", [Text("""{"type":"about:blank","title":"No.","status":403,"code":"nodes.certificate.revoked"}"""), Text("The disk is full.")], [.. words, "\"title\":"u8.ToArray(), "{\"a\":"u8.ToArray()], bytes => Taken(() => Refused(bytes)));
        yield return new("s3", [Text("<InitiateMultipartUploadResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><UploadId>id+/1</UploadId></InitiateMultipartUploadResult>"), Text("<CompleteMultipartUploadResult/>"), Text("<Error><Code>x</Code></Error>")],
            [.. words, "<!DOCTYPE a [<!ENTITY b \"c\">]>"u8.ToArray(), "&b;"u8.ToArray(), "<UploadId>"u8.ToArray(), "</UploadId>"u8.ToArray()], bytes => Taken(() => Stored(folder.Sealed(2), bytes)));
        yield return new("arriving", [File.ReadAllBytes(folder.Sealed(2))], words, bytes => Taken(() => Arrive(file, File.ReadAllBytes(folder.Leaves(2)), bytes)));
    }

    /// <summary>What counts as arrived is what was packed, whatever was sent.</summary>
    private static void Arrive(EvidenceItem file, byte[] leaves, byte[] bytes)
    {
        var target = new PackageFolder(Path.Combine(Folder, "arriving"));
        if (Directory.Exists(target.Path)) Directory.Delete(target.Path, recursive: true);
        using var incoming = new IncomingFile(target, file);
        incoming.TakeLeaves(new MemoryStream(leaves), CancellationToken.None).GetAwaiter().GetResult();
        var there = incoming.Append(0, new MemoryStream(bytes), null, null, CancellationToken.None).GetAwaiter().GetResult();
        if (there == file.SealedLength != File.Exists(target.Sealed(file.Number))) throw new InvalidOperationException("It counts as arrived and is not there, or the other way round.");
        if (there < file.SealedLength) throw new RefusedException("package.line.broken");
    }

    /// <summary>The three headers in which another node says which file it sends, from where on and with which hash.</summary>
    private static void Speak(byte[] header)
    {
        var faults = new List<Exception>();
        foreach (var read in new Action[] { () => Tus.WhichFile(With(Tus.Metadata, header)), () => Tus.Number(With(Tus.Offset, header), Tus.Offset), () => Tus.ChecksumOf(With(Tus.Checksum, header)) })
        {
            try
            {
                read();
            }
            catch (LineException e)
            {
                faults.Add(e);
            }
        }

        if (faults.Count == 3) throw faults[0];
    }

    private static void Within(long offset)
    {
        if (offset is < 0 or >= 1000) throw new InvalidOperationException("Beyond the file.");
        if (offset == 0) throw new RefusedException("package.line.no-range");
    }

    /// <summary>What another node answers instead of doing what it was asked.</summary>
    private static void Refused(byte[] body)
    {
        foreach (var (type, status) in new[] { ("application/problem+json", HttpStatusCode.Forbidden), ("text/plain", HttpStatusCode.BadRequest) })
        {
            using var client = new HttpClient(new TellRefusal("palermo:x", new Answering(body, type, status)));
            try
            {
                Persist.Accepted(client.GetAsync(new Uri("http://x/")).GetAwaiter().GetResult(), CancellationToken.None).GetAwaiter().GetResult().Dispose();
            }
            catch (Exception e) when (e is RefusedException or HttpRequestException)
            {
                // As it should be.
            }
        }
    }

    /// <summary>A store that answers whatever it answers.</summary>
    private static void Stored(string path, byte[] answer)
    {
        using var client = new HttpClient(new Answering(answer, "application/xml", HttpStatusCode.OK));
        using var file = PackageFolder.ForReading(path);
        try
        {
            new S3Store(client, new Uri("http://x/bucket/"), new S3Signature("key", "secret", "region"), TimeProvider.System).Put("a", file, CancellationToken.None).GetAwaiter().GetResult();
        }
        catch (HttpRequestException)
        {
            throw new RefusedException("package.s3");
        }
    }

    private static HttpRequest With(string header, byte[] value)
    {
        var request = new DefaultHttpContext().Request;
        request.Headers[header] = Encoding.Latin1.GetString(value);
        return request;
    }

    /// <summary>A time stamp token over data, by an authority of this process.</summary>
    private static byte[] Stamp(byte[] data)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=stamp", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.8")], critical: true));
        using var authority = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        var info = new AsnWriter(AsnEncodingRules.DER);
        using (info.PushSequence())
        {
            info.WriteInteger(1);
            info.WriteObjectIdentifier("1.2.3.4.1");
            using (info.PushSequence())
            {
                using (info.PushSequence()) info.WriteObjectIdentifier("2.16.840.1.101.3.4.2.1");
                info.WriteOctetString(SHA256.HashData(data));
            }

            info.WriteInteger(7);
            info.WriteGeneralizedTime(new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero), omitFractionalSeconds: true);
        }

        var signing = new AsnWriter(AsnEncodingRules.DER);
        using (signing.PushSequence())
        using (signing.PushSequence())
        using (signing.PushSequence())
            signing.WriteOctetString(authority.GetCertHash(HashAlgorithmName.SHA256));
        var cms = new SignedCms(new ContentInfo(new Oid("1.2.840.113549.1.9.16.1.4"), info.Encode()));
        var signer = new CmsSigner(authority) { DigestAlgorithm = new Oid("2.16.840.1.101.3.4.2.1") };
        signer.SignedAttributes.Add(new AsnEncodedData(new Oid("1.2.840.113549.1.9.16.2.47"), signing.Encode()));
        cms.ComputeSignature(signer);
        return cms.Encode();
    }

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    private static string Base64(string text) => Convert.ToBase64String(Text(text));

    private sealed class Answering(byte[] body, string type, HttpStatusCode status) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = new HttpResponseMessage(status) { Content = new ByteArrayContent(body) };
            answer.Content.Headers.ContentType = new MediaTypeHeaderValue(type);
            return Task.FromResult(answer);
        }
    }

    private static bool Taken(Action read)
    {
        try
        {
            read();
            return true;
        }
        catch (Exception e) when (e is RefusedException or LineException)
        {
            return false;
        }
    }

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new CertificateRequest("CN=fuzz", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
    }
}
