using System.Globalization;
using System.Text;
using System.Xml;
using Palermo.Kernel;
using Palermo.Treaties.Registry;

namespace Palermo.Treaties.WhatChanged;

/// <summary>The acts of participation as an Atom 1.0 feed (RFC 4287), one entry per act.</summary>
internal static class AtomFeed
{
    private const string Namespace = "http://www.w3.org/2005/Atom";

    /// <summary>Writes the feed.</summary>
    /// <param name="registry">What is known.</param>
    /// <param name="texts">The interface's texts.</param>
    /// <param name="language">The language of titles and sentences.</param>
    /// <param name="origin">Scheme and host of the node.</param>
    /// <param name="authority">Host of the node without its port; identifiers of entries begin with it (RFC 4151).</param>
    /// <param name="author">Whose node it is.</param>
    /// <param name="since">The first day.</param>
    internal static byte[] Write(TreatyRegistry registry, Texts texts, Language language, string origin, string authority, string author, DateOnly since)
    {
        var acts = ListChanges.Happened(registry, since).Take(ListChanges.Most).ToArray();
        using var stream = new MemoryStream();
        using (var xml = XmlWriter.Create(stream, new XmlWriterSettings { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), Indent = true }))
        {
            xml.WriteStartDocument();
            xml.WriteStartElement("feed", Namespace);
            xml.WriteAttributeString("xml", "lang", null, language.Code);
            Element(xml, "title", texts.Say(language, "changes.feed.title"));
            Element(xml, "subtitle", texts.Say(language, "changes.lead"));
            Element(xml, "id", $"tag:{authority},2026:changes");
            Element(xml, "updated", Instant(acts.Length == 0 ? since : acts.Max(Updated)));
            xml.WriteStartElement("author", Namespace);
            Element(xml, "name", author);
            xml.WriteEndElement();
            Link(xml, "self", "application/atom+xml", $"{origin}/changes.atom?since={Dates.Iso(since)}&lang={language.Code}");
            Link(xml, "alternate", "text/html", $"{origin}/changes?since={Dates.Iso(since)}");
            foreach (var act in acts) Entry(xml, registry, texts, language, origin, authority, act);
            xml.WriteEndElement();
            xml.WriteEndDocument();
        }

        return stream.ToArray();
    }

    private static void Entry(XmlWriter xml, TreatyRegistry registry, Texts texts, Language language, string origin, string authority, HappenedLine act)
    {
        (string, object?)[] fillings =
        [
            ("state", registry.States.Find(act.State)), ("instrument", registry.Instrument(act.Instrument)), ("action", new Message($"action.{act.Action}")),
            ("date", act.Date), ("effective", act.Effective),
        ];
        xml.WriteStartElement("entry", Namespace);
        Element(xml, "title", texts.Say(language, "changes.feed.entry", fillings));
        Element(xml, "id", $"tag:{authority},2026:act/{act.Instrument}/{act.State}/{act.Action}/{Dates.Iso(act.Date)}");
        Element(xml, "published", Instant(act.Date));
        Element(xml, "updated", Instant(Updated(act)));
        Link(xml, "alternate", "text/html", $"{origin}/states/{act.State}?on={Dates.Iso(act.Effective is { } from && from > act.Date ? from : act.Date)}");
        xml.WriteStartElement("category", Namespace);
        xml.WriteAttributeString("term", act.Instrument);
        xml.WriteEndElement();
        Element(xml, "summary", texts.Say(language, $"changes.feed.{Sentence(act)}", fillings));
        xml.WriteEndElement();
    }

    private static string Sentence(HappenedLine act) => (act.Action, act.Effective) switch
    {
        ("denunciation", not null) => "ends",
        (_, not null) => "binds",
        _ => "act",
    };

    /// <summary>An act is never older news than itself, whenever it was learned.</summary>
    private static DateOnly Updated(HappenedLine act) => act.LearnedOn > act.Date ? act.LearnedOn : act.Date;

    private static string Instant(DateOnly day) => day.ToDateTime(TimeOnly.MinValue).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static void Element(XmlWriter xml, string name, string text) => xml.WriteElementString(name, Namespace, text);

    private static void Link(XmlWriter xml, string relation, string type, string address)
    {
        xml.WriteStartElement("link", Namespace);
        xml.WriteAttributeString("rel", relation);
        xml.WriteAttributeString("type", type);
        xml.WriteAttributeString("href", address);
        xml.WriteEndElement();
    }
}
