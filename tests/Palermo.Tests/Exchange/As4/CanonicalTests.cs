using System.Text;
using System.Xml;
using Palermo.Exchange.As4.Xml;
using Palermo.Fuzz;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Exchange.As4;

/// <summary>Exclusive canonical form of the element <c>x</c>, as expected by hand and by the framework.</summary>
public sealed class CanonicalTests
{
    [Theory]
    [InlineData("<x/>", "", "<x></x>")]
    [InlineData("<a xmlns='urn:a'><x b='2' a='1'/></a>", "", "<x xmlns=\"urn:a\" a=\"1\" b=\"2\"></x>")]
    [InlineData("<p:a xmlns:p='urn:p' xmlns:q='urn:q' xmlns:unused='urn:u'><p:x q:c='1' d='&#9;&lt;&quot;&gt;'><p:y/><q:z xmlns:q='urn:r'/></p:x></p:a>", "", "<p:x xmlns:p=\"urn:p\" xmlns:q=\"urn:q\" d=\"&#x9;&lt;&quot;>\" q:c=\"1\"><p:y></p:y><q:z xmlns:q=\"urn:r\"></q:z></p:x>")]
    [InlineData("<p:a xmlns:p='urn:p' xmlns:unused='urn:u' xmlns='urn:d'><p:x/></p:a>", "unused #default nowhere", "<p:x xmlns=\"urn:d\" xmlns:p=\"urn:p\" xmlns:unused=\"urn:u\"></p:x>")]
    [InlineData("<a xmlns='urn:a'><x><y xmlns=''><z xmlns='urn:a'/></y></x></a>", "", "<x xmlns=\"urn:a\"><y xmlns=\"\"><z xmlns=\"urn:a\"></z></y></x>")]
    [InlineData("<a xmlns='urn:a'><x xmlns=''><y/></x></a>", "", "<x><y></y></x>")]
    [InlineData("<x>a<![CDATA[<&]]>&#13;\r\n &gt;</x>", "", "<x>a&lt;&amp;&#xD;\n &gt;</x>")]
    [InlineData("<a xml:lang='en'><x xml:space='preserve'> </x></a>", "", "<x xml:space=\"preserve\"> </x>")]
    [InlineData("<a xmlns:p='urn:1'><x><b xmlns:p='urn:2'><p:c/></b><p:c/></x></a>", "p", "<x xmlns:p=\"urn:1\"><b xmlns:p=\"urn:2\"><p:c></p:c></b><p:c></p:c></x>")]
    [InlineData("<a xmlns:b='urn:b' xmlns:a='urn:c'><x b:z='1' a:y='2' y='3'/></a>", "", "<x xmlns:a=\"urn:c\" xmlns:b=\"urn:b\" y=\"3\" b:z=\"1\" a:y=\"2\"></x>")]
    public void CanonicalFormIsOne(string document, string prefixes, string expected)
    {
        var element = SafeXml.Load(Encoding.UTF8.GetBytes(document), 40).SelectNodes("//*")!.OfType<XmlElement>().First(e => e.LocalName == "x");
        Encoding.UTF8.GetString(Canonical.Bytes(element, prefixes)).ShouldBe(expected);
        Encoding.UTF8.GetString(FrameworkCanonical.Bytes(element, prefixes)).ShouldBe(expected);
    }
}
