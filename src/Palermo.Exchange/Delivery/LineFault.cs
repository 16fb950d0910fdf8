using System.Text.Json;
using Palermo.Exchange.As4;
using Palermo.Exchange.Nodes.Trust;
using Palermo.Kernel;

namespace Palermo.Exchange.Delivery;

/// <summary>Nothing gets through to a node now, whatever it is: a matter of the line, not of the message that found it out.</summary>
/// <param name="text">Why.</param>
/// <param name="after">When it wants to be asked again; null when it did not say.</param>
internal sealed class LineFault(Message text, TimeSpan? after) : Exception(text.Key)
{
    private const int LongestQuotation = 400, LargestAnswer = 16 << 10;

    /// <summary>Why.</summary>
    internal Message Text { get; } = text;

    /// <summary>When it wants to be asked again; null when it did not say.</summary>
    internal TimeSpan? After { get; } = after;

    /// <summary>Whether a status says that nothing gets through, and nothing of the one message.</summary>
    internal static bool Says(int status) => status is 429 or 502 or 503 or 504;

    /// <summary>Whether an attempt failed because of the line.</summary>
    internal static bool Is(Exception e) => e is LineFault or IOException or OperationCanceledException || (e is HttpRequestException { StatusCode: var status } && (status is null || Says((int)status)));

    /// <summary>What an answer means that is neither a receipt nor an error of AS4: the line's fault, or the message's. Its sentence, when it has one, is quoted.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="key">The text for it, with its status; the same with <c>-said</c> quotes its sentence.</param>
    /// <param name="cancel">When to stop.</param>
    internal static async Task<Exception> Of(LineAnswer answer, string key, CancellationToken cancel)
    {
        var said = await Sentence(answer, cancel);
        var text = said.Length > 0 ? new Message(key + "-said", ("status", answer.Status), ("error", said)) : new Message(key, ("status", answer.Status));
        return Says(answer.Status) ? new LineFault(text, answer.RetryAfter) : new RefusedException(text);
    }

    /// <summary>Why an attempt failed, as it is kept with the message. What others said stays in their words.</summary>
    internal static Message Why(Exception e) => e switch
    {
        RefusedException refused => refused.Text,
        LineFault fault => fault.Text,
        HttpRequestException { StatusCode: not null } => new("exchange.they-say", ("error", Quote(e.Message))),
        OperationCanceledException => new("exchange.no-answer"),
        HttpRequestException or IOException => new("exchange.not-reached", ("why", Quote(e.Message))),
        As4Exception => new("exchange.answer-wrong", ("why", Quote(e.Message))),
        _ => new("exchange.not-sent", ("why", Quote(e.Message))),
    };

    /// <summary>What somebody else said, as much of it as is kept.</summary>
    internal static string Quote(string text) => Plain.Text(text.Take(LongestQuotation)).Trim();

    private static async Task<string> Sentence(LineAnswer answer, CancellationToken cancel)
    {
        if (answer.ContentType?.StartsWith("application/problem+json", StringComparison.OrdinalIgnoreCase) != true) return "";
        var bytes = new byte[LargestAnswer];
        var length = await answer.Body.ReadAtLeastAsync(bytes, LargestAnswer, throwOnEndOfStream: false, cancel);
        try
        {
            return Quote(JsonSerializer.Deserialize(bytes.AsSpan(0, length), AnswerJson.Default.ProblemAnswer)?.Title ?? "");
        }
        catch (JsonException)
        {
            return "";
        }
    }
}
