using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Palermo.Kernel;

namespace Palermo.Treaties.Import;

/// <summary>Loads a stranger's XML as a tree: no DTD, no resolver, bounded in depth, in elements and in text.</summary>
internal static class UntcXmlDocument
{
    private const int MostCharacters = 50_000_000;
    private const int MostNodes = 400_000;
    private const int LongestText = 1_000_000;
    private const int Deepest = 64;

    internal static XElement Load(Stream stream)
    {
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = MostCharacters,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
        };
        try
        {
            using var reader = XmlReader.Create(stream, settings);
            return Tree(reader);
        }
        catch (XmlException e)
        {
            throw UntcXml.Whole(string.Create(CultureInfo.InvariantCulture, $"The XML cannot be read at line {e.LineNumber}, position {e.LinePosition}: {RefusedException.Shorten(e.Message)}"));
        }
    }

    private static XElement Tree(XmlReader reader)
    {
        XElement? root = null;
        var open = new Stack<XElement>();
        var buffer = new char[4096];
        var nodes = 0;
        while (reader.Read())
        {
            if (nodes > MostNodes) throw Wrong(reader, $"at most {MostNodes} elements and texts were expected");
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    nodes++;
                    if (open.Count == Deepest) throw Wrong(reader, $"elements were expected to stand at most {Deepest} deep");
                    var element = Element(reader);
                    if (open.TryPeek(out var parent)) parent.Add(element);
                    root ??= element;
                    if (!reader.IsEmptyElement) open.Push(element);
                    break;
                case XmlNodeType.EndElement:
                    open.Pop();
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace when open.Count > 0:
                    nodes++;
                    open.Peek().Add(new XText(Text(reader, buffer)));
                    break;
                default:
                    break;
            }
        }

        return root!;
    }

    private static XElement Element(XmlReader reader)
    {
        var element = new XElement(reader.LocalName);
        if ((reader.GetAttribute("xml:lang") ?? reader.GetAttribute("lang")) is { } language) element.SetAttributeValue("lang", language);
        return element;
    }

    private static string Text(XmlReader reader, char[] buffer)
    {
        var text = new StringBuilder();
        int read;
        while ((read = reader.ReadValueChunk(buffer, 0, buffer.Length)) > 0)
        {
            text.Append(buffer, 0, read);
            if (text.Length > LongestText) throw Wrong(reader, $"a text of at most {LongestText} characters was expected");
        }

        return text.ToString();
    }

    private static UntcProblemsException Wrong(XmlReader reader, FormattableString expected)
    {
        var at = (IXmlLineInfo)reader;
        return UntcXml.Whole(string.Create(CultureInfo.InvariantCulture, $"The XML cannot be read at line {at.LineNumber}, position {at.LinePosition}: {FormattableString.Invariant(expected)}."));
    }
}
