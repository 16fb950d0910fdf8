using System.Net;
using System.Text.Json;
using Palermo.Kernel;

namespace Palermo.Exchange.Nodes.Trust;

/// <summary>Makes another node's refusal of our certificate an exception that holds its sentence, whatever was asked of it.</summary>
/// <param name="party">The other node.</param>
/// <param name="inner">Its connections.</param>
internal sealed class TellRefusal(string party, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private const long LargestProblem = 16 << 10;

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var answer = await base.SendAsync(request, cancellationToken);
        if (answer.StatusCode != HttpStatusCode.Forbidden || answer.Content.Headers.ContentType?.MediaType != "application/problem+json") return answer;
        await answer.Content.LoadIntoBufferAsync(LargestProblem, cancellationToken);
        if (Sentence(await answer.Content.ReadAsByteArrayAsync(cancellationToken)) is not { } why) return answer;
        answer.Dispose();
        throw new HttpRequestException($"{party}: {why}", null, HttpStatusCode.Forbidden);
    }

    /// <summary>The sentence of the gate; null when somebody else refused.</summary>
    private static string? Sentence(byte[] content)
    {
        try
        {
            var problem = JsonSerializer.Deserialize(content, AnswerJson.Default.ProblemAnswer);
            return problem?.Code?.StartsWith("nodes.certificate.", StringComparison.Ordinal) == true ? Plain.Text((problem.Title ?? "").Take(300)) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
