using System.Text;
using Palermo.Exchange.As4;
using Palermo.Exchange.As4.Xml;
using Palermo.Tests.Support;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Exchange.As4;

/// <summary>Messages of other implementations, where their folder is present: verified or refused as it lists them.</summary>
public sealed class VectorTests
{
    /// <summary>Of AS4.NET's examples one is signed with a key of 1024 bits, which a node refuses.</summary>
    private const int ShortKeys = 1024;

    [Theory]
    [InlineData("as4-soap-signed-message.txt", true)]
    [InlineData("as4-soap-signed-pullrequest.xml", true)]
    [InlineData("governikus.as4in", true)]
    [InlineData("dataport1-mustunderstand.as4in", true)]
    [InlineData("dataport1.as4in", false)]
    public void AnothersMessageVerifiesOrIsRefusedAsListed(string file, bool verifies)
    {
        var soap = SoapEnvelope.Of(SafeXml.Load(Envelope(file), new As4Limits().Depth));
        ReadMessaging.Of(soap.Messaging).MessageId.ShouldContain('@');
        if (verifies) VerifySignature.Of(soap.Security!, soap.Messaging, soap.Body, ShortKeys).Signed.Count.ShouldBe(2);
        else Should.Throw<As4Exception>(() => VerifySignature.Of(soap.Security!, soap.Messaging, soap.Body, ShortKeys)).Error.Code.ShouldBe("EBMS:0101");
    }

    [Fact]
    public async Task AnothersReceiptIsReadWhole()
    {
        using var sample = new As4Sample { Check = (_, _, _) => { } };
        using var receipt = await sample.Open(Envelope("governikus.as4in"), "application/soap+xml");
        (receipt.Kind, receipt.RefToMessageId).ShouldBe((As4Kind.Receipt, "6b52b4c0-de6a-46b8-8286-27bac7d1a463@phase4"));
        receipt.Acknowledged.Count.ShouldBe(3);
        receipt.Signer!.Subject.ShouldContain("POP000260");
    }

    [Fact]
    public async Task AKeyTooShortIsRefused()
    {
        using var sample = new As4Sample { Check = (_, _, _) => { } };
        (await Should.ThrowAsync<As4Exception>(sample.Open(Envelope("as4-soap-signed-message.txt"), "application/soap+xml"))).Error.Code.ShouldBe("EBMS:0103");
    }

    private static byte[] Envelope(string file)
    {
        var folder = new[] { Environment.GetEnvironmentVariable("PALERMO_SHARED"), Path.Combine(Repository.Root, "..", "shared") }
            .Where(f => !string.IsNullOrEmpty(f)).Select(f => Path.Combine(f!, "data", "as4")).FirstOrDefault(Directory.Exists);
        Assert.SkipWhen(folder is null, "The folder of other implementations' messages is absent.");
        var bytes = File.ReadAllBytes(Path.Combine(folder!, file));
        // Some were recorded with the header of the answer they came in.
        return bytes[Encoding.Latin1.GetString(bytes).IndexOf(file.EndsWith(".as4in", StringComparison.Ordinal) ? "<?xml" : "<", StringComparison.Ordinal)..];
    }
}
