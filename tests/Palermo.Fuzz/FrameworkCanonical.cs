using System.Security.Cryptography.Xml;
using System.Xml;

namespace Palermo.Fuzz;

/// <summary>Exclusive canonical XML by the framework, as a second opinion on our own.</summary>
internal static class FrameworkCanonical
{
    private const string XmlnsUri = "http://www.w3.org/2000/xmlns/";

    /// <summary>An element's canonical form. The transform sees a document only: the element becomes one, with the namespaces it inherits.</summary>
    internal static byte[] Bytes(XmlElement element, string prefixes)
    {
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
        using var form = (Stream)transform.GetOutput(typeof(Stream));
        var bytes = new byte[form.Length];
        form.ReadExactly(bytes);
        return bytes;
    }
}
