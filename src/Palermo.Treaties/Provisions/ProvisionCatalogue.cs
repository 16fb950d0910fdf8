using System.Collections.Frozen;
using Palermo.Kernel;
using Palermo.Treaties.Registry;

namespace Palermo.Treaties.Provisions;

/// <summary>An article or paragraph that other parts of the program hang things on.</summary>
/// <param name="Instrument">The instrument.</param>
/// <param name="Number">Its number, for example <c>18(7)</c>.</param>
/// <param name="Topic">Code of its topic.</param>
/// <param name="Kind"><c>mandatory</c>, <c>conditional</c> or <c>optional</c>.</param>
/// <param name="Headings">Heading in each of <see cref="Language.All"/>.</param>
/// <param name="Summaries">Summary in our own words in each of <see cref="Language.All"/>.</param>
public sealed record Provision(
    Instrument Instrument, string Number, string Topic, string Kind, IReadOnlyList<string> Headings, IReadOnlyList<string> Summaries)
{
    /// <summary>Whether it is a paragraph rather than a whole article.</summary>
    public bool IsParagraph => Number.Contains('(', StringComparison.Ordinal);
}

/// <summary>The catalogue of provisions: one base file and one file per other language for each instrument that has one.</summary>
public sealed class ProvisionCatalogue
{
    /// <summary>A summary says what a provision does in at most this many words of English.</summary>
    internal const int LongestSummaryInWords = 40;

    private static readonly string[] Kinds = ["mandatory", "conditional", "optional"];

    private readonly FrozenDictionary<string, Provision[]> _byInstrument;
    private readonly FrozenDictionary<(string, string), Provision> _byNumber;

    private ProvisionCatalogue(Dictionary<string, Provision[]> byInstrument)
    {
        _byInstrument = byInstrument.ToFrozenDictionary(StringComparer.Ordinal);
        _byNumber = byInstrument.Values.SelectMany(p => p).ToFrozenDictionary(p => (p.Instrument.Id, p.Number));
    }

    /// <summary>The provisions of an instrument in the treaty's order; empty when it is not in the catalogue.</summary>
    public IReadOnlyList<Provision> Of(Instrument instrument) => _byInstrument.GetValueOrDefault(instrument.Id) ?? [];

    /// <summary>The provision, or the article it belongs to, or null.</summary>
    public Provision? Find(string instrument, string number) =>
        _byNumber.TryGetValue((instrument, number), out var provision) ? provision
        : number.LastIndexOf('(') is var i and > 0 ? Find(instrument, number[..i]) : null;

    internal static ProvisionCatalogue Read(string folder, Instrument[] instruments)
    {
        var all = new Dictionary<string, Provision[]>(StringComparer.Ordinal);
        foreach (var instrument in instruments)
            if (File.Exists(Path.Combine(folder, instrument.Id + ".csv"))) all.Add(instrument.Id, ReadOne(folder, instrument));
        return new ProvisionCatalogue(all);
    }

    private static Provision[] ReadOne(string folder, Instrument instrument)
    {
        var file = DataFile.Read(Path.Combine(folder, instrument.Id + ".csv"), "number", "topic", "kind", "heading", "summary");
        var headings = file.Rows.Select(r => new string[Language.All.Count]).ToArray();
        var summaries = file.Rows.Select(r => new string[Language.All.Count]).ToArray();
        var numbers = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < file.Rows.Count; i++)
        {
            var row = file.Rows[i];
            if (!numbers.Add(row.Required("number"))) throw row.Wrong("number", "the number stands twice");
            headings[i][0] = row.Required("heading");
            summaries[i][0] = row.Required("summary");
            if (summaries[i][0].Split(' ', StringSplitOptions.RemoveEmptyEntries).Length > LongestSummaryInWords)
                throw row.Wrong("summary", $"at most {LongestSummaryInWords} words were expected");
        }

        foreach (var language in Language.All.Skip(1))
        {
            var translated = DataFile.Read(Path.Combine(folder, $"{instrument.Id}.{language.Code}.csv"), "number", "heading", "summary");
            for (var i = 0; i < file.Rows.Count; i++)
            {
                if (i >= translated.Rows.Count) throw new DataFileException(translated.Name, translated.Rows.Count + 1, "number", $"a row for {file.Rows[i]["number"]} was expected");
                var row = translated.Rows[i];
                if (row["number"] != file.Rows[i]["number"]) throw row.Wrong("number", $"{file.Rows[i]["number"]} was expected, found {row["number"]}");
                (headings[i][language.Index], summaries[i][language.Index]) = (row.Required("heading"), row.Required("summary"));
            }

            if (translated.Rows.Count > file.Rows.Count) throw translated.Rows[file.Rows.Count].Wrong("number", "a row that the English file does not have");
        }

        return [.. file.Rows.Select((row, i) => new Provision(
            instrument, row["number"], row.Required("topic"), row.OneOf("kind", Kinds), headings[i], summaries[i]))];
    }
}
