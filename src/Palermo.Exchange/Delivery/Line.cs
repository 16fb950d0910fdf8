using System.Net.Http.Headers;
using Palermo.Exchange.As4;
using Palermo.Exchange.Nodes;

namespace Palermo.Exchange.Delivery;

/// <summary>What another node answered; dispose it when it was read.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="ContentType">Content-Type of the body; null when there is none.</param>
/// <param name="Body">The body.</param>
/// <param name="Done">What to dispose of afterwards.</param>
internal sealed record LineAnswer(int Status, string? ContentType, Stream Body, IDisposable? Done) : IDisposable
{
    /// <summary>Number under which a relay keeps what it gave; null elsewhere.</summary>
    internal string? Number { get; init; }

    /// <summary>Sender of what a relay gave, as the relay knows it.</summary>
    internal string? From { get; init; }

    /// <summary>After how long it wants to be asked again; null when it did not say.</summary>
    internal TimeSpan? RetryAfter { get; init; }

    public void Dispose()
    {
        Body.Dispose();
        Done?.Dispose();
    }
}

/// <summary>How a node is spoken to. Messages are signed and encrypted whatever the line is; the tests put one in between that drops, delays and doubles.</summary>
internal interface ILine
{
    /// <summary>Sends to a path of another node and waits for its answer.</summary>
    /// <exception cref="HttpRequestException">It was not reached.</exception>
    /// <exception cref="IOException">The line broke.</exception>
    Task<LineAnswer> Send(NodeEntry node, HttpMethod method, string path, PackedMessage? message, CancellationToken cancel);
}

/// <summary>HTTPS with both sides' certificates.</summary>
/// <param name="trust">Whose certificates.</param>
internal sealed class HttpLine(NodeTrust trust) : ILine
{
    /// <summary>Headers of a relay's answers.</summary>
    internal const string NumberHeader = "Palermo-Number", FromHeader = "Palermo-From";

    /// <summary>Header that names a message, for a relay: the same for every attempt.</summary>
    internal const string MessageHeader = "Palermo-Message";

    private const int LongestId = 255;

    /// <inheritdoc/>
    public async Task<LineAnswer> Send(NodeEntry node, HttpMethod method, string path, PackedMessage? message, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(method, new Uri(node.Address ?? throw new HttpRequestException("it has no address"), path));
        if (message is not null) request.Content = new Packed(message);
        if (Id(message?.Id) is { Length: > 0 } id) request.Headers.Add(MessageHeader, id);
        var response = await trust.ClientFor(node).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
        return new LineAnswer((int)response.StatusCode, response.Content.Headers.ContentType?.ToString(), await response.Content.ReadAsStreamAsync(cancel), response) 
        {
            Number = One(response, NumberHeader), From = One(response, FromHeader),
            RetryAfter = response.Headers.RetryAfter is { } after ? after.Delta ?? after.Date - trust.Clock.GetUtcNow() : null,
        };
    }

    /// <summary>The name of a message as it can stand in a header; empty when it cannot.</summary>
    internal static string Id(string? id) => id is { Length: > 0 and <= LongestId } && id.All(c => c is > ' ' and <= '~' and not ',') ? id : "";

    private static string? One(HttpResponseMessage response, string name) => response.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;

    private sealed class Packed : HttpContent
    {
        private readonly PackedMessage _message;

        internal Packed(PackedMessage message)
        {
            _message = message;
            Headers.ContentType = MediaTypeHeaderValue.Parse(message.ContentType);
        }

        protected override Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context) => _message.WriteTo(stream, CancellationToken.None);

        protected override Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context, CancellationToken cancellationToken) => _message.WriteTo(stream, cancellationToken);

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
