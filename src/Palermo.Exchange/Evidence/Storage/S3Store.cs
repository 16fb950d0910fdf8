using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Palermo.Kernel;

namespace Palermo.Exchange.Evidence.Storage;

/// <summary>
/// A store that speaks S3, for sealed files that have arrived or were packed. It sees ciphertext only, and what it gives back is compared with
/// its hashes like everything else.
/// </summary>
/// <param name="client">Speaks to the store; it must not give up an answer by itself.</param>
/// <param name="bucket">Address of the bucket, with a slash at its end.</param>
/// <param name="signature">Signs requests.</param>
/// <param name="clock">The clock.</param>
internal sealed class S3Store(HttpClient client, Uri bucket, S3Signature signature, TimeProvider clock)
{
    internal const string Variable = "PALERMO_EVIDENCE_S3", KeyVariable = "PALERMO_EVIDENCE_S3_KEY", SecretVariable = "PALERMO_EVIDENCE_S3_SECRET", RegionVariable = "PALERMO_EVIDENCE_S3_REGION";
    private const int MostParts = 10_000, LongestAnswer = 1 << 20;

    /// <summary>Bytes of one part; larger only for files of more than 10,000 of them.</summary>
    internal long Part { get; init; } = 64L << 20;

    /// <summary>The store the environment names; null for none.</summary>
    /// <exception cref="RefusedException">Its address cannot be understood, or its keys are missing.</exception>
    internal static S3Store? FromEnvironment(Func<string, string?> variable, TimeProvider clock)
    {
        if (variable(Variable) is not { Length: > 0 } given) return null;
        if (!Uri.TryCreate(given.TrimEnd('/') + "/", UriKind.Absolute, out var bucket) || bucket.Scheme is not ("https" or "http") || bucket.Segments.Length != 2 || bucket.Query.Length > 0
            || variable(KeyVariable) is not { Length: > 0 } key || variable(SecretVariable) is not { Length: > 0 } secret)
            throw new RefusedException("package.s3", ("given", RefusedException.Shorten(given)), ("key", KeyVariable), ("secret", SecretVariable));
        return new(new HttpClient { Timeout = Timeout.InfiniteTimeSpan }, bucket, new S3Signature(key, secret, variable(RegionVariable) is { Length: > 0 } region ? region : "us-east-1"), clock);
    }

    /// <summary>Puts a file there, part by part; it is there whole or not at all.</summary>
    /// <exception cref="HttpRequestException">The store does not take it.</exception>
    internal async Task Put(string name, FileStream file, CancellationToken cancel)
    {
        var begun = await Ask(HttpMethod.Post, name + "?uploads=", null, null, cancel);
        var id = Uri.EscapeDataString(Xml(begun).Descendants().FirstOrDefault(e => e.Name.LocalName == "UploadId")?.Value ?? throw new HttpRequestException("The store began no upload."));
        try
        {
            var size = Math.Max(Part, (file.Length + MostParts - 1) / MostParts);
            var parts = new StringBuilder("<CompleteMultipartUpload>");
            for (var number = 1; number == 1 || file.Position < file.Length; number++)
            {
                var text = number.ToString(CultureInfo.InvariantCulture);
                using var put = new HttpRequestMessage(HttpMethod.Put, new Uri(bucket, $"{name}?partNumber={text}&uploadId={id}"));
                var until = Math.Min(file.Length, file.Position + size);
                put.Content = new StreamContent(new Stretch(file, until - file.Position), 1 << 20);
                put.Content.Headers.ContentLength = until - file.Position;
                using var answer = await Send(put, S3Signature.Unsigned, cancel);
                // Whoever answers before it has read what it was given does not have it.
                if (file.Position != until) throw new HttpRequestException("The store took less than it was given.");
                parts.Append(CultureInfo.InvariantCulture, $"<Part><PartNumber>{number}</PartNumber><ETag>{WebUtility.HtmlEncode(answer.Headers.ETag?.ToString())}</ETag></Part>");
            }

            // A failure to put the parts together may come with the status 200.
            var done = await Ask(HttpMethod.Post, $"{name}?uploadId={id}", parts.Append("</CompleteMultipartUpload>").ToString(), null, cancel);
            if (Xml(done).Root?.Name.LocalName == "Error") throw new HttpRequestException("The store did not put the parts together.");
        }
        catch
        {
            await GiveUp($"{name}?uploadId={id}");
            throw;
        }
    }

    /// <summary>Opens a file from a byte on.</summary>
    /// <exception cref="HttpRequestException">The store does not give it.</exception>
    internal async Task<Stream> Open(string name, long offset, CancellationToken cancel)
    {
        using var get = new HttpRequestMessage(HttpMethod.Get, new Uri(bucket, name));
        get.Headers.Range = new RangeHeaderValue(offset, null);
        var answer = await Send(get, Sha256Of(""), cancel);
        if (answer.StatusCode == HttpStatusCode.PartialContent && answer.Content.Headers.ContentRange?.From == offset) return await answer.Content.ReadAsStreamAsync(cancel);
        answer.Dispose();
        throw new HttpRequestException("The store does not give a file from a byte on.");
    }

    private async Task GiveUp(string upload)
    {
        try
        {
            await Ask(HttpMethod.Delete, upload, null, null, CancellationToken.None);
        }
        catch (HttpRequestException)
        {
            // What broke before is what is told.
        }
    }

    private async Task<string> Ask(HttpMethod method, string name, string? body, RangeHeaderValue? range, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(method, new Uri(bucket, name));
        request.Headers.Range = range;
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/xml");
        using var answer = await Send(request, Sha256Of(body ?? ""), cancel);
        var buffer = new byte[LongestAnswer];
        await using var stream = await answer.Content.ReadAsStreamAsync(cancel);
        return Encoding.UTF8.GetString(buffer, 0, await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancel));
    }

    private async Task<HttpResponseMessage> Send(HttpRequestMessage request, string contentHash, CancellationToken cancel)
    {
        signature.Sign(request, contentHash, clock.GetUtcNow());
        var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
        if (answer.IsSuccessStatusCode) return answer;
        using (answer) throw new HttpRequestException($"The store answers {(int)answer.StatusCode} {answer.ReasonPhrase}", null, answer.StatusCode);
    }

    private static string Sha256Of(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static XDocument Xml(string text)
    {
        try
        {
            using var reader = XmlReader.Create(new StringReader(text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            return XDocument.Load(reader);
        }
        catch (XmlException e)
        {
            throw new HttpRequestException("The store does not answer as S3 does.", e);
        }
    }

    /// <summary>So many bytes of a file from where it stands; the file stays open.</summary>
    private sealed class Stretch(FileStream file, long length) : ReadOnlyStream
    {
        private long _left = length;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await file.ReadAsync(buffer[..(int)Math.Min(buffer.Length, _left)], cancellationToken);
            _left -= read;
            return read;
        }
    }
}
