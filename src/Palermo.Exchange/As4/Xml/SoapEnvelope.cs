using System.Xml;

namespace Palermo.Exchange.As4.Xml;

/// <summary>The parts of an envelope, each at the one place where it may stand.</summary>
/// <param name="Security">The security header; null for none.</param>
/// <param name="Messaging">The ebMS header.</param>
/// <param name="Body">The body.</param>
internal sealed record SoapEnvelope(XmlElement? Security, XmlElement Messaging, XmlElement Body)
{
    /// <summary>Takes an envelope apart.</summary>
    /// <exception cref="As4Exception">It holds anything else, or anything twice.</exception>
    internal static SoapEnvelope Of(XmlDocument document)
    {
        var envelope = document.DocumentElement!;
        if (!envelope.Is(Ns.Soap, "Envelope")) throw Refuse.Header("A message is a SOAP 1.2 envelope.");
        envelope.Only((Ns.Soap, "Header"), (Ns.Soap, "Body"));
        var header = envelope.One(Ns.Soap, "Header");
        header.Only((Ns.Wsse, "Security"), (Ns.Ebms, "Messaging"));
        return new(header.Maybe(Ns.Wsse, "Security"), header.One(Ns.Ebms, "Messaging"), envelope.One(Ns.Soap, "Body"));
    }
}
