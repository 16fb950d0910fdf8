using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;
using Palermo.Kernel;

namespace Palermo.Exchange.As4.Xml;

/// <summary>A part as the header announces it.</summary>
/// <param name="Reference">The reference as written: <c>cid:…</c>.</param>
/// <param name="Type">Media type before compression.</param>
/// <param name="Compressed">Whether it is compressed with gzip.</param>
internal sealed record AnnouncedPart(string Reference, string Type, bool Compressed);

/// <summary>What an ebMS header says.</summary>
internal sealed record ReadHeader(As4Kind Kind, string MessageId, string? RefToMessageId)
{
    internal As4Header? User { get; init; }

    internal IReadOnlyList<AnnouncedPart> Parts { get; init; } = [];

    internal IReadOnlyList<SignedDigest> Acknowledged { get; init; } = [];

    internal IReadOnlyList<As4Error> Errors { get; init; } = [];

    internal string? Mpc { get; init; }
}

/// <summary>Reads the ebMS header, <c>eb:Messaging</c>.</summary>
internal static partial class ReadMessaging
{
    private const int LongestId = 255, MostProperties = 64, MostErrors = 16;

    /// <summary>Reads the header: exactly one user message or signal.</summary>
    /// <exception cref="As4Exception">It is not one we take.</exception>
    internal static ReadHeader Of(XmlElement messaging)
    {
        var unit = messaging.Children().ToArray() is [var only] ? only : throw Refuse.Header("A message holds exactly one user message or signal.");
        if (!unit.Is(Ns.Ebms, "UserMessage") && !unit.Is(Ns.Ebms, "SignalMessage")) throw Refuse.Header("A message holds exactly one user message or signal.");
        var info = unit.One(Ns.Ebms, "MessageInfo");
        var id = Identifier(info.One(Ns.Ebms, "MessageId"));
        var at = Time(info.One(Ns.Ebms, "Timestamp").Value(64));
        var refTo = info.Maybe(Ns.Ebms, "RefToMessageId") is { } r ? Identifier(r) : null;
        return unit.LocalName == "UserMessage" ? User(unit, id, at, refTo) : Signal(unit, id, refTo);
    }

    private static ReadHeader User(XmlElement user, string id, DateTimeOffset at, string? refTo)
    {
        user.Only((Ns.Ebms, "MessageInfo"), (Ns.Ebms, "PartyInfo"), (Ns.Ebms, "CollaborationInfo"), (Ns.Ebms, "MessageProperties"), (Ns.Ebms, "PayloadInfo"));
        var parties = user.One(Ns.Ebms, "PartyInfo");
        var collaboration = user.One(Ns.Ebms, "CollaborationInfo");
        var header = new As4Header(id, at, Party(parties, "From"), Party(parties, "To"), Text(collaboration, "ConversationId"), Text(collaboration, "Action"))
        {
            Service = Text(collaboration, "Service"), RefToMessageId = refTo,
            Mpc = Short(user.GetAttribute("mpc")) is { Length: > 0 } mpc ? mpc : null,
            Properties = Properties(user.Maybe(Ns.Ebms, "MessageProperties")),
        };
        var parts = user.Maybe(Ns.Ebms, "PayloadInfo")?.Children().Select(Part).ToArray() ?? [];
        if (parts.DistinctBy(p => p.Reference, StringComparer.Ordinal).Count() != parts.Length) throw Refuse.Inconsistent("The header announces a part twice.");
        return new ReadHeader(As4Kind.UserMessage, id, refTo) { User = header, Parts = parts };
    }

    private static ReadHeader Signal(XmlElement signal, string id, string? refTo)
    {
        signal.Only((Ns.Ebms, "MessageInfo"), (Ns.Ebms, "Receipt"), (Ns.Ebms, "Error"), (Ns.Ebms, "PullRequest"));
        var content = signal.Children().Where(c => c.LocalName != "MessageInfo").ToArray();
        return content switch
        {
            [{ LocalName: "Receipt" } receipt] => new(As4Kind.Receipt, id, refTo ?? throw Refuse.Header("A receipt names the message it is for.")) { Acknowledged = Acknowledged(receipt) },
            [{ LocalName: "PullRequest" } pull] => new(As4Kind.PullRequest, id, refTo) { Mpc = Short(pull.GetAttribute("mpc")) is { Length: > 0 } mpc ? mpc : Known.DefaultMpc },
            [{ LocalName: "Error" }, ..] when content.Length <= MostErrors && content.All(c => c.LocalName == "Error") => new(As4Kind.Error, id, refTo) { Errors = [.. content.Select(e => Error(e, refTo))] },
            _ => throw Refuse.Header("A signal is one receipt, one pull request, or errors."),
        };
    }

    private static SignedDigest[] Acknowledged(XmlElement receipt)
    {
        var parts = receipt.One(Ns.Signals, "NonRepudiationInformation");
        parts.Only((Ns.Signals, "MessagePartNRInformation"));
        return [.. parts.Children().Select(p => p.One(Ns.Ds, "Reference")).Select(r =>
            new SignedDigest(Short(r.GetAttribute("URI")), Short(r.One(Ns.Ds, "DigestMethod").Algorithm()), r.One(Ns.Ds, "DigestValue").Value(LongestId)))];
    }

    private static As4Error Error(XmlElement error, string? refTo) => new(
        Short(error.GetAttribute("errorCode")), Short(error.GetAttribute("shortDescription")), Short(error.GetAttribute("severity")),
        Plain.Text(error.Maybe(Ns.Ebms, "Description")?.Value(4096) ?? ""), error.GetAttribute("refToMessageInError") is { Length: > 0 } named ? Short(named) : refTo);

    private static AnnouncedPart Part(XmlElement part)
    {
        if (!part.Is(Ns.Ebms, "PartInfo")) throw Refuse.Header("A list of payloads holds parts only.");
        var reference = part.GetAttribute("href");
        if (!reference.StartsWith("cid:", StringComparison.Ordinal) || reference.Length > LongestId) throw Refuse.Header("Parts are attachments of the message; the body stays empty.");
        var properties = Properties(part.Maybe(Ns.Ebms, "PartProperties"));
        string? Of(string name) => properties.Where(p => p.Name == name).Select(p => p.Value).ToArray() switch { [] => null, [var one] => one, _ => throw Refuse.Header($"A part has two properties “{name}”.") };
        if (Of("CompressionType") is { } compression && compression != "application/gzip") throw Refuse.Decompression("Parts are compressed with gzip.");
        return new AnnouncedPart(reference, Of("MimeType") ?? "application/octet-stream", Of("CompressionType") is not null);
    }

    private static (string Name, string Value)[] Properties(XmlElement? list)
    {
        var all = list?.Children().Where(c => c.Is(Ns.Ebms, "Property")).Select(p => (Short(p.GetAttribute("name")), p.Value())).ToArray() ?? [];
        return all.Length <= MostProperties ? all : throw Refuse.Header("A list of properties is too long.");
    }

    private static string Party(XmlElement parties, string side) => Identifier(parties.One(Ns.Ebms, side).One(Ns.Ebms, "PartyId"));

    private static string Text(XmlElement parent, string name) => parent.One(Ns.Ebms, name).Value(LongestId);

    private static string Identifier(XmlElement element) => element.Value(LongestId) is { Length: > 0 } id && !id.Any(char.IsWhiteSpace) && Plain.Text(id) == id ? id : throw Refuse.Header("An identifier is empty, or holds spaces or marks that cannot be seen.");

    private static string Short(string value) => value.Length <= LongestId ? value : throw Refuse.Header("An attribute is too long.");

    private static DateTimeOffset Time(string text)
    {
        // More digits than a clock has are cut off; without a zone it is UTC (ebMS3 core, 5.2.2.1).
        if (XmlTime().Match(text) is { Success: true } m
            && DateTimeOffset.TryParse(m.Groups["when"].Value + m.Groups["fraction"].Value + m.Groups["zone"].Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
            return time;
        throw Refuse.Header("The timestamp is not a date and time of XML Schema.");
    }

    [GeneratedRegex(@"^(?<when>[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2})((?<fraction>\.[0-9]{1,7})[0-9]{0,8})?(?<zone>Z|[+-][0-9]{2}:[0-9]{2})?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex XmlTime();
}
