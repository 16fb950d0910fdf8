using Palermo.Requests.Document;
using Palermo.Requests.Drafting;
using Palermo.Requests.Kinds;

namespace Palermo.Requests.Exchange;

/// <summary>Takes a whole request apart into the steps that hold it; <see cref="AssembleRequest"/> puts them together again.</summary>
internal static class SplitDocument
{
    /// <summary>The part of each step; steps that hold nothing are left out.</summary>
    internal static IReadOnlyList<(Step Step, RequestDocument Part)> Of(KindCatalogue kinds, RequestDocument whole)
    {
        var home = new Dictionary<string, string>(StringComparer.Ordinal);
        if (kinds.Find(whole.Kind) is { } kind)
            foreach (var step in Steps.All)
                foreach (var item in kinds.Items(kind.Code, step.Name)) home.TryAdd(item.Name, step.Name);
        var parts = new List<(Step, RequestDocument)>();
        foreach (var step in Steps.All)
        {
            var part = Lists(step, whole) with { Fields = Of(whole.Fields, step.Name), Absences = Of(whole.Absences, step.Name) };
            if (StepStore.ToContent(part).Count > 0) parts.Add((step, part));
        }

        return parts;

        Dictionary<string, string> Of(IReadOnlyDictionary<string, string> all, string step) =>
            all.Where(f => HomeOf(f.Key) == step).ToDictionary(StringComparer.Ordinal);

        string HomeOf(string name)
        {
            if (Steps.Holding(name.Split('/', '.')[0]) is { } holding) return holding.Name;
            if (home.TryGetValue(name, out var step)) return step;
            return Steps.Find(name.Split('.')[0])?.Name ?? Steps.Particulars;
        }
    }

    private static RequestDocument Lists(Step step, RequestDocument whole) => step.Name switch
    {
        Steps.Basis => new() { Basis = whole.Basis, More = whole.More },
        Steps.Authority => new() { RequestingAuthority = whole.RequestingAuthority, RequestedAuthority = whole.RequestedAuthority },
        Steps.Persons => new() { Persons = whole.Persons, Organizations = whole.Organizations },
        Steps.Measures => new() { Measures = whole.Measures },
        Steps.Property => new() { Accounts = whole.Accounts, Vehicles = whole.Vehicles, Property = whole.Property, Firearms = whole.Firearms, Electronic = whole.Electronic },
        Steps.Language => new() { Language = whole.Language, TargetLanguage = whole.TargetLanguage, Translations = whole.Translations },
        Steps.Annexes => new() { Annexes = whole.Annexes },
        _ => new(),
    };
}
