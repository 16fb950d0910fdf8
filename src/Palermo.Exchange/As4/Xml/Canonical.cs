using System.Buffers;
using System.Security.Cryptography;
using System.Security.Cryptography.Xml;
using System.Text;
using System.Xml;

namespace Palermo.Exchange.As4.Xml;

/// <summary>Exclusive canonical XML without comments: computed for what came, written directly for what goes out.</summary>
internal static class Canonical
{
    /// <summary>SHA-256 of an element's canonical form.</summary>
    /// <param name="element">The element, in its document.</param>
    /// <param name="prefixes">Prefixes to be treated inclusively; empty for none.</param>
    internal static byte[] Digest(XmlElement element, string prefixes)
    {
        using var form = Form(element, prefixes);
        return SHA256.HashData(form);
    }

    /// <summary>An element's canonical form.</summary>
    internal static byte[] Bytes(XmlElement element, string prefixes)
    {
        using var form = Form(element, prefixes);
        var bytes = new byte[form.Length];
        form.ReadExactly(bytes);
        return bytes;
    }

    private static Stream Form(XmlElement element, string prefixes)
    {
        // The transform sees a document only: the element becomes one, with the namespaces it inherits.
        var alone = new XmlDocument { PreserveWhitespace = true, XmlResolver = null };
        var root = (XmlElement)alone.ImportNode(element, deep: true);
        alone.AppendChild(root);
        for (var above = element.ParentNode as XmlElement; above is not null; above = above.ParentNode as XmlElement)
        {
            foreach (XmlAttribute attribute in above.Attributes)
                if (attribute.NamespaceURI == XmlnsUri && !root.HasAttribute(attribute.Name)) root.SetAttributeNode((XmlAttribute)alone.ImportNode(attribute, deep: true));
        }

        var transform = prefixes.Length == 0 ? new XmlDsigExcC14NTransform() : new XmlDsigExcC14NTransform(prefixes);
        transform.LoadInput(alone);
        return (Stream)transform.GetOutput(typeof(Stream));
    }

    private static readonly SearchValues<char> Special = SearchValues.Create("&<>\"\t\n\r");

    private const string XmlnsUri = "http://www.w3.org/2000/xmlns/";

    /// <summary>Text between tags as canonical XML writes it.</summary>
    /// <exception cref="ArgumentException">It holds a character that XML cannot carry.</exception>
    internal static string Text(string value) => Escape(value, attribute: false);

    /// <summary>The value of an attribute as canonical XML writes it.</summary>
    /// <exception cref="ArgumentException">It holds a character that XML cannot carry.</exception>
    internal static string Attribute(string value) => Escape(value, attribute: true);

    private static string Escape(string value, bool attribute)
    {
        try
        {
            XmlConvert.VerifyXmlChars(value);
        }
        catch (XmlException e)
        {
            throw new ArgumentException("A message's header cannot hold control characters.", nameof(value), e);
        }

        if (value.AsSpan().IndexOfAny(Special) < 0) return value;
        var text = new StringBuilder(value.Length + 16);
        foreach (var c in value)
        {
            text.Append((c, attribute) switch
            {
                ('&', _) => "&amp;", ('<', _) => "&lt;", ('\r', _) => "&#xD;",
                ('>', false) => "&gt;",
                ('"', true) => "&quot;", ('\t', true) => "&#x9;", ('\n', true) => "&#xA;",
                _ => null,
            } ?? c.ToString());
        }

        return text.ToString();
    }
}
