namespace Palermo.Requests.Drafting;

/// <summary>One step of the task list.</summary>
/// <param name="Name">Its name in addresses and tables; the section of <c>data/requests/items.csv</c>.</param>
/// <param name="OfCase">Whether it is kept with the case and serves all its requests.</param>
/// <param name="Lists">Lists of the document that the step holds besides fields.</param>
internal sealed record Step(string Name, bool OfCase, params IReadOnlyList<string> Lists);

/// <summary>The steps in their order.</summary>
internal static class Steps
{
    internal const string Basis = "basis", Authority = "authority", Proceedings = "proceedings", Persons = "persons", Facts = "facts", Measures = "measures",
        Property = "property", Particulars = "particulars", Handling = "handling", Language = "language", Annexes = "annexes";

    /// <summary>All steps that hold something.</summary>
    internal static IReadOnlyList<Step> All { get; } =
    [
        new(Basis, false),
        new(Authority, false),
        new(Proceedings, true),
        new(Persons, true, "persons", "organizations"),
        new(Facts, true),
        new(Measures, false, "measures"),
        new(Property, true, "accounts", "vehicles", "property", "firearms", "electronic"),
        new(Particulars, false),
        new(Handling, false),
        new(Language, false, "translations"),
        new(Annexes, false, "annexes"),
    ];

    /// <summary>The step of a name; null when there is none.</summary>
    internal static Step? Find(string? name) => All.FirstOrDefault(s => s.Name == name);

    /// <summary>The step that holds a list of the document; null when none does.</summary>
    internal static Step? Holding(string? list) => All.FirstOrDefault(s => list is not null && s.Lists.Contains(list, StringComparer.Ordinal));
}
