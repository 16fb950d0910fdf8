using System.Globalization;
using System.Xml.Linq;
using Palermo.Kernel;

namespace Palermo.Treaties.Import;

/// <summary>What a UN Treaty Collection status file (MTDSG XML) says, understood.</summary>
/// <param name="Language"><c>en</c> or <c>fr</c>.</param>
/// <param name="Chapter">Name of its chapter (<c>Chapter/Name</c>); empty when the file has none.</param>
/// <param name="Title">Title of the treaty (<c>ExternalData/Titlesect</c>).</param>
/// <param name="Conclusion">Place and day of conclusion as written (<c>ExternalData/Conclusion</c>).</param>
/// <param name="ConcludedOn">The first day written in <paramref name="Conclusion"/>; null when there is none.</param>
/// <param name="EntryIntoForce">The day <c>EIF/Labeltext</c> begins with; null when it begins with words, as in "Not yet in force".</param>
/// <param name="RegistrationNumber">Digits of the number in <c>Registration/Labeltext</c>; empty when there is none.</param>
/// <param name="Signatories">Signatories as the depositary counts them; null when not said.</param>
/// <param name="Parties">Parties as the depositary counts them; null when not said.</param>
/// <param name="Acts">Every act in the participants table, by row and column.</param>
/// <param name="Texts">Declarations, objections, notifications, territorial applications and end notes, in the file's order.</param>
/// <param name="LatestDate">Day of the latest act; of the conclusion when there is no act.</param>
public sealed record UntcFile(
    string Language, string Chapter, string Title, string Conclusion, DateOnly? ConcludedOn, DateOnly? EntryIntoForce,
    string RegistrationNumber, int? Signatories, int? Parties, IReadOnlyList<UntcAct> Acts, IReadOnlyList<UntcText> Texts, DateOnly LatestDate);

/// <summary>One act in the participants table.</summary>
/// <param name="StateCode">Alpha-3 code.</param>
/// <param name="NameInFile">The participant's name as written, without footnote marks.</param>
/// <param name="Action">An action of <c>participation.csv</c>.</param>
/// <param name="Date">Day of signature or deposit.</param>
/// <param name="Bracketed">Whether the date stands in brackets: the act was later undone or replaced.</param>
/// <param name="Row">Row of the table, counted from 1 below the titles.</param>
/// <param name="Column">Title of the column.</param>
public sealed record UntcAct(string StateCode, string NameInFile, string Action, DateOnly Date, bool Bracketed, int Row, string Column);

/// <summary>Text the file attaches to the treaty.</summary>
/// <param name="StateCode">Alpha-3 code of the participant whose name heads the text; empty when none does.</param>
/// <param name="Section">declarations, objections, declarations-under-article, notifications, territorial-applications or end-notes.</param>
/// <param name="Text">Plain text, one paragraph or table cell a line.</param>
public sealed record UntcText(string StateCode, string Section, string Text);

/// <summary>One thing that could not be understood.</summary>
/// <param name="Row">Row of the participants table, counted from 1 below the titles; 0 for the titles and for everything else.</param>
/// <param name="Column">Title of the column, or name of the element; empty for the file as a whole.</param>
/// <param name="Text">English sentence: what was found, what was expected.</param>
public sealed record UntcProblem(int Row, string Column, string Text);

/// <summary>A UN Treaty Collection file that could not be understood, with everything that is wrong in it.</summary>
/// <param name="problems">At least one.</param>
public sealed class UntcProblemsException(IReadOnlyList<UntcProblem> problems)
    : Exception(string.Join(" ", problems.Take(5).Select(p => p.Row == 0 ? p.Text : string.Create(CultureInfo.InvariantCulture, $"Row {p.Row}: {p.Text}"))))
{
    /// <summary>Everything that could not be understood, by row and column.</summary>
    public IReadOnlyList<UntcProblem> Problems { get; } = problems;
}

/// <summary>
/// Reads the status XML the UN Treaty Collection publishes for each treaty deposited with the Secretary-General
/// ("Multilateral Treaties Deposited with the Secretary-General", for example <c>XVIII-12.en.xml</c>).
/// </summary>
public static class UntcXml
{
    private const int LongestField = 5_000;

    /// <summary>Reads a file. Pure: no clock, no network, no database.</summary>
    /// <param name="stream">The file; stays open.</param>
    /// <param name="states">Resolves the names of participants.</param>
    /// <exception cref="UntcProblemsException">Rows, cells or parts could not be understood; it lists all of them.</exception>
    public static UntcFile Read(Stream stream, StateDirectory states)
    {
        var root = UntcXmlDocument.Load(stream);
        var treaties = root.DescendantsAndSelf().Where(e => e.Is("Treaty")).ToList();
        if (treaties is not [var treaty])
            throw Whole(string.Create(CultureInfo.InvariantCulture, $"One Treaty element was expected, found {treaties.Count}."));

        var problems = new List<UntcProblem>();
        var header = new Header(treaty, problems);
        var table = new UntcXmlParticipants(states, problems);
        table.Read(treaty);
        var texts = UntcXmlText.Sections(treaty, states, problems);

        var conclusion = header.Field("Conclusion");
        var concludedOn = UntcXmlDates.Find(conclusion);
        var file = new UntcFile(
            LanguageOf(root, treaty, table.French), UntcXmlText.Plain(Named(root, "Chapter")?.Child("Name")), header.Title(), conclusion, concludedOn,
            header.EntryIntoForce(), header.RegistrationNumber(), header.Count("Signatories", "Signataires"), header.Count("Parties", "Parties"),
            table.Acts, texts, table.Acts.Count > 0 ? table.Acts.Max(a => a.Date) : concludedOn ?? default);
        if (file.LatestDate == default && problems.Count == 0)
            problems.Add(new(0, "Participants", "A date was expected in the participants table or in the conclusion; there is none."));
        return problems.Count == 0 ? file : throw new UntcProblemsException([.. problems.OrderBy(p => p.Row)]);
    }

    /// <summary>
    /// Whether the depositary's own numbers disagree with the acts by more than the file explains. A party has an act other than a
    /// signature, a signatory a signature or definitive signature; a state whose only such acts are bracketed may have been counted or not.
    /// </summary>
    /// <returns>Null when they agree or the file gives no numbers.</returns>
    public static UntcProblem? CountProblem(UntcFile file)
    {
        string?[] wrong =
        [
            Disagreement("parties", file.Parties, file.Acts.Where(a => a.Action != "signature")),
            Disagreement("signatories", file.Signatories, file.Acts.Where(a => a.Action is "signature" or "definitive-signature")),
        ];
        var text = string.Join(" ", wrong.OfType<string>());
        return text.Length == 0 ? null : new UntcProblem(0, "Status", text);
    }

    private static string? Disagreement(string what, int? said, IEnumerable<UntcAct> acts)
    {
        var byState = acts.GroupBy(a => a.StateCode, StringComparer.Ordinal).ToList();
        var standing = byState.Count(s => s.Any(a => !a.Bracketed));
        var undone = byState.Count - standing;
        if (said is not { } n || (n >= standing && n <= standing + undone)) return null;
        var shown = undone == 0 ? $"{standing}" : string.Create(CultureInfo.InvariantCulture, $"{standing} and {undone} more in brackets");
        return string.Create(CultureInfo.InvariantCulture, $"The file counts {n} {what}, its table shows {shown}.");
    }

    /// <summary>The one problem of a file of which nothing can be read.</summary>
    internal static UntcProblemsException Whole(string text) => new([new UntcProblem(0, "", text)]);

    /// <summary>Whether an element has this name, whatever its case: the files are not of one mind.</summary>
    internal static bool Is(this XElement element, string name) => element.Name.LocalName.Equals(name, StringComparison.OrdinalIgnoreCase);

    /// <summary>The first child of this name, or null.</summary>
    internal static XElement? Child(this XElement element, string name) => element.Elements().FirstOrDefault(e => e.Is(name));

    /// <summary>The first descendant of this name, or null.</summary>
    internal static XElement? Named(XElement element, string name) => element.Descendants().FirstOrDefault(e => e.Is(name));

    /// <summary>The language the file names, or else the one of its titles and months; "Participant" and "Signature" are the same in both.</summary>
    private static string LanguageOf(XElement root, XElement treaty, bool frenchTable)
    {
        foreach (var element in new[] { root, treaty })
        {
            var said = element.Attribute("lang")?.Value;
            if (said is { Length: >= 2 } && said[..2].ToUpperInvariant() is "EN" or "FR") return said[..2].ToLowerInvariant();
        }

        return frenchTable || UntcXmlText.Plain(Named(root, "Chapter")).StartsWith("CHAPITRE", StringComparison.OrdinalIgnoreCase) ? "fr" : "en";
    }

    /// <summary>What stands in <c>ExternalData</c>.</summary>
    private sealed class Header(XElement treaty, List<UntcProblem> problems)
    {
        private readonly XElement? _data = Named(treaty, "ExternalData");

        internal string Title()
        {
            var title = Field("Titlesect");
            if (title.Length == 0) problems.Add(new(0, "Titlesect", "The title of the treaty was expected in ExternalData/Titlesect; it is missing."));
            return title;
        }

        /// <summary>The text of <c>ExternalData/name</c> or, for a label, <c>ExternalData/name/Labeltext</c>.</summary>
        internal string Field(string name, string? inner = null)
        {
            var element = _data?.Child(name);
            var text = UntcXmlText.Plain(inner is null ? element : element?.Child(inner));
            if (text.Length <= LongestField) return text;
            problems.Add(new(0, name, string.Create(CultureInfo.InvariantCulture, $"At most {LongestField} characters were expected, found {text.Length}.")));
            return "";
        }

        internal DateOnly? EntryIntoForce()
        {
            var text = Field("EIF", "Labeltext").AsSpan();
            if (text.IsEmpty || !char.IsAsciiDigit(text[0])) return null;
            var rest = text;
            if (UntcXmlDates.TryRead(ref rest, out var day)) return day;
            problems.Add(new(0, "EIF", $"A day such as 29 September 2003 was expected, found “{RefusedException.Shorten(text.ToString())}”."));
            return null;
        }

        /// <summary>The digits after the "No." of "29 September 2003, No. 39574".</summary>
        internal string RegistrationNumber()
        {
            var text = Field("Registration", "Labeltext");
            for (var at = text.Length - 2; at >= 0; at--)
            {
                if (text[at] is not ('N' or 'n') || text[at + 1] is not ('o' or 'O' or '°' or 'º')) continue;
                if (at > 0 && char.IsLetter(text[at - 1])) continue;
                var number = text.AsSpan(at + 2).TrimStart(". ");
                var length = number.IndexOfAnyExceptInRange('0', '9');
                number = length < 0 ? number : number[..length];
                if (!number.IsEmpty) return number.ToString();
            }

            return "";
        }

        /// <summary>The number in <c>Status/name</c>: "147", or the one after its label in "Signatories: 147. Parties: 190."</summary>
        internal int? Count(string name, string french)
        {
            var status = _data?.Child("Status");
            var own = status?.Child(name);
            var text = UntcXmlText.Plain(own ?? status);
            var label = After(text, name) ?? After(text, french);
            if (label is null && own is null) return null;
            var number = (label ?? text).AsSpan().TrimStart(" .:");
            var from = label is null ? number.IndexOfAnyInRange('0', '9') : 0;
            if (from < 0 && !number.ContainsAnyInRange('A', 'Z') && !number.ContainsAnyInRange('a', 'z')) return null;
            if (from >= 0 && number.IsEmpty) return null;
            number = number[Math.Max(from, 0)..];
            var length = number.IndexOfAnyExceptInRange('0', '9');
            if (int.TryParse(length < 0 ? number : number[..length], NumberStyles.None, CultureInfo.InvariantCulture, out var n)) return n;
            problems.Add(new(0, "Status", $"A number was expected in Status/{name}, found “{RefusedException.Shorten(text)}”."));
            return null;
        }

        private static string? After(string text, string label)
        {
            var at = text.IndexOf(label, StringComparison.OrdinalIgnoreCase);
            return at < 0 ? null : text[(at + label.Length)..];
        }
    }
}
