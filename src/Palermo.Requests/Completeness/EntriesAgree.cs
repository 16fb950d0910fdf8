using Palermo.Kernel;
using Palermo.Requests.Kinds;

namespace Palermo.Requests.Completeness;

/// <summary>Whether entries can be told apart and refer to one another.</summary>
internal static class EntriesAgree
{
    /// <summary>The most bytes of one annex.</summary>
    internal const long LargestAnnex = 1L << 30;

    internal static void Check(FindingList findings)
    {
        var request = findings.Request;
        Identifiers(findings);
        foreach (var measure in request.Measures)
            foreach (var concerned in measure.Concerns)
                if (findings.ListOf(concerned) is null)
                    findings.Add("measures", $"measures/{measure.Id}/concerns", findings.ArticleOf("measures"), Severities.Wrong, "request.finding.concerns-unknown", ("given", RefusedException.Shorten(concerned)));
        foreach (var annex in request.Annexes)
        {
            if (annex.Size is < 0 or > LargestAnnex) findings.Add("annexes", $"annexes/{annex.Id}/size", default, Severities.Wrong, "request.finding.annex-size", ("title", RefusedException.Shorten(annex.Title)));
            if (annex.Sha256.Length > 0 && (annex.Sha256.Length != 64 || !annex.Sha256.All(char.IsAsciiHexDigitLower)))
                findings.Add("annexes", $"annexes/{annex.Id}/sha256", default, Severities.Wrong, "request.finding.annex-hash", ("title", RefusedException.Shorten(annex.Title)));
        }
    }

    private static void Identifiers(FindingList findings)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var list in DocumentShape.All)
        {
            foreach (var entry in list.Entries(findings.Request))
            {
                var id = list.Id(entry);
                if (id.Length == 0) findings.Add(list.Section, $"{list.Name}//id", default, Severities.Wrong, "request.finding.id-missing", ("list", new Message("request.item." + list.Name)));
                else if (!ids.Add(id)) findings.Add(list.Section, $"{list.Name}/{id}/id", default, Severities.Wrong, "request.finding.id-twice", ("id", RefusedException.Shorten(id)));
            }
        }
    }
}
