using System.Security.Cryptography.X509Certificates;
using System.Text;
using Palermo.Exchange.As4;

namespace Palermo.Tests.Exchange.As4;

/// <summary>A packed message taken apart, to be put together again as an attacker would.</summary>
internal sealed class Forged
{
    private const string Boundary = "forged";

    internal string Envelope { get; set; } = "";

    internal List<(string Id, byte[] Content)> Parts { get; } = [];

    internal static string Type => $"multipart/related; boundary=\"{Boundary}\"; type=\"application/soap+xml\"";

    internal static Forged Of(byte[] message, string type)
    {
        var text = Encoding.Latin1.GetString(message);
        var delimiter = "\r\n--" + type.Split("boundary=\"")[1].Split('"')[0];
        var pieces = ("\r\n" + text).Split(delimiter)[1..^1].Select(p => p[2..].Split("\r\n\r\n", 2)).ToArray();
        var forged = new Forged { Envelope = Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(pieces[0][1])) };
        foreach (var piece in pieces[1..]) forged.Parts.Add((piece[0].Split("Content-ID: <")[1].Split('>')[0], Encoding.Latin1.GetBytes(piece[1])));
        return forged;
    }

    /// <summary>A message signed by somebody who is accepted but does not follow the rules.</summary>
    internal static Forged Signed(string messaging, IReadOnlyList<(string, byte[])> digests, string encryption, X509Certificate2 us) =>
        new() { Envelope = Encoding.UTF8.GetString(SignEnvelope.Of(messaging, digests, encryption, us).Envelope) };

    internal Forged Replace(string from, string to)
    {
        if (!Envelope.Contains(from)) throw new InvalidOperationException($"“{from}” is not in the envelope.");
        Envelope = Envelope.Replace(from, to);
        return this;
    }

    /// <summary>The envelope's text of one element, from its first tag to its last.</summary>
    internal string Element(string name)
    {
        var from = Envelope.IndexOf("<" + name, StringComparison.Ordinal);
        return Envelope[from..(Envelope.IndexOf($"</{name}>", from, StringComparison.Ordinal) + name.Length + 3)];
    }

    internal byte[] Bytes()
    {
        var to = new MemoryStream();
        to.Write(Encoding.UTF8.GetBytes($"--{Boundary}\r\nContent-Type: application/soap+xml\r\n\r\n{Envelope}"));
        foreach (var (id, content) in Parts)
        {
            to.Write(Encoding.UTF8.GetBytes($"\r\n--{Boundary}\r\nContent-ID: <{id}>\r\n\r\n"));
            to.Write(content);
        }

        to.Write(Encoding.UTF8.GetBytes($"\r\n--{Boundary}--\r\n"));
        return to.ToArray();
    }
}
