using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Xml;

namespace Palermo.Exchange.As4.Xml;

/// <summary>Exclusive canonical XML without comments (W3C, 18 July 2002): computed for what came, written directly for what goes out.</summary>
/// <remarks>
/// The framework's own transform needs a copy of the element as a document of its own and takes ten times as long; the fuzz harness and the tests
/// hold this one against it. Documents here have neither comments nor instructions nor a document type (<see cref="SafeXml"/>).
/// </remarks>
internal sealed class Canonical
{
    private const string XmlnsUri = "http://www.w3.org/2000/xmlns/", XmlUri = "http://www.w3.org/XML/1998/namespace", Default = "#default";

    private static readonly SearchValues<char> InText = SearchValues.Create("&<>\r"), InAttribute = SearchValues.Create("&<\"\t\n\r");

    private readonly ArrayBufferWriter<byte> _to = new(4096);
    private readonly Take _put;
    private readonly string[] _inclusive;

    /// <summary>Namespaces written on the way from the element at the top to the one being written.</summary>
    private readonly List<(string Prefix, string Uri)> _written = [];

    private readonly List<(string Prefix, string Uri)> _needed = [];
    private readonly List<XmlAttribute> _attributes = [];

    private Canonical(string prefixes)
    {
        _inclusive = [.. prefixes.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(p => p == Default ? "" : p)];
        _put = text => Encoding.UTF8.GetBytes(text, _to);
    }

    /// <summary>SHA-256 of an element's canonical form.</summary>
    /// <param name="element">The element, in its document.</param>
    /// <param name="prefixes">Prefixes to be treated inclusively; empty for none.</param>
    internal static byte[] Digest(XmlElement element, string prefixes) => SHA256.HashData(Of(element, prefixes));

    /// <summary>An element's canonical form.</summary>
    internal static byte[] Bytes(XmlElement element, string prefixes) => Of(element, prefixes).ToArray();

    private static ReadOnlySpan<byte> Of(XmlElement element, string prefixes)
    {
        var form = new Canonical(prefixes);
        form.Write(element);
        return form._to.WrittenSpan;
    }

    /// <summary>Text between tags as canonical XML writes it.</summary>
    /// <exception cref="ArgumentException">It holds a character that XML cannot carry.</exception>
    internal static string Text(string value) => Escaped(value, InText);

    /// <summary>The value of an attribute as canonical XML writes it.</summary>
    /// <exception cref="ArgumentException">It holds a character that XML cannot carry.</exception>
    internal static string Attribute(string value) => Escaped(value, InAttribute);

    private void Write(XmlElement element)
    {
        var above = _written.Count;
        _put("<");
        _put(element.Name);
        foreach (var (prefix, uri) in Namespaces(element))
        {
            _put(prefix.Length == 0 ? " xmlns" : " xmlns:");
            Attribute(prefix, uri);
            _written.Add((prefix, uri));
        }

        foreach (var attribute in Attributes(element))
        {
            _put(" ");
            Attribute(attribute.Name, attribute.Value);
        }

        _put(">");
        for (var child = element.FirstChild; child is not null; child = child.NextSibling)
        {
            if (child is XmlElement inner) Write(inner);
            else Escape(child.Value, InText, _put);
        }

        _put("</");
        _put(element.Name);
        _put(">");
        _written.RemoveRange(above, _written.Count - above);
    }

    private void Attribute(string name, string value)
    {
        _put(name);
        _put("=\"");
        Escape(value, InAttribute, _put);
        _put("\"");
    }

    /// <summary>The attributes that declare no namespace, in their order. The list serves one element after another.</summary>
    private List<XmlAttribute> Attributes(XmlElement element)
    {
        _attributes.Clear();
        if (!element.HasAttributes) return _attributes;
        foreach (XmlAttribute attribute in element.Attributes)
            if (attribute.NamespaceURI != XmlnsUri) _attributes.Add(attribute);
        _attributes.Sort(static (a, b) => string.CompareOrdinal(a.NamespaceURI, b.NamespaceURI) is var order && order != 0 ? order : string.CompareOrdinal(a.LocalName, b.LocalName));
        return _attributes;
    }

    /// <summary>The namespaces to declare, in their order: those the element and its attributes use, and those to be treated inclusively, where not declared the same already. The list serves one element after another.</summary>
    private List<(string Prefix, string Uri)> Namespaces(XmlElement element)
    {
        _needed.Clear();
        Need(element.Prefix, element.NamespaceURI);
        if (element.HasAttributes)
        {
            foreach (XmlAttribute attribute in element.Attributes)
                if (attribute.Prefix.Length > 0) Need(attribute.Prefix, attribute.NamespaceURI);
        }

        foreach (var prefix in _inclusive)
        {
            var uri = element.GetNamespaceOfPrefix(prefix);
            if (uri.Length > 0 || prefix.Length == 0) Need(prefix, uri);
        }

        _needed.Sort(static (a, b) => string.CompareOrdinal(a.Prefix, b.Prefix));
        return _needed;
    }

    private void Need(string prefix, string uri)
    {
        if (uri is not (XmlUri or XmlnsUri) && uri != Written(prefix) && !_needed.Contains((prefix, uri))) _needed.Add((prefix, uri));
    }

    private string Written(string prefix)
    {
        for (var i = _written.Count - 1; i >= 0; i--)
            if (_written[i].Prefix == prefix) return _written[i].Uri;
        return "";
    }

    private static string Escaped(string value, SearchValues<char> special)
    {
        try
        {
            XmlConvert.VerifyXmlChars(value);
        }
        catch (XmlException e)
        {
            throw new ArgumentException("A message's header cannot hold control characters.", nameof(value), e);
        }

        if (value.AsSpan().IndexOfAny(special) < 0) return value;
        var text = new StringBuilder(value.Length + 16);
        Escape(value, special, piece => text.Append(piece));
        return text.ToString();
    }

    private delegate void Take(ReadOnlySpan<char> piece);

    private static void Escape(ReadOnlySpan<char> value, SearchValues<char> special, Take take)
    {
        for (int at; (at = value.IndexOfAny(special)) >= 0; value = value[(at + 1)..])
        {
            take(value[..at]);
            take(value[at] switch
            {
                '&' => "&amp;", '<' => "&lt;", '>' => "&gt;", '"' => "&quot;", '\t' => "&#x9;", '\n' => "&#xA;", _ => "&#xD;",
            });
        }

        take(value);
    }
}
