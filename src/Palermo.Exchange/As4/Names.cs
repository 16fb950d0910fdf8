namespace Palermo.Exchange.As4;

/// <summary>Namespaces of the messages.</summary>
internal static class Ns
{
    internal const string Soap = "http://www.w3.org/2003/05/soap-envelope";
    internal const string Ebms = "http://docs.oasis-open.org/ebxml-msg/ebms/v3.0/ns/core/200704/";
    internal const string Signals = "http://docs.oasis-open.org/ebxml-bp/ebbp-signals-2.0";
    internal const string Wsse = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd";
    internal const string Wsse11 = "http://docs.oasis-open.org/wss/oasis-wss-wssecurity-secext-1.1.xsd";
    internal const string Wsu = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd";
    internal const string Ds = "http://www.w3.org/2000/09/xmldsig#";
    internal const string Ds11 = "http://www.w3.org/2009/xmldsig11#";
    internal const string Xenc = "http://www.w3.org/2001/04/xmlenc#";
    internal const string Xenc11 = "http://www.w3.org/2009/xmlenc11#";
}

/// <summary>Algorithms, token types and other fixed names of the messages.</summary>
internal static class Known
{
    internal const string ExcC14n = "http://www.w3.org/2001/10/xml-exc-c14n#";
    internal const string Sha256 = "http://www.w3.org/2001/04/xmlenc#sha256";
    internal const string RsaSha256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
    internal const string EcdsaSha256 = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256";
    internal const string RsaOaep = "http://www.w3.org/2009/xmlenc11#rsa-oaep";
    internal const string Mgf1Sha256 = "http://www.w3.org/2009/xmlenc11#mgf1sha256";
    internal const string Aes128Gcm = "http://www.w3.org/2009/xmlenc11#aes128-gcm";
    internal const string EcdhEs = "http://www.w3.org/2009/xmlenc11#ECDH-ES";
    internal const string ConcatKdf = "http://www.w3.org/2009/xmlenc11#ConcatKDF";
    internal const string KeyWrap128 = "http://www.w3.org/2001/04/xmlenc#kw-aes128";
    internal const string Secp256r1 = "urn:oid:1.2.840.10045.3.1.7";

    internal const string AttachmentSigned = "http://docs.oasis-open.org/wss/oasis-wss-SwAProfile-1.1#Attachment-Content-Signature-Transform";
    internal const string AttachmentSealed = "http://docs.oasis-open.org/wss/oasis-wss-SwAProfile-1.1#Attachment-Content-Only";
    internal const string AttachmentCiphertext = "http://docs.oasis-open.org/wss/oasis-wss-SwAProfile-1.1#Attachment-Ciphertext-Transform";

    internal const string Base64 = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0#Base64Binary";
    internal const string X509v3 = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-x509-token-profile-1.0#X509v3";
    internal const string SubjectKeyIdentifier = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-x509-token-profile-1.0#X509SubjectKeyIdentifier";
    internal const string EncryptedKeyToken = "http://docs.oasis-open.org/wss/oasis-wss-soap-message-security-1.1#EncryptedKey";
    internal const string ThumbprintSha1 = "http://docs.oasis-open.org/wss/oasis-wss-soap-message-security-1.1#ThumbprintSHA1";

    internal const string Initiator = "http://docs.oasis-open.org/ebxml-msg/ebms/v3.0/ns/core/200704/initiator";
    internal const string Responder = "http://docs.oasis-open.org/ebxml-msg/ebms/v3.0/ns/core/200704/responder";
    internal const string DefaultMpc = "http://docs.oasis-open.org/ebxml-msg/ebms/v3.0/ns/core/200704/defaultMPC";
}

/// <summary>The errors of ebMS3 and AS4 that a reader answers with.</summary>
internal static class Refuse
{
    internal static As4Exception Value(string text) => new("EBMS:0001", "ValueNotRecognized", text);

    internal static As4Exception Inconsistent(string text) => new("EBMS:0003", "ValueInconsistent", text);

    internal static As4Exception Mime(string text, Exception? inner = null) => new("EBMS:0007", "MimeInconsistency", text, inner: inner);

    internal static As4Exception Header(string text, Exception? inner = null) => new("EBMS:0009", "InvalidHeader", text, inner: inner);

    internal static As4Exception Signature(string text, Exception? inner = null) => new("EBMS:0101", "FailedAuthentication", text, inner: inner);

    internal static As4Exception Decryption(string text, Exception? inner = null) => new("EBMS:0102", "FailedDecryption", text, inner: inner);

    internal static As4Exception Policy(string text) => new("EBMS:0103", "PolicyNoncompliance", text);

    internal static As4Exception Decompression(string text, Exception? inner = null) => new("EBMS:0303", "DecompressionFailure", text, inner: inner);
}
