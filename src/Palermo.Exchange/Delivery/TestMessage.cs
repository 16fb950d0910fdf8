using Palermo.Exchange.As4;
using Palermo.Exchange.Nodes;
using Palermo.Requests.Files;

namespace Palermo.Exchange.Delivery;

/// <summary>The test message of ebMS3 (section 5.2.2): signed, encrypted and receipted like any other, and delivered to nobody. The doctor sends it.</summary>
internal static class TestMessage
{
    private const string Service = "http://docs.oasis-open.org/ebxml-msg/ebms/v3.0/ns/core/200704/service", Action = "http://docs.oasis-open.org/ebxml-msg/ebms/v3.0/ns/core/200704/test";

    /// <summary>Whether a message is one.</summary>
    internal static bool Is(As4Header header) => header.Service == Service && header.Action == Action;

    /// <summary>Sends one.</summary>
    /// <returns>Why no receipt came; null when one did.</returns>
    internal static async Task<string?> Send(NodeTrust trust, NodeEntry node)
    {
        try
        {
            return await Try(trust, node);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            return e.Message;
        }
    }

    private static async Task<string?> Try(NodeTrust trust, NodeEntry node)
    {
        var (us, them, profile) = SendWaiting.Keys(trust, node);
        var header = new As4Header(MessageIds.Of(Guid.NewGuid(), trust.Party), trust.Clock.GetUtcNow(), trust.Party, node.Party, "test", Action) { Service = Service };
        var packed = await PackMessage.Of(header, [new OutgoingPart("test@palermo", "text/plain", () => new MemoryStream("test"u8.ToArray(), writable: false))], us, them, profile, CancellationToken.None);
        using var answer = await new HttpLine(trust).Send(node, HttpMethod.Post, "as4", packed, CancellationToken.None);
        var spool = Path.Combine(trust.Folder, "spool");
        Disk.MakeFolder(spool);
        try
        {
            using var opened = await OpenMessage.Read(answer.Body, answer.ContentType, trust.Own, (certificate, _, _) =>
            {
                if (trust.Check(certificate, node.Party) is not null) throw new As4Exception("EBMS:0101", "FailedAuthentication", "The answer is signed by another node.");
            }, spool, new As4Limits(), CancellationToken.None);
            if (opened.Kind == As4Kind.Error) return string.Join(" ", opened.Errors.Select(e => $"{e.Code} {e.Text}"));
            return opened.Kind == As4Kind.Receipt && OpenMessage.Acknowledges(opened, header.MessageId, packed.Digests) ? null : "The answer is no receipt for the test message.";
        }
        catch (As4Exception e)
        {
            return $"{(int)answer.Status}: {e.Message}";
        }
    }
}
