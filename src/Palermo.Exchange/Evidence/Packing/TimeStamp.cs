using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using Palermo.Kernel;

namespace Palermo.Exchange.Evidence.Packing;

/// <summary>Time stamps of a third party (RFC 3161) over a signature.</summary>
internal static class TimeStamp
{
    internal const string Variable = "PALERMO_TSA_URL";
    internal const int Longest = 64 << 10;
    private const int Nonce = 16;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>What a time stamp says.</summary>
    /// <param name="At">The time, UTC.</param>
    /// <param name="By">The authority's certificate.</param>
    internal sealed record Stamped(DateTimeOffset At, X509Certificate2 By);

    /// <summary>The authority the node is configured with; null when it has none.</summary>
    /// <exception cref="RefusedException">It is not an address.</exception>
    internal static Uri? Authority(string? given) => string.IsNullOrEmpty(given) ? null
        : Uri.TryCreate(given, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? address : throw new RefusedException("package.tsa-address", ("given", RefusedException.Shorten(given)));

    /// <summary>Has data stamped.</summary>
    /// <returns>The token, DER.</returns>
    /// <exception cref="RefusedException">The authority is not reached or does not answer with a stamp of these data.</exception>
    internal static async Task<byte[]> Ask(HttpClient client, Uri authority, byte[] data, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        try
        {
            var request = Rfc3161TimestampRequest.CreateFromData(data, HashAlgorithmName.SHA256, nonce: RandomNumberGenerator.GetBytes(Nonce), requestSignerCertificates: true);
            using var content = new ByteArrayContent(request.Encode());
            content.Headers.ContentType = new MediaTypeHeaderValue("application/timestamp-query");
            using var message = new HttpRequestMessage(HttpMethod.Post, authority) { Content = content };
            using var answer = await client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            answer.EnsureSuccessStatusCode();
            await using var body = await answer.Content.ReadAsStreamAsync(patience.Token);
            var bytes = new byte[Longest];
            var length = await body.ReadAtLeastAsync(bytes, Longest, throwOnEndOfStream: false, patience.Token);
            return request.ProcessResponse(bytes.AsMemory(0, length), out _).AsSignedCms().Encode();
        }
        catch (Exception e) when (e is HttpRequestException or CryptographicException or IOException || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            throw new RefusedException("package.tsa-failed", ("where", authority.Host), ("why", RefusedException.Shorten(e.Message)));
        }
    }

    /// <summary>What a token says of data.</summary>
    /// <exception cref="RefusedException">It is not a stamp of these data.</exception>
    internal static Stamped Read(byte[] token, byte[] data)
    {
        try
        {
            if (token.Length <= Longest && Rfc3161TimestampToken.TryDecode(token, out var decoded, out _) && decoded.VerifySignatureForData(data, out var by)) return new(decoded.TokenInfo.Timestamp, by);
        }
        catch (CryptographicException)
        {
            // Said below.
        }

        throw new RefusedException("package.time-stamp");
    }
}
