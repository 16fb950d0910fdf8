import java.io.*;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.*;
import java.security.*;
import java.security.cert.*;
import java.security.interfaces.*;
import java.security.spec.*;
import java.util.*;
import java.util.zip.*;
import javax.crypto.KeyAgreement;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.xml.security.Init;
import org.apache.xml.security.encryption.*;
import org.apache.xml.security.signature.*;
import org.apache.xml.security.transforms.Transform;
import org.apache.xml.security.transforms.TransformSpi;
import org.apache.xml.security.transforms.Transforms;
import org.apache.xml.security.transforms.params.InclusiveNamespaces;
import org.apache.xml.security.utils.resolver.*;
import org.w3c.dom.*;

/**
 * Apache Santuario's opinion on Palermo's AS4 messages: verifies and decrypts them, and makes messages for Palermo to read.
 * It knows nothing of Palermo's code. Santuario does signatures, canonical form, key transport, key wrap and content encryption;
 * the framing (MIME) is done here, and so are ECDH and ConcatKDF, which Santuario 2.1 does not have.
 *
 *   java -cp … SecondOpinion.java open MESSAGE RECEIVER_FOLDER OUT_FOLDER     prints "signed by SUBJECT", writes the parts
 *   java -cp … SecondOpinion.java pack SENDER_FOLDER RECEIVER_FOLDER MESSAGE PAYLOAD…
 */
public class SecondOpinion {
    static final String SOAP = "http://www.w3.org/2003/05/soap-envelope", EB = "http://docs.oasis-open.org/ebxml-msg/ebms/v3.0/ns/core/200704/";
    static final String WSSE = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd", WSU = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd";
    static final String DS = "http://www.w3.org/2000/09/xmldsig#", DS11 = "http://www.w3.org/2009/xmldsig11#", XENC = "http://www.w3.org/2001/04/xmlenc#", XENC11 = "http://www.w3.org/2009/xmlenc11#";
    static final String SWA = "http://docs.oasis-open.org/wss/oasis-wss-SwAProfile-1.1#", EXC = "http://www.w3.org/2001/10/xml-exc-c14n#", SHA256 = XENC + "sha256", GCM = XENC11 + "aes128-gcm";
    static final String X509 = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-x509-token-profile-1.0#X509v3", BASE64 = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0#Base64Binary";

    static final Map<String, byte[]> sealed = new LinkedHashMap<>(), plain = new LinkedHashMap<>();
    static boolean decrypting;

    /** Attachments are what cid: addresses name: ciphertext for encryption, the decrypted but still compressed content for signatures. */
    public static class Attachments extends ResourceResolverSpi {
        public boolean engineCanResolveURI(ResourceResolverContext c) { return c.uriToResolve != null && c.uriToResolve.startsWith("cid:"); }
        public XMLSignatureInput engineResolveURI(ResourceResolverContext c) {
            return new XMLSignatureInput((decrypting ? sealed : plain).get(c.uriToResolve.substring(4)));
        }
        public boolean engineIsThreadSafe() { return true; }
    }

    public static class AsItIs extends TransformSpi {
        protected String engineGetURI() { return SWA + "Attachment-Content-Signature-Transform"; }
        protected XMLSignatureInput enginePerformTransform(XMLSignatureInput in, OutputStream os, Transform t) throws IOException {
            if (os == null) return in;
            try { os.write(in.getBytes()); } catch (Exception e) { throw new IOException(e); }
            XMLSignatureInput out = new XMLSignatureInput((byte[]) null);
            out.setOutputStream(os);
            return out;
        }
        protected XMLSignatureInput enginePerformTransform(XMLSignatureInput in, Transform t) { return in; }
        protected XMLSignatureInput enginePerformTransform(XMLSignatureInput in) { return in; }
    }

    public static class Ciphertext extends AsItIs {
        protected String engineGetURI() { return SWA + "Attachment-Ciphertext-Transform"; }
    }

    public static void main(String[] args) throws Exception {
        Init.init();
        ResourceResolver.register(new Attachments(), true);
        Transform.register(SWA + "Attachment-Content-Signature-Transform", AsItIs.class);
        Transform.register(SWA + "Attachment-Ciphertext-Transform", Ciphertext.class);
        if (args[0].equals("open")) open(Path.of(args[1]), Path.of(args[2]), Path.of(args[3]));
        else pack(Path.of(args[1]), Path.of(args[2]), Path.of(args[3]), Arrays.copyOfRange(args, 4, args.length));
    }

    // ---- open

    static void open(Path message, Path receiver, Path out) throws Exception {
        byte[] envelope = readMime(Files.readAllBytes(message));
        Document doc = parse(envelope);
        markIds(doc.getDocumentElement());
        Element security = (Element) doc.getElementsByTagNameNS(WSSE, "Security").item(0);
        Element encryptedKey = (Element) security.getElementsByTagNameNS(XENC, "EncryptedKey").item(0);
        if (encryptedKey != null) {
            decrypting = true;
            Key key = unwrap(doc, encryptedKey, receiver);
            NodeList data = security.getElementsByTagNameNS(XENC, "EncryptedData");
            for (int i = 0; i < data.getLength(); i++) {
                XMLCipher cipher = XMLCipher.getInstance();
                cipher.init(XMLCipher.DECRYPT_MODE, key);
                Element reference = (Element) ((Element) data.item(i)).getElementsByTagNameNS(XENC, "CipherReference").item(0);
                plain.put(reference.getAttribute("URI").substring(4), cipher.decryptToByteArray((Element) data.item(i)));
            }
            decrypting = false;
        }

        Element signatureElement = (Element) security.getElementsByTagNameNS(DS, "Signature").item(0);
        XMLSignature signature = new XMLSignature(signatureElement, "", true);
        Element token = null;
        NodeList tokens = security.getElementsByTagNameNS(WSSE, "BinarySecurityToken");
        String uri = ((Element) ((Element) signatureElement.getElementsByTagNameNS(DS, "KeyInfo").item(0)).getElementsByTagNameNS(WSSE, "Reference").item(0)).getAttribute("URI");
        for (int i = 0; i < tokens.getLength(); i++) if (uri.equals("#" + ((Element) tokens.item(i)).getAttributeNS(WSU, "Id"))) token = (Element) tokens.item(i);
        X509Certificate signer = certificate(Base64.getMimeDecoder().decode(token.getTextContent()));
        if (!signature.checkSignatureValue(signer)) { System.out.println("refused"); System.exit(1); }
        Files.createDirectories(out);
        NodeList announced = doc.getElementsByTagNameNS(EB, "PartInfo");
        for (int i = 0; i < announced.getLength(); i++) {
            byte[] bytes = plain.get(((Element) announced.item(i)).getAttribute("href").substring(4));
            boolean compressed = announced.item(i).getTextContent().contains("application/gzip");
            Files.write(out.resolve("part-" + (i + 1)), compressed ? new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes() : bytes);
        }
        System.out.println("signed by " + signer.getSubjectX500Principal().getName() + " covering " + signature.getSignedInfo().getLength());
    }

    static Key unwrap(Document doc, Element element, Path receiver) throws Exception {
        PrivateKey own = privateKey(receiver);
        Key unwrapping = own;
        Element agreement = (Element) element.getElementsByTagNameNS(XENC, "AgreementMethod").item(0);
        if (agreement != null) {
            byte[] point = Base64.getMimeDecoder().decode(((Element) agreement.getElementsByTagNameNS(DS11, "PublicKey").item(0)).getTextContent());
            ECPublicKey theirs = (ECPublicKey) KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(
                new ECPoint(new BigInteger(1, Arrays.copyOfRange(point, 1, 33)), new BigInteger(1, Arrays.copyOfRange(point, 33, 65))), ((ECPrivateKey) own).getParams()));
            Element parameters = (Element) agreement.getElementsByTagNameNS(XENC11, "ConcatKDFParams").item(0);
            unwrapping = derive(own, theirs, parameters.getAttribute("AlgorithmID"), parameters.getAttribute("PartyUInfo"), parameters.getAttribute("PartyVInfo"));
            // Santuario 2.1 does not know what to make of the agreement; it unwraps with the key derived above.
            element = (Element) element.cloneNode(true);
            element.removeChild(element.getElementsByTagNameNS(DS, "KeyInfo").item(0));
            security(doc).appendChild(element);
        }

        XMLCipher cipher = XMLCipher.getInstance();
        cipher.init(XMLCipher.UNWRAP_MODE, unwrapping);
        Key key = cipher.decryptKey(cipher.loadEncryptedKey(doc, element), GCM);
        if (agreement != null) element.getParentNode().removeChild(element);
        return key;
    }

    static Element security(Document doc) { return (Element) doc.getElementsByTagNameNS(WSSE, "Security").item(0); }

    /** ECDH and one round of ConcatKDF with SHA-256 (NIST SP 800-56A), by the letter of XML Encryption 1.1. */
    static SecretKey derive(PrivateKey own, PublicKey theirs, String... info) throws Exception {
        KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
        agreement.init(own);
        agreement.doPhase(theirs, true);
        MessageDigest hash = MessageDigest.getInstance("SHA-256");
        hash.update(new byte[] {0, 0, 0, 1});
        hash.update(agreement.generateSecret());
        for (String field : info) if (field.length() >= 2) hash.update(HexFormat.of().parseHex(field.substring(2)));
        return new SecretKeySpec(hash.digest(), 0, 16, "AES");
    }

    // ---- pack

    static void pack(Path sender, Path receiver, Path message, String[] payloads) throws Exception {
        X509Certificate us = certificateIn(sender), them = certificateIn(receiver);
        boolean ec = us.getPublicKey() instanceof ECPublicKey;
        StringBuilder infos = new StringBuilder();
        for (int i = 0; i < payloads.length; i++) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) { Files.copy(Path.of(payloads[i]), gzip); }
            plain.put("java-" + i + "@santuario", bytes.toByteArray());
            infos.append("\n  <eb:PartInfo href='cid:java-" + i + "@santuario'><eb:PartProperties><eb:Property name='MimeType'>text/plain</eb:Property><eb:Property name='CompressionType'>application/gzip</eb:Property></eb:PartProperties></eb:PartInfo>");
        }

        // Indented, with prefixes and namespaces declared elsewhere than Palermo does.
        Document doc = parse(("<?xml version='1.0' encoding='UTF-8'?>\n<s:Envelope xmlns:s='" + SOAP + "' xmlns:eb='" + EB + "' xmlns:wsu='" + WSU + "' xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'>\n <s:Header>\n"
            + "  <wsse:Security xmlns:wsse='" + WSSE + "' s:mustUnderstand='true'/>\n  <eb:Messaging s:mustUnderstand='true' wsu:Id='_m1'>\n  <eb:UserMessage>\n   <eb:MessageInfo><eb:Timestamp>2026-06-01T12:00:00.123456789Z</eb:Timestamp><eb:MessageId>santuario-1@java</eb:MessageId></eb:MessageInfo>\n"
            + "   <eb:PartyInfo><eb:From><eb:PartyId>a</eb:PartyId><eb:Role>x</eb:Role></eb:From><eb:To><eb:PartyId>b</eb:PartyId><eb:Role>y</eb:Role></eb:To></eb:PartyInfo>\n"
            + "   <eb:CollaborationInfo><eb:Service>s</eb:Service><eb:Action>request</eb:Action><eb:ConversationId>c&#xD;é</eb:ConversationId></eb:CollaborationInfo>\n   <eb:PayloadInfo>" + infos + "\n   </eb:PayloadInfo></eb:UserMessage></eb:Messaging>\n </s:Header>\n <s:Body wsu:Id='_b1'/>\n</s:Envelope>").getBytes(StandardCharsets.UTF_8));
        markIds(doc.getDocumentElement());
        Element security = security(doc);
        token(doc, security, "X-sender", us);

        XMLSignature signature = new XMLSignature(doc, "", ec ? XMLSignature.ALGO_ID_SIGNATURE_ECDSA_SHA256 : XMLSignature.ALGO_ID_SIGNATURE_RSA_SHA256, EXC);
        security.appendChild(signature.getElement());
        for (String id : new String[] {"_m1", "_b1"}) {
            Transforms transforms = new Transforms(doc);
            transforms.addTransform(EXC);
            if (id.equals("_m1")) transforms.item(0).getElement().appendChild(new InclusiveNamespaces(doc, Set.of("s", "xsi")).getElement());
            signature.addDocument("#" + id, transforms, SHA256);
        }
        for (String id : plain.keySet()) {
            Transforms transforms = new Transforms(doc);
            transforms.addTransform(SWA + "Attachment-Content-Signature-Transform");
            signature.addDocument("cid:" + id, transforms, SHA256);
        }
        Element reference = doc.createElementNS(WSSE, "wsse:Reference");
        reference.setAttribute("URI", "#X-sender");
        reference.setAttribute("ValueType", X509);
        Element str = doc.createElementNS(WSSE, "wsse:SecurityTokenReference");
        str.appendChild(reference);
        signature.getKeyInfo().getElement().appendChild(str);
        signature.sign(privateKey(sender));

        SecretKey key = new SecretKeySpec(SecureRandom.getSeed(16), "AES");
        Element encryptedKey = wrap(doc, key, them, ec);
        encryptedKey.setAttribute("Id", "EK-1");
        Element list = doc.createElementNS(XENC, "xenc:ReferenceList");
        encryptedKey.appendChild(list);
        security.insertBefore(encryptedKey, security.getFirstChild());
        int number = 0;
        for (var part : plain.entrySet()) {
            XMLCipher cipher = XMLCipher.getInstance(GCM);
            cipher.init(XMLCipher.ENCRYPT_MODE, key);
            EncryptedData data = cipher.encryptData(doc, SWA + "Attachment-Content-Only", new ByteArrayInputStream(part.getValue()));
            Element element = cipher.martial(doc, data);
            sealed.put(part.getKey(), Base64.getMimeDecoder().decode(element.getElementsByTagNameNS(XENC, "CipherValue").item(0).getTextContent()));
            element.setAttribute("Id", "ED-" + ++number);
            element.setAttribute("MimeType", "application/gzip");
            Element cipherData = (Element) element.getElementsByTagNameNS(XENC, "CipherData").item(0);
            while (cipherData.hasChildNodes()) cipherData.removeChild(cipherData.getFirstChild());
            Element cipherReference = child(doc, cipherData, XENC, "xenc:CipherReference");
            cipherReference.setAttribute("URI", "cid:" + part.getKey());
            child(doc, child(doc, cipherReference, XENC, "xenc:Transforms"), DS, "ds:Transform").setAttribute("Algorithm", SWA + "Attachment-Ciphertext-Transform");
            child(doc, list, XENC, "xenc:DataReference").setAttribute("URI", "#ED-" + number);
            security.insertBefore(element, encryptedKey.getNextSibling());
        }

        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write("Content-Type: multipart/related; type=\"application/soap+xml\";\r\n boundary=\"----=_Part_1_santuario\"\r\n\r\n------=_Part_1_santuario\r\nContent-Type: application/soap+xml; charset=UTF-8\r\n\r\n".getBytes());
        javax.xml.transform.TransformerFactory.newInstance().newTransformer().transform(new javax.xml.transform.dom.DOMSource(doc), new javax.xml.transform.stream.StreamResult(out));
        for (var part : sealed.entrySet()) {
            out.write(("\r\n------=_Part_1_santuario\r\nContent-Type: application/octet-stream\r\nContent-Transfer-Encoding: binary\r\nContent-Id: <" + part.getKey() + ">\r\n\r\n").getBytes());
            out.write(part.getValue());
        }
        out.write("\r\n------=_Part_1_santuario--\r\n".getBytes());
        Files.write(message, out.toByteArray());
    }

    static Element wrap(Document doc, SecretKey key, X509Certificate them, boolean ec) throws Exception {
        if (!ec) {
            XMLCipher cipher = XMLCipher.getInstance(XMLCipher.RSA_OAEP_11, null, SHA256);
            cipher.init(XMLCipher.WRAP_MODE, them.getPublicKey());
            Element element = cipher.martial(doc, cipher.encryptKey(doc, key, XENC11 + "mgf1sha256", null));
            Element info = doc.createElementNS(DS, "ds:KeyInfo");
            Element serial = child(doc, child(doc, child(doc, info, WSSE, "wsse:SecurityTokenReference"), DS, "ds:X509Data"), DS, "ds:X509IssuerSerial");
            child(doc, serial, DS, "ds:X509IssuerName").setTextContent(them.getIssuerX500Principal().getName());
            child(doc, serial, DS, "ds:X509SerialNumber").setTextContent(them.getSerialNumber().toString());
            element.insertBefore(info, element.getElementsByTagNameNS(XENC, "CipherData").item(0));
            return element;
        }

        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair ephemeral = generator.generateKeyPair();
        String algorithm = "0001FF", u = "00A0", v = "";
        XMLCipher cipher = XMLCipher.getInstance(XMLCipher.AES_128_KeyWrap);
        cipher.init(XMLCipher.WRAP_MODE, derive(ephemeral.getPrivate(), them.getPublicKey(), algorithm, u, v));
        Element element = cipher.martial(doc, cipher.encryptKey(doc, key));
        Element info = doc.createElementNS(DS, "ds:KeyInfo");
        Element agreement = child(doc, info, XENC, "xenc:AgreementMethod");
        agreement.setAttribute("Algorithm", XENC11 + "ECDH-ES");
        Element derivation = child(doc, agreement, XENC11, "xenc11:KeyDerivationMethod");
        derivation.setAttribute("Algorithm", XENC11 + "ConcatKDF");
        Element parameters = child(doc, derivation, XENC11, "xenc11:ConcatKDFParams");
        parameters.setAttribute("AlgorithmID", algorithm);
        parameters.setAttribute("PartyUInfo", u);
        parameters.setAttribute("PartyVInfo", v);
        child(doc, parameters, DS, "ds:DigestMethod").setAttribute("Algorithm", SHA256);
        Element value = child(doc, child(doc, child(doc, agreement, XENC, "xenc:OriginatorKeyInfo"), DS, "ds:KeyValue"), DS11, "dsig11:ECKeyValue");
        child(doc, value, DS11, "dsig11:NamedCurve").setAttribute("URI", "urn:oid:1.2.840.10045.3.1.7");
        ECPoint point = ((ECPublicKey) ephemeral.getPublic()).getW();
        ByteArrayOutputStream spoken = new ByteArrayOutputStream();
        spoken.write(4);
        for (BigInteger c : new BigInteger[] {point.getAffineX(), point.getAffineY()}) {
            byte[] b = c.toByteArray(), fixed = new byte[32];
            int length = Math.min(32, b.length);
            System.arraycopy(b, b.length - length, fixed, 32 - length, length);
            spoken.write(fixed);
        }
        child(doc, value, DS11, "dsig11:PublicKey").setTextContent(Base64.getEncoder().encodeToString(spoken.toByteArray()));
        Element serial = child(doc, child(doc, child(doc, agreement, XENC, "xenc:RecipientKeyInfo"), DS, "ds:X509Data"), DS, "ds:X509IssuerSerial");
        child(doc, serial, DS, "ds:X509IssuerName").setTextContent(them.getIssuerX500Principal().getName());
        child(doc, serial, DS, "ds:X509SerialNumber").setTextContent(them.getSerialNumber().toString());
        element.insertBefore(info, element.getElementsByTagNameNS(XENC, "CipherData").item(0));
        return element;
    }

    // ---- helpers

    static Element child(Document doc, Element parent, String ns, String name) {
        Element child = doc.createElementNS(ns, name);
        parent.appendChild(child);
        return child;
    }

    static void token(Document doc, Element security, String id, X509Certificate certificate) throws Exception {
        Element token = child(doc, security, WSSE, "wsse:BinarySecurityToken");
        token.setAttribute("EncodingType", BASE64);
        token.setAttribute("ValueType", X509);
        token.setAttributeNS(WSU, "wsu:Id", id);
        token.setTextContent(Base64.getEncoder().encodeToString(certificate.getEncoded()));
    }

    static Document parse(byte[] bytes) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        return factory.newDocumentBuilder().parse(new ByteArrayInputStream(bytes));
    }

    static void markIds(Element element) {
        if (element.hasAttributeNS(WSU, "Id")) element.setIdAttributeNS(WSU, "Id", true);
        for (Node n = element.getFirstChild(); n != null; n = n.getNextSibling()) if (n instanceof Element e) markIds(e);
    }

    static X509Certificate certificate(byte[] der) throws Exception {
        return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
    }

    static X509Certificate certificateIn(Path folder) throws Exception { return certificate(Files.readAllBytes(folder.resolve("certificate.pem"))); }

    static PrivateKey privateKey(Path folder) throws Exception {
        byte[] der = Base64.getMimeDecoder().decode(Files.readString(folder.resolve("key.pem")).replaceAll("-----[A-Z ]+-----", ""));
        return KeyFactory.getInstance(certificateIn(folder).getPublicKey().getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(der));
    }

    /** Takes a file apart: a header with the boundary, then the parts; returns the envelope, keeps the attachments. */
    static byte[] readMime(byte[] all) {
        String text = new String(all, StandardCharsets.ISO_8859_1);
        int head = text.indexOf("\r\n\r\n");
        var match = java.util.regex.Pattern.compile("boundary=\"([^\"]+)\"").matcher(text.substring(0, head));
        if (!match.find()) return Arrays.copyOfRange(all, head + 4, all.length);
        String delimiter = "\r\n--" + match.group(1);
        byte[] envelope = null;
        int at = text.indexOf(delimiter, head);
        while (text.startsWith("\r\n", at + delimiter.length())) {
            int start = text.indexOf("\r\n\r\n", at + delimiter.length()) + 4, end = text.indexOf(delimiter, start);
            byte[] content = Arrays.copyOfRange(all, start, end);
            var id = java.util.regex.Pattern.compile("(?i)content-id: <([^>]+)>").matcher(text.substring(at, start));
            if (envelope == null) envelope = content;
            else if (id.find()) sealed.put(id.group(1), content);
            at = end;
        }
        return envelope;
    }
}
