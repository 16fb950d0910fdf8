using System.Security.Cryptography.X509Certificates;
using Palermo.Exchange.As4.Xml;

namespace Palermo.Exchange.As4;

/// <summary>Signs and writes signals: receipts, errors, pull requests.</summary>
internal static class PackSignal
{
    /// <summary>The non-repudiation receipt of a message whose signature held.</summary>
    internal static PackedMessage Receipt(OpenedMessage received, X509Certificate2 us, DateTimeOffset now) =>
        Signed(WriteMessaging.Receipt(NewId(), now, received.MessageId, received.Digests), us) with { Id = PackedMessage.Answering(received.MessageId) };

    /// <summary>A signed error.</summary>
    internal static PackedMessage Error(As4Error error, X509Certificate2 us, DateTimeOffset now) => Signed(WriteMessaging.Error(NewId(), now, error), us) with { Id = PackedMessage.Answering(error.RefToMessageId) };

    /// <summary>Asks for what waits on a channel.</summary>
    internal static PackedMessage PullRequest(string mpc, X509Certificate2 us, DateTimeOffset now) => Signed(WriteMessaging.Pull(NewId(), now, mpc), us);

    private static string NewId() => $"{Guid.NewGuid():D}@palermo";

    private static PackedMessage Signed(string messaging, X509Certificate2 us)
    {
        var (envelope, digests) = SignEnvelope.Of(messaging, [], "", us);
        return PackMessage.Alone(envelope, digests);
    }
}
