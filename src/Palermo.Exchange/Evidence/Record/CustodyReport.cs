using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Palermo.Exchange.Evidence.Packing;
using Palermo.Kernel;

namespace Palermo.Exchange.Evidence.Record;

/// <summary>The custody record of a package as one page for people, which refers to nothing outside itself.</summary>
internal static class CustodyReport
{
    internal const string MediaType = "text/html; charset=utf-8";

    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>The whole page, to be saved; never to be shown from our origin, where style sheets of a page's own are not allowed.</summary>
    internal static string Page(Texts texts, Language language, SignedManifest signed, IReadOnlyList<CustodyLine> lines)
    {
        var manifest = signed.Manifest;
        var to = new StringBuilder(16 << 10);
        to.Append(CultureInfo.InvariantCulture, $"<!DOCTYPE html>\n<html lang=\"{language.Code}\" dir=\"{language.Direction}\">\n<head>\n<meta charset=\"utf-8\">\n");
        to.Append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<title>").Append(Say("package.custody.title")).Append("</title>\n");
        to.Append("<style>body{font:16px/1.5 sans-serif;margin:2em auto;max-width:75em;padding:0 1em}table{border-collapse:collapse;width:100%;margin:1em 0}th,td{border:1px solid #888;padding:.3em .5em;text-align:start;vertical-align:top}code{overflow-wrap:anywhere;font-size:.85em}</style>\n</head>\n<body>\n");
        to.Append("<h1>").Append(Say("package.custody.title")).Append("</h1>\n<p>").Append(Say("package.custody.lead", ("id", manifest.Id.ToString()), ("from", manifest.From.Name), ("to", manifest.To.Name))).Append("</p>\n<p>")
            .Append(Say("package.manifest-hash")).Append(" <code dir=\"ltr\">").Append(signed.Sha256).Append("</code></p>\n<p>").Append(Encoder.Encode(Stamp())).Append("</p>\n");
        Table(["package.number", "files.name", "files.size", "files.hash"], manifest.Files.Select(f => new[] { Text(Number(f.Number)), Text(f.Name), Encoder.Encode(texts.Say(language, Sizes.Of(f.Size, language))) + " (" + Number(f.Size) + ")", Code(f.Sha256) }));
        var names = manifest.Files.ToDictionary(f => f.Number, f => f.Name);
        Table(
            ["package.number", "package.custody.at", "package.custody.by", "package.custody.act", "package.custody.item", "package.custody.tool", "files.hash", "package.custody.hash"],
            lines.Select(l => new[]
            {
                Text(Number(l.Number)), Code(WriteManifest.TimeOf(l.At)), Text(l.By) + "<br>" + Text(l.Organization), Say("package.act." + l.Act), l.Item == 0 ? Say("package.custody.whole") : Text(names.GetValueOrDefault(l.Item) ?? ""),
                Text(l.Tool), Code(l.Sha256), Code(l.Hash),
            }));
        to.Append("<p>").Append(CustodyLine.FirstBroken(lines) is { } broken ? Say("package.custody", ("line", Number(broken))) : Say("package.verified.custody", ("n", lines.Count))).Append("</p>\n</body>\n</html>\n");
        return to.ToString();

        string Say(string key, params (string Name, object? Value)[] fillings) => Encoder.Encode(texts.Say(language, key, fillings));

        string Stamp() => signed.Stamp is { } stamp ? texts.Say(language, "package.verified.stamp", ("at", WriteManifest.TimeOf(stamp.At)), ("name", PackEvidence.NameIn(stamp.By))) : texts.Say(language, "package.verified.no-stamp");

        void Table(string[] heads, IEnumerable<string[]> rows)
        {
            to.Append("<table>\n<thead><tr>");
            foreach (var head in heads) to.Append("<th scope=\"col\">").Append(Say(head)).Append("</th>");
            to.Append("</tr></thead>\n<tbody>\n");
            foreach (var row in rows) to.Append("<tr><td>").AppendJoin("</td><td>", row).Append("</td></tr>\n");
            to.Append("</tbody>\n</table>\n");
        }
    }

    private static string Text(string text) => "<bdi>" + Encoder.Encode(text) + "</bdi>";

    private static string Code(string text) => "<code dir=\"ltr\">" + Encoder.Encode(text) + "</code>";

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
