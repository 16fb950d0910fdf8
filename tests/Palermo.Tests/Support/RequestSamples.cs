using Palermo.Kernel;
using Palermo.Requests.Completeness;
using Palermo.Requests.Document;
using Palermo.Requests.Kinds;
using Palermo.Treaties.LegalBasis;

namespace Palermo.Tests.Support;

/// <summary>Complete requests of every kind, made from the tables themselves, with invented content.</summary>
public static class RequestSamples
{
    public static readonly DateOnly Today = new(2026, 6, 1);

    public static KindCatalogue Catalogue { get; } = KindCatalogue.Load(Shipped.Reference);

    public static readonly StateRequirements Known = new() { DualCriminality = true, Languages = ["fr"], Forms = [], Certification = false };

    /// <summary>A request that asks for everything its kind may ask for and holds all that is then asked for.</summary>
    /// <param name="kind">Code of the kind.</param>
    /// <param name="measures">The measures asked for; all of the kind when none is named.</param>
    public static RequestDocument Complete(string kind, params string[] measures)
    {
        var request = new RequestDocument
        {
            Id = Guid.Parse("0190a6f2-7c1e-7b3a-9a55-2f6f0c1d2e31"), Kind = kind, Requesting = "BRA", Requested = "ITA", Language = "fr", TargetLanguage = "fr",
            Basis = Basis(Catalogue.Resolve(kind).FinderKind),
            RequestingAuthority = new() { Name = "Central Authority", Address = "1 Example Square", Email = "mla@authority.example", Telephone = "+55 61 5555 0100", Officer = "Ana Exemplo" },
            RequestedAuthority = new() { Name = "Ministry of Justice", Address = "Via Esempio 1", Email = "mla@giustizia.example" },
            Measures = [.. Catalogue.Measures(kind).Where(m => measures.Length == 0 || measures.Contains(m.Code)).Select((m, i) => new MeasureEntry { Id = $"m{i}", Code = m.Code, Details = "What exactly", Procedure = "In writing" })],
            Persons = [.. new[] { "suspect", "accused", "convicted", "sought", "witness", "expert", "victim", "detained", "other" }.Select(Person)],
            Organizations = [new() { Id = "o1", Name = "Exemplo Ltda.", State = "BRA" }],
            Accounts = [new() { Id = "a1", Type = "iban", Number = "IT60X0542811101000000123456", Holder = "Luigi Esempio", From = "2024-03-01", Until = "2026-02-28" }],
            Vehicles = [new() { Id = "v1", Type = "vessel", Number = "IMO 9074729", Registration = "Esempio", State = "ITA", Description = "White, 40 m" }],
            Property = [new() { Id = "r1", Type = "real-estate", Description = "House", Location = "Via Esempio 2", Value = 100_000, Currency = "EUR", Owner = "Luigi Esempio" }],
            Firearms = [new() { Id = "f1", Type = "pistol", Make = "Exemplo", Model = "One", Calibre = "9x19", Serial = "AB 1234", Country = "BRA", Markings = "none", Found = "In a car" }],
            Electronic = [new("e1", "email", "marcos@correio.example", From: "2026-03-01T00:00:00Z")],
            Annexes = [new("x1", "Certified copy")],
        };
        var fields = new Dictionary<string, string>(StringComparer.Ordinal) { ["handling.urgent"] = "yes" };
        foreach (var item in Catalogue.Items(kind).Where(i => i.IsField)) fields.TryAdd(item.Name, Value(item));
        return request with { Fields = fields };
    }

    public static FrozenBasis Basis(string finderKind)
    {
        string[] relied = finderKind == "law-enforcement" ? ["untoc", "som-protocol", "firearms-protocol"] : ["untoc"];
        return new(Today, 1, new(
            new("BRA", "ITA", finderKind, "money-laundering", Today, 10, null, null, true, null),
            [.. relied.Select(i => new BasisReport.AvailableItem(i, "Convention", ["18"], "primary", Today, [new("organized-group", null, "t", "c"), new("transnational", null, "t", "c")], [new("dual-criminality", "required", "t", "c"), new("language", "fr", "t", "c")], [], []))], [], []), relied);
    }

    public static IReadOnlyList<Finding> Check(RequestDocument request, StateRequirements? requirements = null) => CheckCompleteness.Of(Catalogue, request, requirements ?? Known, Today);

    /// <summary>What makes a request incomplete.</summary>
    public static IReadOnlyList<Finding> Open(RequestDocument request, StateRequirements? requirements = null) => [.. Check(request, requirements).Where(f => f.Severity != Severities.Note)];

    public static RequestDocument WithField(this RequestDocument request, string name, string? value)
    {
        var fields = new Dictionary<string, string>(request.Fields, StringComparer.Ordinal);
        if (value is null) fields.Remove(name);
        else fields[name] = value;
        return request with { Fields = fields };
    }

    public static RequestDocument WithReason(this RequestDocument request, string name) =>
        request with { Absences = new Dictionary<string, string>(request.Absences, StringComparer.Ordinal) { [name] = "Not known." } };

    private static PersonEntry Person(string role, int i) => new()
    {
        Id = $"p{i}", Role = role, Names = [new("Exemplo", role)], Born = "1979-04", Nationalities = ["BRA"], Location = "Milan", Description = "1.80 m",
        Documents = [new("passport", $"XX{i}", "BRA")],
    };

    private static string Value(RequestItem item) => item.Type switch
    {
        ItemType.Day => "2026-12-01",
        ItemType.YesNo or ItemType.Assurance => "yes",
        ItemType.Choice => item.Choices[^1],
        _ => "Text of " + item.Name,
    };
}
