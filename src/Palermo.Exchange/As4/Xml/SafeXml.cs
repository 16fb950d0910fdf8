using System.Text;
using System.Xml;

namespace Palermo.Exchange.As4.Xml;

/// <summary>Reads XML from strangers: UTF-8, no document type, no comments or instructions, bounded in size, depth and number, every identifier once.</summary>
internal static class SafeXml
{
    /// <summary>Elements and attributes of a document together; an envelope with twenty parts has about a thousand.</summary>
    private const int MostNodes = 20_000;

    /// <summary>Attributes and namespace declarations of one element.</summary>
    private const int MostAttributes = 64;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a document.</summary>
    /// <exception cref="As4Exception">It is not the XML described above.</exception>
    internal static XmlDocument Load(ReadOnlySpan<byte> bytes, int depth)
    {
        try
        {
            if (bytes.StartsWith(Encoding.UTF8.Preamble)) bytes = bytes[Encoding.UTF8.Preamble.Length..];
            var document = new XmlDocument { PreserveWhitespace = true, XmlResolver = null };
            using var reader = Reader(Strict.GetString(bytes), document.NameTable);
            return Build(document, reader, depth);
        }
        catch (Exception e) when (e is XmlException or DecoderFallbackException or ArgumentException)
        {
            throw Refuse.Header("The envelope is not well-formed XML in UTF-8 without a document type.", e);
        }
    }

    private static XmlReader Reader(string text, XmlNameTable names) => XmlReader.Create(new StringReader(text), new XmlReaderSettings
    {
        DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersFromEntities = 0, ConformanceLevel = ConformanceLevel.Document, CloseInput = true, NameTable = names,
    });

    /// <summary>Builds the document node by node, so that a hostile one is given up before it costs more than its bytes.</summary>
    private static XmlDocument Build(XmlDocument document, XmlReader reader, int depth)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var nodes = 0;
        XmlNode at = document;
        while (reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    if (reader.Depth >= depth) throw Refuse.Header("The envelope is nested too deeply.");
                    if (reader.AttributeCount > MostAttributes || (nodes += 1 + reader.AttributeCount) > MostNodes) throw Refuse.Header("The envelope has too many elements or attributes.");
                    var element = document.CreateElement(reader.Prefix, reader.LocalName, reader.NamespaceURI);
                    var empty = reader.IsEmptyElement;
                    while (reader.MoveToNextAttribute()) element.SetAttributeNode(Attribute(document, reader, ids));
                    at.AppendChild(element);
                    if (!empty) at = element;
                    break;
                case XmlNodeType.EndElement:
                    at = at.ParentNode!;
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace:
                    // White space around the envelope is not part of anything.
                    if (at != document) at.AppendChild(document.CreateTextNode(reader.Value));
                    break;
                case XmlNodeType.XmlDeclaration:
                    break;
                default:
                    throw Refuse.Header("The envelope holds a comment or a processing instruction; neither belongs there.");
            }
        }

        return document;
    }

    private static XmlAttribute Attribute(XmlDocument document, XmlReader reader, HashSet<string> ids)
    {
        var attribute = document.CreateAttribute(reader.Prefix, reader.LocalName, reader.NamespaceURI);
        attribute.Value = reader.Value;
        if (reader.LocalName.Equals("id", StringComparison.OrdinalIgnoreCase) && reader.Prefix != "xmlns" && !ids.Add(reader.Value)) throw Refuse.Header("An identifier stands twice in the envelope.");
        return attribute;
    }

    /// <summary>The child elements of an element.</summary>
    internal static IEnumerable<XmlElement> Children(this XmlElement element)
    {
        for (var child = First(element.FirstChild); child is not null; child = First(child.NextSibling)) yield return child;
    }

    /// <summary>The element at or after a node; null for none.</summary>
    private static XmlElement? First(XmlNode? node)
    {
        while (node is not (null or XmlElement)) node = node.NextSibling;
        return (XmlElement?)node;
    }

    /// <summary>Whether an element has this name.</summary>
    internal static bool Is(this XmlElement element, string ns, string name) => element.LocalName == name && element.NamespaceURI == ns;

    /// <summary>The only child of this name; null for none.</summary>
    /// <exception cref="As4Exception">There are more.</exception>
    internal static XmlElement? Maybe(this XmlElement element, string ns, string name)
    {
        XmlElement? found = null;
        for (var child = First(element.FirstChild); child is not null; child = First(child.NextSibling))
        {
            if (!child.Is(ns, name)) continue;
            if (found is not null) throw Refuse.Header($"“{name}” stands twice in “{Short(element)}”.");
            found = child;
        }

        return found;
    }

    /// <summary>The only child of this name.</summary>
    /// <exception cref="As4Exception">There is none, or there are more.</exception>
    internal static XmlElement One(this XmlElement element, string ns, string name) =>
        element.Maybe(ns, name) ?? throw Refuse.Header($"“{Short(element)}” has no “{name}”.");

    /// <summary>Refuses children other than those named.</summary>
    internal static void Only(this XmlElement element, params ReadOnlySpan<(string Ns, string Name)> allowed)
    {
        for (var child = First(element.FirstChild); child is not null; child = First(child.NextSibling))
            if (!allowed.Contains((child.NamespaceURI, child.LocalName))) throw Refuse.Header($"“{Short(child)}” does not belong into “{Short(element)}”.");
    }

    /// <summary>The text of an element without children, trimmed.</summary>
    internal static string Value(this XmlElement element, int longest = 1024)
    {
        if (First(element.FirstChild) is not null) throw Refuse.Header($"“{Short(element)}” holds more than text.");
        var text = element.InnerText.Trim();
        return text.Length <= longest ? text : throw Refuse.Header($"“{Short(element)}” is too long.");
    }

    /// <summary>The bytes of an element's Base64 text.</summary>
    internal static byte[] Bytes(this XmlElement element, int most)
    {
        var text = element.Value(most * 2 + 64);
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) && length <= most ? bytes[..length] : throw Refuse.Header($"“{Short(element)}” is not Base64 of at most {most} bytes.");
    }

    /// <summary>The attribute <c>Algorithm</c>.</summary>
    internal static string Algorithm(this XmlElement element) => element.GetAttribute("Algorithm");

    /// <summary>A stranger's name, cut for a sentence.</summary>
    private static string Short(XmlElement element) => Kernel.RefusedException.Shorten(element.LocalName);
}
