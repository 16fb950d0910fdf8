using System.Globalization;
using static Palermo.Exchange.As4.Xml.Canonical;

namespace Palermo.Exchange.As4.Xml;

/// <summary>Writes the ebMS header, <c>eb:Messaging</c>, in canonical form.</summary>
internal static class WriteMessaging
{
    /// <summary>A user message.</summary>
    /// <exception cref="ArgumentException">A value cannot stand in XML.</exception>
    internal static string User(As4Header header, IReadOnlyList<OutgoingPart> parts) => Around(
        $"""<eb:UserMessage{(header.Mpc is { } mpc ? $" mpc=\"{Attribute(mpc)}\"" : "")}>{Info(header.MessageId, header.At, header.RefToMessageId)}"""
        + $"""<eb:PartyInfo><eb:From><eb:PartyId>{Text(header.From)}</eb:PartyId><eb:Role>{Known.Initiator}</eb:Role></eb:From><eb:To><eb:PartyId>{Text(header.To)}</eb:PartyId><eb:Role>{Known.Responder}</eb:Role></eb:To></eb:PartyInfo>"""
        + $"""<eb:CollaborationInfo><eb:Service>{Text(header.Service)}</eb:Service><eb:Action>{Text(header.Action)}</eb:Action><eb:ConversationId>{Text(header.ConversationId)}</eb:ConversationId></eb:CollaborationInfo>"""
        + (header.Properties.Count == 0 ? "" : $"<eb:MessageProperties>{string.Concat(header.Properties.Select(p => Property(p.Name, p.Value)))}</eb:MessageProperties>")
        + (parts.Count == 0 ? "" : $"<eb:PayloadInfo>{string.Concat(parts.Select(Part))}</eb:PayloadInfo>")
        + "</eb:UserMessage>");

    /// <summary>A receipt: the references of the signature that held.</summary>
    internal static string Receipt(string id, DateTimeOffset at, string refTo, IEnumerable<SignedDigest> digests)
    {
        const string declaration = $" xmlns:ds=\"{Ns.Ds}\"";
        var parts = string.Concat(digests.Select(d => $"<ebbp:MessagePartNRInformation>{SignEnvelope.Reference(d, declaration)}</ebbp:MessagePartNRInformation>"));
        return Signal(Info(id, at, refTo), $"""<eb:Receipt><ebbp:NonRepudiationInformation xmlns:ebbp="{Ns.Signals}">{parts}</ebbp:NonRepudiationInformation></eb:Receipt>""");
    }

    /// <summary>An error.</summary>
    internal static string Error(string id, DateTimeOffset at, As4Error error) => Signal(
        Info(id, at, error.RefToMessageId),
        $"""<eb:Error category="{Category(error.Code)}" errorCode="{Attribute(error.Code)}" origin="{Origin(error.Code)}"{(error.RefToMessageId is { } refTo ? $" refToMessageInError=\"{Attribute(refTo)}\"" : "")} severity="{Attribute(error.Severity)}" shortDescription="{Attribute(error.ShortDescription)}"><eb:Description xml:lang="en">{Text(error.Text)}</eb:Description></eb:Error>""");

    /// <summary>Asks for a message that waits on a channel.</summary>
    internal static string Pull(string id, DateTimeOffset at, string mpc) => Signal(Info(id, at, null), $"""<eb:PullRequest mpc="{Attribute(mpc)}"></eb:PullRequest>""");

    private static string Signal(string info, string content) => Around($"<eb:SignalMessage>{info}{content}</eb:SignalMessage>");

    private static string Around(string content) =>
        $"""<eb:Messaging xmlns:S12="{Ns.Soap}" xmlns:eb="{Ns.Ebms}" xmlns:wsu="{Ns.Wsu}" wsu:Id="{SignEnvelope.MessagingId}" S12:mustUnderstand="true">{content}</eb:Messaging>""";

    private static string Info(string id, DateTimeOffset at, string? refTo) =>
        $"""<eb:MessageInfo><eb:Timestamp>{at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)}</eb:Timestamp><eb:MessageId>{Text(id)}</eb:MessageId>{(refTo is null ? "" : $"<eb:RefToMessageId>{Text(refTo)}</eb:RefToMessageId>")}</eb:MessageInfo>""";

    private static string Part(OutgoingPart part) =>
        $"""<eb:PartInfo href="cid:{Attribute(part.Id)}"><eb:PartProperties>{Property("MimeType", part.Type)}{(part.Compress ? Property("CompressionType", "application/gzip") : "")}</eb:PartProperties></eb:PartInfo>""";

    private static string Property(string name, string value) => $"""<eb:Property name="{Attribute(name)}">{Text(value)}</eb:Property>""";

    /// <summary>Categories of ebMS3 core, 6.7.</summary>
    private static string Category(string code) => code switch
    {
        "EBMS:0005" or "EBMS:0006" => "Communication",
        "EBMS:0007" or "EBMS:0008" or "EBMS:0009" => "Unpackaging",
        "EBMS:0101" or "EBMS:0102" or "EBMS:0103" => "Processing",
        "EBMS:0301" or "EBMS:0302" or "EBMS:0303" => "Communication",
        _ => "Content",
    };

    private static string Origin(string code) => code is "EBMS:0101" or "EBMS:0102" or "EBMS:0103" ? "security" : "ebMS";
}
