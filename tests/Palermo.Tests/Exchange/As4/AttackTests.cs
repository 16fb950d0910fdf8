using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Palermo.Exchange.As4;
using Palermo.Exchange.As4.Crypto;
using Palermo.Exchange.As4.Xml;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Exchange.As4;

/// <summary>What must not get through: each is refused with its error, and names the message where it can be known.</summary>
public sealed class AttackTests
{
    private const string Wsu = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd";

    /// <summary>Changes of a good message with two parts.</summary>
    private static readonly Dictionary<string, (string Code, Action<Forged> Change)> Changes = new()
    {
        // The header, the body, what is signed.
        ["action changed"] = ("EBMS:0101", m => m.Replace("<eb:Action>request<", "<eb:Action>withdrawal<")),
        ["receiver changed"] = ("EBMS:0101", m => m.Replace("palermo:ita:central-authority", "palermo:deu:central-authority")),
        ["white space added"] = ("EBMS:0101", m => m.Replace("<eb:CollaborationInfo>", "<eb:CollaborationInfo> ")),
        ["body filled"] = ("EBMS:0103", m => m.Replace("</S12:Body>", "<x/></S12:Body>")),
        ["second body"] = ("EBMS:0009", m => m.Replace("</S12:Envelope>", m.Element("S12:Body").Replace("\"body\"", "\"body2\"") + "</S12:Envelope>")),
        ["no security"] = ("EBMS:0103", m => m.Replace(m.Element("wsse:Security"), "")),
        ["no signature"] = ("EBMS:0103", m => m.Replace(m.Element("ds:Signature"), "")),
        ["signature without value"] = ("EBMS:0101", m => m.Replace(m.Element("ds:SignatureValue"), "<ds:SignatureValue></ds:SignatureValue>")),
        ["another's certificate"] = ("EBMS:0101", m => m.Replace(m.Element("ds:KeyInfo").Length > 0 ? "URI=\"#sender\"" : "", "URI=\"#recipient\"")),
        ["reference left out"] = ("EBMS:0101", m => m.Replace(Reference(m, "cid:two@bra"), "")),
        ["reference to the body left out"] = ("EBMS:0101", m => m.Replace(Reference(m, "#body"), "")),
        ["reference twice"] = ("EBMS:0103", m => m.Replace("</ds:SignedInfo>", Reference(m, "#body") + "</ds:SignedInfo>")),
        ["object in the signature"] = ("EBMS:0009", m => m.Replace("</ds:Signature>", "<ds:Object></ds:Object></ds:Signature>")),
        ["second signature"] = ("EBMS:0009", m => m.Replace("</wsse:Security>", m.Element("ds:Signature").Replace("Id=\"signature\"", "Id=\"s2\"") + "</wsse:Security>")),

        // Signature wrapping: what is signed is moved aside, what is read is new.
        ["header wrapped, in the security header"] = ("EBMS:0009", m => Wrap(m, "</wsse:Security>", newId: true)),
        ["header wrapped, beside it"] = ("EBMS:0009", m => Wrap(m, "</S12:Header>", newId: true)),
        ["header wrapped, in the body"] = ("EBMS:0103", m => Wrap(m, "</S12:Body>", newId: true)),
        ["header wrapped, in the new one"] = ("EBMS:0009", m => Wrap(m, "</eb:Messaging>", newId: true)),
        ["header wrapped, same identifier"] = ("EBMS:0009", m => Wrap(m, "</S12:Body>", newId: false)),
        ["header wrapped, in an unknown block"] = ("EBMS:0009", m => { var signed = m.Element("eb:Messaging"); m.Replace(signed, Evil(signed) + $"<w>{signed}</w>"); }),
        ["identifier as another attribute"] = ("EBMS:0009", m => m.Replace("<eb:UserMessage>", "<eb:UserMessage ID=\"messaging\">")),

        // Algorithms.
        ["digest SHA-1"] = ("EBMS:0103", m => m.Replace("<ds:DigestMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#sha256\"></ds:DigestMethod><ds:DigestValue>", "<ds:DigestMethod Algorithm=\"http://www.w3.org/2000/09/xmldsig#sha1\"></ds:DigestMethod><ds:DigestValue>")),
        ["signature RSA-SHA1"] = ("EBMS:0103", m => m.Replace("http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", "http://www.w3.org/2000/09/xmldsig#rsa-sha1")),
        ["signature HMAC"] = ("EBMS:0103", m => m.Replace("http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256")),
        ["signature ECDSA with an RSA key"] = ("EBMS:0103", m => m.Replace("xmldsig-more#rsa-sha256", "xmldsig-more#ecdsa-sha256")),
        ["canonical form with comments"] = ("EBMS:0103", m => m.Replace("<ds:Transform Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\">", "<ds:Transform Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#WithComments\">")),
        ["transform XSLT"] = ("EBMS:0103", m => m.Replace("<ds:Transform Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\">", "<ds:Transform Algorithm=\"http://www.w3.org/TR/1999/REC-xslt-19991116\">")),
        ["content CBC"] = ("EBMS:0103", m => m.Replace("http://www.w3.org/2009/xmlenc11#aes128-gcm", "http://www.w3.org/2001/04/xmlenc#aes128-cbc")),
        ["key RSA 1.5"] = ("EBMS:0103", m => m.Replace("http://www.w3.org/2009/xmlenc11#rsa-oaep", "http://www.w3.org/2001/04/xmlenc#rsa-1_5")),
        ["key MGF1 with SHA-1"] = ("EBMS:0103", m => m.Replace("http://www.w3.org/2009/xmlenc11#mgf1sha256", "http://www.w3.org/2009/xmlenc11#mgf1sha1")),
        ["key changed"] = ("EBMS:0102", m => m.Replace("<xenc:CipherValue>", "<xenc:CipherValue>AAAA")),
        ["encryption taken off one part"] = ("EBMS:0103", m => m.Replace(m.Element("xenc:EncryptedData"), "").Replace("<xenc:DataReference URI=\"#data-1\"></xenc:DataReference>", "")),
        ["encryption taken off"] = ("EBMS:0103", m => m.Replace(m.Element("xenc:EncryptedKey"), "").Replace(m.Element("xenc:EncryptedData"), "").Replace(m.Element("xenc:EncryptedData"), "")),

        // Parts.
        ["part changed"] = ("EBMS:0102", m => m.Parts[0].Content[20] ^= 1),
        ["nonce changed"] = ("EBMS:0102", m => m.Parts[0].Content[3] ^= 1),
        ["tag changed"] = ("EBMS:0102", m => m.Parts[1].Content[^1] ^= 1),
        ["part truncated"] = ("EBMS:0102", m => m.Parts[0] = (m.Parts[0].Id, m.Parts[0].Content[..^1])),
        ["part cut to nothing"] = ("EBMS:0102", m => m.Parts[0] = (m.Parts[0].Id, [])),
        ["part lengthened"] = ("EBMS:0102", m => m.Parts[0] = (m.Parts[0].Id, [.. m.Parts[0].Content, 0])),
        ["part missing"] = ("EBMS:0007", m => m.Parts.RemoveAt(1)),
        ["all parts missing"] = ("EBMS:0007", m => m.Parts.Clear()),
        ["part added"] = ("EBMS:0007", m => m.Parts.Add(("three@bra", [1, 2, 3]))),
        ["part twice"] = ("EBMS:0007", m => m.Parts.Add(m.Parts[0])),
        ["parts exchanged"] = ("EBMS:0101", m => (m.Parts[0], m.Parts[1]) = ((m.Parts[0].Id, m.Parts[1].Content), (m.Parts[1].Id, m.Parts[0].Content))),

        // XML.
        ["document type"] = ("EBMS:0009", m => m.Envelope = "<!DOCTYPE x []>" + m.Envelope),
        ["entity bomb"] = ("EBMS:0009", m => m.Envelope = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">]>" + m.Envelope.Replace("<eb:Action>request", "<eb:Action>&b;")),
        ["outside entity"] = ("EBMS:0009", m => m.Envelope = "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>" + m.Envelope.Replace("<eb:Action>request", "<eb:Action>&a;")),
        ["depth bomb"] = ("EBMS:0009", m => m.Replace("<eb:UserMessage>", string.Concat(Enumerable.Repeat("<a>", 50_000)) + "<eb:UserMessage>")),
        ["attribute bomb"] = ("EBMS:0009", m => m.Replace("<eb:UserMessage>", $"<eb:UserMessage {string.Concat(Enumerable.Range(0, 5_000).Select(i => $"a{i}=\"\" "))}>")),
        ["element bomb"] = ("EBMS:0009", m => m.Replace("<eb:UserMessage>", "<eb:UserMessage>" + string.Concat(Enumerable.Repeat("<a/>", 50_000)))),
        ["envelope too large"] = ("EBMS:0009", m => m.Replace("<eb:UserMessage>", "<eb:UserMessage>" + new string(' ', 1 << 20))),
        ["comment in a value"] = ("EBMS:0009", m => m.Replace("<eb:Action>request", "<eb:Action>req<!-- -->uest")),
        ["instruction"] = ("EBMS:0009", m => m.Replace("<eb:UserMessage>", "<?x y?><eb:UserMessage>")),
        ["identifier twice"] = ("EBMS:0009", m => m.Replace("<eb:PartyInfo>", $"<eb:PartyInfo xmlns:u=\"{Wsu}\" u:Id=\"body\">")),
        ["two messages in one"] = ("EBMS:0009", m => m.Replace("</eb:Messaging>", m.Element("eb:UserMessage") + "</eb:Messaging>")),
        ["SOAP 1.1"] = ("EBMS:0009", m => m.Replace("http://www.w3.org/2003/05/soap-envelope", "http://schemas.xmlsoap.org/soap/envelope/")),
        ["no XML"] = ("EBMS:0009", m => m.Envelope = "hello"),
        ["nothing"] = ("EBMS:0009", m => m.Envelope = ""),
    };

    /// <summary>Changes of the agreed key, on elliptic curves.</summary>
    private static readonly Dictionary<string, (string Code, Action<Forged> Change)> Agreements = new()
    {
        ["another curve"] = ("EBMS:0103", m => m.Replace("urn:oid:1.2.840.10045.3.1.7", "urn:oid:1.3.132.0.34")),
        ["a point off the curve"] = ("EBMS:0102", m => m.Replace(m.Element("dsig11:PublicKey"), $"<dsig11:PublicKey>{Convert.ToBase64String([4, .. Enumerable.Repeat((byte)1, 64)])}</dsig11:PublicKey>")),
        ["the point at infinity"] = ("EBMS:0102", m => m.Replace(m.Element("dsig11:PublicKey"), $"<dsig11:PublicKey>{Convert.ToBase64String([4, .. new byte[64]])}</dsig11:PublicKey>")),
        ["a compressed point"] = ("EBMS:0103", m => m.Replace(m.Element("dsig11:PublicKey"), $"<dsig11:PublicKey>{Convert.ToBase64String([2, .. new byte[32]])}</dsig11:PublicKey>")),
        ["another wrapping"] = ("EBMS:0103", m => m.Replace("xmlenc#kw-aes128", "xmlenc#kw-aes256")),
        ["another derivation"] = ("EBMS:0103", m => m.Replace("xmlenc11#ConcatKDF", "xmlenc11#pbkdf2")),
        ["other information"] = ("EBMS:0102", m => m.Replace("PartyUInfo=\"\"", "PartyUInfo=\"0001\"")),
        ["information in bits"] = ("EBMS:0103", m => m.Replace("PartyUInfo=\"\"", "PartyUInfo=\"0301\"")),
        ["information that is no number"] = ("EBMS:0103", m => m.Replace("PartyUInfo=\"\"", "PartyUInfo=\"00zz\"")),
        ["a wrapped key changed"] = ("EBMS:0102", m => m.Replace(m.Element("xenc:CipherValue"), $"<xenc:CipherValue>{Convert.ToBase64String(new byte[24])}</xenc:CipherValue>")),
        ["a wrapped key too short"] = ("EBMS:0102", m => m.Replace(m.Element("xenc:CipherValue"), "<xenc:CipherValue>AAAA</xenc:CipherValue>")),
        ["a signature in DER"] = ("EBMS:0101", m => m.Replace(m.Element("ds:SignatureValue"), $"<ds:SignatureValue>{Convert.ToBase64String([0x30, 0x44, .. new byte[68]])}</ds:SignatureValue>")),
        ["a signature of zeros"] = ("EBMS:0101", m => m.Replace(m.Element("ds:SignatureValue"), $"<ds:SignatureValue>{Convert.ToBase64String(new byte[64])}</ds:SignatureValue>")),
        ["RSA-SHA256 with a curve's key"] = ("EBMS:0103", m => m.Replace("xmldsig-more#ecdsa-sha256", "xmldsig-more#rsa-sha256")),
    };

    public static TheoryData<string> Names => [.. Changes.Keys];

    public static TheoryData<string> AgreementNames => [.. Agreements.Keys];

    [Theory, MemberData(nameof(AgreementNames))]
    public async Task AChangedAgreementIsRefused(string name)
    {
        using var sample = new As4Sample { Profile = As4Profile.EllipticCurve };
        var (bytes, type, _) = await sample.Pack(As4Sample.Text("one@bra"));
        var message = Forged.Of(bytes, type);
        Agreements[name].Change(message);
        var refused = await Should.ThrowAsync<As4Exception>(sample.Open(message.Bytes(), Forged.Type));
        refused.Error.Code.ShouldBe(Agreements[name].Code, refused.Message);
    }

    /// <summary>RFC 3394, 4.1.</summary>
    [Fact]
    public void KeysAreWrappedAsTheStandardsExampleSays()
    {
        var (wrapping, key, wrapped) = (Convert.FromHexString("000102030405060708090A0B0C0D0E0F"), Convert.FromHexString("00112233445566778899AABBCCDDEEFF"), Convert.FromHexString("1FA68B0A8112B447AEF34BD8FB5A7B829D3E862371D2CFE5"));
        KeyWrap.Wrap(wrapping, key).ShouldBe(wrapped);
        KeyWrap.Unwrap(wrapping, wrapped).ShouldBe(key);
        wrapped[9] ^= 1;
        Should.Throw<CryptographicException>(() => KeyWrap.Unwrap(wrapping, wrapped));
    }

    [Theory, MemberData(nameof(Names))]
    public async Task AChangedMessageIsRefused(string name)
    {
        using var sample = new As4Sample();
        var (bytes, type, _) = await sample.Pack(As4Sample.Text("one@bra"), As4Sample.Text("two@bra", "{}"));
        var message = Forged.Of(bytes, type);
        using (await sample.Open(message.Bytes(), Forged.Type))
        {
            Changes[name].Change(message);
        }

        var refused = await Should.ThrowAsync<As4Exception>(sample.Open(message.Bytes(), Forged.Type));
        refused.Error.Code.ShouldBe(Changes[name].Code, refused.Message);
    }

    [Fact]
    public async Task TheOrderOfPartsIsTheHeadersNotTheLines()
    {
        using var sample = new As4Sample();
        var (bytes, type, _) = await sample.Pack(As4Sample.Text("one@bra"), As4Sample.Text("two@bra", "{}"));
        var message = Forged.Of(bytes, type);
        message.Parts.Reverse();
        using var opened = await sample.Open(message.Bytes(), Forged.Type);
        opened.Parts.Select(p => p.Id).ShouldBe(["one@bra", "two@bra"]);
        Encoding.UTF8.GetString(As4Sample.Content(opened.Parts[1])).ShouldBe("{}");
    }

    [Fact]
    public async Task WhatAPeerSaysOfAPartsLengthMeansNothing()
    {
        using var sample = new As4Sample();
        var (bytes, type, _) = await sample.Pack(As4Sample.Text());
        foreach (var lie in new[] { "0", "5", "-1", "99999999999999999999" })
        {
            var lying = Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(bytes).Replace("Content-ID: <request", $"Content-Length: {lie}\r\nContent-Disposition: attachment; size={lie}\r\nContent-ID: <request"));
            using var opened = await sample.Open(lying, type);
            As4Sample.Content(opened.Parts[0]).Length.ShouldBe(30);
        }
    }

    [Fact]
    public async Task AMessageCutAnywhereIsRefused()
    {
        using var sample = new As4Sample();
        var (bytes, type, _) = await sample.Pack(As4Sample.Text());
        // Of the last line's end nothing depends.
        foreach (var length in Enumerable.Range(0, 40).Select(i => i * (bytes.Length - 5) / 40).Concat(Enumerable.Range(bytes.Length - 60, 56)))
            await Should.ThrowAsync<As4Exception>(sample.Open(bytes[..length], type), $"cut to {length} of {bytes.Length}");
    }

    [Fact]
    public async Task AStrangersMessageIsRefusedBeforeItsPartsAreRead()
    {
        using var sample = new As4Sample();
        using var stranger = As4Sample.Rsa("stranger");
        var packed = await PackMessage.Of(As4Sample.Header, [As4Sample.Text()], stranger, sample.B, As4Profile.Rsa, CancellationToken.None);
        var refused = await Should.ThrowAsync<As4Exception>(sample.Open(await As4Sample.Bytes(packed), packed.ContentType));
        (refused.Error.Code, refused.Error.RefToMessageId).ShouldBe(("EBMS:0101", As4Sample.Header.MessageId));
    }

    [Fact]
    public async Task AMessageForAnotherIsRefused()
    {
        foreach (var profile in Enum.GetValues<As4Profile>())
        {
            using var sample = new As4Sample { Profile = profile };
            var (bytes, type, _) = await sample.Pack(As4Sample.Text());
            (await Should.ThrowAsync<As4Exception>(sample.Open(bytes, type, sample.A))).Error.Code.ShouldBe("EBMS:0102");
        }
    }

    /// <summary>An accepted signer who signs less, or more, than the profile says.</summary>
    [Fact]
    public async Task PartsThatAreNotSignedOrSignedButNotAnnouncedAreRefused()
    {
        using var sample = new As4Sample();
        var part = As4Sample.Text("one@bra");
        var (bytes, type, _) = await sample.Pack(part);
        var good = Forged.Of(bytes, type);
        var encryption = ContentKey.Make(sample.B, As4Profile.Rsa, ["one@bra"]).Xml;
        var messaging = WriteMessaging.User(As4Sample.Header, [part]);
        foreach (var digests in new (string, byte[])[][] { [], [("one@bra", new byte[32]), ("two@bra", new byte[32])], [("two@bra", new byte[32])] })
        {
            var message = Forged.Signed(messaging, digests, encryption, sample.A);
            message.Parts.AddRange(good.Parts);
            (await Should.ThrowAsync<As4Exception>(sample.Open(message.Bytes(), Forged.Type))).Error.Code.ShouldBe("EBMS:0103");
        }
    }

    [Fact]
    public async Task BombsOfGzipAreStopped()
    {
        using var sample = new As4Sample { Limits = new As4Limits { Part = 1 << 20 } };
        var (bytes, type, _) = await sample.Pack(As4Sample.Part("bomb", new byte[100 << 20]));
        bytes.Length.ShouldBeLessThan(1 << 20);
        (await Should.ThrowAsync<As4Exception>(sample.Open(bytes, type))).Error.Code.ShouldBe("EBMS:0303");
    }

    [Fact]
    public async Task WhatIsNotGzipThoughItSaysSoIsRefused()
    {
        using var sample = new As4Sample();
        var gzip = new MemoryStream();
        using (var to = new GZipStream(gzip, CompressionMode.Compress, leaveOpen: true)) to.Write(RandomNumberGenerator.GetBytes(1000));
        foreach (var content in (byte[][])[[1, 2, 3], [], gzip.ToArray()[..500]])
        {
            var part = As4Sample.Part("one@bra", content, compress: false);
            var (key, encryption) = ContentKey.Make(sample.B, As4Profile.Rsa, ["one@bra"]);
            var message = Forged.Signed(WriteMessaging.User(As4Sample.Header, [part with { Compress = true }]), [("one@bra", SHA256.HashData(content))], encryption, sample.A);
            var nonce = new byte[GcmFlow.NonceSize];
            using var flow = GcmFlow.Seal(key, nonce);
            var cipher = new byte[content.Length];
            flow.Next(content, cipher);
            message.Parts.Add(("one@bra", [.. nonce, .. cipher, .. flow.Tag()]));
            (await Should.ThrowAsync<As4Exception>(sample.Open(message.Bytes(), Forged.Type))).Error.Code.ShouldBe("EBMS:0303");
        }
    }

    [Theory]
    [InlineData("endless preamble", "x", "")]
    [InlineData("endless header", "--forged\r\nContent-Type: application/soap+xml", "x")]
    [InlineData("endless headers", "--forged\r\n", "A: b\r\n")]
    [InlineData("endless envelope", "--forged\r\n\r\n", " ")]
    [InlineData("endless line of a boundary", "--forged", "x")]
    public async Task BombsOfMimeAreStopped(string name, string head, string again)
    {
        using var sample = new As4Sample();
        using var endless = new Endless(Encoding.ASCII.GetBytes(head), Encoding.ASCII.GetBytes(again.Length == 0 ? "x" : again));
        await Should.ThrowAsync<As4Exception>(sample.Open(endless, Forged.Type), name);
        endless.Given.ShouldBeLessThan(4 << 20);
    }

    [Fact]
    public async Task APartThatNeverEndsIsStopped()
    {
        using var sample = new As4Sample { Limits = new As4Limits { Part = 1 << 20 } };
        var (bytes, type, _) = await sample.Pack(As4Sample.Text());
        var head = Encoding.Latin1.GetString(bytes).IndexOf("Content-ID: <request@bra>\r\n\r\n", StringComparison.Ordinal) + 30;
        using var endless = new Endless(bytes[..head], [7]);
        (await Should.ThrowAsync<As4Exception>(sample.Open(endless, type))).Error.Code.ShouldBe("EBMS:0103");
        endless.Given.ShouldBeLessThan(2 << 20);
        Directory.EnumerateFileSystemEntries(sample.Spool).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("text/xml")]
    [InlineData("multipart/related")]
    [InlineData("multipart/related; boundary=\"\"")]
    [InlineData("multipart/mixed; boundary=x")]
    [InlineData("multipart/related; boundary=forged; type=\"text/xml\"")]
    [InlineData("multipart/related; boundary=forged; start=\"<another>\"")]
    public async Task OtherTypesAreRefused(string? type)
    {
        using var sample = new As4Sample();
        var (bytes, packed, _) = await sample.Pack(As4Sample.Text());
        (await Should.ThrowAsync<As4Exception>(sample.Open(Forged.Of(bytes, packed).Bytes(), type!))).Error.Code.ShouldBe("EBMS:0007");
    }

    [Fact]
    public async Task KeysThatAreTooWeakAreRefused()
    {
        using var sample = new As4Sample { Check = (_, _, _) => { } };
        using var rsa = As4Sample.Rsa("weak", 1024);
        using var ec = As4Sample.Ec("other", ECCurve.NamedCurves.nistP384);
        foreach (var weak in new[] { rsa, ec })
        {
            var pull = PackSignal.PullRequest("x", weak, As4Sample.Now);
            (await Should.ThrowAsync<As4Exception>(sample.Open(await As4Sample.Bytes(pull), pull.ContentType))).Error.Code.ShouldBe("EBMS:0103");
        }
    }

    [Fact]
    public async Task OnlyAnErrorMayComeUnsignedAndItSaysSo()
    {
        using var sample = new As4Sample();
        var error = PackSignal.Error(new As4Error("EBMS:0004", "Other", "failure", "x", "m@bra"), sample.A, As4Sample.Now);
        var text = new Forged { Envelope = Encoding.UTF8.GetString(await As4Sample.Bytes(error)) };
        text.Replace(text.Element("wsse:Security"), "");
        using var told = await sample.Open(Encoding.UTF8.GetBytes(text.Envelope), "application/soap+xml");
        told.Signer.ShouldBeNull();
        var (bytes, type, packed) = await sample.Pack(As4Sample.Text());
        using var message = await sample.Open(bytes, type);
        var receipt = PackSignal.Receipt(message, sample.B, As4Sample.Now);
        var bare = new Forged { Envelope = Encoding.UTF8.GetString(await As4Sample.Bytes(receipt)) };
        bare.Replace(bare.Element("wsse:Security"), "");
        (await Should.ThrowAsync<As4Exception>(sample.Open(Encoding.UTF8.GetBytes(bare.Envelope), "application/soap+xml"))).Error.Code.ShouldBe("EBMS:0103");
    }

    private static string Reference(Forged message, string uri)
    {
        var from = message.Envelope.IndexOf($"<ds:Reference URI=\"{uri}\"", StringComparison.Ordinal);
        return message.Envelope[from..(message.Envelope.IndexOf("</ds:Reference>", from, StringComparison.Ordinal) + 15)];
    }

    private static string Evil(string messaging) => messaging.Replace("<eb:Action>request<", "<eb:Action>withdrawal<").Replace("wsu:Id=\"messaging\"", "wsu:Id=\"evil\"");

    /// <summary>Puts another header in the place of the signed one, and the signed one before a tag.</summary>
    private static void Wrap(Forged message, string before, bool newId)
    {
        var signed = message.Element("eb:Messaging");
        message.Replace(signed, newId ? Evil(signed) : Evil(signed).Replace("\"evil\"", "\"messaging\""));
        var at = message.Envelope.LastIndexOf(before, StringComparison.Ordinal);
        message.Envelope = message.Envelope.Insert(at, signed);
    }

    /// <summary>A line that never ends.</summary>
    private sealed class Endless(byte[] head, byte[] again) : MemoryStream
    {
        internal long Given { get; private set; }

        public override int Read(Span<byte> buffer)
        {
            for (var i = 0; i < buffer.Length; i++, Given++) buffer[i] = Given < head.Length ? head[Given] : again[(Given - head.Length) % again.Length];
            return buffer.Length;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.FromResult(Read(buffer.Span));

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => Task.FromResult(Read(buffer, offset, count));
    }
}
