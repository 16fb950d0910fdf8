namespace Palermo.Requests.Document;

/// <summary>Puts the steps of a case and of a request together to the whole document.</summary>
public static class AssembleRequest
{
    /// <summary>One document of many parts; of two that say something about the same member, the later one counts, and lists and fields are joined.</summary>
    public static RequestDocument Of(params IEnumerable<RequestDocument> parts)
    {
        var whole = new RequestDocument();
        foreach (var part in parts)
        {
            whole = whole with
            {
                Id = part.Id ?? whole.Id,
                Number = part.Number ?? whole.Number,
                Date = part.Date ?? whole.Date,
                Kind = part.Kind ?? whole.Kind,
                Requesting = part.Requesting ?? whole.Requesting,
                Requested = part.Requested ?? whole.Requested,
                Basis = part.Basis ?? whole.Basis,
                RequestingAuthority = part.RequestingAuthority ?? whole.RequestingAuthority,
                RequestedAuthority = part.RequestedAuthority ?? whole.RequestedAuthority,
                Language = part.Language ?? whole.Language,
                TargetLanguage = part.TargetLanguage ?? whole.TargetLanguage,
                Fields = Joined(whole.Fields, part.Fields),
                Absences = Joined(whole.Absences, part.Absences),
                Measures = [.. whole.Measures, .. part.Measures],
                Persons = [.. whole.Persons, .. part.Persons],
                Organizations = [.. whole.Organizations, .. part.Organizations],
                Accounts = [.. whole.Accounts, .. part.Accounts],
                Vehicles = [.. whole.Vehicles, .. part.Vehicles],
                Property = [.. whole.Property, .. part.Property],
                Firearms = [.. whole.Firearms, .. part.Firearms],
                Electronic = [.. whole.Electronic, .. part.Electronic],
                Annexes = [.. whole.Annexes, .. part.Annexes],
                Translations = [.. whole.Translations, .. part.Translations],
                More = part.More is null ? whole.More : whole.More is null ? part.More : new(whole.More.Concat(part.More).GroupBy(p => p.Key, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Last().Value, StringComparer.Ordinal), StringComparer.Ordinal),
            };
        }

        return whole;
    }

    private static IReadOnlyDictionary<string, string> Joined(IReadOnlyDictionary<string, string> first, IReadOnlyDictionary<string, string> second)
    {
        if (first.Count == 0) return second;
        if (second.Count == 0) return first;
        var joined = new Dictionary<string, string>(first, StringComparer.Ordinal);
        foreach (var (name, text) in second) joined[name] = text;
        return joined;
    }
}
