using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using Palermo.Kernel;

namespace Palermo.Exchange.Evidence.Line;

/// <summary>Tries again what a line broke off, until it is done or nothing has moved for too long; then says exactly why.</summary>
internal static class Persist
{
    private const int LongestSentence = 2000, LongestSaid = 500;

    /// <summary>Does something in as many attempts as it takes.</summary>
    /// <param name="settings">How long a break is borne.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="attempt">
    /// One attempt. Calls its first argument whenever the line took or brought anything, so that the attempt may go on; and its second when more is durably
    /// where it belongs, so that it was not in vain. Answers whether all is done.
    /// </param>
    /// <param name="cancel">When to stop.</param>
    /// <exception cref="RefusedException">The other side refuses, or nothing moved in too many attempts; the sentence says what was the last thing to fail.</exception>
    internal static async Task Until(LineSettings settings, TimeProvider clock, Func<Action, Action, CancellationToken, Task<bool>> attempt, CancellationToken cancel)
    {
        for (var failures = 0; ;)
        {
            var moved = false;
            using var stall = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            stall.CancelAfter(settings.Stall);
            object why;
            try
            {
                if (await attempt(Alive, () => moved = true, stall.Token)) return;
                why = "…";
            }
            catch (HttpRequestException e) when (e.StatusCode is { } status && !MayPass(status))
            {
                // Said before a route was asked: by the gate for nodes, of our certificate.
                throw new RefusedException("package.line.refused-there", ("why", Whole(e.Message)));
            }
            catch (Exception e) when (!cancel.IsCancellationRequested && IsOfTheLine(e))
            {
                why = e switch
                {
                    OperationCanceledException => FormattableString.Invariant($"{settings.Stall.TotalSeconds} s"),
                    LineException line => line.Text,
                    _ => Whole(e.Message),
                };
            }

            failures = moved ? 1 : failures + 1;
            if (failures >= settings.Attempts) throw new RefusedException("package.line.given-up", ("why", why));
            await Task.Delay(settings.PauseBefore(failures), clock, cancel);

            void Alive() => stall.CancelAfter(settings.Stall);
        }
    }

    /// <summary>The answer, when it is one that lets us go on. Whoever answers with anything else is asked again, or has refused.</summary>
    /// <exception cref="RefusedException">The other side refuses, with its sentence.</exception>
    /// <exception cref="HttpRequestException">It cannot now, and may later.</exception>
    internal static async Task<HttpResponseMessage> Accepted(HttpResponseMessage answer, CancellationToken cancel)
    {
        if (answer.IsSuccessStatusCode) return answer;
        using (answer)
        {
            var sentence = answer.Content.Headers.ContentType?.MediaType switch
            {
                "text/plain" => await Sentence(answer, cancel),
                "application/problem+json" => TitleOf(await Sentence(answer, cancel)),
                _ => "",
            };
            var said = FormattableString.Invariant($"{(int)answer.StatusCode} {sentence}");
            if (MayPass(answer.StatusCode)) throw new HttpRequestException(said, null, answer.StatusCode);
            throw new RefusedException("package.line.refused-there", ("why", Whole(said)));
        }
    }

    /// <summary>What another node says is said whole: of a sentence that is cut, the reason is lost.</summary>
    private static string Whole(string said) => Plain.Text(said.Take(LongestSaid));

    /// <summary>Statuses after which the same may succeed: somebody else is sending, a chunk was changed on its way, a full disk, a node that starts.</summary>
    private static bool MayPass(HttpStatusCode status) =>
        (int)status is LineException.WrongOffset or LineException.WrongBytes or LineException.Broken or 408 or 423 or 425 or 429 or >= 500;

    private static bool IsOfTheLine(Exception e) =>
        e is HttpRequestException or IOException or SocketException or AuthenticationException or OperationCanceledException or LineException { Status: LineException.Broken or LineException.WrongBytes or LineException.WrongOffset };

    /// <summary>The sentence of a problem (RFC 9457), which the listener for nodes answers before a route is asked.</summary>
    private static string TitleOf(string problem)
    {
        try
        {
            return System.Text.Json.Nodes.JsonNode.Parse(problem)?["title"]?.GetValue<string>() ?? "";
        }
        catch (Exception e) when (e is System.Text.Json.JsonException or InvalidOperationException or ArgumentException)
        {
            return "";
        }
    }

    private static async Task<string> Sentence(HttpResponseMessage answer, CancellationToken cancel)
    {
        await using var body = await answer.Content.ReadAsStreamAsync(cancel);
        var bytes = new byte[LongestSentence];
        var length = await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancel);
        return System.Text.Encoding.UTF8.GetString(bytes, 0, length);
    }
}
