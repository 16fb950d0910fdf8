using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Palermo.Tests.Requests.Calendar;

/// <summary>A strict reader of the part of RFC 5545 a feed of whole days uses; throws at the first fault.</summary>
internal static class StrictIcalendar
{
    /// <summary>The events, each property by name, unescaped.</summary>
    internal static IReadOnlyList<IReadOnlyDictionary<string, string>> Read(byte[] content)
    {
        var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(content);
        if (!text.EndsWith("\r\n", StringComparison.Ordinal)) throw new FormatException("The last line is not ended.");
        var physical = text[..^2].Split("\r\n");
        foreach (var line in physical)
        {
            if (line.Length == 0 || line.Any(c => char.IsControl(c) && c != '\t')) throw new FormatException($"Empty line, bare break or control character: {line}");
            if (Encoding.UTF8.GetByteCount(line) > 75) throw new FormatException($"More than 75 octets: {line}");
        }

        var lines = new List<string>();
        foreach (var line in physical)
        {
            if (line[0] != ' ') lines.Add(line);
            else if (lines.Count == 0) throw new FormatException("Begins with a folded line.");
            else lines[^1] += line[1..];
        }

        return Components(lines);
    }

    private static List<IReadOnlyDictionary<string, string>> Components(List<string> lines)
    {
        var open = new Stack<(string Name, Dictionary<string, string> Properties)>();
        var events = new List<IReadOnlyDictionary<string, string>>();
        var components = 0;
        var closed = false;
        foreach (var line in lines)
        {
            var match = Regex.Match(line, "^(?<name>[A-Z][A-Z-]*)(?<parameters>(;[A-Z-]+=[A-Za-z-]+)*):(?<value>.*)$");
            if (!match.Success || closed) throw new FormatException($"Not a content line, or after the end: {line}");
            var (name, value) = (match.Groups["name"].Value, match.Groups["value"].Value);
            switch (name)
            {
                case "BEGIN":
                    if (open.Count == 0 != (value == "VCALENDAR")) throw new FormatException(line);
                    if (open.Count == 1) components++;
                    open.Push((value, new(StringComparer.Ordinal)));
                    break;
                case "END":
                    var (began, properties) = open.Pop();
                    if (began != value) throw new FormatException(line);
                    if (began == "VCALENDAR" && (properties["VERSION"] != "2.0" || properties["PRODID"].Length == 0)) throw new FormatException("VERSION and PRODID are needed.");
                    if (began == "VEVENT")
                    {
                        Check(properties);
                        events.Add(properties);
                    }

                    closed = open.Count == 0;
                    break;
                default:
                    if (!open.Peek().Properties.TryAdd(name, name is "SUMMARY" or "DESCRIPTION" or "X-WR-CALNAME" or "UID" ? Text(value) : value)) throw new FormatException($"Twice: {name}");
                    if (name is "DTSTART" or "DTEND" && open.Peek().Name == "VEVENT" && match.Groups["parameters"].Value != ";VALUE=DATE") throw new FormatException(line);
                    break;
            }
        }

        if (!closed || components == 0) throw new FormatException("Not ended, or empty.");
        if (events.Select(e => e["UID"]).Distinct(StringComparer.Ordinal).Count() != events.Count) throw new FormatException("Two events of one UID.");
        return events;
    }

    private static void Check(Dictionary<string, string> of)
    {
        foreach (var needed in new[] { "UID", "DTSTAMP", "DTSTART" })
            if (!of.TryGetValue(needed, out var value) || value.Length == 0) throw new FormatException($"{needed} is missing.");
        var start = DateOnly.ParseExact(of["DTSTART"], "yyyyMMdd", CultureInfo.InvariantCulture);
        if (DateOnly.ParseExact(of["DTEND"], "yyyyMMdd", CultureInfo.InvariantCulture) <= start) throw new FormatException("Ends before it begins.");
        foreach (var moment in new[] { "DTSTAMP", "LAST-MODIFIED" })
            DateTime.ParseExact(of[moment], "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        if (of["STATUS"] is not ("TENTATIVE" or "CONFIRMED" or "CANCELLED")) throw new FormatException(of["STATUS"]);
        if (!Uri.TryCreate(of["URL"], UriKind.Absolute, out _)) throw new FormatException(of["URL"]);
    }

    private static string Text(string value)
    {
        var text = new StringBuilder();
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] is ';' or ',') throw new FormatException($"Not escaped: {value}");
            if (value[i] != '\\')
            {
                text.Append(value[i]);
                continue;
            }

            i++;
            text.Append(value[i] switch { '\\' or ';' or ',' => value[i], 'n' or 'N' => '\n', _ => throw new FormatException($"Unknown escape: {value}") });
        }

        return text.ToString();
    }
}
