using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Palermo.Exchange.Evidence.Storage;

/// <summary>Signs a request the way S3-compatible stores ask: AWS Signature Version 4.</summary>
/// <param name="Key">Name of the access key.</param>
/// <param name="Secret">The secret that belongs to it.</param>
/// <param name="Region">The region.</param>
internal sealed record S3Signature(string Key, string Secret, string Region)
{
    internal const string Unsigned = "UNSIGNED-PAYLOAD", ContentHash = "x-amz-content-sha256", Date = "x-amz-date";
    private const string Algorithm = "AWS4-HMAC-SHA256";

    /// <summary>Adds time, content hash and signature to a request. Its address must be in canonical form: what stands in it needs no escaping, and its query is in order.</summary>
    internal void Sign(HttpRequestMessage request, string contentHash, DateTimeOffset now)
    {
        var time = now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        request.Headers.TryAddWithoutValidation(ContentHash, contentHash);
        request.Headers.TryAddWithoutValidation(Date, time);
        SortedDictionary<string, string> headers = new(StringComparer.Ordinal) { ["host"] = request.RequestUri!.Authority, [ContentHash] = contentHash, [Date] = time };
        if (request.Headers.Range is { } range) headers["range"] = range.ToString();
        var names = string.Join(';', headers.Keys);
        var query = string.Join('&', request.RequestUri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(p => p.Contains('=', StringComparison.Ordinal) ? p : p + "="));
        var canonical = $"{request.Method.Method}\n{request.RequestUri.AbsolutePath}\n{query}\n{string.Concat(headers.Select(h => $"{h.Key}:{h.Value}\n"))}\n{names}\n{contentHash}";
        var scope = $"{time[..8]}/{Region}/s3/aws4_request";
        var text = $"{Algorithm}\n{time}\n{scope}\n{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        var key = new[] { time[..8], Region, "s3", "aws4_request" }.Aggregate(Encoding.UTF8.GetBytes("AWS4" + Secret), Mac);
        request.Headers.TryAddWithoutValidation("Authorization", $"{Algorithm} Credential={Key}/{scope},SignedHeaders={names},Signature={Convert.ToHexStringLower(Mac(key, text))}");
    }

    private static byte[] Mac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));
}
